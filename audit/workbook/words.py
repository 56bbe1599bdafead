"""What the sheets say in Bahasa Indonesia for the stable words of the tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from normalize.data_files import rows


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("audit").joinpath("workbook", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(group: str, said: str | None) -> str | None:
    """What a stable word is called; the word itself where nobody gave it a name."""
    return None if said is None else _words()[group].get(said, said)


def words(group: str) -> Mapping[str, str]:
    """All stable words of a group with what they are called."""
    return _words()[group]


def reasons(told: Iterable[str]) -> str:
    """Reasons to look as a sentence; each once."""
    return "; ".join(dict.fromkeys(_reason(one) for one in told))


def _reason(told: str) -> str:
    plain, _, place = told.partition("@")
    known = _words()["reason"]
    found = max((name for name in known if plain.startswith(name)), key=len, default=None)
    if found is None:
        return told
    about = [part for part in plain.split(":")[1:] if part]
    named = ", ".join(word("field", part) or part for part in about)
    return known[found] + (f" ({named})" if named else "") + (f", hlm. {place.partition(':')[0]}" if place else "")


def months(value: Sequence[int] | None) -> str:
    """The months of a row."""
    if value is None:
        return "(tidak dapat ditentukan)"
    return ", ".join(_words()["month"].get(str(month), str(month)) for month in value) or "(tidak ada bulan)"


def gazettes(value: Sequence[Mapping[str, Any]] | None) -> str | None:
    """Gazettes as decrees cite them."""
    if not value:
        return None
    return "; ".join(
        " ".join(part for part in (g["series"], str(g["year"] or ""), f"Nomor {g['number']}" if g["number"] else "") if part)
        for g in value
    )


@cache
def province_names() -> Mapping[str, str]:
    """Names of the provinces by Kemendagri code."""
    return {row["province_code"]: row["province_name"] for row in rows("satker") if row["province_code"]}
