"""What a file is by its content, whatever its name says, in words an applicant understands."""

import re

import filetype  # pyright: ignore[reportMissingTypeStubs]

from roundtable.domain.program import LetterFormat

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The string by which virus scanners are tested; in two parts, so that none removes this file."""

EMPTY = "This file is empty: it holds 0 bytes. Please upload it again."

NOT_A_LETTER = (
    "This file is {what}, not a letter in PDF, Word (.docx), JPEG, PNG, TIFF or HEIC. "
    "Please save it as a PDF and upload that."
)

_LETTERS: dict[str, LetterFormat] = {
    "image/jpeg": "jpeg", "image/png": "png", "image/tiff": "tiff", "image/heic": "heic"
}  # fmt: skip
_WEB_PAGE = re.compile(
    rb"(?is)^(?>(?:<!--.*?-->|<\?xml[^>]*>|\s)*)<(?:!doctype\s+html|html|head|body)"
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1024
"""A PDF may have this many bytes of something else before its header."""
_HEAD = 8192
_RTF = b"{\\rtf"
_MOST_BYTES_OF_A_CHARACTER = 4


def infected(content: bytes) -> bool:
    """Return whether the test string for virus scanners is in the content."""
    return EICAR in content


def is_web_page(content: bytes) -> bool:
    """Return whether the content begins as an HTML page does."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    return _WEB_PAGE.match(head) is not None


def is_pdf(content: bytes) -> bool:
    """Return whether the content has a PDF's header, where PDF readers look for it."""
    return b"%PDF-" in content[:_PDF_WITHIN]


def is_zip(content: bytes) -> bool:
    """Return whether the content begins as a ZIP does, which a DOCX is."""
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def letter_format(content: bytes) -> LetterFormat | None:
    """Return in which of the formats of letters the content is; None for any other file.

    Each ZIP counts as a DOCX: what it is instead is found when it is opened.
    """
    if is_zip(content):
        return "docx"
    if is_pdf(content) and not is_web_page(content):
        return "pdf"
    return _LETTERS.get(mime_type(content))


def mime_type(head: bytes) -> str:
    """Return the media type by the first bytes; empty where they tell none."""
    kind = filetype.guess(head[:_HEAD])  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return str(kind.mime) if kind is not None else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def described(content: bytes) -> str:
    """Return what the content is, for a sentence such as "This file is …"."""
    for holds, words in (
        (is_web_page, "a web page"),
        (is_pdf, "a PDF"),
        (_is_text, "a plain text"),
    ):
        if holds(content):
            return words
    if content.startswith(_OLD_OFFICE):
        locked = _LOCKED_OFFICE in content
        return "locked with a password" if locked else "an older Word, Excel or PowerPoint file"
    mime = mime_type(content)
    for start, words in (
        ("video/", "a video"),
        ("image/", "a picture"),
        ("audio/", "a sound recording"),
        ("application/zip", "a ZIP archive"),
        ("application/rtf", "an RTF text"),
        ("application/", "a file of another type"),
    ):
        if mime.startswith(start):
            return words
    return "a file of a type that we do not know"


def _is_text(content: bytes) -> bool:
    """Whether the content begins with readable text; a character may be cut at the end."""
    head = content[:_HEAD]
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - _MOST_BYTES_OF_A_CHARACTER:
            return False
        text = head[: error.start].decode("utf-8")
    return not head.startswith(_RTF) and all(
        letter.isprintable() or letter.isspace() for letter in text.removeprefix("\ufeff")
    )
