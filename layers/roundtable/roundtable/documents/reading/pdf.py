# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""A letter that is a PDF: its text, its scanned pages, its marks, the images of its pages."""

import ctypes
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from roundtable.documents.reading.images import blank
from roundtable.documents.reading.ink import marks
from roundtable.documents.reading.letter_read import LetterRead, refuse_too_long
from roundtable.documents.reading.pdf_text import rows_of
from roundtable.documents.reading.previews import (
    SHORT_SIDE_OF_PICTURE,
    SHORT_SIDE_OF_TEXT,
    as_jpeg,
    scale_for,
    shows_nothing,
    shows_text_at,
)
from roundtable.documents.reading.scans import is_unread
from roundtable.documents.reading.sheets import Item, items_on, sheet_of
from roundtable.documents.reading.signature_fields import is_signed, waiting_fields
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.evidence import Place
from roundtable.domain.reading import MOST_MARKS, LetterReading, Row

MOST_MEGAPIXELS = 100
"""Of one picture on a page: tabloid paper at 600 dots an inch has 67."""
MOST_SECONDS = 15.0
"""For the page images; a letter whose pages take longer is read without the later ones, well
before the function that reads it ends (30 seconds)."""

_END_WITHIN = 4096
_MOST_NOTES = 200
_UNSEEN_NOTES = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}
_TINY = 0.001

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
TOO_MANY_PIXELS = (
    f"A page of this PDF holds a picture of more than {MOST_MEGAPIXELS} megapixels. "
    "Please scan or save it smaller (300 dots an inch are enough) and upload that."
)
ONLY_ADOBE = (
    "This PDF is a form that only Adobe's programs show. "
    "Please print it to a new PDF and upload that."
)
ATTACHMENTS = (
    "Other files are attached to this PDF. Nobody opened them, and they do not count as a letter."
)
SCRIPTS = "This PDF holds scripts. They were not run; the page images show it without them."
UNSEEN = "This PDF holds text that cannot be seen on its pages. It was left out."
IMAGES_END = "The page images end after page {last}; the later pages could not be drawn in time."


@dataclass
class _Pages:
    """What was gathered so far, page after page."""

    rows: list[Row] = field(default_factory=list[Row])
    scanned: list[int] = field(default_factory=list[int])
    ink: list[Place] = field(default_factory=list[Place])
    waiting: list[Place] = field(default_factory=list[Place])
    images: list[bytes] = field(default_factory=list[bytes])
    show_something: bool = False
    hold_unseen_text: bool = False


