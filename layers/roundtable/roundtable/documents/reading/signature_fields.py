# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""Fields for digital signatures in a PDF: whether they are filled, and where they wait."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from roundtable.documents.reading.sheets import sheet_of
from roundtable.domain.evidence import Place

_MOST_SIGNATURES = 20
_MOST_SIGNATURE_BYTES = 1_000_000
_MOST_NOTES = 200
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_SMALLEST = 4
"""Points of a field that shows."""


def is_signed(document: pypdfium2.PdfDocument) -> bool:
    """Return whether a signature field is filled; one that waits is padded with zeros."""
    for index in range(min(max(pdfium.FPDF_GetSignatureCount(document), 0), _MOST_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(document, index)
        length = pdfium.FPDFSignatureObj_GetContents(signature, None, 0) if signature else 0
        if not 0 < length <= _MOST_SIGNATURE_BYTES:
            continue
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFSignatureObj_GetContents(signature, buffer, length)
        if buffer.raw.strip(b"\0"):
            return True
    return False


def waiting_fields(
    document: pypdfium2.PdfDocument, number: int, *, some_are_filled: bool
) -> Iterator[Place]:
    """Yield where empty signature fields show on a page, before it is flattened.

    PDFium does not tell which field a signature is in. So where some are filled (`is_signed`),
    only a field that has no value at all is known to wait.
    """
    if document.formenv is None or pdfium.FPDF_GetSignatureCount(document) <= 0:
        return
    page = document[number - 1]
    sheet = sheet_of(page)
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        bounds = pdfium.FS_RECTF()
        waits = (
            pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET
            and pdfium.FPDFAnnot_GetFormFieldType(document.formenv, note)
            == pdfium.FPDF_FORMFIELD_SIGNATURE
            and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN
            and (not some_are_filled or _has_no_value(note))
            and pdfium.FPDFAnnot_GetRect(note, bounds)
        )
        pdfium.FPDFPage_CloseAnnot(note)
        area = sheet.on_page(sheet.area((bounds.left, bounds.bottom, bounds.right, bounds.top)))
        if waits and min(area.width, area.height) >= _SMALLEST:
            yield Place(page=number, box=sheet.box(area))
    page.close()


def _has_no_value(note: object) -> bool:
    """Whether a field surely has no value; one without a name of its own may inherit one."""
    return bool(pdfium.FPDFAnnot_HasKey(note, b"T") and not pdfium.FPDFAnnot_HasKey(note, b"V"))
