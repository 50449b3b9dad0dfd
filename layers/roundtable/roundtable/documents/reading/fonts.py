# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""The font of a piece of text on a page of a PDF."""

import ctypes
import re
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium

from roundtable.documents.reading.letter_read import cleaned
from roundtable.domain.reading import LONGEST_FONT

_MOST_BYTES = 128
_ITALIC = 1 << 6
"""The flag of a font's description for letters that lean (ISO 32000, table 121)."""
_SKEWED = 0.05
"""From which share of its size a text is drawn leaning, whatever its font."""
_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLE = re.compile(
    r"(?i)[-,\s]+(?:regular|roman|normal|book|medium|semi|demi|extra|ultra|light|thin|bold|black"
    r"|heavy|italic|oblique|it|ps|mt|[-,\s])+$"
)
_MAKER = re.compile(r"(?:PS)?(?:MT)?$")
_LEANS = re.compile(r"(?i)[-,\s](?:\w*italic|\w*oblique|it)(?:mt)?$")


def font_at(text: pypdfium2.PdfTextPage, bounds: tuple[float, float, float, float]) -> str:
    """Return the font of the first sign within some bounds of a page (`Cell.font`)."""
    left, bottom, _, top = bounds
    index = pdfium.FPDFText_GetCharIndexAtPos(text, left + 0.1, (bottom + top) / 2, 1.0, 1.0)
    if index < 0:
        return ""
    name, flags = ctypes.create_string_buffer(_MOST_BYTES), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, name, _MOST_BYTES, flags)
    if not 0 < length <= _MOST_BYTES:
        return ""
    return _told(name.value, leans=bool(flags.value & _ITALIC) or _is_skewed(text, index))


def _is_skewed(text: pypdfium2.PdfTextPage, index: int) -> bool:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return False
    across, down = (matrix.a, matrix.b), (matrix.c, matrix.d)
    size = sum(side * side for side in (*across, *down)) / 2
    return abs(across[0] * down[0] + across[1] * down[1]) > _SKEWED * size


@lru_cache(maxsize=256)
def _told(name: bytes, *, leans: bool) -> str:
    plain = _SUBSET.sub("", cleaned(name.decode("utf-8", "replace")), count=1)
    family = _MAKER.sub("", _STYLE.sub("", plain)).strip()[: LONGEST_FONT - len(" italic")]
    return f"{family} italic" if family and (leans or _LEANS.search(plain)) else family