def read_pdf(
    content: bytes, *, max_pages: int, clock: Callable[[], float] = time.monotonic
) -> LetterRead:
    """Return what stands in a PDF; raises UnreadableError with words for the applicant.

    Nothing in the file is run or opened: PDFium is built without a machine for scripts, and it
    ignores what a page asks for when it is opened. Scripts of forms are common and harmless, and
    what is attached adds nothing to the pages that people sign; so neither changes the verdict,
    and both are remarks for those who look.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise UnreadableError(LOCKED) from error
        raise UnreadableError(DAMAGED if _ends(content) else CUT_OFF) from error
    with document:
        if not _ends(content):
            raise UnreadableError(CUT_OFF)
        if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
            raise UnreadableError(ONLY_ADOBE)
        # Fields that were filled without drawing what was filled in are drawn.
        document.init_forms()
        count = len(document)
        if count > max_pages:
            raise UnreadableError(TOO_MANY_PAGES.format(pages=count, most=max_pages))
        remarks = _remarks(document, content)
        digital = is_signed(document)
        pages, ends = _Pages(), clock() + MOST_SECONDS
        for number in range(1, count + 1):
            try:
                draws = len(pages.images) == number - 1 and clock() < ends
                pages.waiting += waiting_fields(document, number, some_are_filled=digital)
                _read_page(document, number, pages, draws=draws)
            except pypdfium2.PdfiumError as error:
                raise UnreadableError(DAMAGED) from error
            refuse_too_long(pages.rows)
    if not pages.show_something:
        raise UnreadableError(blank(count) if count else DAMAGED)
    if pages.hold_unseen_text:
        remarks.append(UNSEEN)
    if len(pages.images) < count:
        remarks.append(IMAGES_END.format(last=len(pages.images)))
    reading = LetterReading(
        format="pdf",
        pages=count,
        rows=tuple(pages.rows),
        scanned=tuple(pages.scanned),
        ink=tuple(pages.ink[:MOST_MARKS]),
        waiting=tuple(pages.waiting[:MOST_MARKS]),
        digital="pdf" if digital else "none",
        remarks=tuple(remarks),
        previews=len(pages.images),
        tool=f"pypdfium2 {version('pypdfium2')}",
    )
    return LetterRead(reading, tuple(pages.images))


def _ends(content: bytes) -> bool:
    """Whether the end mark of a PDF is where it belongs; a file cut off has none there."""
    return b"%%EOF" in content.rstrip(b"\0\r\n\t ")[-_END_WITHIN:]


def _remarks(document: pypdfium2.PdfDocument, content: bytes) -> list[str]:
    remarks: list[str] = []
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        remarks.append(ATTACHMENTS)
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or b"/JavaScript" in content:
        remarks.append(SCRIPTS)
    return remarks


def _read_page(document: pypdfium2.PdfDocument, number: int, pages: _Pages, *, draws: bool) -> None:
    page = document[number - 1]
    if _has_undrawn_notes(page):
        # PDFium draws what a note lacks when it shows the page, however small.
        page.render(scale=_TINY)  # pyright: ignore[reportArgumentType] (a float, as its docstring says)
    # What was filled into fields, stamped or noted becomes part of the page.
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number - 1]
    sheet = sheet_of(page)
    items = list(items_on(page, sheet))
    _refuse_floods(items)
    text = page.get_textpage()
    rows = rows_of(text, sheet, page=number)
    text.close()
    words = "".join(cell.text for row in rows for cell in row.cells).replace(" ", "")
    unread = is_unread(items, sheet, words)
    image = _image(page, picture=unread) if draws else None
    if image is not None:
        pages.images.append(as_jpeg(image))
        unread = unread and not shows_nothing(image)
        rows = _seen(rows, image, pages)
    if unread:
        pages.scanned.append(number)
    else:
        pages.ink += [
            Place(page=number, box=sheet.box(area))
            for area in marks(items, sheet, first_page=number == 1)
        ]
    # What is drawn on it belongs to the page, and may not be asked for later.
    page.close()
    pages.rows += [*rows, Row(page=number)]
    pages.show_something |= unread or any(row.cells for row in rows)


def _has_undrawn_notes(page: pypdfium2.PdfPage) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        undrawn = pdfium.FPDFAnnot_GetSubtype(
            note
        ) not in _UNSEEN_NOTES and not pdfium.FPDFAnnot_HasKey(note, b"AP")
        pdfium.FPDFPage_CloseAnnot(note)
        if undrawn:
            return True
    return False


def _seen(rows: list[Row], image: Image.Image, pages: _Pages) -> list[Row]:
    """Return the rows without text that nobody sees on the page, such as white on white."""
    seen: list[Row] = []
    for row in rows:
        cells = tuple(
            cell for cell in row.cells if cell.box is None or shows_text_at(image, cell.box)
        )
        pages.hold_unseen_text |= len(cells) < len(row.cells)
        seen.append(row if len(cells) == len(row.cells) else Row(cells=cells, page=row.page))
    return seen


def _refuse_floods(items: Sequence[Item]) -> None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for item in items:
        if (
            item.kind == pdfium.FPDF_PAGEOBJ_IMAGE
            and pdfium.FPDFImageObj_GetImagePixelSize(item.raw, width, height)
            and width.value * height.value > MOST_MEGAPIXELS * 1_000_000
        ):
            raise UnreadableError(TOO_MANY_PIXELS)


def _image(page: pypdfium2.PdfPage, *, picture: bool) -> Image.Image | None:
    short_side = SHORT_SIDE_OF_PICTURE if picture else SHORT_SIDE_OF_TEXT
    scale = scale_for(page.get_size(), short_side=short_side)
    try:
        bitmap = page.render(
            scale=scale,  # pyright: ignore[reportArgumentType] (a float, as its docstring says)
            rev_byteorder=True,
            limit_image_cache=True,
        )
        image: Image.Image = bitmap.to_pil()
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None
    return image
