"""Files that are broken, of another kind, locked, or two things at once."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from tests.conftest import encrypted
from tests.hostile.material import Hostile, by_hand, decree_by_hand, plan, short


def _cut(share: float) -> Callable[[], bytes]:
    return lambda: plan()[: round(share * len(plan()))]


def _zeros(start: float, end: float) -> Callable[[], bytes]:
    """The decree with a part of it zeros."""

    def make() -> bytes:
        data = bytearray(plan())
        low, high = round(start * len(data)), round(end * len(data))
        data[low:high] = bytes(high - low)
        return bytes(data)

    return make


def _zip(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "<w:document/>")
    return out.getvalue()


def _png() -> bytes:
    out = BytesIO()
    Image.new("L", (9, 9)).save(out, "PNG")
    return out.getvalue()


def _unknown_lock() -> bytes:
    data = by_hand(decree_by_hand(), b"/Root 1 0 R /Encrypt << /Filter /Nobody.Knows /V 99 /R 99 >> /ID [<00> <00>]")
    return data


def _broken_lock() -> bytes:
    """Encryption by the standard handler with numbers beyond all bounds."""
    lock = (
        b"/Encrypt << /Filter /Standard /V 4 /R 4 /Length 2147483647 /P -1 /O (o) /U (u) /CF << /StdCF << /CFM /AESV2 >> >> >>"
    )
    return by_hand(decree_by_hand(), b"/Root 1 0 R %s /ID [<00> <00>]" % lock)


def _locked_with_rc4() -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(short())) as document:
        lock = pikepdf.Encryption(user="secret", owner="owner", R=3, aes=False, metadata=False)
        document.save(out, encryption=lock)
    return out.getvalue()


def _without_table() -> bytes:
    """The decree without the cross-reference at its end, and with one that points elsewhere."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", short())


def _without_end() -> bytes:
    return short().split(b"xref\n")[0]


BROKEN = frozenset({"damaged"})
OTHER = frozenset({"not-a-pdf"})
LOCKED = frozenset({"encrypted"})

WRECKS = (
    *(
        Hostile(f"cut-{round(100 * s)}", f"cut off after {round(100 * s)} % of its bytes", _cut(s), BROKEN)
        for s in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)
    ),
    Hostile("cut-99", "cut off in its last bytes", _cut(0.995), BROKEN),
    Hostile("zeros-head", "the first kilobyte is zeros", lambda: bytes(1024) + plan()[1024:], OTHER),
    Hostile(
        "zeros-middle",
        "the middle third is zeros",
        _zeros(0.33, 0.66),
        frozenset({"pages-not-read"}),
        frozenset({"damaged-page"}),
    ),
    Hostile("zeros-tail", "the last third is zeros", _zeros(0.66, 1.0), BROKEN),
    Hostile("zeros-behind", "a megabyte of zeros behind the end", lambda: short() + bytes(1 << 20), base="short"),
    Hostile("page-of-the-web", "a web page that says 404", lambda: b"\n\n<!DOCTYPE html><title>404</title><p>Not found", OTHER),
    Hostile("word", "a Word file", lambda: _zip("word/document.xml"), OTHER),
    Hostile("png", "a picture", _png, OTHER),
    Hostile("program", "a Windows program", lambda: b"MZ\x90\0" + bytes(2000), OTHER),
    Hostile("nothing", "no bytes", lambda: b"", frozenset({"empty-file"})),
    Hostile("head-only", "the first line of a PDF", lambda: b"%PDF-1.7\n", BROKEN),
    Hostile(
        "head-and-noise",
        "the first line of a PDF, and noise",
        lambda: b"%PDF-1.7\n" + bytes((k * k) % 251 for k in range(90_000)),
        BROKEN,
    ),
    Hostile(
        "junk-before",
        "900 bytes of a mail before the PDF",
        lambda: b"Content-Type: application/pdf\r\n" * 29 + short(),
        base="short",
    ),
    Hostile("junk-far-before", "5,000 bytes before the PDF", lambda: b"x" * 5000 + short(), OTHER),
    Hostile("zip-and-pdf", "a PDF that is a ZIP archive too", lambda: short() + _zip("decree.txt"), base="short"),
    Hostile(
        "web-and-pdf",
        "a PDF that is a web page too",
        lambda: b"%PDF-1.4<!-- <script>alert(1)</script> -->\n" + short(),
        base="short",
    ),
    Hostile("locked-rc4", "a user password, RC4", _locked_with_rc4, LOCKED),
    Hostile("locked-aes", "a user password, AES", lambda: encrypted(short(), user="secret"), LOCKED),
    Hostile("locked-owner", "an owner password only", lambda: encrypted(short()), base="short"),
    Hostile("lock-unknown", "encrypted by a handler that nobody knows", _unknown_lock, LOCKED),
    Hostile("lock-broken", "encrypted with a key of 2e9 bits", _broken_lock, LOCKED | BROKEN),
    Hostile("table-elsewhere", "startxref points into the first line", _without_table, base="short"),
    Hostile("table-missing", "no cross-reference and no trailer", _without_end, BROKEN),
)
