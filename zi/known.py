"""What is known of the tables besides their schema: its history, closed vocabularies, keys. All of it lies in `zi/data/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

FIRST = "1.0"
"""The version of the schema that has all that no later version added."""


@dataclass(frozen=True, slots=True)
class Keys:
    """How the rows of a table are told apart.

    Attributes:
        key: columns that together name a row; empty where nothing does.
        references: column that names a row of another table -> that table, under the only column of its key.
    """

    key: tuple[str, ...]
    references: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Added:
    """What one version of the schema added."""

    version: str
    tables: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]


@cache
def history() -> tuple[Added, ...]:
    """What the versions after the first one added, oldest first."""
    return tuple(
        Added(version, tuple(one.get("tables", ())), one.get("columns", {})) for version, one in _data("versions").items()
    )


def since(table: str) -> str:
    """The version of the schema that first had the table."""
    return next((added.version for added in history() if table in added.tables), FIRST)


@cache
def vocabularies() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Table -> column with a closed vocabulary -> its words, in the order in which they are shown."""
    vocabulary: dict[str, dict[str, list[str]]] = _data("vocabularies")
    return vocabulary


@cache
def keys(table: str) -> Keys:
    """The key of a table, and what its columns refer to."""
    one = _data("keys").get(table, {})
    return Keys(tuple(one.get("key", ())), one.get("references", {}))


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("zi").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
