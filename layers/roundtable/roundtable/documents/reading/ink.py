# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# (pypdfium2 carries no types.)
"""Marks on a page of text that may be signatures: pictures and strokes. A hint, never proof."""

import ctypes
from collections.abc import Sequence
from functools import reduce

import pypdfium2.raw as pdfium

from roundtable.documents.reading.sheets import Area, Item, Sheet

_LETTER_WIDTH = 612
"""Points; lengths below are those on US Letter and grow with the page."""
_NEAR = 10
_NARROWEST, _WIDEST_SHARE = 24, 0.95
_FLATTEST, _TALLEST_SHARE = 6, 0.35
_LOGO_ABOVE = 0.2
"""The share of the first page in which letterheads have their pictures."""
_MOST_STROKES = 400
"""Of more, the rest are taken as one, wherever they are."""
_MOST_SEGMENTS = 60
_CURVES_OF_A_FRAME = 8
"""Rounded corners take up to two curves each."""
_SIDES_OF_A_FRAME = 3
_STRAIGHT = 0.5
_DOT = 5
"""A signature may be put together of dots; single ones are bullets and corners of tables."""
_SHORT, _STEPS = 8, 12
"""Points of a step, and how many of them are a staircase: a slant drawn in level lines."""


def marks(items: Sequence[Item], sheet: Sheet, *, first_page: bool) -> list[Area]:
    """Return where something is drawn that may be a signature, neighbouring strokes as one.

    Rules, underlines, boxes, lines of tables, ticks, letterheads and what fills a page are none.
    """
    unit = min(sheet.width, sheet.height) / _LETTER_WIDTH
    found: list[Area] = []
    drawn = [item for item in items if _is_drawn(item) or _is_dot(item, _DOT * unit)]
    for item in drawn[:_MOST_STROKES]:
        area = sheet.on_page(item.area)
        if area.width > _WIDEST_SHARE * sheet.width or area.height > _TALLEST_SHARE * sheet.height:
            continue
        while near := [other for other in found if other.is_near(area, _NEAR * unit)]:
            for other in near:
                found.remove(other)
                area = area.joined(other)
        found.append(area)
    rest = [sheet.on_page(item.area) for item in drawn[_MOST_STROKES:]]
    likely = [
        area
        for area in found
        if area.width >= _NARROWEST * unit
        and area.height >= _FLATTEST * unit
        and area.width <= _WIDEST_SHARE * sheet.width
        and area.height <= _TALLEST_SHARE * sheet.height
        and not (first_page and area.bottom <= _LOGO_ABOVE * sheet.height)
    ]
    return [*likely, reduce(Area.joined, rest)] if rest else likely


def _is_drawn(item: Item) -> bool:
    """Whether it is a picture, or a stroke with a curve or a slant that frames nothing."""
    if item.kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
        return True
    if item.kind != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    curves = level = slants = steps = 0
    x, y, at = ctypes.c_float(), ctypes.c_float(), (0.0, 0.0)
    count = pdfium.FPDFPath_CountSegments(item.raw)
    for index in range(min(max(count, 0), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind, (before_x, before_y), at = (
            pdfium.FPDFPathSegment_GetType(segment), at, (x.value, y.value)
        )  # fmt: skip
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curves += 1
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            sides = (abs(at[0] - before_x), abs(at[1] - before_y))
            along = min(sides) <= _STRAIGHT
            steps += along and max(sides) <= _SHORT
            level, slants = level + along, slants + (not along)
    # PDFium counts each of a curve's three points.
    is_frame = level >= _SIDES_OF_A_FRAME and curves <= 3 * _CURVES_OF_A_FRAME and not slants
    return ((curves > 0 or slants > 1) and not is_frame) or steps >= _STEPS


def _is_dot(item: Item, most: float) -> bool:
    area = item.area
    return item.kind == pdfium.FPDF_PAGEOBJ_PATH and max(area.width, area.height) <= most
