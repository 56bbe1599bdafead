"""`zi fetch` against servers that misbehave: what lies in the folder afterwards, and what the user is told."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ZiError
from pipeline import cli
from pipeline.errors import HttpError, NotAFeed, OutputBusy, PathNotFound
from pipeline.intake.feed import Feed
from pipeline.intake.fetch import FetchSettings, fetch
from pipeline.intake.keeping import Shelf
from pipeline.intake.report import FetchReport
from pipeline.intake.selection import select
from pipeline.intake.web import Limits
from pipeline.lock import locked
from pipeline.storage import LocalFolder
from tests.pipeline.bad_server import MODIFIED, Asked, BadServer, bad_server, gzipped, pdf, serve_well

PLAN = "Rencana Kerja Pembangunan Zona Integritas Tahun 2023"
QUICK = Limits(gap=0.0, connect=20.0, read=20.0, whole=60.0, back_off=0.1)
PATIENT_TEST = 30.0  # seconds: far more than needed, so that a busy machine fails no test


@pytest.fixture
def server() -> Iterator[BadServer]:
    with bad_server() as running:
        yield running


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "raw"


class Sleeps(list[float]):
    """Pauses that were asked for; none is made."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def entry(url: str, id: str = "7", title: str = PLAN, **more: object) -> dict[str, object]:
    return {"idData": id, "judul": title, "noPeraturan": "5", "jenis": "Keputusan", "urlDownload": url, **more}


def go(feed: str, to: Path, limits: Limits = QUICK, **more: object) -> FetchReport:
    settings = replace(FetchSettings(to, limits=limits), **more)  # type: ignore[arg-type]
    return fetch(feed, settings, sleep=Sleeps())


def pdfs(to: Path) -> list[str]:
    return sorted(path.relative_to(to).as_posix() for path in to.rglob("*.pdf"))


def outcomes(report: FetchReport) -> list[str]:
    return [got.outcome for got in report.got]


def codes(report: FetchReport) -> list[str]:
    return [failure.code for failure in report.failures]


def left_over(to: Path) -> list[str]:
    return sorted(path.name for path in to.rglob("*") if ".part" in path.name or path.name.endswith(".tmp"))


# What is downloaded, and what is kept beside it


def test_a_plan_and_its_metadata_lie_side_by_side(server: BadServer, to: Path) -> None:
    server.file("/a.pdf", pdf())
    report = go(server.feed(entry(server.url("/a.pdf"), subjek="ZI")), to)
    (name,) = pdfs(to)
    host = server.address.removeprefix("http://").replace(":", "_")
    assert name == f"{host}/7-rencana-kerja-pembangunan-zona-integritas-tahun-2023.pdf"
    assert (to / name).read_bytes() == pdf()
    kept = json.loads((to / f"{name}.jdih.json").read_bytes())
    assert kept["entry"] == entry(server.url("/a.pdf"), subjek="ZI")
    assert kept["feed"] == server.url("/integrasi")
    assert kept["size"] == 3_000
    assert len(kept["sha256"]) == 64
    assert (report.exit_code, outcomes(report), left_over(to)) == (0, ["downloaded"], [])


def test_a_second_run_asks_whether_the_file_has_changed_and_downloads_nothing(server: BadServer, to: Path) -> None:
    server.good_file("/a.pdf", pdf())
    feed = server.feed(entry(server.url("/a.pdf")))
    go(feed, to)
    before = {path: path.read_bytes() for path in to.rglob("*.pdf*")}
    report = go(feed, to)
    assert outcomes(report) == ["unchanged"]
    assert {path: path.read_bytes() for path in to.rglob("*.pdf*")} == before
    assert "If-None-Match" in server.headers("/a.pdf")[1]


def test_a_server_that_tells_the_date_of_the_change_is_asked_by_it(server: BadServer, to: Path) -> None:
    def play(asked: Asked) -> None:
        if asked.headers.get("If-Modified-Since") == MODIFIED:
            asked.send(b"", 304)
        else:
            asked.send(pdf(), Last_Modified=MODIFIED)

    feed = server.feed(entry(server.play("/a.pdf", play)))
    go(feed, to)
    assert outcomes(go(feed, to)) == ["unchanged"]


