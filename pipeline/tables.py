"""The tables of a run out of the records of its documents: one pass in order of document_id, few rows in memory at a time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from normalize.jdih import Sidecar, jdih_tables
from normalize.links import SameBytes, link_documents
from normalize.overrides import FILE, Outcome, Overrides
from normalize.schema import SCHEMA_VERSION, TABLES
from pipeline.errors import BrokenOverride, OutputNotWritable
from pipeline.ledger import Entry, Input
from pipeline.matching import indicator_rows
from pipeline.overrides import override_rows
from pipeline.parquet import content_of, replaced_tables
from pipeline.record import Record
from pipeline.result import Row
from pipeline.rows import as_table
from pipeline.storage import Folder
from pipeline.store import Store, tables_fingerprint
from taxonomy.load import load_taxonomy

WHOLE = ("documents", "links", "jdih", "jdih_checks", "indicators", "failures", "overrides")
"""Tables that are made of all documents at once; the rows of the others go straight through."""

UNCOMPARED = ("decides", "plan_title", "signatory", "certifier")
"""Long columns of ``documents`` that nothing is compared by; they are left in Arrow's keeping."""


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A row of ``failures``."""

    source_path: str
    document_id: str | None
    page: int | None
    code: str
    message: str
    cure: str


LOOSE = 256  # batches of one row each

CHECKED = ("field", "needs_review", "page")
"""Columns of ``fields`` that the checks of a feed's metadata look at."""


class RecordLost(OutputNotWritable):
    """What was kept of a document is gone or broken."""

    default_cure = "Run zi ingest again: the document is read anew. Tables already there are whole."

    def __init__(self, document_id: str) -> None:
        """The error for a document."""
        super().__init__(f"What was kept of document {document_id} is gone or broken.")
        self.document_id = document_id


@dataclass(frozen=True, slots=True)
class Told:
    """What a summary tells of one document."""

    document_id: str
    source_path: str
    kind: str
    needs_review: bool
    has_plan: bool


@dataclass(slots=True)
class Totals:
    """What the tables hold, counted while they are written.

    Attributes:
        documents: one by one, in order of document_id.
        plan_rows: rows of ``plan_rows``.
        rows_to_review: those of them that need a person.
        matched: plan rows by match status.
        links: rows of ``links``, by relation.
        decree_ids: for each document the one that stands for its decree.
        failures: all rows of ``failures``.
        overrides: decisions of people, by what became of them.
    """

    documents: list[Told] = field(default_factory=list)
    plan_rows: int = 0
    rows_to_review: int = 0
    matched: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    decree_ids: dict[str, str] = field(default_factory=dict)
    failures: list[FailureRow] = field(default_factory=list)
    overrides: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Whole:
    """What the tables need that are made of all documents at once.

    Attributes:
        documents: their rows of ``documents``, in order of document_id, under the names of this run.
        fields: rows of ``fields`` of the documents that have metadata beside them.
        loose: rows of ``documents`` that are not put together with the others yet.
        outcomes: what became of the decisions of people, by document.
    """

    documents: list[pa.RecordBatch] = field(default_factory=list)
    fields: dict[str, list[Row]] = field(default_factory=dict)
    loose: list[pa.RecordBatch] = field(default_factory=list)
    outcomes: dict[str, Sequence[Outcome]] = field(default_factory=dict)

    def add(self, documents: Iterable[pa.RecordBatch]) -> None:
        """Takes rows of ``documents``; many small batches become one, as each costs more than its row."""
        self.loose += documents
        if len(self.loose) >= LOOSE:
            self.pack()

    def pack(self) -> None:
        """Puts the loose batches together."""
        if self.loose:
            self.documents += pa.Table.from_batches(self.loose).combine_chunks().to_batches()
        self.loose = []


def write(
    out: Folder,
    store: Store,
    inputs: Sequence[Input],
    entries: dict[str, Entry],
    overrides: Overrides,
    *,
    anew: bool = False,
) -> Totals:
    """What the tables of the inputs hold, after they were written.

    Tables that were made from the very same records by this program are left as they are.

    Args:
        out: where they lie.
        store: has a record of each document among the inputs.
        inputs: what the run found.
        entries: what the ledger says of the documents.
        overrides: what people decided; the records were made with it.
        anew: also where they are of the same making: somebody may have damaged them.

    Raises:
        OutputNotWritable: a file cannot be written; the old tables stay as they were.
        RecordLost: a record is gone or broken; the same.
    """
    names = {one.document_id: one.source_path for one in inputs if one.document_id is not None and one.same_as is None}
    described = {one.document_id for one in inputs if one.sidecar is not None}
    content = _content(inputs, overrides, {key: entries[key].digest for key in names})
    if not anew and content_of(out) == content:
        return _pass(store, inputs, overrides, names, described, lambda name, batch: None)[0]
    with replaced_tables(out, load_taxonomy().version) as tables:
        totals, digests = _pass(store, inputs, overrides, names, described, tables.add)
        tables.content = _content(inputs, overrides, digests)  # of the records that were really taken
    return totals


