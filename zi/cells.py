"""A value as text: in a cell of a CSV, in JSON, and on a screen."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

RUN = re.compile(r"'*[=+\-@\t\r＝＋－＠]", re.DOTALL)
"""How a text begins that Excel may run as a formula, or show as an error, where it opens a CSV; or one guarded already."""

GUARD = "'"
SIGNS = "=+-@＝＋－＠"


def guarded(text: str) -> str:
    """The text so that no table program runs it: with an apostrophe before it where it begins as a formula does.

    A sign that stands alone is no formula. One apostrophe taken off a text that begins with apostrophes and then one of
    these signs gives back what was there.
    """
    if not RUN.match(text) or (len(text) == 1 and text in SIGNS):
        return text
    return GUARD + text


def as_json(value: object) -> object:
    """The value in the types of JSON: dates in ISO 8601, numbers that are none (NaN, infinity) as null, bytes in Base64."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return [as_json(one) for one in value]
    return str(value)


def json_text(value: object) -> str:
    """The value as JSON on one line."""
    return json.dumps(as_json(value), ensure_ascii=False)


def cell(value: object, *, guard: bool = True, decimal: str = ".") -> str:
    """The value as a cell of a CSV: "" for null, lists as JSON, true and false, dates in ISO 8601.

    Args:
        value: the value.
        guard: whether texts that begin as formulas do are guarded.
        decimal: the sign before the decimals of a number.
    """
    plain = as_json(value)
    if plain is None:
        return ""
    if isinstance(plain, str):
        return guarded(plain) if guard else plain
    if isinstance(plain, float):
        return repr(plain).replace(".", decimal)
    return json.dumps(plain, ensure_ascii=False)


def shown(value: object) -> str:
    """The value for a person: "null" and "[]" are told apart, lists and structs stand in their brackets."""
    plain = as_json(value)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, ensure_ascii=False)
