"""Reads a letter of commitment, whatever file it is said to be."""

from pathlib import PurePath

from roundtable.documents.reading import recognition
from roundtable.documents.reading.docx import read_docx
from roundtable.documents.reading.images import read_image
from roundtable.documents.reading.letter_read import LetterRead
from roundtable.documents.reading.pdf import read_pdf
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.program import MEGABYTE, LetterFormat
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.reading import LetterReading

__all__ = ["LetterRead", "read_letter"]

TOO_LARGE = (
    "This file is {size} MB large; a letter may have up to {most} MB. "
    "Please save it smaller, for example as a PDF, and upload that."
)
NAMED_OTHERWISE = (
    "This file is called {ending} but is {what}. "
    "Please save the letter as a PDF or Word document (.docx) and upload that."
)
_ENDINGS = {".pdf", ".docx", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"}


def read_letter(content: bytes, *, file_name: str, max_bytes: int, max_pages: int) -> LetterRead:
    """Return what stands in a letter and the images of its pages; no judgement.

    The format is that of the content, whatever the name says. Why a file cannot be read is told
    in `reading.problem`, in words an applicant can act on; no content is an error.
    """
    try:
        _refuse_beforehand(content, max_bytes)
        return _read(content, recognition.letter_format(content), file_name, max_pages)
    except UnreadableError as error:
        return LetterRead(LetterReading(problem=str(error)))


def _read(content: bytes, found: LetterFormat | None, file_name: str, max_pages: int) -> LetterRead:
    if found is None:
        raise UnreadableError(_other_type(content, file_name))
    if found == "pdf":
        return read_pdf(content, max_pages=max_pages)
    if found == "docx":
        return read_docx(content, max_pages=max_pages)
    return read_image(content, format=found, max_pages=max_pages)


def _refuse_beforehand(content: bytes, max_bytes: int) -> None:
    if not content:
        raise UnreadableError(recognition.EMPTY)
    if len(content) > max_bytes:
        size = -(-len(content) // MEGABYTE)
        raise UnreadableError(TOO_LARGE.format(size=size, most=max_bytes // MEGABYTE))
    if recognition.infected(content):
        raise UnreadableError(INFECTED)


def _other_type(content: bytes, file_name: str) -> str:
    what = recognition.described(content)
    ending = PurePath(file_name).suffix.lower()
    if ending in _ENDINGS:
        return NAMED_OTHERWISE.format(ending=ending, what=what)
    return recognition.NOT_A_LETTER.format(what=what)
