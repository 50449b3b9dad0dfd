# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
# (pypdfium2 carries no types.)
"""Whether the text of a PDF's page is what the page shows."""

from collections.abc import Sequence

import pypdfium2.raw as pdfium

from roundtable.documents.reading.sheets import Item, Sheet

_FEW_CHARACTERS = 400
"""On a scan, text of no more than this is a stamp, a header or a filled field of it."""
_COVERS = 0.5
"""The share of a page from which pictures on it count as a scan of the page."""
_GUESSED_SHARE = 0.2
_LETTERS_SHARE = 0.5
"""Below this share of letters and digits, the text is what a font without names left of it."""
_LINES_AND_LEADERS = frozenset("_-.=*\u00b7\u2013\u2014\u2026")
"""What signature lines and forms are drawn with when there is no drawing."""


def is_unread(items: Sequence[Item], sheet: Sheet, words: str) -> bool:
    """Whether a page shows what its text does not say: a scan, or a scan with guessed text."""
    texts = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    if not words:
        return bool(items)
    spoken = [letter for letter in words if letter not in _LINES_AND_LEADERS]
    if sum(letter.isalnum() for letter in spoken) < _LETTERS_SHARE * len(spoken):
        return True
    invisible = sum(
        pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        for item in texts
    )
    if invisible > _GUESSED_SHARE * len(texts):
        return True
    pictures = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    covered = sum(sheet.on_page(item.area).size for item in pictures)
    if covered <= _COVERS * sheet.width * sheet.height:
        return False
    hidden = bool(texts) and items.index(texts[-1]) < items.index(pictures[0])
    return hidden or invisible > 0 or len(words) < _FEW_CHARACTERS