def test_a_file_without_etag_or_date_is_not_asked_for_again(server: BadServer, to: Path) -> None:
    feed = server.feed(entry(server.file("/a.pdf", pdf())))
    go(feed, to)
    assert outcomes(go(feed, to)) == ["unchanged"]
    assert server.asked("/a.pdf") == 1


def test_a_file_that_was_damaged_on_the_disk_is_downloaded_again(server: BadServer, to: Path) -> None:
    server.good_file("/a.pdf", pdf())
    feed = server.feed(entry(server.url("/a.pdf")))
    go(feed, to)
    (to / pdfs(to)[0]).write_bytes(b"%PDF-1.7 broken")
    go(feed, to)
    assert (to / pdfs(to)[0]).read_bytes() == pdf()


def test_a_changed_pdf_replaces_the_old_one_and_is_told(server: BadServer, to: Path) -> None:
    server.good_file("/a.pdf", pdf("old"))
    feed = server.feed(entry(server.url("/a.pdf")))
    go(feed, to)
    server.good_file("/a.pdf", pdf("new"))
    report = go(feed, to)
    assert outcomes(report) == ["replaced"]
    assert (to / pdfs(to)[0]).read_bytes() == pdf("new")
    assert any("has changed" in line for line in report.lines())


def test_a_corrected_title_keeps_the_name_and_renews_the_metadata(server: BadServer, to: Path) -> None:
    server.good_file("/a.pdf", pdf())
    go(server.feed(entry(server.url("/a.pdf"), title="Rencana Kreja Zona Integritas")), to)
    (name,) = pdfs(to)
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (pdfs(to), outcomes(report)) == ([name], ["unchanged"])
    assert json.loads((to / f"{name}.jdih.json").read_bytes())["entry"]["judul"] == PLAN


def test_an_entry_that_went_away_is_told_and_its_file_is_kept(server: BadServer, to: Path) -> None:
    first, second = server.file("/a.pdf", pdf("a")), server.file("/b.pdf", pdf("b"))
    go(server.feed(entry(first), entry(second, "8")), to)
    report = go(server.feed(entry(first)), to)
    assert [name.split("/")[1].split("-")[0] for name in report.gone] == ["8"]
    assert len(pdfs(to)) == 2


def test_two_entries_with_one_pdf_are_asked_for_once(server: BadServer, to: Path) -> None:
    url = server.good_file("/a.pdf", pdf())
    feed = server.feed(entry(url), entry(url, "8", "Rencana Aksi Zona Integritas"))
    report = go(feed, to)
    assert (outcomes(report), len(pdfs(to)), server.asked("/a.pdf")) == (["downloaded", "copied"], 2, 1)
    assert outcomes(go(feed, to)) == ["unchanged", "unchanged"]


def test_two_entries_with_one_id_get_names_of_their_own(server: BadServer, to: Path) -> None:
    first, second = server.file("/a.pdf", pdf("a")), server.file("/b.pdf", pdf("b"))
    feed = server.feed(entry(first), entry(second))
    go(feed, to)
    assert sorted((to / name).read_bytes() for name in pdfs(to)) == sorted([pdf("a"), pdf("b")])
    assert outcomes(go(feed, to)) == ["unchanged", "unchanged"]


def test_an_id_that_is_shared_later_leaves_the_name_as_it_is(server: BadServer, to: Path) -> None:
    first, second = server.file("/a.pdf", pdf("a")), server.file("/b.pdf", pdf("b"))
    go(server.feed(entry(first)), to)
    report = go(server.feed(entry(first), entry(second)), to)
    assert (outcomes(report), report.gone) == (["unchanged", "downloaded"], ())


def test_another_feed_that_uses_the_same_id_overwrites_nothing(server: BadServer, to: Path) -> None:
    feeds = [server.feed(entry(server.file(f"/{n}.pdf", pdf(n))), path=f"/feed/{n}") for n in "ab"]
    for feed in feeds * 2:
        report = go(feed, to)
    assert sorted((to / name).read_bytes() for name in pdfs(to)) == sorted([pdf("a"), pdf("b")])
    assert (outcomes(report), report.gone) == (["unchanged"], ())


def test_an_entry_that_is_listed_twice_is_taken_once(server: BadServer, to: Path) -> None:
    url = server.file("/a.pdf", pdf())
    report = go(server.feed(entry(url), entry(url)), to)
    assert (outcomes(report), report.repeated) == (["downloaded"], 1)


