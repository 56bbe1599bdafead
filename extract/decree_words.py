"""The fixed words of a decree, and how near a printed word must be to count as one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import Levenshtein

Part = Literal["menimbang", "mengingat", "memperhatikan", "diktum"]
Label = Literal["menimbang", "mengingat", "memperhatikan", "memutuskan", "menetapkan", "diktum"]

PART_LABELS: dict[str, Label] = {
    "menimbang": "menimbang",
    "mengingat": "mengingat",
    "memperhatikan": "memperhatikan",
    "membaca": "memperhatikan",  # older decrees; no part of their own in the tables
    "mendengar": "memperhatikan",
    "memutuskan": "memutuskan",
    "menetapkan": "menetapkan",
}
UNITS = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
ORDINALS: tuple[str, ...] = (
    *(f"ke{u}" for u in UNITS),
    "kesepuluh",
    "kesebelas",
    *(f"ke{u}belas" for u in UNITS[1:]),
    "keduapuluh",
    *(f"keduapuluh{u}" for u in UNITS),
)
"""Diktum labels in order, casefolded and without blanks; "pertama" stands for the first."""

FIRST = "pertama"
SLIP_LENGTHS = (6, 10, 13)  # letters from which one more slip is forgiven: none in "kedua", three in "memperhatikan"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


OFFICERS = _words(
    "ketua kepala gubernur bupati walikota wali menteri direktur rektor presiden sekretaris inspektur panitera jaksa "
    "kapolri camat lurah dekan komandan panglima deputi pimpinan plt plh pj pelaksana penjabat anggota a.n an"
)
"""First words of the office of who signs."""
OFFICES = OFFICERS + _words(
    "kasubbag kasubag kabag kasi kasie kabid analis koordinator fungsional perancang penata pejabat u.b ub"
)
"""First words of the office of a person, as it stands under a decree or a certified copy."""
CARRIED_OFFICERS = frozenset(_words("ketua kepala direktur rektor sekretaris pimpinan dekan"))
"""Officers titled before the name of the body they head: KEPALA BALAI ... heads BALAI ..., GUBERNUR BALI heads none."""

MONTHS = _words("januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember")
MONTH = "(?:" + "|".join(MONTHS) + ")"

KINDS = re.compile(r"^(surat\s+)?(keputusan|peraturan|instruksi|ketetapan|penetapan|salinan\s+keputusan)\b", re.IGNORECASE)
NUMBER_LABEL = re.compile(r"^(nomor|nomer|n[o0]m[o0]r|no)\b\s*[.:]*\s*", re.IGNORECASE)
PLACE = re.compile(r"^d[il1]\s?tetapkan(?:\s+d[il1]\b|\s*:)\s*[:.]?\s*", re.IGNORECASE)
DATE_LABEL = re.compile(r"^(pada\s+)?tanggal\b\s*[:.]?\s*", re.IGNORECASE)
DATE = re.compile(
    rf"[\dIlO]{{1,2}}\s*(?:{MONTH}|[a-z]{{3,9}})\s*[\dIlO]{{4}}|\d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{4}}",
    re.IGNORECASE,
)
PLACE_AND_DATE = re.compile(rf"^(?P<place>[A-Z][A-Za-z. ]{{2,40}}),\s*(?P<date>\d{{1,2}}\s+{MONTH}\s+\d{{4}})$", re.IGNORECASE)
TITLED_PLACE_AND_DATE = re.compile(  # the same inside a line, where only the capitals of a town tell its first word
    rf"^[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}, \d{{1,2}} (?i:{MONTH}) \d{{4}}$"
)
CERTIFIED = re.compile(
    r"^(untuk\s+)?(salinan|di\s?salin|foto\s?copy|turunan)\b.{0,20}\b(sesuai|sah)\b|^sesuai\s+dengan\s+aslinya|^telah\s+sesuai"
    r"|^salinan\s+se[a-z]{3,5}\s+dengan",
    re.IGNORECASE,
)
TRUE_COPY = "salinansesuaidenganaslinya"
TRUE_COPY_LIKE = 0.75  # likeness from which a misread line still says that
COPY_MARK = re.compile(r"^s\s*a\s*l\s*i\s*n\s*a\s*n$", re.IGNORECASE)
LAMPIRAN = re.compile(r"^lampiran\s*(?P<label>[IVXl1]{1,5}|\d{1,2})?(?=$|\s|:)", re.IGNORECASE)
SIGN = r"(?:ttd|t\.t\.d|dto|d\.t\.o|tertanda|cap|stempel|materai|meterai|tanda\s+tangan|\$\{?ttd\w*\}?)"
STAND_IN = re.compile(  # what stands where a signature would
    rf"^[^\w\s]*\s*{SIGN}\b(?:[^\w]*(?:{SIGN}|dan|basah|elektronik|asli)\b)*[^\w]*$|^ditandatangani\b.*|^\W*$",
    re.IGNORECASE,
)
SIGNED_NAME = re.compile(rf"^[^\w\s]*\s*{SIGN}[^\w(]+(?=\w)", re.IGNORECASE)  # "ttd. SITI AMINAH" on one line
STAFF_NUMBER = re.compile(r"^(nip|nrp|nik|nuptk|nidn|niy)\b|^\d[\d ]{10,}$", re.IGNORECASE)
RANK = re.compile(
    r"^(pembina|penata|pengatur|juru|brigadir|kombes|komisaris besar)\b.*|.*\((i{1,3}|iv)/[a-e]\)$", re.IGNORECASE
)
DOTS = re.compile(r"(?:\.\s*){2,}$|…\s*\.*\s*$")
PAGE_NUMBER = re.compile(
    r"^[-–—~.\s]*(?:(?:halaman|hal\.?|page)\s*)?\d{1,3}(?:\s*(?:dari|of|/)\s*\d{1,3})?[-–—~.\s]*$", re.IGNORECASE
)
SYSTEM_LINE = re.compile(
    r"\bjdih\b|https?://|\bwww\.|\.go\.id\b|\bBSrE\b|\bBadan\s+Siber\s+dan\s+Sandi\b|\bUU\s+ITE\s+No|balai\s+(besar\s+)?sertifikasi\s+elektronik|tanda\s?tangan(i)?\s+(secara\s+)?elektronik"
    r"|^SK\s+No\.?\s+\d+",
    re.IGNORECASE,
)

SEALED = re.compile(  # what the box of an electronic signature says, wherever it is put
    r"^dokumen\s+ini\s+(telah\s+)?ditanda\s?tangani\b|\bsertifikat\s+elektronik\s+(ini\s+)?(yang\s+)?d(i|ari)\w*"
    r"|\bbalai\s+(besar\s+)?sertifikasi\s+elektronik\b|\bBSrE\b|\bBSSN\b",
    re.IGNORECASE,
)


def squeeze(text: str) -> str:
    """Only the letters and digits, casefolded."""
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def near(word: str, model: str) -> bool:
    """The word is the model, with at most the slips its length forgives. Both squeezed."""
    if word == model:
        return True
    slips = sum(len(model) >= length for length in SLIP_LENGTHS)
    return bool(word) and word[0] == model[0] and Levenshtein.distance(word, model, score_cutoff=slips) <= slips


def nearest(word: str, models: Iterable[str]) -> str | None:
    """The model the word stands for, or None; exact before near, and none where two are as near."""
    known = list(models)
    if word in known:
        return word
    found = [m for m in known if near(word, m)]
    return found[0] if len(found) == 1 else None


def label_of(text: str) -> tuple[Label, str, bool] | None:
    """What a label says: its kind, its canonical words (squeezed) and whether it is spelt right; None for no label."""
    word = squeeze(text)
    found = nearest(word, PART_LABELS)
    if found is not None:
        return PART_LABELS[found], found, found == word
    ordinal = nearest(word, (*ORDINALS, FIRST))
    if ordinal is not None:
        return "diktum", ordinal, ordinal == word
    return None


def ordinal_rank(name: str) -> int:
    """1 for KESATU or PERTAMA, 2 for KEDUA, ... of a canonical diktum label."""
    return 1 if name == FIRST else ORDINALS.index(name) + 1


def spelled(name: str) -> str:
    """A label in capitals, from its canonical words without blanks: "KEDUA PULUH SATU"."""
    text = re.sub(r"^(kedua)(puluh)", r"\1 \2 ", name)
    return re.sub(r"^(ke\w+?)(belas)$", r"\1 \2", text).strip().upper() if name != "kesebelas" else name.upper()


def is_certified(text: str) -> bool:
    """The line opens a certifier's block ("Salinan sesuai dengan aslinya"), slips forgiven."""
    if CERTIFIED.match(text):
        return True
    return Levenshtein.normalized_similarity(squeeze(text), TRUE_COPY) > TRUE_COPY_LIKE


def place_label(text: str) -> int:
    """Letters at the start of a line that say "Ditetapkan di", slips forgiven; 0 for none."""
    match = PLACE.match(text)
    if match:
        return match.end()
    words = re.match(r"(\S+(?:\s\S{0,9}kan)?)\s+([DdO][il1t])\s*[:.]?\s+(?=\S)", text)
    return words.end() if words and near(squeeze(words[1]), "ditetapkan") else 0


def date_label(text: str) -> int:
    """Letters at the start of a line that say "pada tanggal" in front of a date, slips forgiven; 0 for none."""
    match = DATE_LABEL.match(text)
    if match:
        return match.end()
    date = DATE.search(text)
    if date is None or date.start() == 0:
        return 0
    said = squeeze(text[: date.start()])
    return date.start() if near(said, "padatanggal") or near(said, "tanggal") else 0


def without(count: int, text: str) -> str:
    """The text without its first letters and the marks around the rest."""
    return text[count:].strip(" :.,")


def starts_office(text: str) -> bool:
    """The text begins with the office of a person."""
    first = text.casefold().split(" ", 1)[0].strip(",:()") if text else ""
    return first.strip(".") in OFFICES or first in OFFICES
