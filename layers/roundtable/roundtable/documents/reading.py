"""The lines of a letter in the order in which a person reads them, columns one after another."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.documents.titles import is_prose


@dataclass(frozen=True)
class Cell:
    """A piece of text beside others in a row; `x` is its place from the left, in any unit."""

    x: float
    text: str


Row = tuple[Cell, ...]
"""One line of a page or of a table; empty for a gap between paragraphs."""


CLOSING = re.compile(
    r"(?i)^(?:(?:yours|very|most|with|in|kind|best|warm|warmest|kindest|our|many|and)\s+)*"
    r"(?:sincerely|respectfully|regards|truly|faithfully|gratitude|appreciation|thanks|thank\s+you"
    r"|best|warmly|gratefully|cordially|partnership|solidarity|service|health|signed"
    r"|signatures?|agreed|approved|witness\s+whereof|on\s+behalf\s+of)\b",
)  # fmt: skip
ADDRESS = re.compile(r"(?i)^(?:dear|to|attn|attention|re|subject|from|date)\b(?=[\s:.,])")
COPIES = re.compile(r"(?i)^(?:b?cc|encl?|enclosures?|attachments?|distribution)\b\s*[:.(]")
_LONGEST_LINE = 400
_COLUMN_PROSE = 60


def reading_lines(rows: Sequence[Row]) -> list[str]:
    """Return the lines with columns one after another, a gap between them as an empty line."""
    lines: list[str] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        if len(row) < 2:  # noqa: PLR2004 (columns begin with two)
            lines.append(_clean(row[0].text) if row else "")
            index += 1
            continue
        starts = [cell.x for cell in row]
        columns: list[list[str]] = [[] for _ in starts]
        while index < len(rows) and not _leaves_columns(rows[index], rows[index + 1 : index + 2]):
            taken: dict[int, list[str]] = {}
            for cell in rows[index]:
                nearest = min(range(len(starts)), key=lambda at, x=cell.x: abs(starts[at] - x))
                taken.setdefault(nearest, []).append(cell.text)
            for at, column in enumerate(columns):
                column.append(_clean(" ".join(taken.get(at, []))))
            index += 1
        for column in columns:
            lines += ["", *column, ""]
    return lines


def _leaves_columns(row: Row, following: Sequence[Row]) -> bool:
    """Whether a row no longer belongs to columns: prose, or a gap before something else."""
    if not row:
        return not (following and len(following[0]) > 1)
    return len(row) == 1 and (
        len(row[0].text) > _COLUMN_PROSE or is_prose(row[0].text) or _begins_anew(row[0].text)
    )


def _begins_anew(line: str) -> bool:
    return bool(CLOSING.match(line) or COPIES.match(line) or ADDRESS.match(line))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_LONGEST_LINE]).split())