def test_a_dry_run_downloads_nothing(server: BadServer, to: Path) -> None:
    url = server.file("/a.pdf", pdf())
    report = go(server.feed(entry(url)), to, dry_run=True)
    assert [address for _, address in report.wanted] == [url]
    assert (server.asked("/a.pdf"), to.exists()) == (0, False)


# Servers that misbehave


def test_a_web_page_with_status_200_is_no_pdf(server: BadServer, to: Path) -> None:
    page = b"<!DOCTYPE html><html><head><title>Halaman  tidak ditemukan</title></head>" + b" " * 5_000
    report = go(server.feed(entry(server.file("/a.pdf", page, Content_Type="application/pdf"))), to)
    assert codes(report) == ["not-a-pdf"]
    assert "Halaman tidak ditemukan" in report.failures[0].message
    assert (pdfs(to), left_over(to), report.exit_code) == ([], [], 1)


def test_a_short_page_and_an_empty_answer_are_no_pdf(server: BadServer, to: Path) -> None:
    feed = server.feed(entry(server.file("/a", b"maaf")), entry(server.file("/b", b""), "8"))
    report = go(feed, to)
    assert codes(report) == ["not-a-pdf", "not-a-pdf"]
    assert "empty" in report.failures[1].message


def test_a_pdf_of_the_wrong_type_is_taken(server: BadServer, to: Path) -> None:
    go(server.feed(entry(server.file("/unduh?id=5", pdf(), Content_Type="text/html"))), to)
    assert len(pdfs(to)) == 1


def test_a_missing_file_is_told_and_the_others_come(server: BadServer, to: Path) -> None:
    good = server.file("/b.pdf", pdf())
    report = go(server.feed(entry(server.url("/none.pdf")), entry(good, "8")), to)
    assert (codes(report), len(pdfs(to))) == (["http-404"], 1)
    assert server.asked("/none.pdf") == 1


def test_a_file_of_earlier_stays_when_the_new_one_fails(server: BadServer, to: Path) -> None:
    feed = server.feed(entry(server.good_file("/a.pdf", pdf())))
    go(feed, to)
    server.file("/a.pdf", b"<html>maintenance</html>")
    report = go(feed, to)
    assert (to / pdfs(to)[0]).read_bytes() == pdf()
    assert report.failures[0].there


def test_a_file_that_breaks_off_is_resumed_by_range(server: BadServer, to: Path) -> None:
    body = pdf(size=50_000)
    server.play("/a.pdf", lambda asked: serve_well(asked, body, cut_at=20_000 if asked.number == 0 else None))
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (outcomes(report), (to / pdfs(to)[0]).read_bytes() == body) == (["downloaded"], True)
    assert server.headers("/a.pdf")[1]["Range"] == "bytes=20000-"


def test_a_file_that_breaks_off_without_ranges_is_begun_anew(server: BadServer, to: Path) -> None:
    body = pdf(size=50_000)
    server.play("/a.pdf", lambda asked: serve_well(asked, body, 20_000 if asked.number == 0 else None, ranges=False))
    go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (to / pdfs(to)[0]).read_bytes() == body


def test_what_came_is_kept_for_the_next_run(server: BadServer, to: Path) -> None:
    body = pdf(size=50_000)
    server.play("/a.pdf", lambda asked: serve_well(asked, body, cut_at=20_000))
    feed = server.feed(entry(server.url("/a.pdf")))
    report = go(feed, to)
    assert (codes(report), pdfs(to)) == (["truncated"], [])
    asked = server.asked("/a.pdf")
    server.play("/a.pdf", lambda asked: serve_well(asked, body))
    assert outcomes(go(feed, to)) == ["downloaded"]
    assert server.headers("/a.pdf")[asked]["Range"] == "bytes=20000-"
    assert ((to / pdfs(to)[0]).read_bytes() == body, left_over(to)) == (True, [])


