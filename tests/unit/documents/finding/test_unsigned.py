from typing import Any

import pytest

from roundtable.documents.finding.findings import find_in_letter
from roundtable.documents.reading.pdf import read_pdf
from roundtable.domain.evidence import Box, DigitalSignature, Place, SignatureKind
from roundtable.domain.program import Role
from roundtable.domain.reading import LetterReading
from tests.corpus.making.raw_pdf import assembled, stream
from tests.factories import make_reading

CEO, CHAIR = Role.CEO, Role.BOARD_CHAIR
BODY = """St. Mary's Hospital

October 3, 2022

Dear Selection Committee,

We are writing to confirm that our hospital is committed to Pursuing Equity this year.

"""
NAMES = "Sincerely,\n\n\nJane Doe\nCEO\n\n\nJohn Roe\nBoard Chair"
"""After BODY, Jane Doe stands from 30 % on, John Roe from 38 % on."""
JANE = "Sincerely,\n\n\nJane Doe\nCEO"


def unsigned(text: str, signatures: tuple[DigitalSignature, ...] = (), **changes: Any) -> set[Role]:
    reading: LetterReading = make_reading(BODY + text, **({"font": "Arial"} | changes))
    evidence = find_in_letter(
        reading, organization="St. Mary's Hospital", about=("Equity",), digital=signatures
    )
    return {found.role for found in evidence.roles if found.unsigned}


def places(*boxes: tuple[float, float, float, float]) -> tuple[Place, ...]:
    return tuple(
        Place(page=1, box=Box(left=left, top=top, right=right, bottom=bottom))
        for left, top, right, bottom in boxes
    )


@pytest.mark.parametrize(
    "text",
    [
        JANE,
        "Respectfully submitted,\n\nJane Doe, MD\nPresident and CEO\nSt. Mary's Hospital",
        "Very Truly Yours,\n\nJane Doe\nCEO\n(555) 010-0199\njdoe@example.org",
        "Sincerely,\n\nJane Doe\n{Arial italic} CEO",
        "Sincerely,\n\n{Arial italic} Jane Doe\n{Arial italic} CEO",
        "Sincerely,\n\nJane Doe\n{Georgia} CEO",
        "Sincerely,\n\nJane Doe, CEO\ncc: the team",
        "Sincerely,\n\nJane Doe\nCEO\n\nAnn Poe\nChief Medical Officer",
    ],
)
def test_unsigned_is_sure_where_names_are_printed_and_nothing_else_stands(text: str) -> None:
    assert unsigned(text) == {CEO}


def test_unsigned_is_sure_of_each_person_beside_others() -> None:
    assert unsigned(NAMES) == {CEO, CHAIR}
    assert unsigned("/s/ Jane Doe\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair") == {CHAIR}
    assert unsigned("Sincerely,\n/s/ Jane Doe | ________\nJane Doe | John Roe\nCEO | Board Chair"
                    ) == {CHAIR}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Sincerely,\n\n{Brush Script} Jane Doe\nCEO",
        "Sincerely,\n\n{Brush Script} Jane Doe\n{Brush Script} CEO",
        "Sincerely,\n\n{Arial italic} Jane Doe\nCEO",
        "Sincerely,\n\n{Brush Script} Jane Doe, CEO",
        "Sincerely,\n\n{Brush Script} Jane Doe\nJane Doe\nCEO",
        "Sincerely,\n\nJane Doe\nJane Doe\nCEO",
        "Best, Jane\n\nJane Doe\nCEO",
        "Signed,\n\nJane Doe\nCEO",
        "Signature: Jane Doe\nTitle: CEO",
        "Sincerely,\n\nJD\nJane Doe\nCEO",
        "Sincerely,\n\nJane Doe | JD\nCEO",
        "Sincerely,\n\nJane Doe\nCEO\nJ. Doe",
        "Sincerely,\n\n\ufffd\nJane Doe\nCEO",
        "Sincerely,\n\n\ufffc\nJane Doe\nCEO",
        "Sincerely,\n\nAnn Poe\n\nJane Doe\nCEO",
        "By typing my name below I sign this letter.\nSincerely,\n\nJane Doe\nCEO",
        "Electronically signed by:\n\nJane Doe\nCEO",
        "Sincerely,\n\nCEO",
        "DRAFT\nSincerely,\n\nJane Doe\nCEO",
        "Sincerely,\n\nJane Doe\nInterim CEO",
    ],
)
def test_unsigned_leaves_to_a_person_what_could_be_a_signature(text: str) -> None:
    assert unsigned(text) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"font": ""},
        {"font": "Lucida Handwriting"},
        {"remarks": ("Other files are attached to this PDF.",)},
        {"scanned": (1,)},
        {"scanned": (2,), "pages": 2},
        {"ink": places((0.5, 0.7, 0.7, 0.75))},
        {"ink": places((0.12, 0.27, 0.3, 0.295))},
        {"digital": "pdf"},
        {"digital": "docx", "signers": ("Jane Doe",)},
    ],
)
def test_unsigned_leaves_to_a_person_files_that_hold_more(changes: dict[str, Any]) -> None:
    assert unsigned(JANE, **changes) == set()


def test_unsigned_with_a_picture_in_the_letterhead_is_sure() -> None:
    assert unsigned(JANE, ink=places((0.4, 0.01, 0.6, 0.07))) == {CEO}


