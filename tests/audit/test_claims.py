"""How a claim becomes a finding: what may be a misreading is a request to look, and never an error."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from audit import claims
from audit.claims import Claim, Code, NoSuchCode, finding_of
from tests.audit.dossiers import dossier, row, text

CODE = Code(
    code="made-up",
    severity="error",
    title={"id": "Karangan", "en": "Made up"},
    message={"id": "Tercetak “{found}”, seharusnya “{expected}” ({what}).", "en": "“{found}” for “{expected}” ({what})."},
    rule="never",
    source={"id": "uji ini", "en": "this test"},
    example="none",
    refuted_by="nothing",
)
WORDS = {"what": "x"}


@pytest.fixture(autouse=True)
def one_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "catalogue", lambda: {CODE.code: CODE})


def test_a_finding_holds_both_readings_and_their_places() -> None:
    claim = Claim("made-up", "number", found=text("15", 5), expected=text("16", 1), words=WORDS)
    finding = finding_of(claim, dossier())
    assert (finding.found, finding.expected, finding.page) == ("15", "16", 5)
    assert [(p.role, p.page) for p in finding.places] == [("found", 5), ("expected", 1)]
    assert finding.message == "Tercetak “15”, seharusnya “16” (x)."
    assert finding.message_en == "“15” for “16” (x)."


@pytest.mark.parametrize(
    ("claim", "severity", "certainty", "doubts"),
    [
        (Claim("made-up", None, text("a"), words=WORDS), "error", "sure", ()),
        (Claim("made-up", None, text("a", doubtful=True), words=WORDS), "warning", "look", ("marked-for-review",)),
        (Claim("made-up", None, text("a", confidence=0.9), words=WORDS), "warning", "look", ("read-unsurely",)),
        (Claim("made-up", None, "a", text("b", doubtful=True), WORDS), "warning", "look", ("marked-for-review",)),
        (Claim("made-up", None, rests_on=(text("c", doubtful=True),), words=WORDS), "warning", "look", ("marked-for-review",)),
        (Claim("made-up", None, rows=(row(reasons=["cells-merged"], action="x"),), words=WORDS), "warning", "look", None),
        (Claim("made-up", None, doubts=("months-doubtful",), words=WORDS), "warning", "look", ("months-doubtful",)),
        (Claim("made-up", None, likely=("fact-not-verified",), words=WORDS), "warning", "likely", ("fact-not-verified",)),
        (Claim("made-up", None, severity="info", doubts=("why",), words=WORDS), "info", "look", ("why",)),
    ],
)
def test_doubt_about_anything_that_it_rests_on_makes_it_a_request_to_look(
    claim: Claim, severity: str, certainty: str, doubts: Sequence[str] | None
) -> None:
    finding = finding_of(claim, dossier())
    assert (finding.severity, finding.certainty) == (severity, certainty)
    assert doubts is None or finding.doubts == doubts


def test_doubt_about_the_months_of_a_row_is_none_about_its_words() -> None:
    finding = finding_of(Claim("made-up", None, rows=(row(reasons=["months-faint"], action="x"),), words=WORDS), dossier())
    assert "marked-for-review" not in finding.doubts


def test_the_name_of_a_finding_stays_and_tells_two_findings_apart() -> None:
    def name(claim: Claim) -> str:
        return finding_of(claim, dossier()).finding_id

    one = Claim("made-up", "number", text("15"), "16", WORDS)
    assert name(one) == name(Claim("made-up", "number", text("15"), "16", WORDS, doubts=("new",)))
    assert name(one) != name(Claim("made-up", "number", text("17"), "16", WORDS))
    assert name(one) != name(Claim("made-up", "year", text("15"), "16", WORDS))
    assert name(one) != name(Claim("made-up", "number", text("15", page=3), "16", WORDS))


def test_a_code_that_is_not_in_the_catalogue_is_a_mistake_of_the_rule() -> None:
    with pytest.raises(NoSuchCode):
        finding_of(Claim("unheard-of", None), dossier())