@pytest.mark.parametrize("note", [None, "mark of another file", "more than the file has"])
def test_what_a_killed_run_left_behind_harms_nothing(server: BadServer, to: Path, note: str | None) -> None:
    feed = server.feed(entry(server.good_file("/a.pdf", pdf())))
    (name, _), *_ = go(feed, to, dry_run=True).wanted
    part = to / f"{name}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"%PDF-1.7 other" + b"z" * (10_000 if note == "more than the file has" else 10))
    if note is not None:
        mark = '"x"' if note.startswith("mark") else f'"{hashlib.md5(pdf()).hexdigest()}"'
        part.with_name(part.name + ".json").write_text(json.dumps({"address": server.url("/a.pdf"), "mark": mark}))
    go(feed, to)
    assert ((to / name).read_bytes() == pdf(), left_over(to)) == (True, [])


def test_halves_of_two_versions_are_never_put_together(server: BadServer, to: Path) -> None:
    old, new = pdf("old", 50_000), pdf("new", 60_000)
    server.play("/a.pdf", lambda asked: serve_well(asked, old, cut_at=20_000) if asked.number == 0 else serve_well(asked, new))
    go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (to / pdfs(to)[0]).read_bytes() == new


def test_a_range_that_was_not_asked_for_is_not_taken(server: BadServer, to: Path) -> None:
    body = pdf(size=50_000)

    def play(asked: Asked) -> None:
        if asked.number == 0:
            serve_well(asked, body, cut_at=20_000)
        elif asked.headers.get("Range"):
            asked.send(body[10_000:], 206, Content_Range=f"bytes 10000-{len(body) - 1}/{len(body)}")
        else:
            asked.send(body)

    go(server.feed(entry(server.play("/a.pdf", play))), to)
    assert (to / pdfs(to)[0]).read_bytes() == body


def test_a_file_that_ends_in_the_middle_without_a_length_is_not_taken(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.send(pdf()[:2_000], length=-1))
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (codes(report), pdfs(to), left_over(to)) == (["truncated"], [], [])


@pytest.mark.parametrize("length", [2_000, 9_000])
def test_a_length_that_lies_gives_no_half_file(server: BadServer, to: Path, length: int) -> None:
    server.play("/a.pdf", lambda asked: asked.send(pdf(), length=length))
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (codes(report), pdfs(to)) == (["truncated"], [])


def test_zeros_behind_the_end_mark_do_no_harm(server: BadServer, to: Path) -> None:
    go(server.feed(entry(server.file("/a.pdf", pdf() + b"\0" * 20_000))), to)
    assert len(pdfs(to)) == 1


def test_a_redirect_is_followed_and_noted(server: BadServer, to: Path) -> None:
    server.play("/a", lambda asked: asked.send(b"", 302, Location="/b"))
    server.play("/b", lambda asked: asked.send(b"", 301, Location=server.url("/c.pdf")))
    server.file("/c.pdf", pdf())
    go(server.feed(entry(server.url("/a"))), to)
    assert json.loads((to / f"{pdfs(to)[0]}.jdih.json").read_bytes())["download_address"] == server.url("/c.pdf")


def test_redirects_in_a_circle_end(server: BadServer, to: Path) -> None:
    server.play("/a", lambda asked: asked.send(b"", 302, Location="/b"))
    server.play("/b", lambda asked: asked.send(b"", 302, Location="/a"))
    report = go(server.feed(entry(server.url("/a"))), to)
    assert codes(report) == ["http-error"]
    assert server.asked("/a") + server.asked("/b") < 10


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a.pdf", "http://[::1", "data:,x"])
def test_a_redirect_leads_nowhere_but_to_the_web(server: BadServer, to: Path, target: str) -> None:
    server.play("/a", lambda asked: asked.send(b"", 302, Location=target))
    assert codes(go(server.feed(entry(server.url("/a"))), to)) == ["bad-address"]


def test_a_server_that_drips_is_left_when_time_is_up(server: BadServer, to: Path) -> None:
    def drip(asked: Asked) -> None:
        asked.send(pdf()[:100], length=100_000)
        while not server.stopping.wait(0.05):
            asked.handler.wfile.write(b"x")

    started = time.monotonic()
    report = go(server.feed(entry(server.play("/a.pdf", drip))), to, replace(QUICK, whole=3.0))
    assert codes(report) == ["too-slow"]
    assert time.monotonic() - started < PATIENT_TEST


