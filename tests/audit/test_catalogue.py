"""The catalogue of findings says of every code what an auditor must know, in both languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from audit.claims import SEVERITIES, Code, catalogue

CODES = list(catalogue().values())


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_code_is_told_in_full(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code.code)
    assert code.severity in SEVERITIES
    assert set(code.title) == set(code.message) == set(code.source) == {"id", "en"}
    assert all(said.strip() for said in (*code.title.values(), *code.message.values(), *code.source.values()))
    assert all(said.strip() for said in (code.rule, code.example, code.refuted_by))
    assert _names(code.message["id"]) == _names(code.message["en"]), "both languages tell the same"


def _names(template: str) -> set[str]:
    """What the claim fills in; a word that differs by language has the English one under a name of its own."""
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(template) if name}
