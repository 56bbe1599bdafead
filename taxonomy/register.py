"""The list of forms (forms.toml) as typed entries."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from taxonomy.errors import TaxonomyError
from taxonomy.tables import Problems

FORMS = "forms.toml"
_ROLES = ("reference", "other")
_KEYS = ("id", "title", "instruments", "from", "until", "file", "role", "own_labels", "sources")


@dataclass(frozen=True, slots=True)
class Entry:
    """What forms.toml says about one form."""

    id: str
    title: str
    instruments: tuple[str, ...]
    from_year: int
    until_year: int | None
    file: str
    is_reference: bool
    own_labels: bool
    sources: tuple[str, ...]


def read_forms(folder: Path, problems: Problems) -> tuple[str, tuple[Entry, ...]]:
    """The version of the data and the forms, in file order.

    Raises:
        TaxonomyError: the file cannot be read at all.
    """
    try:
        data: dict[str, object] = tomllib.loads((folder / FORMS).read_text(encoding="utf-8"))
    except OSError as error:
        raise TaxonomyError([f"{FORMS} cannot be read in {folder} ({error.strerror}); put it there"]) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TaxonomyError([f"{FORMS} is no TOML: {error}"]) from error
    version = data.get("version")
    if not isinstance(version, str) or not version.strip():
        problems.of_file(FORMS, 'has no version; write one as text at the top: version = "2026.1"')
    found = data.get("form")
    tables = found if isinstance(found, list) else []
    entries = [_Table(table, number, problems).entry() for number, table in enumerate(tables, 1) if isinstance(table, dict)]
    ids = [entry.id for entry in entries]
    for twice in sorted({form_id for form_id in ids if ids.count(form_id) > 1}):
        problems.of_file(FORMS, f"lists the form {twice!r} twice; give each form an id of its own")
    references = sum(entry.is_reference for entry in entries)
    if references != 1:
        problems.of_file(FORMS, f'names {references} forms with role = "reference"; name exactly one')
    return str(version), tuple(entries)


class _Table:
    """One [[form]] of the file; what is missing or of the wrong kind is noted and replaced by something harmless."""

    def __init__(self, table: dict[str, object], number: int, problems: Problems) -> None:
        self._table = table
        self._problems = problems
        self._name = f"{FORMS}, form {table.get('id', number)!r}"

    def entry(self) -> Entry:
        strange = sorted(set(self._table) - set(_KEYS))
        if strange:
            self._problems.of_file(self._name, f"has an unknown key {strange[0]!r}; it may be {', '.join(_KEYS)}")
        role = self._text("role")
        if role and role not in _ROLES:
            self._problems.of_file(self._name, f"has the role {role!r}; it may be {' or '.join(_ROLES)}")
        return Entry(
            id=self._text("id"),
            title=self._text("title"),
            instruments=self._texts("instruments"),
            from_year=self._year("from") or 0,
            until_year=self._year("until") if "until" in self._table else None,
            file=self._text("file"),
            is_reference=role == "reference",
            own_labels=role == "reference" or self._flag("own_labels"),
            sources=self._texts("sources") if "sources" in self._table else (),
        )

    def _text(self, key: str) -> str:
        value = self._table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._problems.of_file(self._name, f'needs {key} = "text"')
        return ""

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._table.get(key)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(value)
        self._problems.of_file(self._name, f'needs {key} = ["text", "text"]')
        return ()

    def _year(self, key: str) -> int | None:
        value = self._table.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._problems.of_file(self._name, f"needs {key} = a year")
        return None

    def _flag(self, key: str) -> bool:
        value = self._table.get(key)
        if not isinstance(value, bool):
            self._problems.of_file(self._name, f"needs {key} = true or false")
        return value is True
