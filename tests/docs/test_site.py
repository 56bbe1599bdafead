"""The site is built without a warning, every link of it leads somewhere, and nothing of it comes from the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import DOCS, ROOT

SECONDS = 120  # for building the site, which takes a few
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")


@dataclass
class Page(HTMLParser):
    """What a page of the site links to and loads, and the places in it that links can lead to."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    paragraphs: list[str] = field(default_factory=list)
    _in_paragraph: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids |= {told[name] for name in ("id", "name") if name in told}
        if tag == "p":
            self.paragraphs.append("")
            self._in_paragraph = True
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag in ("img", "script", "iframe", "source") and "src" in told:
            self.loaded.append(told["src"])
        if tag == "link" and "href" in told and told.get("rel") != "canonical":
            self.loaded.append(told["href"])

    def handle_endtag(self, tag: str) -> None:
        self._in_paragraph = self._in_paragraph and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._in_paragraph:
            self.paragraphs[-1] += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS, env=told)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    found = {}
    for path in site.rglob("*.html"):
        found[path] = Page()
        found[path].feed(path.read_text(encoding="utf-8"))
    return found


def test_every_page_is_in_the_site(site: Path) -> None:
    assert {path.stem for path in DOCS.glob("*.md")} <= {path.stem for path in site.glob("*.html")}
    assert not any(site.rglob("*.py")) and not any(site.rglob("*.toml"))


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in (*page.links, *page.loaded):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":  # the page of what is not found has links from the root
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchors = pages[target].ids if target in pages else None
            if not target.is_file() or (parts.fragment and anchors is not None and unquote(parts.fragment) not in anchors):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []
    assert sum(len(page.links) for page in pages.values()) > 500, "the links were not found"


def test_nothing_is_loaded_from_the_network(site: Path, pages: dict[Path, Page]) -> None:
    assert [link for page in pages.values() for link in page.loaded if urlsplit(link).netloc] == []
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert styles and not any(re.search(r"url\(\s*['\"]?(?:https?:)?//", style) for style in styles)


def test_no_list_runs_into_a_paragraph(pages: dict[Path, Page]) -> None:
    """Python-Markdown wants a blank line before a list, and four blanks before one in another."""
    torn = re.compile(r"\n\s*(?:[-*]|\d+\.) ")
    assert {text[:80] for page in pages.values() for text in page.paragraphs if torn.search(text)} == set()


def test_every_picture_says_what_it_shows() -> None:
    nameless = [path.name for path in DOCS.glob("*.md") if "![](" in path.read_text(encoding="utf-8")]
    assert nameless == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in DOCS.glob("*.md"))])
def test_links_between_files_of_the_repository_lead_somewhere(page: str) -> None:
    """As they are followed where the files are read in the repository; the site has no such links."""
    path = ROOT / page
    targets = [urlsplit(match["target"]) for match in LINK.finditer(path.read_text(encoding="utf-8"))]
    gone = [t.path for t in targets if not t.scheme and t.path and not (path.parent / t.path).exists()]
    assert gone == []
