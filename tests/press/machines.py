"""Scanners as data: what each machine does to a page, and the machines found in Indonesian offices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Mode = Literal["color", "gray", "bw", "auto"]
Codec = Literal["jpeg", "flate", "jpx", "strips", "mrc"]
Landscape = Literal["page", "side90", "side270", "flag90", "flag270"]
StampColor = Literal["none", "blue", "purple", "black"]
TextLayer = Literal["none", "garbage", "slight", "blanks"]


@dataclass(frozen=True, slots=True)
class Scanner:
    """A machine, the person who feeds it and the paper; the defaults are a good machine with a clean original.

    Lengths are millimetres, angles degrees, shares lie between 0 and 1.

    Attributes:
        mode: what a page is kept as; "auto" keeps colour where it finds some, else one bit a pixel.
        quality: of every JPEG picture, on libjpeg's scale.
        chroma: pillow's subsampling (0 for 4:4:4, 1 for 4:2:2, 2 for 4:2:0).
        codec: how a picture that is not of one bit is written; one-bit pictures are always CCITT G4.
        threshold: between which grey levels the cut of a one-bit page falls.
        copies: how often the paper went through a photocopier before.
        mono: printed by a laser printer without colour, which screens its greys.
        skew: the largest turn of a page; each page has its own.
        bend: by how much the head of a page is turned against its foot, at most.
        drift: the largest shift of a page to the left or right.
        jitter: by how much the page boxes differ.
        bed: scanned on a glass of legal size, whatever the paper.
        perspective: the share of the width by which a photographed page narrows.
        bow: how far the lines of a curled page rise in the middle.
        lighting: how much darker the unlit corner is.
        noise: standard deviation of the grain, in grey levels.
        blur: standard deviation of the lens, in hundredths of an inch (0.5 is soft, 1.0 very soft).
        ink: grey level of solid black.
        fade: how pale the toner is, at the palest place.
        bleed: how dark the other side shows through.
        specks: specks a square centimetre.
        wedge: width of the dark edge where the glass shows beside the paper, at most.
        streaks: lines of the scanner's dust, over the whole height.
        smudges: finger marks, at the same place on every page.
        stamp_at: which of the signatures are stamped.
        hand_number: the running number of the decree written by hand into the typed line.
        landscape: how pages lie that are wider than high: as they are, turned in the picture, or turned back by a flag.
        upside_down: pages (not the first) fed the wrong way round.
        text_layer: the invisible text of an OCR engine, and how bad it is.
    """

    dpi: int = 300
    mode: Mode = "color"
    quality: int = 75
    chroma: int = 2
    codec: Codec = "jpeg"
    threshold: tuple[int, int] = (150, 185)
    copies: int = 0
    mono: bool = False
    skew: float = 0.2
    bend: float = 0.0
    drift: float = 0.0
    jitter: float = 1.0
    bed: bool = False
    perspective: float = 0.0
    bow: float = 0.0
    lighting: float = 0.0
    noise: float = 2.0
    blur: float = 0.35
    ink: int = 60
    fade: float = 0.0
    bleed: float = 0.0
    specks: float = 0.1
    wedge: float = 0.0
    punch: bool = False
    staple: bool = False
    streaks: int = 0
    band: bool = False
    smudges: int = 0
    stamp: StampColor = "none"
    stamp_at: Literal["signer", "certifier", "both"] = "both"
    signature: bool = False
    paraf: bool = False
    hand_number: bool = False
    landscape: Landscape = "page"
    upside_down: Literal["none", "one", "some"] = "none"
    text_layer: TextLayer = "none"
    producer: str = ""


_OFFICE = Scanner(skew=0.9, bend=0.4, drift=3.0, specks=0.4, wedge=1.5, stamp="blue", signature=True)

SCANNERS: dict[str, Scanner] = {
    "clean300": Scanner(producer="Scanner System"),
    "mfp300": replace(
        _OFFICE, quality=72, blur=0.4, ink=80, staple=True, smudges=1, streaks=1, band=True, producer="Scanner System"
    ),
    "hp300": replace(_OFFICE, skew=0.6, noise=3.0, fade=0.15, smudges=2, paraf=True, stamp="purple", producer="HP Scan"),
    "epson200": replace(
        _OFFICE, dpi=200, mode="auto", quality=37, skew=0.7, bend=0.1, bed=True, wedge=1.0, fade=0.2, producer="EPSON Scan 2"
    ),
    "gray200": replace(_OFFICE, dpi=200, mode="gray", quality=50, mono=True, noise=3.0, text_layer="garbage"),
    "canon150": replace(
        _OFFICE,
        dpi=150,
        quality=50,
        chroma=1,
        skew=0.5,
        staple=True,
        streaks=1,
        text_layer="slight",
        producer="Canon iR-ADV C3525",
    ),
    "g4_300": replace(_OFFICE, mode="bw", mono=True, blur=0.25, skew=0.7, staple=True, stamp="black", streaks=1, specks=0.2),
    "g4_200": replace(_OFFICE, dpi=200, mode="bw", mono=True, skew=0.6, punch=True, stamp="black", specks=0.3),
    "scansnap": replace(
        _OFFICE, dpi=200, mode="auto", quality=67, skew=0.2, bend=0.1, wedge=0.8, fade=0.2, producer="ScanSnap Manager"
    ),
    "abbyy_jpx": replace(_OFFICE, dpi=200, codec="jpx", skew=0.3, streaks=2, text_layer="blanks", producer="ABBYY FineReader"),
    "mrc": replace(_OFFICE, dpi=200, codec="mrc", quality=25, skew=0.3, bend=0.1, drift=1.0, wedge=0.0),
    "strips": replace(_OFFICE, dpi=145, codec="strips", quality=62, skew=0.3, wedge=0.0, producer="Nitro Pro"),
    "low100": replace(_OFFICE, dpi=100, quality=65, skew=0.5, blur=0.5, ink=70, producer="iLovePDF"),
    "g4_old": replace(
        _OFFICE,
        dpi=150,
        mode="bw",
        mono=True,
        copies=1,
        threshold=(185, 205),
        blur=0.6,
        skew=1.5,
        specks=1.0,
        streaks=2,
        stamp="black",
        staple=True,
    ),
    "phone": replace(
        _OFFICE,
        dpi=170,
        quality=45,
        skew=1.5,
        bend=0.5,
        perspective=0.025,
        bow=1.5,
        lighting=0.35,
        noise=4.0,
        blur=0.6,
        wedge=0.0,
        specks=0.0,
        producer="CamScanner",
    ),
}
"""The machines of the research note, by short names."""
