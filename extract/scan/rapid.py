"""RapidOCR's models behind our interface: the default engine. Its wheel carries them; nothing is fetched at run time.

Lines are found by RapidOCR itself. They are read by its recognition model directly, because RapidOCR decodes over 18,000 signs
of many scripts and hands over neither the places of all letters nor another choice: decrees are printed in Latin letters,
and a reading that may choose only among those never turns "II" into one sign or "n" into its Latvian cousin.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Sequence
from importlib import resources
from importlib.metadata import version

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det import TextDetOutput

from extract.scan.engine import Found, Reading
from extract.scan.picture import Pixels

SETTINGS = {
    "Global.use_cls": False,  # the direction classifier turns good lines round: our pages are upright already
    "Global.max_side_len": 2000,  # pixels: twice as many cost twice the time and bring nothing (research on scanned decrees)
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # one worker, one core
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless")
MOST_SLENDER = 4  # times its width or height: a longer picture is padded, for RapidOCR enlarges the shorter side without bounds
READER = "models/PP-OCRv6_rec_small.onnx"  # in the wheel of rapidocr
HEIGHT = 48  # pixels: height of the lines that the model was trained on
LEAST_WIDTH = 128  # pixels: shorter lines are padded to it; 320, as in training, reads the same and takes twice the time
MOST_WIDTH = 4800  # pixels: a picture longer than that is no line; it is squeezed, so that memory is bounded
SIGNS = "“”‘’–—•…✓✔✗✘√×°"  # beside ASCII: what decrees print
DECODER = "latin-3"  # changes with the way readings are made out of the model's answers, which makes kept ones worthless
BLANK_CLASS = 0  # class 0 of the model says "no letter here" (CTC)


class Rapid:
    """RapidOCR with the models of its own wheel, on one thread."""

    @functools.cached_property
    def name(self) -> str:
        """See `Engine.name`."""
        return " ".join([DECODER, *(f"{library}-{version(library)}" for library in LIBRARIES)])

    @functools.cached_property
    def _finder(self) -> RapidOCR:
        return RapidOCR(params=SETTINGS)

    @functools.cached_property
    def _reader(self) -> Reader:
        return Reader()

    def find(self, picture: Pixels) -> list[Found]:
        """See `Engine.find`."""
        height, width = picture.shape[:2]
        least = max(height, width) // MOST_SLENDER
        room = (0, max(0, least - height), 0, max(0, least - width))
        padded = cv2.copyMakeBorder(_bgr(picture), *room, cv2.BORDER_CONSTANT, value=(255, 255, 255))
        out = self._finder(padded, use_det=True, use_cls=False, use_rec=False)
        if not isinstance(out, TextDetOutput) or out.boxes is None or out.scores is None:
            return []  # RapidOCR hands over an empty result of another type where it finds nothing
        found: list[Found] = []
        for corners, score in zip(np.asarray(out.boxes), out.scores, strict=True):
            x0, top = np.floor(corners.min(axis=0)).astype(int)
            x1, bottom = np.ceil(corners.max(axis=0)).astype(int)
            box = (max(0, int(x0)), max(0, int(top)), min(width, int(x1)), min(height, int(bottom)))
            if box[2] > box[0] and box[3] > box[1]:
                found.append(Found(*box, float(score)))
        return found

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """See `Engine.read`."""
        return [self._reader.read(line) for line in lines]


class Reader:
    """The recognition model, with the signs that decrees print."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena keeps the memory of the longest line for ever
        options.log_severity_level = 4
        with resources.as_file(resources.files("rapidocr") / READER) as model:
            self._model = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        signs = ["", *self._model.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        members: dict[str, list[int]] = {"": [BLANK_CLASS]}
        for k, sign in enumerate(signs):
            if (plain := latin(sign)) is not None:
                members.setdefault(plain, []).append(k)
        self._signs = list(members)
        self._classes = np.array([k for same in members.values() for k in same])
        self._groups = np.cumsum([0, *(len(same) for same in members.values())])[:-1]
        self._input = self._model.get_inputs()[0].name

    def read(self, line: Pixels) -> Reading:
        """What is printed in the picture of one line; nothing in one without a pixel, which noise cuts out of itself."""
        if not line.size:
            return Reading("", (), ())
        return self._decoded(*self._scores(line))

    def _scores(self, line: Pixels) -> tuple[npt.NDArray[np.float32], float]:
        """Scores (steps, letters) along the line, and how many of the steps lie on it (the rest is padding)."""
        height, width = line.shape[:2]
        wide = min(MOST_WIDTH, max(1, round(HEIGHT * width / height)))
        small = cv2.resize(_bgr(line), (wide, HEIGHT)).astype(np.float32)
        padded = np.zeros((1, 3, HEIGHT, max(LEAST_WIDTH, wide)), np.float32)
        padded[0, :, :, :wide] = small.transpose(2, 0, 1) / 127.5 - 1
        out = self._model.run(None, {self._input: padded})[0][0]
        return np.add.reduceat(out[:, self._classes], self._groups, axis=1), len(out) * wide / padded.shape[3]

    def _decoded(self, scores: npt.NDArray[np.float32], steps: float) -> Reading:
        """The best letter at each step; a letter that goes on over several steps is one (CTC, greedy)."""
        best = scores.argmax(axis=1)
        begins = np.flatnonzero((best != BLANK_CLASS) & (np.diff(best, prepend=BLANK_CLASS) != 0))
        seen: list[tuple[str, float, float]] = []  # sign, place, score
        for begin in begins:
            end = begin
            while end + 1 < len(best) and best[end + 1] == best[begin]:
                end += 1
            place = min(1.0, ((begin + end) / 2 + 0.5) / steps)
            seen.append((self._signs[best[begin]], place, min(1.0, float(scores[begin : end + 1, best[begin]].max()))))
        letters = [(letter, place, score) for sign, place, score in _with_plain_numerals(seen) for letter in sign]
        if not any(letter.strip() for letter, _, _ in letters):
            return Reading("", (), ())
        text, places, sure = zip(*letters, strict=True)
        return Reading("".join(text), tuple(places), tuple(sure))


def _with_plain_numerals(seen: Sequence[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """What was seen, where strokes in a row are counted once: the model may say "Ⅱ" and then "I" for the second of them."""
    out: list[tuple[str, float, float]] = []
    for strokes, run in itertools.groupby(seen, key=lambda s: set(s[0]) == {"I"}):
        group = list(run)
        if strokes and any(len(sign) > 1 for sign, _, _ in group):
            count = max(len(group), *(len(sign) for sign, _, _ in group))
            group = [("I" * count, group[0][1], min(score for _, _, score in group))]
        out += group
    return out


def latin(sign: str) -> str | None:
    """What a sign of the model stands for in a decree ("ņ" for "n", "Ⅱ" for "II"); None for signs that decrees do not print."""
    if sign in SIGNS:
        return sign or None
    plain = "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))
    if len(plain) > 1 and not set(plain.upper()) <= set("IVX"):
        return None
    return plain if plain and all(" " <= c <= "~" for c in plain) else None


def _bgr(pixels: Pixels) -> Pixels:
    code = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
    return np.asarray(cv2.cvtColor(pixels, code), np.uint8)
