# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""The text of a page of a PDF in rows, as it is shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from statistics import median

import pypdfium2

from roundtable.documents.reading.fonts import font_at
from roundtable.documents.reading.letter_read import MOST_CHARACTERS, TOO_LONG, cleaned
from roundtable.documents.reading.sheets import Area, Sheet
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.reading import Cell, Row

_MOST_PIECES = 4_000
"""Pieces of text of a page that are placed one by one; a denser page is read as it flows."""
_COLUMN_GAP = 1.5
_PARAGRAPH_GAP = 1.75
_RULE = re.compile(r"_[_\s]*")
_LONG, _ENOUGH_LONG = 60, 8
"""Of pieces of running text, from so many characters on, the first few of a page tell its font."""
_BELOW_BASE = 0.25
"""By how much of the height of its text a rule of underscores stands below it."""


@dataclass(frozen=True)
class _Piece:
    area: Area
    text: str
    font: str

    @property
    def height(self) -> float:
        return max(self.area.height, 1.0)

    @property
    def middle(self) -> float:
        return (self.area.top + self.area.bottom) / 2


def rows_of(text: pypdfium2.PdfTextPage, sheet: Sheet, *, page: int) -> list[Row]:
    """Return the lines of a page from top to bottom, an empty row for each wider gap.

    Text beside the page is left out, since nobody sees it. Raises UnreadableError where one page
    holds more than a letter may.
    """
    if text.count_chars() > MOST_CHARACTERS:
        raise UnreadableError(TOO_LONG)
    pieces = _pieces(text, sheet)
    if pieces is None:
        lines = [cleaned(line) for line in text.get_text_bounded().splitlines()]
        return [Row(cells=(Cell(text=line, x=0),) if line else (), page=page) for line in lines]
    return _rows(pieces, sheet, page)


def _pieces(text: pypdfium2.PdfTextPage, sheet: Sheet) -> list[_Piece] | None:
    count = text.count_rects()
    if count > _MOST_PIECES:
        return None
    pieces: list[_Piece] = []
    long = 0
    for index in range(count):
        bounds = text.get_rect(index)
        shown = text.get_text_bounded(*bounds)
        # Signs of a font that names none of them: nobody knows what they show, perhaps a signature.
        words = cleaned(shown) or ("\ufffd" if shown.strip() else "")
        if words and all(map(isfinite, bounds)):
            area = sheet.area(bounds)
            if sheet.on_page(area).size > 0:
                long += len(words) >= _LONG
                asked = len(words) < _LONG or long <= _ENOUGH_LONG
                pieces.append(_Piece(area, words, font_at(text, bounds) if asked else ""))
    return pieces


def _rows(pieces: Iterable[_Piece], sheet: Sheet, page: int) -> list[Row]:
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda item: item.middle):
        last = lines[-1] if lines else []
        near = bool(last) and (
            abs(last[0].middle - piece.middle) < min(last[0].height, piece.height) / 2
        )
        if near or _is_rule_beside(piece, last):
            last.append(piece)
        else:
            lines.append([piece])
    pitches = [below[0].middle - above[0].middle for above, below in pairwise(lines)]
    rows: list[Row] = []
    for index, line in enumerate(lines):
        if index:
            near = pitches[max(0, index - 9) : index + 8]
            height = median(piece.height for piece in line)
            if pitches[index - 1] > _PARAGRAPH_GAP * max(min(near), height):
                rows.append(Row(page=page))
        rows.append(Row(cells=_cells(line, sheet), page=page))
    return rows


def _is_rule_beside(piece: _Piece, line: Sequence[_Piece]) -> bool:
    """Whether a piece is a line to sign on beside the text of a line, not one below it."""
    return (
        bool(line)
        and _RULE.fullmatch(piece.text) is not None
        and piece.middle <= line[0].area.bottom + _BELOW_BASE * line[0].height
        and all(
            piece.area.left >= other.area.right or piece.area.right <= other.area.left
            for other in line
        )
    )


def _cells(line: list[_Piece], sheet: Sheet) -> tuple[Cell, ...]:
    groups: list[list[_Piece]] = []
    for piece in sorted(line, key=lambda item: item.area.left):
        if groups and piece.area.left - groups[-1][-1].area.right < _COLUMN_GAP * piece.height:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(_cell(group, sheet) for group in groups)


def _cell(group: list[_Piece], sheet: Sheet) -> Cell:
    area = group[0].area
    for piece in group[1:]:
        area = area.joined(piece.area)
    return Cell(
        text=" ".join(piece.text for piece in group),
        x=round((group[0].area.left + group[-1].area.right) / 2, 1),
        box=sheet.box(area),
        font=group[0].font if all(piece.font == group[0].font for piece in group) else "",
    )
