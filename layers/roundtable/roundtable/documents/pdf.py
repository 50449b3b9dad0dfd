# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""The text of a PDF in rows, its pages that are pictures, its digital signatures."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from roundtable.documents.reading import Cell, Row
from roundtable.documents.unreadable import UnreadableError

TOOL = f"pdf pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
MOST_PAGES = 50
MOST_CHARACTERS = 300_000

_MOST_PIECES = 4_000
"""Pieces of text of a page that are placed one by one; a denser page is read as it flows."""
_MOST_OBJECTS = 5_000
_MOST_SIGNATURES = 20
_MOST_SIGNATURE_BYTES = 1_000_000
_FEW_CHARACTERS = 100
_COVERS = 0.5
"""The share of a page from which a picture on it counts as a scan of the page."""
_COLUMN_GAP = 1.5
_PARAGRAPH_GAP = 1.75
_END_WITHIN = 4096

LOCKED = (
    "This PDF is locked with a password, so nobody here can read it. "
    "Please save it without a password and upload it again."
)
CUT_OFF = (
    "This PDF is cut off: its end is missing. "
    "Please check that it opens on your computer and upload it again."
)
DAMAGED = "This PDF is damaged and cannot be read. Please save it as a new PDF and upload that."
TOO_MANY_PAGES = (
    "This PDF has {pages} pages; a letter may have up to {most}. Please upload the letter alone."
)
TOO_LONG = "This letter holds more text than we can read. Please upload the letter alone."


@dataclass(frozen=True)
class PdfText:
    """What was read from a PDF."""

    rows: tuple[Row, ...]
    pages: int
    pictures: int
    """Pages that show something and whose text cannot, or not surely, be read."""
    digital: tuple[bytes, ...]
    """The contents of the digital signatures, empty fields left out."""


@dataclass(frozen=True)
class _Piece:
    left: float
    right: float
    top: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read_pdf(content: bytes) -> PdfText:
    """Return what stands in a PDF; raises UnreadableError with words for the applicant."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise UnreadableError(LOCKED) from error
        raise UnreadableError(DAMAGED if _ends(content) else CUT_OFF) from error
    with document:
        if not _ends(content):
            raise UnreadableError(CUT_OFF)
        pages = len(document)
        if pages > MOST_PAGES:
            raise UnreadableError(TOO_MANY_PAGES.format(pages=pages, most=MOST_PAGES))
        digital = _digital_signatures(document)
        rows: list[Row] = []
        pictures = characters = 0
        for number in range(pages):
            try:
                page_rows, picture = _read_page(document, number)
            except pypdfium2.PdfiumError as error:
                raise UnreadableError(DAMAGED) from error
            characters += sum(len(cell.text) for row in page_rows for cell in row)
            if characters > MOST_CHARACTERS:
                raise UnreadableError(TOO_LONG)
            rows += [*page_rows, ()]
            pictures += picture
    return PdfText(rows=tuple(rows), pages=pages, pictures=pictures, digital=digital)


def _ends(content: bytes) -> bool:
    """Whether the end mark of a PDF is where it belongs; a file cut off has none there."""
    return b"%%EOF" in content.rstrip(b"\0\r\n\t ")[-_END_WITHIN:]


def _digital_signatures(document: pypdfium2.PdfDocument) -> tuple[bytes, ...]:
    found: list[bytes] = []
    count = pdfium.FPDF_GetSignatureCount(document)
    for index in range(min(max(count, 0), _MOST_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(document, index)
        length = pdfium.FPDFSignatureObj_GetContents(signature, None, 0) if signature else 0
        if not 0 < length <= _MOST_SIGNATURE_BYTES:
            continue
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFSignatureObj_GetContents(signature, buffer, length)
        # A field that waits for its signature is padded with zeros.
        contents = buffer.raw.rstrip(b"\0")
        if contents:
            found.append(contents)
    return tuple(found)


def _read_page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[Row], bool]:
    page = document[number]
    # What was filled into fields and notes becomes part of the page's text.
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    text = page.get_textpage()
    pieces = _pieces(text)
    if pieces is None:
        plain = text.get_text_bounded()
        rows: list[Row] = [(Cell(0, line),) if line.strip() else () for line in plain.splitlines()]
    else:
        rows = _rows(pieces)
    characters = sum(len(cell.text) for row in rows for cell in row)
    picture = _is_picture(page, characters)
    text.close()
    page.close()
    return rows, picture


def _pieces(text: pypdfium2.PdfTextPage) -> list[_Piece] | None:
    count = text.count_rects()
    if count > _MOST_PIECES:
        return None
    pieces: list[_Piece] = []
    for index in range(count):
        left, bottom, right, top = text.get_rect(index)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        if words:
            pieces.append(_Piece(left, right, top, bottom, words))
    return pieces


def _rows(pieces: Iterable[_Piece]) -> list[Row]:
    """Return the pieces in rows from top to bottom, an empty row for each wider gap."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda item: -item.middle):
        last = lines[-1] if lines else []
        if last and abs(last[0].middle - piece.middle) < min(last[0].height, piece.height) / 2:
            last.append(piece)
        else:
            lines.append([piece])
    pitches = [above[0].middle - below[0].middle for above, below in pairwise(lines)]
    rows: list[Row] = []
    for index, line in enumerate(lines):
        if index:
            near = pitches[max(0, index - 9) : index + 8]
            height = median(piece.height for piece in line)
            if pitches[index - 1] > _PARAGRAPH_GAP * max(min(near), height):
                rows.append(())
        rows.append(_cells(sorted(line, key=lambda item: item.left)))
    return rows


def _cells(line: list[_Piece]) -> Row:
    groups: list[list[_Piece]] = []
    for piece in line:
        if groups and piece.left - groups[-1][-1].right < _COLUMN_GAP * piece.height:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(
        Cell((group[0].left + group[-1].right) / 2, " ".join(piece.text for piece in group))
        for group in groups
    )


def _is_picture(page: pypdfium2.PdfPage, characters: int) -> bool:
    """Whether a page shows what its text does not say: a scan, or a scan with guessed text."""
    width, height = page.get_size()
    shows = covered = guessed = False
    for item in islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            guessed = guessed or (
                pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            )
            continue
        shows = True
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and not covered:
            try:
                left, bottom, right, top = item.get_bounds()
            except pypdfium2.PdfiumError:
                continue
            covered = (right - left) * (top - bottom) > _COVERS * width * height
    if characters == 0:
        return shows
    return covered and (guessed or characters < _FEW_CHARACTERS)
