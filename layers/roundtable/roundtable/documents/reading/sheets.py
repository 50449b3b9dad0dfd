# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""A page of a PDF as it is shown: turned, cut to what is visible, measured from its upper left."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import isfinite

import pypdfium2
import pypdfium2.raw as pdfium

from roundtable.domain.evidence import Box

_MOST_OBJECTS = 5_000
_DEEPEST = 6
"""Levels of drawings within drawings: what was stamped on a page is three deep."""
_DIGITS = 4

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in a PDF's own coordinates, whose origin can be anywhere."""


@dataclass(frozen=True)
class Area:
    """A part of a page as it is shown, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    @property
    def size(self) -> float:
        """Square points."""
        return self.width * self.height

    def joined(self, other: "Area") -> "Area":
        """Return the smallest area that holds both."""
        return Area(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def is_near(self, other: "Area", gap: float) -> bool:
        """Return whether no more than the gap is between the two."""
        return (
            self.left - gap <= other.right
            and other.left - gap <= self.right
            and self.top - gap <= other.bottom
            and other.top - gap <= self.bottom
        )


@dataclass(frozen=True)
class Sheet:
    """How a page is shown."""

    bounds: Bounds
    rotation: int
    width: float
    height: float

    def area(self, bounds: Bounds) -> Area:
        """Return where something of the page is shown, the part beside the page included."""
        corners = [self._shown(bounds[0], bounds[1]), self._shown(bounds[2], bounds[3])]
        across, down = zip(*corners, strict=True)
        return Area(min(across), min(down), max(across), max(down))

    def on_page(self, area: Area) -> Area:
        """Return the part of an area that is on the page; without size where none is."""
        left, top = min(max(area.left, 0), self.width), min(max(area.top, 0), self.height)
        right = max(min(area.right, self.width), left)
        return Area(left, top, right, max(min(area.bottom, self.height), top))

    def box(self, area: Area) -> Box:
        """Return an area in shares of the page."""
        part = self.on_page(area)
        return Box(
            left=round(part.left / self.width, _DIGITS),
            top=round(part.top / self.height, _DIGITS),
            right=round(part.right / self.width, _DIGITS),
            bottom=round(part.bottom / self.height, _DIGITS),
        )

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.bounds
        if self.rotation == 90:  # noqa: PLR2004 (degrees)
            return y - bottom, x - left
        if self.rotation == 180:  # noqa: PLR2004 (degrees)
            return right - x, y - bottom
        if self.rotation == 270:  # noqa: PLR2004 (degrees)
            return top - y, right - x
        return x - left, top - y


@dataclass(frozen=True)
class Item:
    """Something drawn on a page."""

    kind: int
    """PDFium's FPDF_PAGEOBJ_*."""
    area: Area
    raw: pypdfium2.PdfObject


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    """Return how a page is shown."""
    width, height = page.get_size()
    return Sheet(page.get_bbox(), page.get_rotation(), max(width, 1e-3), max(height, 1e-3))


def items_on(page: pypdfium2.PdfPage, sheet: Sheet) -> Iterator[Item]:
    """Yield what is drawn on a page from the lowest to the uppermost, no more than is bearable."""
    for drawn in islice(page.get_objects(max_depth=_DEEPEST), _MOST_OBJECTS):
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            continue
        try:
            bounds = _bounds_on_page(drawn)
        except pypdfium2.PdfiumError:
            continue
        if all(map(isfinite, bounds)):
            yield Item(kind, sheet.area(bounds), drawn)


def _bounds_on_page(drawn: pypdfium2.PdfObject) -> Bounds:
    """Return where something is on its page; PDFium tells it within its drawing only."""
    left, bottom, right, top = drawn.get_bounds()
    around = drawn.container
    while around is not None:
        left, bottom, right, top = around.get_matrix().on_rect(left, bottom, right, top)
        around = around.container
    return left, bottom, right, top