@pytest.mark.parametrize(
    ("signatures", "roles"),
    [
        ((("Jane Doe", "valid"),), {CHAIR}),
        ((("Jane Doe", "unverified"),), set[Role]()),
        ((("Jane Doe", "valid"), ("Ann Poe", "valid")), set[Role]()),
        ((("Jane Doe", "valid"), ("", "valid")), set[Role]()),
    ],
)
def test_unsigned_beside_the_valid_digital_signatures_of_others_is_sure(
    signatures: tuple[tuple[str, str], ...], roles: set[Role]
) -> None:
    digital = tuple(
        DigitalSignature.model_validate({"signer": name, "state": state})
        for name, state in signatures
    )
    assert unsigned(NAMES, digital, digital="pdf") == roles


@pytest.mark.parametrize("pages", [0, 1])
def test_unsigned_in_a_document_of_one_font_is_sure(pages: int) -> None:
    assert unsigned(NAMES, pages=pages) == {CEO, CHAIR}


def test_unsigned_where_an_empty_field_waits_whatever_the_font() -> None:
    field = places((0.12, 0.25, 0.4, 0.295))
    assert unsigned(JANE, waiting=field, font="") == {CEO}
    assert unsigned(JANE, waiting=places((0.12, 0.8, 0.4, 0.9)), font="") == set()


def test_unsigned_with_a_name_written_into_the_waiting_field_is_not_sure() -> None:
    field = places((0.12, 0.25, 0.4, 0.295))
    assert unsigned("Sincerely,\n\n{Vivaldi} Jane Doe\nJane Doe\nCEO", waiting=field) == set()


def test_unsigned_with_what_a_prepared_field_shows_is_sure() -> None:
    text = f"{JANE}\n\n\nDigitally signed by\nJane Doe\n2022-09-28"
    assert unsigned(text) == set()
    assert unsigned(text, waiting=places((0.1, 0.37, 0.5, 0.48))) == {CEO}


def test_unsigned_is_nobody_who_signed() -> None:
    reading = make_reading(BODY + "/s/ Jane Doe\nJane Doe\nCEO", font="Arial")
    (found,) = find_in_letter(reading, organization="", about=()).roles
    assert (found.signature, found.unsigned) == (SignatureKind.TYPED, False)


BASE = ("Times-Roman", "Times-Italic", "Times-Bold", "Lucida-Handwriting")


def read_unsigned(name_font: int, title_font: int = 1, more: bytes = b"") -> set[Role]:
    """Whether it is sure, of a PDF with a name and a title set in these fonts (from 1)."""
    fonts = b" ".join(
        b"/F%d << /Type /Font /Subtype /Type1 /BaseFont /%s >>" % (at, name.encode())
        for at, name in enumerate(BASE, 1)
    )
    lines = [
        (1, b"We are writing to confirm that our hospital is committed to Pursuing Equity."),
        (1, b"It will give its team the time that this work needs, and will remove obstacles."),
        (1, b"Sincerely,"), (name_font, b"Jane Doe"), (title_font, b"CEO"),
    ]  # fmt: skip
    drawing = b"".join(
        b"BT /F%d 11 Tf 72 %d Td (%s) Tj ET " % (font, 700 - 15 * at - 40 * (at > 2), words)
        for at, (font, words) in enumerate(lines)
    )
    content = assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << %s >> /Shading << /S "
        b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [72 640 200 640] /Function "
        b"<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0.5] /N 1 >> >> >> >> >>" % fonts,
        stream(drawing + more),
    )
    evidence = find_in_letter(read_pdf(content, max_pages=1).reading, organization="", about=())
    return {found.role for found in evidence.roles if found.unsigned}


@pytest.mark.parametrize("fonts", [(1, 1), (3, 1), (1, 2), (2, 2)])
def test_unsigned_of_a_pdf_with_a_printed_name_is_sure(fonts: tuple[int, int]) -> None:
    assert read_unsigned(*fonts) == {CEO}


@pytest.mark.parametrize("fonts", [(4, 1), (4, 4), (2, 1)])
def test_unsigned_of_a_pdf_with_a_name_like_handwriting_is_not_sure(
    fonts: tuple[int, int],
) -> None:
    assert read_unsigned(*fonts) == set()


@pytest.mark.parametrize(
    "drawn",
    [
        b"72 625 m 90 650 100 620 130 640 c S",
        b"72 625 m 90 640 l 100 622 l 130 640 l S",
        b"q 72 620 100 25 re W n /S sh Q",
        b" ".join(b"%d %d 2 2 re f" % (72 + 2 * at, 620 + at * at % 9) for at in range(40)),
        b"72 620 m "
        + b" ".join(b"%d 620 l %d 628 l" % (72 + 2 * at, 72 + 2 * at) for at in range(20))
        + b" S",
        b"BT /F1 11 Tf 72 630 Td (\x01\x02\x03) Tj ET",
        b"BT /F4 11 Tf 250 615 Td (JD) Tj ET",
    ],
    ids=["curves", "slants", "shading", "dots", "steps", "signs without names", "initials beside"],
)
def test_unsigned_of_a_pdf_with_something_drawn_is_not_sure(drawn: bytes) -> None:
    assert read_unsigned(1, 1, drawn) == set()
