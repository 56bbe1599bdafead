from __future__ import annotations

import pytest

from normalize.number import DecreeNumber, parse_number
from tests.normalize.truths import kpu_truths


def parts(found: DecreeNumber | None) -> tuple[object, ...] | None:
    if found is None:
        return None
    return found.number, found.classification, found.year, found.satker_code, found.month


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("54 TAHUN 2022", (54, None, 2022, None, None)),
        ("54TAHUN2022", (54, None, 2022, None, None)),
        ("15 2025", (15, None, 2025, None, None)),
        ("5/2022", (5, None, 2022, None, None)),
        ("004/HK.03.1/36/2022", (4, "HK.03.1", 2022, "36", None)),
        ("118/HK.03.1-Kpt/63/Prov/2024", (118, "HK.03.1", 2024, "63", None)),
        ("429/HK.02-Kpt/3375/KPU-Kot/VII/2023", (429, "HK.02", 2023, "3375", 7)),
        ("Nomor: 7 / HK.03.1-Kpt / 1105 / 2O21", (7, "HK.03.1", 2021, "1105", None)),
        ("54/HK.03.1/3504 TAHUN 2022", (54, "HK.03.1", 2022, "3504", None)),
        ("  /HK.03.1/36/2022", (None, "HK.03.1", 2022, "36", None)),
        # 01 and 05 are units of KPU itself, 10 and 11 may be months: no office
        ("314/ORT.07-Kpt/01/KPU/V/2021", (314, "ORT.07", 2021, None, 5)),
        ("1052/PP.06-Kpt/05/KPU/VI/2019", (1052, "PP.06", 2019, None, 6)),
        ("47/PW.01/10/2022", (47, "PW.01", 2022, None, None)),
        ("78/Permentan/OT.140/11/2011", (78, "OT.140", 2011, None, None)),
        # a code of before the new provinces is a real code
        ("5/PR.01/6404/2013", (5, "PR.01", 2013, "6404", None)),
        ("5/PR.01/9999/2013", (5, "PR.01", 2013, None, None)),
        ("NOMOR : 12/KPTS/KPU-Kab/2014", (12, None, 2014, None, None)),
        ("188.45-52/2023", (52, "188.45", 2023, None, None)),
        ("188.45/52/2023", (52, "188.45", 2023, None, None)),
        ("146.1-4717 TAHUN 2020", (4717, "146.1", 2020, None, None)),
        ("032/SK/LAM-INFOKOM/Ak/S/III/2024", (32, None, 2024, None, 3)),
        ("B/154/PL1/HK.02.00/2023", (154, "HK.02.00", 2023, None, None)),
        ("tanpa nomor", None),
        ("", None),
        (None, None),
    ],
)
def test_takes_a_number_apart(raw: str | None, expected: tuple[object, ...] | None) -> None:
    assert parts(parse_number(raw)) == expected


@pytest.mark.skipif(not kpu_truths(), reason="no corpus beside the checkout")
def test_reproduces_the_numbers_of_the_corpus() -> None:
    for truth in kpu_truths():
        head, found = truth["header"], parse_number(truth["header"]["number_raw"])
        assert found is not None
        assert (found.number, found.classification, found.year) == (
            head["number"],
            head["classification"],
            head["year"],
        )
