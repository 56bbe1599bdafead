"""Tables that the notebooks run over: of the digital sample decrees, of a small invented country, and without any decree."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.compare import compare
from audit.find import find
from audit.read import read_corpus
from audit.tables import finding_rows, write_tables
from bench import national
from normalize.satker import satkers
from pipeline.ingest import Settings, ingest
from pipeline.parquet import prepare_folder, replaced_tables
from pipeline.runner import run_here
from pipeline.storage import folder_at

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "raw"
EVERY = 9  # so many regions are left out between two: all provinces occur, in more plans than a figure has lines for


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make ingest` leaves them, but for the scan, which takes long to read."""
    out = tmp_path_factory.mktemp("sample")
    digital = [path for path in sorted(SAMPLES.glob("*.pdf")) if not path.stem.endswith("-scan")]
    ingest(digital, Settings(out, jobs=1), run=run_here)
    corpus = read_corpus(out)
    write_tables(out, {"findings": finding_rows(find(corpus)), **compare(corpus)})
    return out


@pytest.fixture(scope="session")
def country(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of offices in all provinces."""
    out = tmp_path_factory.mktemp("country")
    regions = list(satkers().items())
    taken = dict(regions[::EVERY]) | {code: one for code, one in regions if one.level == "provinsi"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(national, "satkers", lambda: taken)
        national.write_country(sample, out, national.read_samples(sample), offices=len(taken) + 2, years=1)
    return out


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables without a row, as after a run over files that are no decrees."""
    out = tmp_path_factory.mktemp("nothing")
    prepare_folder(out)
    with replaced_tables(folder_at(out), "none") as tables:
        tables.content = "nothing"
    return out
