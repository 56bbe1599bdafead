"""Pages that draw too much, too deep or nowhere: forms, paths, letters, matrices, fonts, patterns, notes."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.hostile.material import SLOW, WORDS, Fill, Hostile, bomb, changed, form, plan, with_page, with_stream


def _fonts(document: pikepdf.Pdf) -> Dictionary:
    return Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))


def _circle(document: pikepdf.Pdf) -> Dictionary:
    one, two = form(document, b"/B Do"), form(document, b"/A Do")
    one.Resources, two.Resources = Dictionary(XObject=Dictionary(B=two)), Dictionary(XObject=Dictionary(A=one))
    return Dictionary(XObject=Dictionary(A=one))


def _forks(levels: int, times: int) -> Fill:
    """Forms each of which draws the next so many times."""

    def fill(document: pikepdf.Pdf) -> Dictionary:
        last = form(document, b"0 0 9 9 re f")
        for _ in range(levels):
            last = form(document, b"/A Do " * times, Resources=Dictionary(XObject=Dictionary(A=last)))
        return Dictionary(XObject=Dictionary(A=last))

    return fill


def _one_form(document: pikepdf.Pdf) -> Dictionary:
    return Dictionary(XObject=Dictionary(A=form(document, b"0 0 1 1 re f")))


def _own_glyph(document: pikepdf.Pdf) -> Dictionary:
    """A Type 3 font whose letter is drawn with the letter."""
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1, 1])))
    font.FontMatrix = Array([1, 0, 0, 1, 0, 0])
    font.CharProcs = Dictionary(a=document.make_stream(b"1 0 d0 BT /F 1 Tf (aa) Tj ET"))
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a]))
    font.FirstChar, font.LastChar, font.Widths = 97, 97, Array([1])
    font.Resources = Dictionary(Font=Dictionary(F=font))
    return Dictionary(Font=Dictionary(F=font))


def _own_pattern(document: pikepdf.Pdf) -> Dictionary:
    tile = document.make_stream(b"/Pattern cs /P scn 0 0 9 9 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 9, 9]), 1e-9, 1e-9
    tile.Resources = Dictionary(Pattern=Dictionary(P=tile))
    return Dictionary(Pattern=Dictionary(P=tile))


def _own_shading(document: pikepdf.Pdf) -> Dictionary:
    function = document.make_indirect(Dictionary(FunctionType=3, Domain=Array([0, 1]), Bounds=Array([]), Encode=Array([0, 1])))
    function.Functions = Array([function])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 1, 1]), Function=function)
    return Dictionary(Shading=Dictionary(S=shading))


def _own_mask(document: pikepdf.Pdf) -> Dictionary:
    """A soft mask that is drawn under itself."""
    group = form(document, b"/G gs 0 0 595 842 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    state = document.make_indirect(Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group)))
    group.Resources = Dictionary(ExtGState=Dictionary(G=state))
    return Dictionary(ExtGState=Dictionary(G=state))


def _own_space(document: pikepdf.Pdf) -> Dictionary:
    """A colour space that is based on itself."""
    space = document.make_indirect(Array([Name.Pattern]))
    space.append(space)
    return Dictionary(ColorSpace=Dictionary(C=space))


def _own_content(document: pikepdf.Pdf) -> Dictionary:
    """Optional content that depends on itself."""
    member = document.make_indirect(Dictionary(Type=Name.OCMD))
    member.OCGs = Array([member])
    member.VE = Array([Name.And, member])
    return Dictionary(Properties=Dictionary(M=member))


def _font(change: Dictionary) -> Fill:
    """A font with entries of its own."""

    def fill(document: pikepdf.Pdf) -> Dictionary:
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Broken"))
        for name, value in change.items():
            font[name] = value
        return Dictionary(Font=Dictionary(F=document.make_indirect(font)))

    return fill


def _broken_program(document: pikepdf.Pdf) -> Dictionary:
    """A font whose program is a head and noise."""
    program = document.make_stream(b"\0\1\0\0\0\x40\xff\xff" + bytes((7 * k) % 256 for k in range(4000)))
    about = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Broken, Flags=32, FontFile2=program, FontBBox=Array([0, 0, 0, 0])
    )
    return _font(Dictionary(FontDescriptor=about))(document)


def _circle_of_maps(document: pikepdf.Pdf) -> Dictionary:
    """Code maps each of which begins by using the other."""
    head = b"/CIDInit /ProcSet findresource begin begincmap "
    one, two = document.make_stream(head + b"/Two usecmap endcmap"), document.make_stream(head + b"/One usecmap endcmap")
    for code, name, other in ((one, Name.One, two), (two, Name.Two, one)):
        code.Type, code.CMapName, code.UseCMap = Name.CMap, name, other
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Broken)
    below.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
    below.W = Array([0, 2_000_000_000, 1000, -5, Array([1e30] * 50)])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Broken, Encoding=one, ToUnicode=two)
    font.DescendantFonts = Array([document.make_indirect(below)])
    return Dictionary(Font=Dictionary(F=document.make_indirect(font)))


def _notes() -> bytes:
    """100,000 annotations, each with an appearance that draws itself."""

    def add(document: pikepdf.Pdf) -> None:
        look = form(document, b"/A Do")
        look.Resources = Dictionary(XObject=Dictionary(A=look))
        note = document.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 99, 99]), AP=Dictionary(N=look), F=4)
        )
        document.pages[0].obj.Annots = Array([note] * 100_000)

    return changed(plan(), add)


def _letters(count: int) -> bytes:
    texts = b"".join(b"1 0 0 1 %d %d Tm (kegiatan) Tj\n" % (20 + 50 * (k % 11), 820 - k % 800) for k in range(count // 8))
    return b"BT /F 6 Tf " + texts + b"ET"


def _spread_rules(count: int) -> bytes:
    return b"".join(b"%d %d m %d %d l S\n" % (k % 140 * 4, k // 140 * 5, k % 140 * 4 + 3, k // 140 * 5) for k in range(count))


def _crossing_rules(count: int) -> bytes:
    """Half of them upright and half level, each over the whole page, all apart from one another."""
    return b"".join(
        b"%.3f 10 m %.3f 830 l 10 %.3f m 580 %.3f l S\n" % ((10 + k * 570 / count,) * 2 + (10 + k * 820 / count,) * 2)
        for k in range(count)
    )


def _fills(count: int) -> bytes:
    return b".5 g " + b"".join(b"%d %d 5 5 re f\n" % (k % 100 * 6, k // 100 * 8) for k in range(count))


def _one_path(count: int) -> bytes:
    return b"".join(b"%d %d m %d %d l\n" % (k % 590, k % 840, (k + 9) % 590, k % 840) for k in range(count)) + b"S"


def _clips(count: int) -> bytes:
    """Fills under a clip path of so many rectangles."""
    return b"".join(b"%d %d 9 9 re " % (k % 580, k % 830) for k in range(count)) + b"W n .5 g " + b"9 9 99 99 re f\n" * 400


WILD = (
    b"q 1e38 1e38 -1e38 1e38 1e38 1e38 cm 1e38 0 0 1e38 0 0 cm 0 0 1 1 re f 0 0 m 1 0 l S "
    b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (wild) Tj ET /I Do Q "
    b"q NaN nan Inf -Inf (x) /y cm 0 0 10 10 re f BT /F NaN Tf (none) Tj ET Q "
    b"q 0 0 0 0 0 0 cm 0 0 10 10 re B BT /F 11 Tf (nothing) Tj ET Q "
    b"q 1e-38 0 0 1e-38 0 0 cm 0 0 1e38 1e38 re B BT /F 1e38 Tf (small) Tj ET Q "
    b"1e38 w 10 10 m 500 10 l S 99999999999999999999999999999999999999999999999999 w 10 10 m 10 500 l S -3 w 5 5 m 9 5 l S "
    b"BT /F 11 Tf 1e38 Tc 1e38 Tw 1e38 Tz 1e38 TL 1e38 Ts (a b c) ' (d e f) Tj ET 1e38 1e38 m 1e38 -1e38 1e38 1e38 1e38 0 c S"
)

COMPLEX = frozenset({"page-too-complex"})
EITHER = COMPLEX | SLOW

DRAWINGS = (
    Hostile("form-circle", "two forms that draw each other", lambda: with_page(b"/A Do", _circle), page=COMPLEX, base="plan"),
    Hostile("form-deep", "forms 60 deep", lambda: with_page(b"/A Do", _forks(60, 1)), page=COMPLEX, base="plan"),
    Hostile(
        "form-fork",
        "30 forms, each of which draws the next twice: 1e9 drawings",
        lambda: with_page(b"/A Do", _forks(30, 2)),
        page=SLOW,
        base="plan",
    ),
    Hostile(
        "form-fork-flat",
        "5 forms, each of which draws the next 20 times: 3 million drawings",
        lambda: with_page(b"/A Do", _forks(5, 20)),
        page=EITHER,
        base="plan",
    ),
    Hostile(
        "forms-40000", "40,000 forms on a page", lambda: with_page(b"/A Do " * 40_000, _one_form), page=COMPLEX, base="plan"
    ),
    Hostile(
        "forms-million",
        "a million forms on a page",
        lambda: with_page(b"/A Do " * 1_000_000, _one_form),
        page=EITHER,
        base="plan",
    ),
    Hostile(
        "operators-5-million",
        "five million operators that draw nothing",
        lambda: with_page(b"1 w 0 J " * 2_500_000),
        base="plan",
    ),
    Hostile(
        "operators-endless",
        "2 million lines",
        lambda: with_stream(bomb(b"1 1 m 9 9 l S ", 28), ["FlateDecode"]),
        page=EITHER,
        base="plan",
    ),
    Hostile("states-never-closed", "a million q without a Q", lambda: with_page(b"q " * 1_000_000), base="plan"),
    Hostile(
        "marks-never-closed",
        "200,000 marked contents within one another",
        lambda: with_page(b"/A << /MCID 1 >> BDC " * 200_000 + b"0 0 9 9 re f"),
        page=SLOW,
        base="plan",
    ),
    Hostile("rules-20000", "20,000 separate rules", lambda: with_page(WORDS + _spread_rules(20_000)), base="plan"),
    Hostile(
        "rules-60000", "60,000 separate rules", lambda: with_page(WORDS + _spread_rules(60_000)), base="plan", page=COMPLEX
    ),
    Hostile(
        "rules-crossing",
        "4,000 upright and 4,000 level rules through one another",
        lambda: with_page(WORDS + _crossing_rules(4_000)),
        base="plan",
    ),
    Hostile("fills-10000", "10,000 grey fills", lambda: with_page(WORDS + _fills(10_000)), base="plan"),
    Hostile("fills-300000", "300,000 grey fills", lambda: with_page(WORDS + _fills(300_000)), base="plan", page=COMPLEX),
    Hostile(
        "letters-200000", "200,000 letters on a page", lambda: with_page(_letters(200_000), _fonts), base="plan", page=COMPLEX
    ),
    Hostile(
        "path-of-a-million",
        "one path of a million points",
        lambda: with_page(WORDS + _one_path(500_000)),
        base="plan",
        page=COMPLEX,
    ),
    Hostile("path-of-30000", "one path of 30,000 points", lambda: with_page(WORDS + _one_path(15_000)), base="plan"),
    Hostile(
        "clips",
        "400 fills under a clip path of 10,000 rectangles",
        lambda: with_page(WORDS + _clips(10_000)),
        base="plan",
        page=COMPLEX,
    ),
    Hostile(
        "wild-matrices",
        "matrices, widths and letters of no number, nothing and without bounds",
        lambda: with_page(WILD, _fonts),
        base="plan",
    ),
    Hostile(
        "glyph-of-itself",
        "a letter that is drawn with itself",
        lambda: with_page(b"BT /F 9 Tf 60 700 Td (aaaa) Tj ET", _own_glyph),
        base="plan",
    ),
    Hostile(
        "pattern-of-itself",
        "a pattern painted with itself, in steps of 1e-9",
        lambda: with_page(b"/Pattern cs /P scn 0 0 595 842 re f", _own_pattern),
        base="plan",
    ),
    Hostile("shading-of-itself", "a shading by a function of itself", lambda: with_page(b"/S sh", _own_shading), base="plan"),
    Hostile("mask-of-itself", "a soft mask under itself", lambda: with_page(b"/G gs 0 0 99 99 re f", _own_mask), base="plan"),
    Hostile(
        "colour-of-itself",
        "a colour space based on itself",
        lambda: with_page(b"/C cs /C scn 0 0 99 99 re f", _own_space),
        base="plan",
    ),
    Hostile(
        "content-of-itself",
        "optional content that depends on itself",
        lambda: with_page(b"/OC /M BDC 0 0 9 9 re f EMC", _own_content),
        base="plan",
    ),
    Hostile(
        "font-broken",
        "a font whose program is noise",
        lambda: with_page(b"BT /F 9 Tf 60 700 Td (aaaa) Tj ET", _broken_program),
        base="plan",
    ),
    Hostile(
        "font-code-maps",
        "code maps that use each other, widths of 2e9 letters",
        lambda: with_page(b"BT /F 9 Tf 60 700 Td (aaaa) Tj ET", _circle_of_maps),
        base="plan",
    ),
    Hostile(
        "font-of-all-codes",
        "a font of 4e9 letters",
        lambda: with_page(
            b"BT /F 9 Tf 60 700 Td (aaaa) Tj ET",
            _font(Dictionary(FirstChar=-2_000_000_000, LastChar=2_000_000_000, Widths=Array([1e30]))),
        ),
        base="plan",
    ),
    Hostile("notes", "100,000 notes whose look draws itself", _notes, base="plan"),
)
