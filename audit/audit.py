"""One audit from tables to report: `audit` is what ``zi audit`` runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.claims import SEVERITIES, Finding
from audit.compare import compare
from audit.crops import CropsAs, make_crops
from audit.errors import NoTables
from audit.find import find
from audit.read import read_corpus, read_table
from audit.report.write import write_report
from audit.tables import finding_rows, write_tables
from audit.workbook.write import write_workbook
from pipeline.lock import locked
from pipeline.parquet import prepare_folder
from pipeline.progress import Progress
from pipeline.storage import folder_at

DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an audit is asked to do.

    Attributes:
        parquet: folder of the tables.
        out: folder of the report.
        jobs: documents at a time whose pages are cut out.
        crops: where the pieces of pages go that prove the findings.
    """

    parquet: Path
    out: Path
    jobs: int = 1
    crops: CropsAs = "folder"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found.

    Attributes:
        decrees: decrees looked at, copies not counted.
        findings: findings of those decrees by severity, without those that a person dismissed.
        look: how many of them are requests to look.
        decided: how many a person has decided, dismissed ones among them.
    """

    decrees: int
    findings: Mapping[str, int]
    look: int
    decided: int


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of an audit.

    Attributes:
        counts: what was found.
        crops: what became of the pieces of pages, one line each.
        report, workbook: the files.
    """

    counts: Counts
    crops: tuple[str, ...]
    report: Path
    workbook: Path

    def lines(self) -> list[str]:
        """The summary for a person."""
        found = self.counts
        told = ", ".join(f"{found.findings[severity]} {severity}" for severity in reversed(SEVERITIES))
        return [
            f"{found.decrees} decrees, {sum(found.findings.values())} findings: {told}; "
            f"{found.look} are requests to look, {found.decided} are decided.",
            *self.crops,
            f"Report: {self.report}   Workbook: {self.workbook}",
        ]

    def as_json(self) -> dict[str, object]:
        """The summary for programs."""
        return {
            "decrees": self.counts.decrees,
            "findings": dict(self.counts.findings),
            "requests_to_look": self.counts.look,
            "decided": self.counts.decided,
            "crops": list(self.crops),
            "report": str(self.report),
            "workbook": str(self.workbook),
        }


def audit(settings: Settings, progress: Progress) -> Audited:
    """What follows from the tables of a folder: findings and comparisons beside them, a report and a workbook.

    Raises:
        NoTables: there are no tables, or one cannot be read.
        OldTables: an older zi wrote them.
        OutputBusy: a run is writing to the tables.
        OutputNotWritable: the tables of the audit, or the report, cannot be written.
    """
    if not settings.parquet.is_dir():
        raise NoTables(f"There is no folder {settings.parquet}.")
    prepare_folder(settings.out)
    with locked(folder_at(settings.parquet)):
        counts = _audit_tables(settings.parquet)
        cut = make_crops(settings.parquet, settings.out, settings.jobs, settings.crops, progress)
        workbook = write_workbook(settings.parquet, settings.out, cut.crops)
        report = write_report(settings.parquet, settings.out, cut.crops)
    return Audited(counts, tuple(cut.lines()), report, workbook)


def _audit_tables(parquet: Path) -> Counts:
    """What was found, after the tables of the audit were written; the decrees, large for a country, are let go of."""
    corpus = read_corpus(parquet)
    findings = _decided(find(corpus), parquet)
    write_tables(parquet, {"findings": finding_rows(findings), **compare(corpus)})
    originals = [one for one in findings if one.decree_id == one.document_id]
    standing = [one for one in originals if one.decision != DISMISSED]
    counts = Counter(one.severity for one in standing)
    return Counts(
        decrees=len(corpus.decrees),
        findings={severity: counts[severity] for severity in SEVERITIES},
        look=sum(one.certainty == "look" for one in standing),
        decided=sum(one.decision is not None for one in originals),
    )


def _decided(findings: Sequence[Finding], parquet: Path) -> list[Finding]:
    """The findings with what people decided of them."""
    rows: Iterable[Mapping[str, str]] = read_table(parquet, "overrides").to_pylist()
    said = {
        row["key"]: str(json.loads(row["value"])) for row in rows if row["table"] == "findings" and row["status"] == "applied"
    }
    return [replace(one, decision=said.get(one.finding_id)) for one in findings]
