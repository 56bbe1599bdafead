"""What mkdocs changes in the pages, which are written to be read in the repository as well.

Links to files of the repository that are no pages become plain text. Lists within numbered lists stand three blanks from the
left there, where Python-Markdown wants four.
"""

from __future__ import annotations

import re

NESTED = re.compile(r"^ {3}(?=[-*] )", re.MULTILINE)
OUTSIDE = re.compile(r"\[(?P<text>[^\]]+)\]\((?:\.\./)+(?P<path>[^)#]+)(?:#[^)]*)?\)")


def on_page_markdown(markdown: str, **_: object) -> str:
    """The page as the site shows it: "[figures](../bench/RESULTS.md)" is "figures (`bench/RESULTS.md` in the repository)"."""
    return OUTSIDE.sub(_named, NESTED.sub(" " * 4, markdown))


def _named(link: re.Match[str]) -> str:
    text, path = link["text"], link["path"]
    said = f"`{path}` in the repository"
    return said if text.strip("`") in path else f"{text} ({said})"
