"""The lines of a letter in the order in which a person reads them, columns one after another."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roundtable.documents.finding.titles import is_prose
from roundtable.domain.evidence import Box, Place
from roundtable.domain.reading import PICTURE, Cell, Row

CLOSING = re.compile(
    r"(?i)^(?:(?:yours|very|most|with|in|kind|best|warm|warmest|kindest|our|many|and)\s+)*"
    r"(?:sincerely|respectfully|regards|truly|faithfully|gratitude|appreciation|thanks|thank\s+you"
    r"|best|warmly|gratefully|cordially|partnership|solidarity|service|health|signed"
    r"|signatures?|agreed|approved|witness\s+whereof|on\s+behalf\s+of"
    r"|atentamente|cordialmente|sinceramente|cordialement)\b",
)  # fmt: skip
SALUTATION = re.compile(r"(?i)^(?:dear|to\s+whom|estimad[oa]s?)\b")
ADDRESS = re.compile(r"(?i)^(?:dear|to|attn|attention|re|subject|from|date)\b(?=[\s:.,])")
COPIES = re.compile(r"(?i)^(?:b?cc|encl?|enclosures?|attachments?|distribution)\b\s*[:.(]")
_FIELD = re.compile(r"(?i)(?:(?:printed\s+)?name|title|position|role|signature|signed|by|date)\s?:")
_SIGNING_FIELD = re.compile(r"(?i)\s*(?:sign|by)")
_HEADS = frozenset({"name", "printed name", "title", "position", "role", "name and title"})
_LONGEST_LINE = 400
_COLUMN_PROSE = 60
_SMALLEST = 0.002
"""Of a page's height: letters of one and a half points, a fourth of the smallest print."""
_CLOSING_WORDS = 8
_MOST_COLUMNS = 8
"""A row of more pieces is no row of columns in which people sign."""


@dataclass(frozen=True)
class Line:
    """One line; without text it is a gap between paragraphs."""

    text: str
    place: Place | None = None
    font: str = ""
    """As a cell's; empty where its cells are set in several."""
    parts: tuple["Line", ...] = ()
    """The lines that it was joined from."""


GAP = Line("")


def reading_lines(rows: Sequence[Row]) -> list[Line]:
    """Return the lines with columns one after another; a picture is a line of its own."""
    lines: list[Line] = []
    index = 0
    in_form = False
    while index < len(rows):
        row = rows[index]
        if _is_field(row):
            begins = _SIGNING_FIELD.match(row.cells[0].text) is not None
            if in_form and not begins and lines[-1] == GAP:
                # The fields of one person, however far apart they stand.
                lines.pop()
            lines += _lines_of(row.cells, row.page)
            in_form = True
            index += 1
            continue
        in_form = in_form and not row.cells
        if not 1 < len(row.cells) <= _MOST_COLUMNS:
            lines += _lines_of(row.cells, row.page) or [GAP]
            index += 1
            continue
        if _is_table_of_signers(row):
            while index < len(rows) and len(rows[index].cells) > 1:
                lines += [GAP, *_lines_of(rows[index].cells, rows[index].page, between=", ")]
                index += 1
            continue
        starts = [cell.x for cell in row.cells]
        columns: list[list[Line]] = [[] for _ in starts]
        while (
            index < len(rows)
            and rows[index].page == row.page
            and not _leaves_columns(rows[index], rows[index + 1 : index + 2])
        ):
            taken: dict[int, list[Cell]] = {}
            for cell in rows[index].cells:
                nearest = min(range(len(starts)), key=lambda at, x=cell.x: abs(starts[at] - x))
                taken.setdefault(nearest, []).append(cell)
            for at in range(len(columns)):
                columns[at] += _lines_of(taken.get(at, ()), row.page) or [GAP]
            index += 1
        for column in columns:
            lines += [GAP, *column, GAP]
    return lines


def is_closing(line: str) -> bool:
    """Return whether a line holds the words after which people sign."""
    return (
        CLOSING.match(line) is not None
        and len(line.split()) <= _CLOSING_WORDS
        and not is_prose(line)
    )


def joined(first: Line, second: Line, between: str) -> Line:
    """Return two lines as the one that they are to a reader."""
    boxes = [line.place.box for line in (first, second) if line.place and line.place.box]
    page = first.place.page if first.place else 1
    same = first.place is not None and second.place is not None and second.place.page == page
    place = Place(page=page, box=covering(boxes)) if same else first.place
    return Line(
        f"{first.text}{between}{second.text}",
        place,
        first.font if first.font == second.font else "",
        (*(first.parts or (first,)), second),
    )


def covering(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box around some boxes; None around none."""
    some = tuple(boxes)
    if not some:
        return None
    return Box(
        left=min(box.left for box in some),
        top=min(box.top for box in some),
        right=max(box.right for box in some),
        bottom=max(box.bottom for box in some),
    )


def _is_field(row: Row) -> bool:
    """Whether a row is a field of a form with what is filled in beside it."""
    texts = [cell.text[:_LONGEST_LINE].strip() for cell in row.cells]
    return len(texts) == 2 and _FIELD.fullmatch(texts[0]) is not None and texts[1][-1:] != ":"  # noqa: PLR2004 (a field and its content)


def _is_table_of_signers(head: Row) -> bool:
    """Whether the rows below hold a person each: "Name", "Title", "Signature"."""
    titles = [cell.text[:_LONGEST_LINE].strip(" :").casefold() for cell in head.cells]
    return "signature" in titles and not _HEADS.isdisjoint(titles)


def _lines_of(cells: Sequence[Cell], page: int, *, between: str = " ") -> list[Line]:
    cells = [cell for cell in cells if _is_seen(cell)]
    if not cells:
        return []
    place = Place(page=page, box=covering(cell.box for cell in cells if cell.box))
    text = _clean(between.join(cell.text[:_LONGEST_LINE] for cell in cells[:_LONGEST_LINE]))
    fonts = {cell.font for cell in cells}
    font = fonts.pop() if len(fonts) == 1 else ""
    if PICTURE not in text:
        return [Line(text, place, font)]
    beside = " ".join(text.replace(PICTURE, " ").split()).strip(", ")
    return [Line(PICTURE, place), *([Line(beside, place, font)] if beside else [])]


def _is_seen(cell: Cell) -> bool:
    """Whether a text is not smaller than a person can see; a rule is thin by nature."""
    return (
        cell.box is None
        or cell.box.bottom - cell.box.top >= _SMALLEST
        or not any(sign.isalnum() for sign in cell.text[:_LONGEST_LINE])
    )


def _leaves_columns(row: Row, following: Sequence[Row]) -> bool:
    """Whether a row no longer belongs to columns: prose, or a gap before something else."""
    if len(row.cells) > 1:
        return len(row.cells) > _MOST_COLUMNS
    text = "".join(cell.text[:_LONGEST_LINE] for cell in row.cells)
    if not text:
        return not (following and len(following[0].cells) > 1)
    return len(text) > _COLUMN_PROSE or is_prose(text) or _begins_anew(text)


def _begins_anew(line: str) -> bool:
    return bool(CLOSING.match(line) or COPIES.match(line) or ADDRESS.match(line))


def _clean(text: str) -> str:
    """Return a text in one spelling and in one line, without signs that nobody sees."""
    if text.isascii() and text.isprintable():
        return " ".join(text[:_LONGEST_LINE].split())
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_LINE])
    seen = (
        " " if (kind := unicodedata.category(sign)) == "Cc" else "" if kind == "Cf" else sign
        for sign in plain
    )  # fmt: skip
    return " ".join("".join(seen).split())
