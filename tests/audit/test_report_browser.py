"""The report in a real browser, opened as a file: quiet, offline, by keyboard, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from audit.report import write_report
from tests.audit.report_tables import COPY, GAPS, HOSTILE, NEXT_YEAR, STRANGE, WHOLE, OneCrop, write_tables

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
A4_LANDSCAPE = (841.9, 595.3)  # points
POINT = 1.5  # points: how far a printed page may be from A4

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no browser: neither chromium, chromium-browser nor google-chrome is installed; report not opened"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    return write_report(write_tables(folder / "tables"), folder, OneCrop(folder))


class Watch:
    """What a page said on the console, and what it asked for."""

    def __init__(self, page: Page) -> None:
        """Listens."""
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report, opened; at the end nothing was said on the console, and nothing but files asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch = Watch(page)
    page.goto(report.as_uri())
    page.wait_for_selector("main:not([aria-busy]) h1")
    yield page
    context.close()
    assert watch.said == []
    assert [url for url in watch.asked if not url.startswith(("file:", "data:"))] == []


def to(page: Page, route: str) -> None:
    page.evaluate("route => { location.hash = '#/' + route }", route)
    page.wait_for_selector(f".view-{route.split('/')[0]}")
    page.wait_for_selector("main:not([aria-busy]) h1")


def lines(page: Page) -> list[str]:
    """Offices and years in the heat map."""
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        ".matrix tbody tr[aria-rowindex]", "rows => rows.map(row => `${row.cells[0].textContent} ${row.cells[1].textContent}`)"
    )


def test_summary_counts_what_the_tables_hold(page: Page) -> None:
    cards = page.locator(".card").all_inner_texts()

    assert cards[0].startswith("5\nKeputusan")
    assert "1 berkas salinan" in cards[0]
    assert cards[3].startswith("7\nKomponen tidak ada")
    assert cards[5].startswith("1\nKesalahan")
    assert "1 permintaan" in cards[5]
    expect(page.locator("#failures")).to_contain_text("arsip/rusak.pdf")


def test_every_view_opens(page: Page) -> None:
    for route in ("summary", "matrix", "schedule", "legal", "findings", "compare", f"decree/{GAPS}", "decree/none", "nonsense"):
        page.evaluate("route => { location.hash = '#/' + route }", route)
        page.wait_for_timeout(50)
        page.wait_for_selector("main:not([aria-busy]) h1")


def test_heat_map_tells_statuses_apart_without_colour(page: Page) -> None:
    to(page, "matrix")

    signs = page.locator(".matrix tbody tr", has_text="Kota Tegal").first.locator(".cell")
    assert signs.nth(0).inner_text() == "×"
    assert signs.nth(5).inner_text() == "?"
    assert signs.nth(6).inner_text() == "●"
    assert signs.nth(44).inner_text() == "–"
    assert signs.nth(0).get_attribute("aria-label") == "Tidak ada"
    expect(page.locator(".matrix thead .area").first).to_contain_text("A1 Manajemen Perubahan")


def test_heat_map_filters_and_sorts(page: Page) -> None:
    to(page, "matrix")
    assert len(lines(page)) == 5

    page.select_option("#filter-province", "33")
    assert lines(page) == ["Kota Tegal 2022", "Kota Tegal 2023"]
    page.select_option("#filter-year", "2023")
    assert lines(page) == ["Kota Tegal 2023"]
    page.get_by_role("button", name="Hapus saringan").click()
    page.fill("#filter-text", "tulung")
    assert lines(page) == ["Kab. Tulungagung 2022"]
    page.fill("#filter-text", "")
    page.select_option("#filter-status", "no-plan")
    assert lines(page) == ["Provinsi Banten 2023"]
    page.select_option("#filter-status", "missing")
    page.select_option("#filter-component", "A1.P3")
    assert lines(page) == ["Kota Tegal 2022"]
    expect(page.locator(".head .count")).to_have_text("1 dari 5 keputusan")
    page.get_by_role("button", name="Hapus saringan").click()
    page.check("#filter-copies")
    assert len(lines(page)) == 6
    page.select_option("#filter-sort", "missing")
    assert lines(page)[0].endswith("Kota Tegal 2022")


def test_heat_map_by_keyboard(page: Page) -> None:
    to(page, "matrix")
    page.fill("#filter-text", "tegal")
    page.locator(".matrix [tabindex='0']").focus()

    page.keyboard.press("ArrowRight")
    expect(page.locator(".strip")).to_contain_text("Tidak ada · A1.P1 Penyusunan Tim Kerja")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".strip")).to_contain_text("Kota Tegal")
    expect(page.locator(".strip")).to_contain_text("2023")
    page.keyboard.press("End")
    expect(page.locator(".strip")).to_contain_text("H2.a")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".strip")).to_contain_text("Nilai Persepsi Kualitas Pelayanan")
    page.keyboard.press("ArrowDown")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_selector(".view-decree h1")

    assert outline == "solid"
    assert page.evaluate("location.hash") == f"#/decree/{GAPS}"


def test_skip_link_and_tabs_are_reached_by_tab(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("nav a").nth(4).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".view-findings")


def test_language_switches_everywhere(page: Page) -> None:
    to(page, "findings")
    expect(page.locator(".message").nth(1)).to_contain_text("Temuan nomor 0")

    page.get_by_role("button", name="English").click()
    page.wait_for_selector("main:not([aria-busy]) h1")

    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("h1")).to_have_text("Findings")
    expect(page.locator("td.message").first).to_contain_text("Finding number 0")
    assert page.evaluate("document.activeElement.id") == "language-en"


def test_findings_filter(page: Page) -> None:
    to(page, "findings")
    count = page.locator(".count")
    expect(count).to_have_text("1–4 dari 4")

    page.select_option("#filter-certainty", "look")
    expect(count).to_have_text("1–1 dari 1")
    expect(page.locator("tr.group")).to_contain_text("Mohon dilihat")
    page.select_option("#filter-certainty", "")
    page.select_option("#filter-decided", "confirmed")
    expect(page.locator("td.message")).to_contain_text(["Temuan nomor 1"])
    page.select_option("#filter-decided", "")
    page.fill("#filter-words", "pembanding 0 ")
    expect(count).to_have_text("1–2 dari 2")
    page.select_option("#filter-province", "33")
    expect(count).to_have_text("1–1 dari 1")
    page.check("#filter-copies")
    expect(count).to_have_text("1–2 dari 2")
    expect(page.locator("td.message").first).to_contain_text("yang tertulis 0")


def test_requests_to_look_stand_apart_from_errors(page: Page) -> None:
    to(page, "findings")

    headings = page.locator("tr.group").all_inner_texts()
    assert headings == ["Temuan", "Mohon dilihat: mungkin salah baca"]
    error, look = page.locator("tr.finding.error td").first, page.locator("tr.finding.look td").first
    style = "element => getComputedStyle(element).borderLeftStyle"
    assert (error.evaluate(style), look.evaluate(style)) == ("solid", "dashed")


def test_schedule_of_all_and_of_one_office(page: Page) -> None:
    to(page, "schedule")
    first = page.locator(".schedule tbody tr:not(.group)").first.locator("td")
    assert first.nth(1).inner_text() == "4"  # January, over four plans

    page.select_option("#filter-office", "Kota Tegal")

    assert first.nth(1).inner_text() == "2"
    assert first.nth(14).inner_text() == "2"  # rows whose months cannot be told


def test_legal_conflicts_are_marked(page: Page) -> None:
    to(page, "legal")

    variants = page.locator(".variant.differs")
    expect(variants).to_have_count(1)
    expect(variants).to_contain_text("BN 2021 Nomor 1751")
    variants.locator("summary").click()
    expect(variants.locator("li a")).to_have_count(1)
    page.select_option("#filter-province", "35")
    expect(page.locator(".variant.differs")).to_have_count(0)


def test_comparison_has_four_parts(page: Page) -> None:
    to(page, "compare")
    expect(page.locator("tbody")).to_contain_text("75%")
    for part, text in (("changes", "Kota Tegal"), ("outliers", "tinggi"), ("consensus", "Membentuk tim kerja")):
        page.locator(f"#compare-{part}").click()
        expect(page.locator("tbody")).to_contain_text(text)


def test_decree_shows_the_crop_beside_the_finding(page: Page) -> None:
    to(page, f"decree/{GAPS}")

    card = page.locator("article.finding.error")
    picture = card.locator("img")
    expect(picture).to_have_attribute("alt", "Tertulis · halaman 2")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('article.finding.error img').naturalWidth > 0")
    expect(card).to_contain_text("Pembanding · halaman 9")
    text, image = card.locator(".said").bounding_box(), picture.bounding_box()
    assert text is not None
    assert image is not None
    assert image["x"] >= text["x"] + text["width"]


def test_sure_and_guessed_values_never_look_alike(page: Page) -> None:
    to(page, f"decree/{GAPS}")

    style = "element => { const s = getComputedStyle(element); return s.backgroundColor + s.textDecorationStyle }"
    row = page.locator(f"[id='row-{GAPS}-0001'] .value").first
    sure = page.locator(f"[id='row-{GAPS}-0004'] .value").first
    assert row.evaluate(style) != sure.evaluate(style)
    expect(page.locator(f"[id='row-{GAPS}-0001']")).to_contain_text("perlu ditinjau: terbaca kurang pasti")
    expect(page.locator(f"[id='row-{GAPS}-0001']")).to_contain_text("62%")
    expect(page.locator(f"[id='row-{GAPS}-0002']")).to_contain_text("indikator belum pasti")
    expect(page.locator(f"[id='row-{GAPS}-0003'] .badge.override")).to_have_text("Ditetapkan pemeriksa")
    expect(page.locator(f"[id='row-{GAPS}-0003']")).to_contain_text("tanpa bulan")
    expect(page.locator(f"[id='row-{GAPS}-0004']")).to_contain_text("bulan tak terbaca")
    expect(page.locator("#d-file")).to_contain_text("usang")


def test_copy_leads_to_its_decree(page: Page) -> None:
    to(page, f"decree/{COPY}")

    page.locator(".decree-head .note a").click()
    page.wait_for_function("id => location.hash.endsWith(id)", arg=GAPS)
    expect(page.locator(f".facts a[href='#/decree/{NEXT_YEAR}']")).to_be_visible()


def test_hostile_text_is_text(page: Page) -> None:
    to(page, f"decree/{STRANGE}")

    expect(page.locator("#d-header")).to_contain_text(HOSTILE)
    expect(page.locator("article.finding")).to_contain_text(HOSTILE)
    assert page.evaluate("document.title") != "taken"
    assert page.evaluate("document.querySelectorAll('main script, main img[src=x]').length") == 0


def test_printed_on_a4_landscape_with_all_lines(page: Page) -> None:
    to(page, "matrix")

    with pdfium.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))) as printed:
        sizes = [sheet.get_size() for sheet in printed]
        text = printed[0].get_textpage().get_text_bounded()

    for size in sizes:
        assert size == pytest.approx(A4_LANDSCAPE, abs=POINT)
    assert text.count("Kota Tegal") == 2
    assert "Provinsi Banten" in text
    assert "A6" in text


@pytest.mark.parametrize("width", [1280, 1920])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for route in ("summary", "matrix", "schedule", "legal", "findings", "compare", f"decree/{WHOLE}"):
        to(page, route)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, route
        assert (
            page.evaluate(
                "(() => { const s = document.querySelector('.scroller'); return s ? s.scrollWidth - s.clientWidth : 0 })()"
            )
            <= 0
        )
