"""A folder of tables by hand for the tests of the report: a few invented offices, each there for one reason."""

from __future__ import annotations

import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from normalize.schema import TABLES
from normalize.schema_types import NEVER
from pipeline.matching import indicator_rows
from pipeline.parquet import prepare_folder, replaced_tables
from pipeline.rows import as_table
from pipeline.storage import folder_at
from taxonomy.load import load_taxonomy

Row = dict[str, Any]

HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)> \u202eterbalik {{style}}"
WHOLE = "a000000000000001"  # all components present
GAPS = "a000000000000002"  # components missing, findings, values to be reviewed, decisions
NEXT_YEAR = "a000000000000003"  # the same office a year later
COPY = "a000000000000004"  # a copy of the one with gaps
STRANGE = "a000000000000005"  # office not known, hostile texts
NO_PLAN = "a000000000000006"  # decree without a plan

BOX = {"page": 2, "x0": 70.0, "top": 200.0, "x1": 500.0, "bottom": 220.0}


def components() -> list[str]:
    """The components of the reference form, in its order."""
    return [row["indicator_id"] for row in _indicators() if row["level"] == "component" and row["form"] == "zi-2021"]


def write_tables(folder: Path, *, without: Sequence[str] = ()) -> Path:
    """The folder with its tables.

    Args:
        folder: to be made.
        without: tables that are left empty.
    """
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    tables["indicators"] = _indicators()
    _document(tables, WHOLE, "3504", "Kabupaten Tulungagung", "35", 2022)
    _document(tables, GAPS, "3376", "Kota Tegal", "33", 2022, gaps=5)
    _document(tables, NEXT_YEAR, "3376", "Kota Tegal", "33", 2023, gaps=2)
    _document(tables, COPY, "3376", "Kota Tegal", "33", 2022, gaps=5, decree_id=GAPS)
    _document(tables, STRANGE, None, None, None, 2023, title=HOSTILE, institution=HOSTILE)
    _document(tables, NO_PLAN, "36", "Provinsi Banten", "36", 2023, plan=False)
    _findings(tables)
    _doubts(tables)
    _comparison(tables)
    tables["failures"].append(
        _row("failures", source_path="arsip/rusak.pdf", code="damaged", message="File rusak.", cure="Unduh lagi.")
    )
    prepare_folder(folder)
    with replaced_tables(folder_at(folder), "test") as writer:
        writer.content = "c0ffee"
        for name in TABLES:
            rows = [] if name in without else tables[name]
            for batch in as_table(name, rows).to_batches():
                writer.add(name, batch)
    return folder


