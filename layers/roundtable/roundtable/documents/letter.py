"""A look into a letter of commitment: can it be read, and who signs it for which organization."""

from collections.abc import Iterable
from pathlib import PurePath

from roundtable.documents import docx, pdf, recognition
from roundtable.documents.docx import OTHER_TYPE, read_docx
from roundtable.documents.pdf import read_pdf
from roundtable.documents.reading import Row
from roundtable.documents.signatures import signatories
from roundtable.documents.unreadable import UnreadableError
from roundtable.domain.documents import LetterEvidence
from roundtable.domain.organizations import names_organization
from roundtable.domain.program import MEGABYTE, Role

MOST_BYTES = 100 * MEGABYTE
"""What no program may exceed; a program's own limit is enforced by the upload slot."""
TOO_LARGE = (
    "This file is {size} MB large; a letter may have up to {most} MB. "
    "Please save it smaller, for example as a PDF, and upload that."
)
NAMED_OTHERWISE = (
    "This file is called {ending} but is {what}. "
    "Please save the letter as a PDF or Word document (.docx) and upload that."
)
_LETTERS_SHARE = 0.5
"""Below this share of letters and digits, the text is what a font without names left of it."""


def look_into_letter(
    content: bytes, *, file_name: str, organization: str, max_bytes: int = MOST_BYTES
) -> LetterEvidence:
    """Return what is found in a letter; whatever the content, no error is raised.

    `characters` is 0 where the text does not say all that is shown: a scan, or a letter with a
    scanned page. `tool` begins with the type of the file by its content, `pdf` or `docx`.
    `roles` are those whose title stands where people sign, `signed` those of them with evidence
    of a signature (request for applications, “Fees and How to Join”).
    """
    try:
        return _look(content, file_name, organization, max_bytes)
    except UnreadableError as error:
        return LetterEvidence(readable=False, problem=str(error), tool=_tool(content))


def _tool(content: bytes) -> str:
    if recognition.is_pdf(content):
        return pdf.TOOL
    return docx.TOOL if recognition.is_zip(content) else ""


def _look(content: bytes, file_name: str, organization: str, max_bytes: int) -> LetterEvidence:
    if not content:
        raise UnreadableError(recognition.EMPTY)
    if len(content) > max_bytes:
        size = -(-len(content) // MEGABYTE)
        raise UnreadableError(TOO_LARGE.format(size=size, most=max_bytes // MEGABYTE))
    if recognition.infected(content):
        raise UnreadableError(recognition.INFECTED)
    if recognition.is_zip(content):
        word = read_docx(content)
        return _evidence(
            word.rows, word.margins, word.digital, organization, tool=docx.TOOL, pages=0, scan=False
        )
    if recognition.is_pdf(content) and not recognition.is_web_page(content):
        read = read_pdf(content)
        return _evidence(
            read.rows, "", read.digital, organization,
            tool=pdf.TOOL, pages=read.pages, scan=read.pictures > 0,
        )  # fmt: skip
    raise UnreadableError(_other_type(content, file_name))


def _other_type(content: bytes, file_name: str) -> str:
    what = recognition.described(content)
    ending = PurePath(file_name).suffix.lower()
    if ending in {".pdf", ".docx"}:
        return NAMED_OTHERWISE.format(ending=ending, what=what)
    return OTHER_TYPE.format(what=what)


def _evidence(
    rows: tuple[Row, ...], margins: str, digital: tuple[bytes, ...], organization: str,
    *, tool: str, pages: int, scan: bool,
) -> LetterEvidence:  # fmt: skip
    text = "\n".join("  ".join(cell.text for cell in row) for row in rows)
    characters = len("".join(text.split()))
    legible = characters > 0 and (
        sum(letter.isalnum() for letter in text) >= _LETTERS_SHARE * characters
    )
    if not legible:
        return LetterEvidence(readable=True, pages=pages, tool=tool)
    found = signatories(rows, organization, digital)
    named = names_organization(f"{margins}\n{text}", organization)
    return LetterEvidence(
        readable=True,
        pages=pages,
        characters=0 if scan else characters,
        roles=_in_order(one.role for one in found),
        signed=_in_order(one.role for one in found if one.signed),
        organization="matched" if named else "not_found" if organization.strip() else "unknown",
        tool=tool,
    )


def _in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    present = set(roles)
    return tuple(role for role in Role if role in present)
