# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# (pypdfium2 carries no types.)
import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import docx.document
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.rehearsal import files
from roundtable.documents.docx import TOOL as DOCX
from roundtable.documents.letter import look_into_letter
from roundtable.documents.pdf import TOOL as PDF
from roundtable.domain.documents import LetterEvidence
from roundtable.domain.program import Role

ORGANIZATION = "St. Mary's Hospital"
BOTH = (Role.CEO, Role.BOARD_CHAIR)


def look(
    content: bytes, name: str = "letter.pdf", organization: str = ORGANIZATION
) -> LetterEvidence:
    return look_into_letter(content, file_name=name, organization=organization)


def docx_from(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def digitally_signed_pdf(contents: bytes) -> bytes:
    """A minimal PDF with one signature field; the signature's contents are not checked here."""
    text = (
        b"BT /F1 11 Tf 14 TL 72 700 Td (Sincerely,) Tj T* (Jane Doe) Tj T* (CEO) Tj T* "
        b"(St. Mary's Hospital) Tj ET"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(one)/Rect[0 0 0 0]/P 3 0 R/V<</Type/Sig"
        b"/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]"
        b"/Contents<%s>>>>>" % contents.hex().encode(),
    ]
    body = b"%PDF-1.7\n"
    places: list[int] = []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


@pytest.mark.scenario(9)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", [False, True])
def test_letter_signed_by_both_roles(seed: int, *, columns: bool) -> None:
    pdf = look(files.letter_pdf(ORGANIZATION, seed=seed, columns=columns))
    assert pdf.with_(characters=1) == LetterEvidence(
        readable=True, pages=1, characters=1, roles=BOTH, signed=BOTH,
        organization="matched", tool=PDF,
    )  # fmt: skip
    word = look(files.letter_docx(ORGANIZATION, seed=seed, columns=columns), "letter.docx")
    assert word == pdf.with_(pages=0, tool=DOCX)


@pytest.mark.scenario(9)
@pytest.mark.parametrize("make", [files.letter_pdf, files.letter_docx])
def test_letter_without_the_board_chair_names_the_ceo_alone(make: Callable[..., bytes]) -> None:
    evidence = look(make(ORGANIZATION, [Role.CEO]))
    assert (evidence.roles, evidence.signed) == ((Role.CEO,), (Role.CEO,))


@pytest.mark.parametrize("make", [files.letter_pdf, files.letter_docx])
def test_letter_with_empty_signature_lines_is_not_signed(make: Callable[..., bytes]) -> None:
    evidence = look(make(ORGANIZATION, signature="none"))
    assert (evidence.roles, evidence.signed) == (BOTH, ())


def test_letter_of_another_organization() -> None:
    letter = files.letter_pdf("Lakeside Clinic")
    assert look(letter).organization == "not_found"
    assert look(letter, organization="").organization == "unknown"
    assert look(letter, organization="Lakeside").organization == "matched"


def test_letter_that_is_a_scan_is_left_to_a_person() -> None:
    assert look(files.letter_pdf(ORGANIZATION, scan=True)) == LetterEvidence(
        readable=True, pages=1, characters=0, tool=PDF
    )


def test_letter_with_a_scanned_page_is_left_to_a_person() -> None:
    letter = pypdfium2.PdfDocument(files.letter_pdf(ORGANIZATION, [Role.CEO]))
    with pypdfium2.PdfDocument(files.letter_pdf(ORGANIZATION, scan=True)) as scan:
        letter.import_pages(scan)
    buffer = BytesIO()
    letter.save(buffer)
    letter.close()
    evidence = look(buffer.getvalue())
    assert (evidence.pages, evidence.characters, evidence.signed) == (2, 0, (Role.CEO,))


def test_letter_with_a_digital_signature() -> None:
    name = b"\x06\x03\x55\x04\x03\x0c\x08Jane Doe"
    signed = look(digitally_signed_pdf(b"0\x20" + name + bytes(64)))
    assert (signed.roles, signed.signed) == ((Role.CEO,), (Role.CEO,))
    empty = look(digitally_signed_pdf(bytes(64)))
    assert (empty.roles, empty.signed) == ((Role.CEO,), ())
    other = look(digitally_signed_pdf(b"0\x20" + name.replace(b"Jane Doe", b"Mark Poe")))
    assert (other.roles, other.signed) == ((Role.CEO,), ())


def test_letter_docx_with_the_organization_in_its_header() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Saint Marys Hospital"
    document.add_paragraph("Sincerely,")
    block = document.add_paragraph("/s/ Jane Doe")
    block.add_run().add_break()
    block.add_run("Jane Doe")
    block.add_run().add_break()
    block.add_run("Chief Executive Officer")
    evidence = look(saved(document), "letter.docx")
    assert (evidence.organization, evidence.signed) == ("matched", (Role.CEO,))


def test_letter_docx_without_text_is_left_to_a_person() -> None:
    assert look(docx_from(), "letter.docx") == LetterEvidence(readable=True, tool=DOCX)


LETTER = files.letter_pdf(ORGANIZATION)
WORD = files.letter_docx(ORGANIZATION)


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "letter.pdf", "This file is empty: it holds 0 bytes."),
        (files.web_page(), "letter.pdf", "This file is called .pdf but is a web page."),
        (b"\n<!-- a -->\n<html>", "a.docx", "This file is called .docx but is a web page."),
        (files.infected(), "letter.pdf", "This file was recognized as infected with a virus"),
        (LETTER + files.infected(), "letter.pdf", "This file was recognized as infected"),
        (files.letter_pdf(ORGANIZATION, password="secret"), "letter.pdf",
         "This PDF is locked with a password"),
        (files.truncated(LETTER), "letter.pdf", "This PDF is cut off"),
        (files.truncated(LETTER, 0.1), "letter.pdf", "This PDF is cut off"),
        (b"%PDF-1.7\nnothing\n%%EOF\n", "letter.pdf", "This PDF is damaged"),
        (files.letter_pdf(ORGANIZATION, pages=51), "letter.pdf",
         "This PDF has 51 pages; a letter may have up to 50."),
        (files.truncated(WORD), "letter.docx", "This Word document is damaged"),
        (files.zip_bomb_docx(), "letter.docx", "This Word document unpacks to far more"),
        (zipped({"a.txt": b"a"}), "letter.docx", "This file is a ZIP archive, not a letter"),
        (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "letter.docx",
         "This file is an Excel workbook, not a letter"),
        (zipped({"[Content_Types].xml": b"<a/>", "word/vbaProject.bin": b""}), "letter.docx",
         "This Word document holds macros."),
        (zipped({"[Content_Types].xml": b"<a/>", "word/a.bin": files.infected()}), "letter.docx",
         "This file was recognized as infected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "letter.docx", "This file is called .docx but is locked with a password."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "letter.doc",
         "This file is an older Word, Excel or PowerPoint file, not a letter"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "letter.jpg", "This file is a picture, not a letter"),
        (b"Dear Committee", "letter.pdf",
         "This file is called .pdf but is a file of a type that we do not know."),
    ],
)  # fmt: skip
def test_letter_refused_in_words_an_applicant_understands(
    content: bytes, name: str, words: str
) -> None:
    evidence = look(content, name)
    assert not evidence.readable
    assert evidence.problem.startswith(words)
    assert evidence.problem.endswith(".")
    assert (evidence.roles, evidence.signed) == ((), ())