def write_crop(path: Path) -> None:
    """A small grey picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = 40, 20
    data = zlib.compress(b"".join(b"\0" + b"\xa0" * width for _ in range(height)))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    told = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + told)


class OneCrop:
    """Crops of one picture, beside the report; remembers what was asked for."""

    def __init__(self, folder: Path) -> None:
        """Makes the picture."""
        self.asked: list[tuple[str, int]] = []
        write_crop(folder / "crops" / "one.png")

    def of(self, document_id: str, page: int, boxes: Sequence[tuple[float, float, float, float]]) -> str | None:
        """The picture; nothing for page 9."""
        assert boxes
        self.asked.append((document_id, page))
        return None if page == 9 else "crops/one.png"


def _indicators() -> list[Row]:
    return [dict(row) for row in indicator_rows(load_taxonomy())]


def _row(table: str, /, **values: object) -> Row:
    """A row whose columns that are never null are filled."""
    row: Row = {c.name: _usual(c.type) for c in TABLES[table].columns if c.null == NEVER}
    return {**row, **values}


def _usual(kind: pa.DataType) -> object:
    if pa.types.is_list(kind):
        return []
    if pa.types.is_boolean(kind):
        return False
    if pa.types.is_floating(kind):
        return 1.0
    return 1 if pa.types.is_integer(kind) else ""


def _document(
    tables: Mapping[str, list[Row]],
    key: str,
    code: str | None,
    name: str | None,
    province: str | None,
    year: int,
    *,
    gaps: int = 0,
    plan: bool = True,
    **more: object,
) -> None:
    """A document; ``gaps`` components are missing, one more is uncertain, and one is not in its form."""
    told = {"institution": f"KOMISI PEMILIHAN UMUM {name}", "title": f"RENCANA KERJA {year}", "decree_id": key, **more}
    row = _row("documents", document_id=key, satker_code=code, satker_name=name, province_code=province, year=year, **told)
    number = f"{int(key, 16) % 100} TAHUN {year}"
    row |= {
        "source_path": f"arsip/{key}.pdf",
        "kind": "digital",
        "document_part": "decree",
        "number_raw": number,
        "page_count": 6,
    }
    tables["documents"].append(row)
    tables["fields"].append(
        _row("fields", document_id=key, field="title", text=str(told["title"]), origin="printed", page=1, boxes=[BOX])
    )
    citation = {"part": "mengingat", "item_order": 1, "ref_order": 1, "type": "PermenPANRB", "number": "90", "page": 2}
    number = "1571" if key != STRANGE else "1751"
    tables["legal_bases"].append(
        _row(
            "legal_bases",
            document_id=key,
            instrument_id="permenpanrb-90-2021",
            relation="cited",
            year=2021,
            title="Pembangunan Zona Integritas",
            text="PermenPANRB 90/2021",
            gazettes=[{"series": "BN", "year": 2021, "number": number}],
            **citation,
        )
    )
    tables["provisions"].append(
        _row("provisions", document_id=key, part="diktum", order=1, label="KESATU", text=str(told["title"]), page=2)
    )
    if plan:
        _plan(tables, key, code, year, gaps)


def _plan(tables: Mapping[str, list[Row]], key: str, code: str | None, year: int, gaps: int) -> None:
    for n, indicator in enumerate(components()):
        status = "missing" if n < gaps else "uncertain" if gaps and n == gaps else "present"
        lacking = bool(gaps) and n == 44
        covered = _row("coverage", document_id=key, satker_code=code, year=year, indicator_id=indicator, weight=1.0)
        covered |= {"area_id": indicator.split(".")[0], "status": "missing" if lacking else status, "in_form": not lacking}
        tables["coverage"].append(covered)
    for order, months in enumerate(([1, 2, 3], [12], [], None), 1):
        row = _row("plan_rows", row_id=f"{key}-{order:04d}", document_id=key, satker_code=code, year=year, row_order=order)
        row |= {
            "component": f"Komponen {order}",
            "action": f"Melaksanakan kegiatan nomor {order}",
            "months": months,
            "page_start": 3,
        }
        row |= {
            "page_end": 3,
            "boxes": [{**BOX, "page": 3}],
            "indicator_id": "A1.P1",
            "match_status": "accepted",
            "match_method": "words",
        }
        tables["plan_rows"].append(row)


def _findings(tables: Mapping[str, list[Row]]) -> None:
    """An error, a warning and a request to look in one decree, repeated by its copy; a hostile one."""
    kinds = [("error", "sure", None), ("warning", "likely", "confirmed"), ("info", "look", None)]
    for key in (GAPS, COPY):
        for n, (severity, certainty, decision) in enumerate(kinds):
            one = _finding(key, n, f"Temuan nomor {n}", f"Finding number {n}")
            tables["findings"].append(
                {**one, "severity": severity, "certainty": certainty, "decision": decision, "decree_id": GAPS}
            )
    hostile = _finding(STRANGE, 0, HOSTILE, HOSTILE)
    tables["findings"].append({**hostile, "found": HOSTILE, "severity": "warning", "certainty": "sure", "decree_id": STRANGE})


def _finding(key: str, n: int, message: str, message_en: str) -> Row:
    places = [{"role": role, "document_id": key, **BOX, "page": page} for role, page in (("found", 2), ("expected", 9))]
    one = _row(
        "findings", document_id=key, code=f"invented-{n}", finding_id=f"{key}{n}", message=message, message_en=message_en
    )
    return {
        **one,
        "page": 2,
        "found": f"yang tertulis {n}",
        "expected": f"pembanding {n}",
        "source": "invented",
        "places": places,
    }


def _doubts(tables: Mapping[str, list[Row]]) -> None:
    """What a person should look at, or has decided, in the decree with gaps."""
    rows = [row for row in tables["plan_rows"] if row["document_id"] == GAPS]
    rows[0] |= {"needs_review": True, "review_reasons": ["read-unsurely"], "confidence": 0.62}
    rows[1] |= {"match_status": "review", "candidates": [{"id": "A1.P2", "score": 55.0}]}
    rows[2] |= {"decided": ["indicator_id"], "match_status": "override"}
    field = next(row for row in tables["fields"] if row["document_id"] == GAPS)
    field |= {"needs_review": True, "confidence": 0.5}
    decided = _row("overrides", document_id=GAPS, table="plan_rows", field="indicator_id", key=rows[2]["row_id"], page=3)
    decided |= {"before": '"A1.P2"', "value": '"A1.P1"', "decided_by": "Pemeriksa", "decided_at": "2026-01-02T03:04:05+07:00"}
    tables["overrides"] += [
        {**decided, "status": "applied"},
        {**decided, "override_order": 2, "status": "stale", "reason": "value-changed"},
    ]


def _comparison(tables: Mapping[str, list[Row]]) -> None:
    pair = _row("similar_plans", document_id=NEXT_YEAR, other_document_id=WHOLE, year=2023, relation="other-office")
    tables["similar_plans"].append({**pair, "rows": 4, "shared_rows": 3, "share": 0.75, "other_share": 0.75})
    change = _row("plan_changes", document_id=NEXT_YEAR, before_document_id=GAPS, year=2023, change="reworded")
    tables["plan_changes"].append({**change, "text": "kata baru", "before_text": "kata lama"})
    figure = _row("plan_figures", document_id=WHOLE, figure="rows", area_id="all", year=2022, outlier="high", plans=6)
    tables["plan_figures"].append({**figure, "value": 40.0, "median": 10.0, "low": 2.0, "high": 20.0})
    wording = _row("consensus", indicator_id="A1.P1", field="action", text="Membentuk tim kerja", offices=4, plans=5)
    tables["consensus"].append({**wording, "share": 0.8})
