"""The pages of the documentation, as tests want them: what code they hold, and what they say that it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_PART = re.compile(
    r"^(?P<fence>```)(?P<language>\w*)\n(?P<code>.*?)^```$|^(?P<level>#+) (?P<heading>[^\n]+)$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code.

    Attributes:
        language: sh, python, text, ...
        code: its lines.
        heading: the heading that it stands under.
        prints: what the page says that it prints: a block of text right behind it; None where there is none.
    """

    language: str
    code: str
    heading: str
    prints: str | None


def blocks(page: str) -> list[Block]:
    """The blocks of code of a page of `docs`, in order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    parts = list(_PART.finditer(text))
    found, heading = [], ""
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if part["heading"]:
            heading = part["heading"]
            continue
        printed = after is not None and after["language"] == "text" and not text[part.end() : after.start()].strip()
        found.append(Block(part["language"], part["code"], heading, after["code"] if after and printed else None))
    return found
