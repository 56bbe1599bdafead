"""Decrees by hand for the tests about legal bases: lists in the words of decrees, paragraphs and citations alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from audit.claims import Finding
from audit.dossier import Dossier
from audit.rules import legal
from tests.audit.dossiers import citations, dossier, findings, lampiran, paragraphs

UU_28 = (
    "Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggaraan Negara yang Bersih dan Bebas dari Korupsi, Kolusi, "
    "dan Nepotisme (Lembaran Negara Republik Indonesia Tahun 1999 Nomor 75, "
    "Tambahan Lembaran Negara Republik Indonesia Nomor 3851);"
)
UU_5 = (
    "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara (Lembaran Negara Republik Indonesia Tahun 2014 "
    "Nomor 6, Tambahan Lembaran Negara Republik Indonesia Nomor 5494);"
)
UU_20 = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara (Lembaran Negara Republik Indonesia Tahun 2023 "
    "Nomor 141, Tambahan Lembaran Negara Republik Indonesia Nomor 6897);"
)
UU_7 = (
    "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum (Lembaran Negara Republik Indonesia Tahun 2017 Nomor 182, "
    "Tambahan Lembaran Negara Republik Indonesia Nomor 6109)"
)
PERPPU_1 = (
    "Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022 tentang Perubahan atas Undang-Undang Nomor 7 Tahun 2017 "
    "tentang Pemilihan Umum (Lembaran Negara Republik Indonesia Tahun 2022 Nomor 224, Tambahan Lembaran Negara Republik "
    "Indonesia Nomor 6832)"
)
UU_7_2023 = (
    "Undang-Undang Nomor 7 Tahun 2023 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022 "
    "tentang Perubahan atas Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum Menjadi Undang-Undang (Lembaran Negara "
    "Republik Indonesia Tahun 2023 Nomor 54, Tambahan Lembaran Negara Republik Indonesia Nomor 6863)"
)
GRAND_DESIGN = "Peraturan Presiden Nomor 81 Tahun 2010 tentang Grand Design Reformasi Birokrasi 2010-2025;"
_MINISTER = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
ROAD_MAP = f"{_MINISTER} Nomor 25 Tahun 2020 tentang Road Map Reformasi Birokrasi 2020-2024"
ZI_2014 = (
    f"{_MINISTER} Nomor 52 Tahun 2014 tentang Pedoman Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi dan "
    "Wilayah Birokrasi Bersih dan Melayani di Lingkungan Instansi Pemerintah"
)
ZI_2021 = (
    f"{_MINISTER} Nomor 90 Tahun 2021 tentang Pembangunan dan Evaluasi Zona Integritas Menuju Wilayah Bebas dari Korupsi "
    "dan Wilayah Birokrasi Bersih dan Melayani di Instansi Pemerintah"
)
_WORK = "Tata Kerja Komisi Pemilihan Umum, Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum Kabupaten/Kota"
PKPU_8 = f"Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang {_WORK}"
BN_320 = " (Berita Negara Republik Indonesia Tahun 2019 Nomor 320)"


def pkpu_amending(number: int, year: int, word: str = "") -> str:
    """A regulation that amends PKPU 8/2019, as cited."""
    ordinal = f"Perubahan {word} atas".replace("  ", " ")
    return f"Peraturan Komisi Pemilihan Umum Nomor {number} Tahun {year} tentang {ordinal} {PKPU_8}"


def decree(
    *mengingat: str,
    menimbang: Sequence[str] = (),
    listed: Sequence[str] = (),
    narrative: Sequence[str] = (),
    signed: date = date(2022, 4, 13),
    document: str = "d0c0000000000001",
    **changes: object,
) -> Dossier:
    """A decree with these legal bases; ``listed`` is the lampiran's own list, ``narrative`` its prose."""
    cited = (*citations("menimbang", menimbang, 1), *citations("mengingat", mengingat), *citations("lampiran", listed, 6))
    given: Mapping[str, object] = {
        "title": f"RENCANA KERJA TAHUN {signed.year}",
        "signed": signed,
        "year": signed.year,
        "paragraphs": (*paragraphs("menimbang", menimbang), *numbered(mengingat)),
        "citations": tuple(replace(one, text=replace(one.text, document_id=document)) for one in cited),
        "lampiran": lampiran(*(("legal_basis", one) for one in listed), *(("paragraph", one) for one in narrative), page=6),
    }
    return dossier(document, **{**given, **changes})


def numbered(said: Sequence[str]) -> tuple[object, ...]:
    """The paragraphs of Mengingat with their numbers."""
    return paragraphs("mengingat", said, [str(i) for i in range(1, len(said) + 1)], 2)


def elsewhere(code: str, *mengingat: str, signed: date = date(2021, 5, 1)) -> Dossier:
    """A decree of another office."""
    return decree(*mengingat, signed=signed, document=f"0ffce00000000{code}", satker_code=code)


def in_scan(one: Dossier) -> Dossier:
    """The same decree, read by OCR."""
    return replace(one, kind="scanned")


def told(one: Dossier, *others: Dossier) -> list[Finding]:
    """All that the rules find in a decree."""
    return findings(legal.claims, one, *others)


def of(code: str, one: Dossier, *others: Dossier) -> list[Finding]:
    """What the rules find of one kind."""
    return findings(legal.claims, one, *others, code=code)


def codes(one: Dossier, *others: Dossier) -> set[str]:
    """The kinds of findings in a decree."""
    return {finding.code for finding in told(one, *others)}