def test_headers_that_drip_are_left_when_time_is_up(server: BadServer, to: Path) -> None:
    def drip(asked: Asked) -> None:
        asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not server.stopping.wait(0.05):
            asked.handler.wfile.write(b"x")

    started = time.monotonic()
    report = go(server.feed(entry(server.play("/a.pdf", drip))), to, replace(QUICK, whole=3.0))
    assert codes(report) == ["too-slow"]
    assert time.monotonic() - started < PATIENT_TEST


def test_a_server_that_never_answers_is_asked_again_and_left(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: server.stopping.wait())
    report = go(server.feed(entry(server.url("/a.pdf"))), to, replace(QUICK, read=1.5, attempts=2))
    assert codes(report) == ["too-slow"]
    assert server.asked("/a.pdf") == 2


def test_a_body_without_end_stops_at_the_limit(server: BadServer, to: Path) -> None:
    def endless(asked: Asked) -> None:
        asked.send(pdf()[:-7], length=-1)
        while not server.stopping.is_set():
            asked.handler.wfile.write(b"x" * 65_536)

    report = go(server.feed(entry(server.play("/a.pdf", endless))), to, replace(QUICK, most_bytes=1_000_000))
    assert (codes(report), left_over(to)) == (["too-large"], [])


def test_a_file_that_says_to_be_too_large_is_not_read(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.send(pdf(), length=5_000_000_000))
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert codes(report) == ["too-large"]
    assert "5,000,000,000" in report.failures[0].message


def test_a_broken_connection_is_tried_again(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.reset() if asked.number < 2 else asked.send(pdf()))
    assert outcomes(go(server.feed(entry(server.url("/a.pdf"))), to)) == ["downloaded"]


def test_a_connection_that_always_breaks_is_told(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.reset())
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (codes(report), server.asked("/a.pdf")) == (["connection"], QUICK.attempts)


def test_a_busy_server_is_given_the_time_it_asks_for(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.send(b"", 429, Retry_After="17") if asked.number == 0 else asked.send(pdf()))
    sleeps = Sleeps()
    report = fetch(server.feed(entry(server.url("/a.pdf"))), FetchSettings(to, limits=QUICK), sleep=sleeps)
    assert outcomes(report) == ["downloaded"]
    assert 17.0 in sleeps


def test_a_server_that_asks_for_an_hour_is_left_for_the_next_run(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.send(b"", 503, Retry_After="3600"))
    report = go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (codes(report), server.asked("/a.pdf")) == (["http-error"], 1)


def test_a_server_that_fails_twice_is_asked_with_growing_pauses(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: asked.send(b"", 503) if asked.number < 3 else asked.send(pdf()))
    sleeps = Sleeps()
    report = fetch(server.feed(entry(server.url("/a.pdf"))), FetchSettings(to, limits=QUICK), sleep=sleeps)
    pauses = [pause for pause in sleeps if pause]
    assert outcomes(report) == ["downloaded"]
    assert pauses == sorted(pauses)
    assert len(pauses) >= 2


@pytest.mark.parametrize("retry_after", ["soon", "9" * 5_000, "-1"])
def test_a_pause_that_is_none_does_no_harm(server: BadServer, to: Path, retry_after: str) -> None:
    server.play("/a.pdf", lambda asked: asked.send(b"", 503, Retry_After=retry_after))
    assert codes(go(server.feed(entry(server.url("/a.pdf"))), to)) == ["http-error"]


def test_a_body_that_is_packed_on_the_way_is_unpacked(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: gzipped(asked, pdf()))
    go(server.feed(entry(server.url("/a.pdf"))), to)
    assert (to / pdfs(to)[0]).read_bytes() == pdf()


def test_a_packed_bomb_stops_at_the_limit(server: BadServer, to: Path) -> None:
    server.play("/a.pdf", lambda asked: gzipped(asked, pdf(size=30_000_000)))
    assert codes(go(server.feed(entry(server.url("/a.pdf"))), to, replace(QUICK, most_bytes=1_000_000))) == ["too-large"]


def test_requests_to_a_host_are_a_gap_apart(server: BadServer, to: Path) -> None:
    files = [entry(server.file(f"/{i}.pdf", pdf(str(i))), str(i)) for i in range(3)]
    sleeps = Sleeps()
    fetch(server.feed(*files), FetchSettings(to, limits=replace(QUICK, gap=600.0)), sleep=sleeps)
    # After the feed itself: robots.txt and three files.
    assert [round(pause, -1) for pause in sleeps] == [600.0] * 4


