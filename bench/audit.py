"""How right the audit is: findings against verdicts by hand, and against what a careful reader of the decrees found.

``python -m bench.audit PARQUET`` prints, for the decrees of a folder of tables, which findings were judged right and wrong
(``bench/verdicts.csv``), those of severity error that nobody has judged yet, and which entries of the reader's list
(``bench/anomalies.csv``) are found. Copies of a decree among the tables are left out: they repeat its findings.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from audit.claims import Finding
from audit.find import find
from audit.read import read_corpus

HERE = Path(__file__).parent
PROVABLE = {"int", "corpus", "web"}
SHOWN = 70  # letters of a text

Key = tuple[str, str, str, str]


def main(arguments: Sequence[str]) -> int:
    """0, after the figures were printed; 2 without a folder."""
    if len(arguments) != 1:
        print("usage: python -m bench.audit PARQUET", file=sys.stderr)
        return 2
    corpus = read_corpus(Path(arguments[0]))
    numbers = {one.document_id: one.number for one in corpus.dossiers}
    findings = [one for one in find(corpus) if one.decree_id == one.document_id]
    verdicts = {_key(row["decree"], row["code"], row["subject"], row["found"]): row for row in _rows("verdicts.csv")}
    keyed = [(f"{one.satker_code}-{numbers[one.document_id]}-{one.year}", one) for one in findings]
    _print_findings(keyed, verdicts)
    _print_recall(keyed)
    return 0


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(decree: str, code: str, subject: str | None, found: str | None) -> Key:
    return decree, code, subject or "", _short(found)


def _short(text: str | None) -> str:
    said = " ".join((text or "").split())
    return said if len(said) <= SHOWN else said[: SHOWN - 1].rstrip() + "…"


def _print_findings(keyed: Iterable[tuple[str, Finding]], verdicts: Mapping[Key, Mapping[str, str]]) -> None:
    """Findings of severity error with their verdicts, as a table, and how many of each severity were judged."""
    counts: Counter[tuple[str, str]] = Counter()
    print("| decree | code | subject | found | expected | verdict |\n|---|---|---|---|---|---|")
    for decree, one in sorted(keyed, key=lambda told: (told[0], told[1].code, told[1].subject or "", told[1].finding_id)):
        judged = verdicts.get(_key(decree, one.code, one.subject, one.found))
        verdict = judged["verdict"] if judged else "not judged"
        counts[one.severity, verdict] += 1
        if one.severity == "error":
            told = f"{verdict}: {judged['why']}" if judged and judged["why"] else verdict
            cells = (decree, one.code, one.subject or "", _short(one.found), _short(one.expected), told)
            print(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    print()
    for severity in ("error", "warning", "info"):
        right, wrong, open_ = (counts[severity, verdict] for verdict in ("right", "wrong", "not judged"))
        share = f", right {right / (right + wrong):.3f}" if right + wrong else ""
        print(f"{severity}: {right + wrong + open_} findings, {right} right, {wrong} wrong, {open_} not judged{share}")


def _print_recall(keyed: Sequence[tuple[str, Finding]]) -> None:
    """Which entries of the reader's list are found."""
    print("\n| decree | entry | kind | proof | what | found |\n|---|---|---|---|---|---|")
    found = provable = partly = 0
    for entry in _rows("anomalies.csv"):
        wanted = [one.split(":", 1) for one in entry["findings"].split(";") if one]
        hits = [any(_meets(told, code, where) for told in keyed if told[0] == entry["decree"]) for code, where in wanted]
        told = "no rule" if not hits else "yes" if all(hits) else f"{sum(hits)} of {len(hits)}"
        print(f"| {entry['decree']} | {entry['entry']} | {entry['kind']} | {entry['proof']} | {entry['what']} | {told} |")
        if PROVABLE & set(entry["proof"].split("+")):
            provable += 1
            found += bool(hits) and all(hits)
            partly += any(hits) and not all(hits)
    print(f"\nof {provable} provable entries {found} found, {partly} more in part: {found / provable:.3f}")


def _meets(told: tuple[str, Finding], code: str, where: str) -> bool:
    """The finding has the code, and its subject or readings hold the words."""
    one = told[1]
    said = " ".join(str(part) for part in (one.subject, one.found, one.expected, one.message) if part)
    return one.code == code and re.search(where, said, re.IGNORECASE) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
