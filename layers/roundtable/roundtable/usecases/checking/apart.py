"""Looking into a file apart from everything else: what runs where strangers' files are parsed.

These use cases reach uploaded files and nothing more. Each imports its parser when it is called:
it lies in the layer of the one function that runs it (docs/adr/0009).
"""

# ruff: noqa: PLC0415 (see above)

import hashlib

from roundtable.domain.documents import Document, preview_key
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.reading import LetterReading
from roundtable.ports import Documents


def read_letter(
    documents: Documents, document: Document, *, max_bytes: int, max_pages: int
) -> LetterReading:
    """Return what stands in a letter, and keep the images of its pages.

    Reading the same content again keeps the images that are there. Raises ValueError for a file
    above `max_bytes`, or that is not the announced one; NotFound; Unavailable.
    """
    from roundtable.documents.reading import letter

    read = letter.read_letter(
        _content(documents, document, max_bytes),
        file_name=document.file_name,
        max_bytes=max_bytes,
        max_pages=max_pages,
    )
    for page, image in enumerate(read.images, start=1):
        documents.store_preview(preview_key(document, page), image)
    return read.reading


def verify_signatures(documents: Documents, document: Document) -> tuple[DigitalSignature, ...]:
    """Return every digital signature of a PDF; none for empty fields.

    Raises ValueError for a file that is not the announced one; NotFound; Unavailable.
    """
    from roundtable.documents.digital import verify_digital_signatures

    return verify_digital_signatures(_content(documents, document, document.size))


def _content(documents: Documents, document: Document, max_bytes: int) -> bytes:
    content = documents.read(document.object_key, document.object_version, max_bytes=max_bytes)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError("the file is not the one that was announced")
    return content