def test_the_server_is_told_who_asks(server: BadServer, to: Path) -> None:
    server.file("/a.pdf", pdf())
    go(server.feed(entry(server.url("/a.pdf"))), to)
    assert all(headers["User-Agent"].startswith("zi/") for _, headers in server.log)


def test_robots_txt_is_asked_once_and_honoured(server: BadServer, to: Path) -> None:
    server.file("/robots.txt", b"User-agent: *\nDisallow: /secret/\n")
    entries = [entry(server.file(path, pdf(path)), path[-5]) for path in ("/secret/1.pdf", "/open/2.pdf", "/open/3.pdf")]
    report = go(server.feed(*entries), to)
    assert (codes(report), len(pdfs(to))) == (["robots"], 2)
    assert (server.asked("/robots.txt"), server.asked("/secret/1.pdf")) == (1, 0)


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: *\nDisallow: //[\n",
        b"User-agent: *\nCrawl-delay: " + b"9" * 400,
        b"<html>",
        b"\xff\xfe\x00",
        b"x" * 2_000_000,
    ],
)
def test_a_robots_txt_that_is_none_closes_nothing(server: BadServer, to: Path, robots: bytes) -> None:
    server.file("/robots.txt", robots)
    assert outcomes(go(server.feed(entry(server.file("/a.pdf", pdf()))), to)) == ["downloaded"]


def test_headers_that_are_none_do_no_harm(server: BadServer, to: Path) -> None:
    server.file("/a.pdf", pdf(), ETag='"a\r\n b"', Last_Modified="\xff\xe9")
    server.play("/b.pdf", lambda asked: asked.send(b"", 302, Location="/\xff\xe9"))
    feed = server.feed(entry(server.url("/a.pdf")), entry(server.url("/b.pdf"), "8"))
    for _ in range(2):
        report = go(feed, to)
        assert (len(report.got), codes(report)) == (1, ["bad-address"])


def test_a_body_in_chunks_is_put_together(server: BadServer, to: Path) -> None:
    def play(asked: Asked) -> None:
        body, end = pdf(size=50_000), b"" if asked.number == 0 else b"0\r\n\r\n"
        asked.send(b"%x\r\n" % len(body) + body + b"\r\n" + end, length=-1, Transfer_Encoding="chunked")

    go(server.feed(entry(server.play("/a.pdf", play))), to)
    assert ((to / pdfs(to)[0]).read_bytes(), server.asked("/a.pdf")) == (pdf(size=50_000), 2)


# Addresses and names


@given(address=st.text(), id=st.text() | st.integers() | st.none(), title=st.text())
def test_any_text_in_a_feed_makes_a_name_or_is_refused(address: str, id: object, title: str) -> None:
    raw: dict[str, object] = {"idData": id, "judul": title, "urlDownload": address}
    for prefix in ("", "http://", "http://h/", "//"):
        feed = Feed("https://example.org/integrasi", ({**raw, "urlDownload": prefix + address},), 0, None)
        chosen = select(feed, feed.address, Shelf(Path("nowhere")), take_all=True, least=80.0, private=True)
        for wanted in chosen.wanted:
            assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*/[a-z0-9][a-z0-9.-]*\.pdf", wanted.name)
            assert ".." not in wanted.name
        assert len(chosen.wanted) + len(chosen.refused) + sum(chosen.left_out.values()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd\n",
        "ftp://h/a.pdf",
        "javascript:alert(1)",
        "http://u:p@127.0.0.1/a",
        "http://[",
        "-",
        None,
    ],
)
def test_an_address_that_is_none_is_not_followed(tmp_path: Path, to: Path, address: str | None) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps([entry("x") | {"urlDownload": address}]))
    report = go(str(feed), to)
    assert (codes(report), pdfs(to)) == (["bad-address"], [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "localhost", "10.0.0.8", "169.254.169.254", "[::1]", "2130706433", "127.1", "0177.0.0.1"]
)
def test_a_public_feed_does_not_reach_into_the_private_network(host: str) -> None:
    from pipeline.errors import BadAddress
    from pipeline.intake.web import checked_address

    with pytest.raises(BadAddress):
        checked_address(f"http://{host}/a.pdf", private=False)