def test_letter_larger_than_allowed_is_refused() -> None:
    evidence = look_into_letter(
        bytes(1_000_001), file_name="a.pdf", organization="", max_bytes=1_000_000
    )
    assert evidence.problem.startswith("This file is 2 MB large; a letter may have up to 1 MB.")


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>",
        b"",
    ],
)
def test_letter_docx_with_hostile_parts_is_refused(document: bytes) -> None:
    entries = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document}
    assert look(zipped(entries), "a.docx").problem.startswith("This Word document is")


def test_letter_docx_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(WORD)
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    at = content.rfind(size)
    content[at : at + 4] = (10).to_bytes(4, "little")
    assert look(bytes(content), "a.docx").problem.startswith("This Word document is damaged")


def test_letter_with_more_than_a_thousand_parts_is_refused() -> None:
    entries = {f"word/{number}.bin": b"" for number in range(1_001)}
    assert look(zipped(entries), "a.docx").problem.startswith("This Word document unpacks")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]))
def test_letter_of_any_bytes_is_no_error(content: bytes, start: bytes) -> None:
    look(start + content)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([LETTER, WORD, digitally_signed_pdf(b"0")]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=5),
    st.floats(0.5, 1),
)
def test_letter_with_damage_is_no_error(
    content: bytes, changes: list[tuple[float, bytes]], share: float
) -> None:
    damaged = bytearray(content)
    for place, change in changes:
        at = int(place * len(content))
        damaged[at : at + len(change)] = change
    look(files.truncated(bytes(damaged), share))
