"""The budget of a page: processor time, taken from within, and nothing but the page is lost."""

from __future__ import annotations

import hashlib
import signal
import sys
import threading
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extract.raw import RawPage
from extract.read_pdfium import read_raw_page
from extract.watch import PageBudgetSpent, Unwatched
from pipeline.limits import Limits
from pipeline.runner import run_here
from pipeline.shell import Task
from pipeline.watch import current_watch, watching

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no timers of processor time there")

SHORT = 0.2  # processor seconds


def work(seconds: float) -> None:
    """Uses the processor for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        sum(range(1000))


def test_a_page_ends_when_it_has_worked_for_longer_than_its_budget() -> None:
    with watching(SHORT), pytest.raises(PageBudgetSpent), current_watch().page(1):
        work(60)


def test_waiting_costs_a_page_nothing() -> None:
    with watching(SHORT), current_watch().page(1):
        time.sleep(3 * SHORT)


def test_all_turns_of_a_page_share_its_budget() -> None:
    with watching(SHORT):
        watch = current_watch()
        with watch.page(1):
            work(0.8 * SHORT)
        with watch.page(2):
            work(0.8 * SHORT)
        with pytest.raises(PageBudgetSpent), watch.page(1):
            work(60)


def test_between_pages_nothing_ends() -> None:
    with watching(SHORT):
        with current_watch().page(1):
            pass
        work(2 * SHORT)


def test_a_library_that_swallows_the_first_word_gets_another() -> None:
    heard = 0
    with watching(SHORT), pytest.raises(PageBudgetSpent), current_watch().page(1):
        while True:
            try:
                work(60)
            except BaseException:
                heard += 1
                if heard == 2:
                    raise


def test_afterwards_the_signal_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with watching(SHORT):
        assert signal.getsignal(signal.SIGPROF) != before
    assert signal.getsignal(signal.SIGPROF) == before
    assert isinstance(current_watch(), Unwatched)


def test_beside_the_main_thread_pages_have_no_budget() -> None:
    done: list[bool] = []

    def read() -> None:
        with watching(SHORT), current_watch().page(1):
            work(2 * SHORT)
        done.append(True)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert done


def test_a_page_that_never_ends_is_given_up_and_the_others_are_read(
    decree: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(pdf: pdfium.PdfDocument, index: int) -> RawPage:
        if index == 3:
            work(600)
        return read_raw_page(pdf, index)

    monkeypatch.setattr("extract.document.read_raw_page", endless)
    path = tmp_path / "decree.pdf"
    path.write_bytes(decree)
    task = Task(path, "decree.pdf", hashlib.sha256(decree).hexdigest())
    (result,) = run_here([task], 1, limits=Limits(page_budget=2.0))
    assert [(failure.page, failure.code) for failure in result.failures] == [(4, "page-timeout")]
    assert result.page_count == 7
    assert "page-timeout:4" in str(result.tables["documents"][0]["review_reasons"])