def test_the_abstract_is_never_taken(server: BadServer, to: Path) -> None:
    url = server.file("/abstrak.pdf", pdf())
    report = go(server.feed(entry(url, urlAbstrak=url), entry("-", "8", urlAbstrak=url)), to)
    assert (codes(report), server.asked("/abstrak.pdf")) == (["bad-address", "bad-address"], 0)


def test_an_address_without_a_host_belongs_to_the_feed(server: BadServer, to: Path) -> None:
    server.file("/uploads/rencana%20kerja.pdf", pdf())
    go(server.feed(entry("/uploads/rencana kerja.pdf")), to)
    assert len(pdfs(to)) == 1


@pytest.mark.parametrize("id", ["../../../evil", "/etc/cron", "a\nb", "CON", "nul", "x" * 5_000, "..", "七", "a/b", ""])
def test_names_stay_in_the_folder(server: BadServer, to: Path, tmp_path: Path, id: str) -> None:
    title = "../../..\\evil\n" + "Rencana Kerja Zona Integritas " + "é" * 400
    feed = server.feed(entry(server.file("/a.pdf", pdf()), id, title))
    go(feed, to)
    assert len(pdfs(to)) == 1
    assert [p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*.pdf")] == ["raw"]
    name = pdfs(to)[0].split("/")[1]
    assert name.isascii()
    assert len(name) < 120
    assert name.split(".")[0].lower() not in ("con", "nul")
    assert outcomes(go(feed, to)) == ["unchanged"]


def test_titles_in_other_letters_are_kept_as_sent(server: BadServer, to: Path) -> None:
    title = "Rencana Kerja Zona Integritas “ꦗꦮ” 計画 \ud83d"
    go(server.feed(entry(server.file("/a.pdf", pdf()), title=title)), to)
    assert json.loads((to / f"{pdfs(to)[0]}.jdih.json").read_bytes())["entry"]["judul"] == title


# Feeds


def test_a_feed_of_three_megabytes_is_read(server: BadServer, to: Path) -> None:
    filler = [entry("http://127.0.0.1:9/x.pdf", str(i), f"Pajak Daerah {i}", abstrak="a" * 500) for i in range(4_500)]
    feed = server.feed(*filler, entry(server.file("/a.pdf", pdf()), "plan"))
    report = go(feed, to)
    assert (report.entries, outcomes(report), report.left_out) == (4_501, ["downloaded"], {"other": 4_500})


@pytest.mark.parametrize(
    "data",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("Zona", "Z\u00f3na").encode("cp1252"),
        lambda text: b'{"status": true, "data": {"current_page": 1, "data": ' + text.encode() + b"}}",
        lambda text: text[1:-1].encode(),
        lambda text: text.replace("idData", "IDDATA").replace("urlDownload", "url_download").encode(),
        lambda text: text.replace("Tahun 2023", "Tahun\n2023").encode(),
    ],
)
def test_feeds_in_other_dress_are_read(server: BadServer, to: Path, tmp_path: Path, data: object) -> None:
    url = server.file("/a.pdf", pdf())
    feed = tmp_path / "feed.json"
    feed.write_bytes(data(json.dumps([entry(url)], ensure_ascii=False)))  # type: ignore[operator]
    assert outcomes(go(str(feed), to)) == ["downloaded"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"[1, 2]",
        b'[{"a": "b"}]',
        b'{"message": "Token salah"}',
        b"<!doctype html><title>Login</title>",
        b'[{"judul":',
        b"[" * 100_000,
        b"%PDF-1.7",
        b"\x00\xff\xfe",
    ],
)
def test_what_is_no_feed_is_said_so(tmp_path: Path, to: Path, data: bytes) -> None:
    feed = tmp_path / "feed.json"
    feed.write_bytes(data)
    with pytest.raises(NotAFeed) as told:
        go(str(feed), to)
    assert told.value.cure
    assert not to.exists()


def test_a_feed_that_is_not_there(server: BadServer, to: Path) -> None:
    for feed, error in [("none.json", PathNotFound), ("ftp://h/feed", NotAFeed), (server.url("/none"), ZiError)]:
        with pytest.raises(error):
            go(feed, to)


