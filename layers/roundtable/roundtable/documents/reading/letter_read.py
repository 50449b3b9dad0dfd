"""What a reader of letters hands back: the reading and the images of the pages."""

import unicodedata
from dataclasses import dataclass

from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.reading import PICTURE, LetterReading, Row

MOST_CHARACTERS = 100_000
"""Of a whole letter; with the places of its pieces it then fits the 6 MB of a function's answer."""
MOST_PIECES = 20_000
"""Cells and rows of a whole letter, gaps counted, for the same reason."""

TOO_LONG = "This letter holds more text than we can read. Please upload the letter alone."

_STAND_INS = {"Cc": " ", "Cs": " ", "Cn": "\ufffd", "Co": "\ufffd"}
"""By category: controls and halves of characters show nothing; private ones, nothing known."""


@dataclass(frozen=True)
class LetterRead:
    """A letter that was read, or why it cannot be read."""

    reading: LetterReading
    images: tuple[bytes, ...] = ()
    """JPEG images of the pages, from the first page on without a gap."""


def cleaned(text: str) -> str:
    """Return the text in one line, only of characters that mean the same to everybody."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    # PDFium gives U+0002 for a hyphen at the end of a line.
    spaced = text.replace("\x02", "-").replace(PICTURE, " ")
    return " ".join(
        "".join(_STAND_INS.get(unicodedata.category(letter), letter) for letter in spaced).split()
    )


def refuse_too_long(rows: list[Row]) -> None:
    """Raise UnreadableError where a letter holds more than fits the answer."""
    pieces = len(rows) + sum(len(row.cells) for row in rows)
    characters = sum(len(cell.text) for row in rows for cell in row.cells)
    if pieces > MOST_PIECES or characters > MOST_CHARACTERS:
        raise UnreadableError(TOO_LONG)
