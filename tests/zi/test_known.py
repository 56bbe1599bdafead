"""What zi knows of the tables besides the schema fits the schema."""

from __future__ import annotations

import re

import pytest

from normalize.schema import TABLES
from zi.known import keys, vocabularies

CLOSED = re.compile(r"(?:^|: |; )((?:[\w.-]+(?: \([^)]*\))? \| )+[\w.-]+)")
"""Words between bars, as meanings list a closed vocabulary."""
OPEN = {("findings", "places")}  # a list of structs whose meaning has bars


def words_of(meaning: str) -> set[str]:
    lists = (re.sub(r"\([^)]*\)", "", found) for found in CLOSED.findall(meaning))
    return {word.strip() for one in lists for word in one.split("|")}


def test_vocabularies_are_those_of_the_meanings() -> None:
    told = {(table.name, c.name) for table in TABLES.values() for c in table.columns if " | " in c.meaning} - OPEN
    known = {(table, column) for table, columns in vocabularies().items() for column in columns}
    assert told == known - {("coverage", "form")}  # its words are those of documents.plan_form


@pytest.mark.parametrize("table", sorted(vocabularies()))
def test_each_word_of_a_meaning_is_known(table: str) -> None:
    meanings = {column.name: column.meaning for column in TABLES[table].columns}
    for column, words in vocabularies()[table].items():
        assert len(words) == len(set(words))
        assert words_of(meanings[column]) <= set(words), column
        assert all(re.search(rf"\b{re.escape(w)}\b", meanings[column]) for w in words) or column == "form", column


def test_words_are_found_in_a_meaning() -> None:
    assert words_of("sure (it, or that) | likely (so) | look (zi may)") == {"sure", "likely", "look"}
    assert words_of("form: zi-2021 | zi-2014") == {"zi-2021", "zi-2014"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_keys_name_columns_that_are_never_null(table: str) -> None:
    schema = TABLES[table].schema
    assert (not keys(table).key) == (table == "failures")
    assert all(not schema.field(name).nullable for name in keys(table).key)
    for column, other in keys(table).references.items():
        (key,) = keys(other).key
        assert schema.field(column).type == TABLES[other].schema.field(key).type