def test_a_feed_whose_server_fails(server: BadServer, to: Path) -> None:
    server.play("/integrasi", lambda asked: asked.send(b"", 500))
    with pytest.raises(HttpError):
        go(server.url("/integrasi"), to)


def test_the_old_form_and_missing_values(server: BadServer, to: Path) -> None:
    url = server.file("/a.pdf", pdf())
    old = {"idData": 12, "judul": PLAN, "noPeraturan": "PER-01/MBU/01/2015", "urlDownload": url, "tahun": 2015, "display": 1}
    report = go(server.feed(old, {"idData": "3", "judul": "-"}, {"x": {"y": []}}), to)
    assert (outcomes(report), report.left_out) == (["downloaded"], {"no-title": 2})


def test_what_is_left_out_is_counted_and_near_misses_are_named(server: BadServer, to: Path) -> None:
    team = "Pembentukan Tim Kerja Pembangunan Zona Integritas"
    report = go(server.feed(entry("http://127.0.0.1:9/a", "1", team), entry("http://127.0.0.1:9/b", "2", "Sewa Kendaraan")), to)
    assert (report.left_out, report.exit_code) == ({"aside": 1, "other": 1}, 0)
    assert any(team in line for line in report.lines())
    assert not any("Sewa" in line for line in report.lines())


def test_all_takes_every_decree_and_nothing_else(server: BadServer, to: Path) -> None:
    url = server.file("/a.pdf", pdf())
    report = go(server.feed(entry(url, "1", "Sewa Kendaraan"), entry(url, "2", jenis="Peraturan Daerah")), to, take_all=True)
    assert (outcomes(report), report.left_out) == (["downloaded"], {"not-a-decree": 1})


# The command


def test_the_command_tells_people_and_programs(
    server: BadServer, to: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = server.file("/a.pdf", pdf()), server.url("/none.pdf")
    feed = server.feed(entry(good), entry(bad, "8"))
    assert cli.main(["fetch", feed, "--to", str(to), "--rate", "0.001", "--json"]) == 1
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert [got["outcome"] for got in data["got"]] == ["downloaded"]
    assert {"code", "message", "cure"} <= data["failures"][0].keys()
    assert "http-404" in err


def test_the_command_says_what_is_wrong_with_the_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text("<html>")
    assert cli.main(["fetch", str(feed), "--to", str(tmp_path / "raw")]) == 2
    assert "not-a-feed" not in capsys.readouterr().err
    for wrong in (["--rate", "nan"], ["--rate", "-1"], ["--min-likeness", "101"], ["--max-size", "0"], ["--timeout", "x"]):
        with pytest.raises(SystemExit) as left:
            cli.main(["fetch", str(feed), *wrong])
        assert left.value.code == 2


def test_a_folder_that_is_none(server: BadServer, to: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to.write_text("a file")
    assert cli.main(["fetch", server.feed(entry(server.file("/a.pdf", pdf()))), "--to", str(to), "--rate", "0.001"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_run_that_is_killed_goes_on_where_it_was(server: BadServer, to: Path) -> None:
    body = pdf(size=200_000)

    def play(asked: Asked) -> None:
        if asked.number == 0:
            asked.send(body[:100_000], 200, len(body), ETag=f'"{hashlib.md5(body).hexdigest()}"')
            server.stopping.wait()
        serve_well(asked, body)

    feed = server.feed(entry(server.play("/a.pdf", play)))
    command = [sys.executable, "-m", "pipeline.cli", "fetch", feed, "--to", str(to), "--rate", "0.001"]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + PATIENT_TEST
    while not any(part.stat().st_size > 50_000 for part in to.rglob("*.part")) and time.monotonic() < ends:
        time.sleep(0.05)
    run.kill()
    run.wait()
    assert pdfs(to) == []
    assert outcomes(go(feed, to)) == ["downloaded"]
    assert ((to / pdfs(to)[0]).read_bytes() == body, left_over(to)) == (True, [])
    assert int(server.headers("/a.pdf")[1]["Range"].removeprefix("bytes=").removesuffix("-")) > 50_000


def test_two_runs_on_one_folder_do_not_meet(server: BadServer, to: Path) -> None:
    feed = server.feed(entry(server.file("/a.pdf", pdf())))
    to.mkdir()
    with locked(LocalFolder(to)), pytest.raises(OutputBusy):
        go(feed, to)
