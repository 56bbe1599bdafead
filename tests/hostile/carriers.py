"""Decrees that carry something else: programs, files, forms, and texts that are orders to the program that shows them."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.extract.pdfs import DECREE, lines, pdf, table
from tests.hostile.material import PAGE, Hostile, by_hand, changed, decree_by_hand, short, stream, text_of

FORMULAS = (
    "=rapat pembentukan tim kerja",
    "+penyusunan rencana kerja",
    "-pelaksanaan survei kepuasan",
    "@laporan pelaksanaan kegiatan",
    "<script>notula rapat</script>",
    "<b>daftar hadir</b>",
)
"""Texts that are orders to a table program or a browser."""

ESCAPES = "\x1b[2J\x1b[31m"
"""What clears a terminal and makes it write in red."""


def _attached(document: pikepdf.Pdf) -> None:
    for name, data in (("../../../etc/passwd", b"\x7fELF" + bytes(5000)), ("decree.pdf", short())):
        document.attachments[name] = pikepdf.AttachedFileSpec(
            document,
            data,
            description="",
            filename=name,
            mime_type="application/pdf",
            creation_date="D:20240101000000Z",
            mod_date="D:20240101000000Z",
        )


def _actions(document: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("while (true) app.alert('zi')"))
    launch = Dictionary(S=Name.Launch, F=String("/bin/sh"), Next=Dictionary(S=Name.URI, URI=String("http://127.0.0.1:9/")))
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=launch, WS=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 595, 842]), A=launch)
    document.pages[0].obj.Annots = Array([document.make_indirect(link)])
    document.pages[0].obj.AA = Dictionary(O=launch)


def _xfa(document: pikepdf.Pdf) -> None:
    xml = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><xdp xmlns="x"><script>for(;;);</script></xdp>'
    field = Dictionary(FT=Name.Tx, T=String("a"), Rect=Array([0, 0, 9, 9]), Subtype=Name.Widget, Type=Name.Annot)
    kid = document.make_indirect(field)
    kid.Kids = Array([kid])
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(xml), Fields=Array([kid]), NeedAppearances=True)
    document.pages[0].obj.Annots = Array([kid])


def orders() -> bytes:
    """A decree with a plan whose cells begin with the signs of formulas and hold tags."""
    rows = [["NO", "KEGIATAN", "OUTPUT"], *([str(k + 1), text, text] for k, text in enumerate(FORMULAS))]
    return pdf(lines(DECREE), table(rows, widths=(30, 180, 160)))


SIGNS = ("001B", "202E", "D800", "E000", "0000", "FFFE", "000A", "200B", "FEFF", "10FFFF")
"""What the letters A to J of a font are said to mean: orders to a terminal, turns of direction, half a pair, nothing."""


def _signs() -> bytes:
    """A decree, and a page of letters that mean what no letter can."""
    pages = b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>"
    odd = stream(b"BT /F 11 Tf 60 700 Td (ABCDEFGHIJ kegiatan ABCDEFGHIJ) Tj ET")
    page = PAGE.replace(b"4 0 R", b"7 0 R").replace(b"5 0 R", b"8 0 R")
    pairs = [f"<{65 + k:02X}> <{sign}>" for k, sign in enumerate(SIGNS)]
    pairs += [f"<{code:02X}> <{code:04X}>" for code in range(97, 123)]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>"
    return by_hand({**decree_by_hand(pages=pages), 6: page, 7: odd, 8: font, 9: _map(pairs)})


def _map(pairs: Sequence[str]) -> bytes:
    """The stream that says which letters the codes of a font are."""
    head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    return stream(f"{head} {len(pairs)} beginbfchar {' '.join(pairs)} endbfchar endcmap".encode())


def escapes() -> bytes:
    """A decree in whose title stand what clears a terminal, a line end and a turn of direction."""
    texts = ["RENCANA KERJA {}PEMBANGUNAN ZONA INTEGRITAS" if "PEMBANGUNAN" in t else t for t in DECREE]
    body = text_of(texts).replace(b"{}", b"\x01\x02\x03\x04")
    pairs = ["<01> <001B>", "<02> <000A>", "<03> <202E>", "<04> <009B>"]
    pairs += [f"<{code:02X}> <{code:04X}>" for code in range(32, 127)]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return by_hand({**decree_by_hand(content=stream(body), font=font), 6: _map(pairs)})


CARRIERS = (
    Hostile(
        "attached-files", "files under names that lead out of the folder", lambda: changed(short(), _attached), base="short"
    ),
    Hostile("actions", "JavaScript, programs and addresses to be opened", lambda: changed(short(), _actions), base="short"),
    Hostile("xfa", "an XFA form with a script and a file to fetch", lambda: changed(short(), _xfa), base="short"),
    Hostile("orders", "cells that are formulas or tags", orders, base="short"),
    Hostile("signs", "control codes, turned directions, halves of pairs", _signs, base="short"),
    Hostile("escapes", "orders to the terminal in the title", escapes, base="short"),
)
