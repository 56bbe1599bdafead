"""The HTML file: template, style and script of the package, and the data."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

from audit.report.packing import Json, packed, plain

SCRIPTS = (
    "base.js",
    "texts.js",
    "state.js",
    "parts.js",
    "table.js",
    "summary.js",
    "matrix.js",
    "matrix_keys.js",
    "schedule.js",
    "legal.js",
    "findings.js",
    "compare.js",
    "decree.js",
    "decree_plan.js",
    "main.js",
)
"""In the order in which they are joined: each uses those before it."""

LANGUAGES = ("id", "en")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def html(overview: Json, large: Mapping[str, Json], chunks: Sequence[str]) -> str:
    """The whole file.

    Args:
        overview: small data, at hand at once.
        large: data of single views by name, unpacked when a view is opened.
        chunks: packed details of the documents.
    """
    script = '"use strict";\n' + "\n".join(_file(name) for name in SCRIPTS)
    style = _file("report.css")
    slots = {
        "policy": _policy(script, style),
        "style": style,
        "script": script,
        "overview": plain(overview),
        "texts": plain(texts()),
        "packed": "\n".join(
            f'<script type="text/plain" id="{name}">{text}</script>'
            for name, text in [
                *((f"large-{name}", packed(data)) for name, data in large.items()),
                *((f"chunk-{number}", text) for number, text in enumerate(chunks)),
            ]
        ),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _file("report.html"))


def texts() -> Json:
    """What the report says, by key and language."""
    read: dict[str, Json] = {}
    for key, said in tomllib.loads(_file("texts.toml")).items():
        read[key] = [said[language] for language in LANGUAGES]
    return read


def _policy(script: str, style: str) -> str:
    """A content security policy: nothing is fetched, and no script runs but this one."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "img-src 'self' data: file:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _file(name: str) -> str:
    return resources.files("audit.report").joinpath(name).read_text(encoding="utf-8")
