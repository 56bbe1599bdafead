"""The small folder of tables that most tests of this room ask."""

from __future__ import annotations

from pathlib import Path

import pytest

import zi
from tests.zi import made
from zi.tables import Tables


@pytest.fixture(scope="session")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write(tmp_path_factory.mktemp("small"), made.small())


@pytest.fixture(scope="session")
def tables(parquet: Path) -> Tables:
    return zi.load(parquet)