def _pass(
    store: Store,
    inputs: Sequence[Input],
    overrides: Overrides,
    names: Mapping[str, str],
    described: Collection[str | None],
    put: Callable[[str, pa.RecordBatch], None],
) -> tuple[Totals, dict[str, str]]:
    """What the tables hold, and the digests of the records, after every row was put where it belongs."""
    totals, whole, digests = Totals(), _Whole(), dict[str, str]()
    for record in _records(store, names):
        source_path = names[record.document_id]
        digests[record.document_id] = record.digest()
        _count(totals, record, source_path)
        whole.add(_document(record, source_path))
        whole.outcomes[record.document_id] = record.outcomes
        if record.document_id in described:
            whole.fields[record.document_id] = _rows(record.batch("fields"), CHECKED)
        for name in TABLES:
            batch = None if name in WHOLE else record.batch(name)
            if batch is not None:
                put(name, batch)
    for name, table in _made(whole, totals, inputs, overrides).items():
        for batch in table.to_batches():
            put(name, batch)
    return totals, digests


def _records(store: Store, names: Iterable[str]) -> Iterator[Record]:
    for document_id in sorted(names):
        record = store.record(document_id)
        if record is None or record.document_id != document_id:
            raise RecordLost(document_id)
        yield record


def _count(totals: Totals, record: Record, source_path: str) -> None:
    totals.failures += [FailureRow(source_path, record.document_id, f.page, f.code, f.message, f.cure) for f in record.failures]
    plan = record.batch("plan_rows")
    if plan is not None:
        totals.plan_rows += plan.num_rows
        totals.rows_to_review += plan.column("needs_review").true_count
        totals.matched.update(plan.column("match_status").to_pylist())
    documents = record.batch("documents")
    for row in [] if documents is None else documents.select(["kind", "needs_review"]).to_pylist():
        totals.documents.append(Told(record.document_id, source_path, row["kind"], row["needs_review"], plan is not None))


def _document(record: Record, source_path: str) -> list[pa.RecordBatch]:
    """The document's row of ``documents`` under the name of this run."""
    batch = record.batch("documents")
    if batch is None:
        return []
    place = batch.schema.get_field_index("source_path")
    return [batch.set_column(place, batch.schema.field(place), pa.array([source_path]))]


def _rows(batch: pa.RecordBatch | None, columns: Sequence[str]) -> list[Row]:
    return [] if batch is None else list(batch.select(list(columns)).to_pylist())


def _made(whole: _Whole, totals: Totals, inputs: Sequence[Input], overrides: Overrides) -> dict[str, pa.Table]:
    """The tables that are made of all documents at once; failures, links and decisions are counted."""
    whole.pack()
    documents = pa.Table.from_batches(whole.documents, TABLES["documents"].schema)
    compared: list[Row] = documents.drop_columns(list(UNCOMPARED)).to_pylist()
    linked = link_documents(compared, _same_bytes(inputs))
    totals.decree_ids = linked.decree_ids
    totals.links.update(str(row["relation"]) for row in linked.rows)
    jdih = jdih_tables(_sidecars(inputs, compared, whole.fields))
    totals.failures += [FailureRow(**row) for row in jdih["failures"]]  # type: ignore[arg-type]
    totals.failures += [
        FailureRow(one.source_path, None, None, one.code, one.message or "", one.cure or "") for one in inputs if one.code
    ]
    totals.failures += [FailureRow(FILE, None, None, *BrokenOverride.told(one.line, one.message)) for one in overrides.broken]
    totals.failures.sort(key=lambda f: (f.source_path, f.page is None, f.page or 0, f.code))
    place = documents.schema.get_field_index("decree_id")
    decided = override_rows(overrides, whole.outcomes)
    totals.overrides.update(str(row["status"]) for row in decided)
    decrees = pa.array([linked.decree_ids[str(row["document_id"])] for row in compared], pa.string())
    return {
        "documents": documents.set_column(place, documents.schema.field(place), decrees),
        "links": as_table("links", linked.rows),
        "jdih": as_table("jdih", jdih["jdih"]),
        "jdih_checks": as_table("jdih_checks", jdih["jdih_checks"]),
        "indicators": as_table("indicators", indicator_rows(load_taxonomy())),
        "failures": as_table("failures", [asdict(failure) for failure in totals.failures]),
        "overrides": as_table("overrides", decided),
    }


def _same_bytes(inputs: Iterable[Input]) -> Iterator[SameBytes]:
    for one in inputs:
        if one.same_as is not None and one.document_id is not None:
            yield SameBytes(one.source_path, one.document_id, one.same_as)


def _sidecars(inputs: Iterable[Input], documents: Iterable[Row], fields: Mapping[str, list[Row]]) -> Iterator[Sidecar]:
    known = {str(row["document_id"]): row for row in documents}
    for one in inputs:
        if one.sidecar is not None and one.document_id is not None:
            key = one.document_id
            yield Sidecar(one.source_path, key, known.get(key), fields.get(key, []), one.sidecar)


def _content(inputs: Sequence[Input], overrides: Overrides, digests: dict[str, str]) -> str:
    """A hash of all that decides what the tables hold."""
    versions = [tables_fingerprint(), SCHEMA_VERSION, load_taxonomy().version, pa.__version__]
    named = sorted(
        [one.source_path, one.document_id, one.same_as, one.code, one.message, one.cure, _digest(one.sidecar)] for one in inputs
    )
    told = json.dumps([versions, named, sorted(digests.items()), overrides.mark()])
    return hashlib.sha256(told.encode()).hexdigest()


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()
