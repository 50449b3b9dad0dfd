"""What a reader gives of a letter: its text in rows and where it stands. No judgement."""

from typing import Literal

from pydantic import Field

from roundtable.domain.evidence import Box, Place
from roundtable.domain.model import Record
from roundtable.domain.program import LetterFormat

PICTURE = "\ufffc"
"""The only text of a cell that stands where a picture or drawing is in the flow of a DOCX, which
has no places (the object replacement character of Unicode). No other cell has it in its text."""

MOST_MARKS = 20
"""Places of ink that a reader tells of a letter; where it tells as many, there may be more."""
LONGEST_FONT = 40
"""Characters of a font's name that are told."""


class Cell(Record):
    """A piece of text beside others in a row, or the mark of a picture."""

    text: str
    x: float
    """Its place from the left, in any unit that is the same for the whole letter."""
    box: Box | None = None
    """Where it stands on its page; None where the format has no fixed pages."""
    font: str = ""
    """The family of the font that all of it is set in, such as `Calibri`, with ` italic` behind it
    where the letters lean; bold counts as plain. Empty where it is not known, not one, or where
    more text like it tells the same."""


class Row(Record):
    """One line of a page or of a table; no cells for a gap between paragraphs."""

    cells: tuple[Cell, ...] = ()
    page: int = Field(default=1, ge=1)


class LetterReading(Record):
    """One letter as it was read, in its own small function."""

    problem: str = ""
    """Why it cannot be read, in words an applicant can act on; nothing else is told then."""
    format: LetterFormat | None = None
    pages: int = 0
    """0 where the format has no fixed pages (DOCX)."""
    rows: tuple[Row, ...] = ()
    margins: str = ""
    """The text of headers and footers that are no part of the rows (DOCX)."""
    scanned: tuple[int, ...] = ()
    """Pages (from 1) that show something whose text cannot, or not surely, be read."""
    ink: tuple[Place, ...] = ()
    """Where something is drawn that may be a signature: pictures and strokes, no text."""
    waiting: tuple[Place, ...] = ()
    """Where fields for digital signatures show that nobody filled; what is written or drawn there
    is told, too."""
    digital: Literal["none", "pdf", "docx"] = "none"
    """Whether it carries digital signatures, empty fields not counted; a PDF's can be verified."""
    signers: tuple[str, ...] = ()
    """Names in the certificates of digital signatures that cannot be verified (DOCX)."""
    remarks: tuple[str, ...] = ()
    """What a person who looks at the letter should know of the file, such as files attached to it
    that nobody opened. They change no verdict."""
    previews: int = 0
    """How many page images were made, from the first page on."""
    tool: str = ""
    """The reader and its version, such as `pypdfium2 5.15`."""


class DetectedPage(Record):
    """What a service that recognizes text and signatures found on one page image."""

    page: int = Field(ge=1)
    rows: tuple[Row, ...] = ()
    signatures: tuple[Box, ...] = ()
    """Only those that the service is confident of."""


class Detection(Record):
    """What such a service found in a letter."""

    pages: tuple[DetectedPage, ...]
    tool: str
