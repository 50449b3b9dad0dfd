import zipfile
from importlib.metadata import version
from io import BytesIO
from typing import Any

import docx
import docx.document
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from local.rehearsal import files
from roundtable.documents.reading import docx as reader
from roundtable.documents.reading.docx import read_docx
from roundtable.documents.reading.letter_read import TOO_LONG
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.reading import PICTURE, LetterReading
from tests.corpus.making.hostile import word_of_entities

TOOL = f"mammoth {version('mammoth')}"
WORD = files.letter_docx("St. Mary's Hospital")


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


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | parts)


def picture(kind: str = "PNG", colour: str = "navy") -> BytesIO:
    buffer = BytesIO()
    Image.new("RGB", (200, 60), colour).save(buffer, kind)
    buffer.seek(0)
    return buffer


def reading(content: bytes, max_pages: int = 20) -> LetterReading:
    return read_docx(content, max_pages=max_pages).reading


def problem(content: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_docx(content, max_pages=20)
    return str(refused.value)


def cells(read: LetterReading) -> list[list[tuple[int, str]]]:
    return [[(int(cell.x), cell.text) for cell in row.cells] for row in read.rows]


def test_docx_of_paragraphs_line_breaks_and_tabs() -> None:
    document = docx.Document()
    document.add_heading("St. Mary's Hospital", 1)
    block = document.add_paragraph("Sincerely,")
    block.add_run().add_break()
    block.add_run("Jane Doe\tMark\u202fPoe\t\tCEO")
    read = reading(saved(document))
    assert cells(read) == [
        [(0, "St. Mary's Hospital")],
        [(0, "Sincerely,")],
        [(0, "Jane Doe"), (1, "Mark Poe"), (2, "CEO")],
    ]
    assert read == LetterReading(format="docx", rows=read.rows, previews=1, tool=TOOL)


def test_docx_table_puts_the_lines_of_cells_beside_each_other() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for at, text in enumerate(("Jane Doe\nCEO", "", "Mark Poe\nBoard Chair")):
        table.cell(0, at).text = text
    assert cells(reading(saved(document))) == [
        [(0, "Jane Doe"), (2, "Mark Poe")],
        [(0, "CEO"), (2, "Board Chair")],
        [],
    ]


def test_docx_with_pictures_marks_where_they_stand() -> None:
    document = docx.Document()
    document.add_paragraph(f"Sincerely,{PICTURE}")
    document.add_paragraph().add_run().add_picture(picture())
    block = document.add_paragraph("Jane Doe ")
    block.add_run().add_picture(picture("GIF", "maroon"))
    block.add_run("CEO")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 1).paragraphs[0].add_run().add_picture(picture("JPEG"))
    read = read_docx(saved(document), max_pages=20)
    assert cells(read.reading) == [
        [(0, "Sincerely,")],
        [(0, PICTURE)],
        [(0, "Jane Doe")],
        [(0, PICTURE)],
        [(0, "CEO")],
        [(1, PICTURE)],
        [],
    ]
    assert read.reading.remarks == ()
    with Image.open(BytesIO(read.images[0])) as image:
        colours = {colour for _, colour in image.quantize(16).convert("RGB").getcolors() or ()}
    assert any(blue > 100 and red < 60 for red, _, blue in colours)  # type: ignore[misc]
    assert any(red > 100 and blue < 60 for red, _, blue in colours)  # type: ignore[misc]


def test_docx_with_a_picture_that_cannot_be_shown_is_remarked_on() -> None:
    document = docx.Document()
    document.add_paragraph("Sincerely,").add_run().add_picture(picture())
    content = with_parts(saved(document), {"word/media/image1.png": b"an EMF"})
    read = reading(content)
    assert (cells(read), read.remarks) == ([[(0, "Sincerely,")], [(0, PICTURE)]], (
        "This Word document holds drawings or pictures that the page images do not show. "
        "They may be signatures.",
    ))  # fmt: skip


def test_docx_with_a_picture_on_the_web_does_not_ask_for_it() -> None:
    document = docx.Document()
    document.add_paragraph("Sincerely,").add_run().add_picture(picture())
    content = saved(document)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").replace(b"r:embed", b"r:link")
        links = archive.read("word/_rels/document.xml.rels").replace(
            b'Target="media/image1.png"', b'Target="http://169.254.169.254/" TargetMode="External"'
        )
    content = with_parts(
        content, {"word/document.xml": body, "word/_rels/document.xml.rels": links}
    )
    assert reading(content).remarks == (reader.NOT_SHOWN,)


def test_docx_with_drawings_alone_is_left_to_a_person() -> None:
    document = docx.Document()
    content = saved(document)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").replace(
            b"<w:body>", b"<w:body><w:p><w:r><w:drawing/></w:r></w:p>"
        )
    read = reading(with_parts(content, {"word/document.xml": body}))
    assert (read.problem, read.remarks) == ("", (reader.NOT_SHOWN,))


def test_docx_with_styles_of_its_own_is_not_shown_by_them() -> None:
    document = docx.Document()
    document.add_paragraph("Sincerely,")
    content = with_parts(saved(document), {"mammoth/style-map": b"p => script"})
    assert cells(reading(content)) == [[(0, "Sincerely,")]]


def test_docx_headers_and_footers_are_its_margins() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "St. Mary's\tHospital"
    document.sections[0].footer.paragraphs[0].text = "12 Main Street"
    document.add_paragraph("Sincerely,")
    read = reading(saved(document))
    assert (cells(read), read.margins) == (
        [[(0, "Sincerely,")]], "St. Mary's Hospital\n12 Main Street",
    )  # fmt: skip


SIGNED = (
    b"<Signature><SignatureValue>%s</SignatureValue>"
    b"<X509Certificate>%s</X509Certificate></Signature>"
)
CERTIFICATE = b"BgNVBAMMCEphbmUgRG9l"  # the common name Jane Doe


@pytest.mark.parametrize(
    ("value", "certificate", "digital", "signers"),
    [
        (b"c2ln", CERTIFICATE, "docx", ("Jane Doe",)),
        (b"c2ln", b"", "docx", ()),
        (b"c2ln", b"?", "docx", ()),
        (b"", CERTIFICATE, "none", ()),
    ],
)
def test_docx_with_a_digital_signature(
    value: bytes, certificate: bytes, digital: str, signers: tuple[str, ...]
) -> None:
    read = reading(with_parts(WORD, {"_xmlsignatures/sig1.xml": SIGNED % (value, certificate)}))
    assert (read.digital, read.signers) == (digital, signers)


def test_docx_longer_than_the_page_images_is_remarked_on() -> None:
    document = docx.Document()
    for _ in range(150):
        document.add_paragraph("We commit to this program.")
    read = read_docx(saved(document), max_pages=2)
    assert (len(read.images), read.reading.previews, read.reading.pages) == (2, 2, 0)
    assert read.reading.remarks == ("The page images end after page 2; the document is longer.",)


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("Zoë “Nguyễn” \u2013 ☒ non\u2011breaking\u200b", ()),
        ("Is this so?", ()),
        ("石川", ("The page images show a question mark for each letter of another alphabet.",)),
    ],
)
def test_docx_in_letters_that_the_font_has_not(text: str, remarks: tuple[str, ...]) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    assert reading(saved(document)).remarks == remarks


def test_docx_with_words_longer_than_a_page_is_wide_is_drawn() -> None:
    document = docx.Document()
    table: Any = document.add_table(rows=1, cols=30)
    for at in range(30):
        table.cell(0, at).text = "W" * 300
    read = read_docx(saved(document), max_pages=40)
    assert len(read.images) > 1


def test_docx_without_anything_is_refused() -> None:
    assert problem(saved(docx.Document())) == (
        "This Word document is empty: it holds neither text nor pictures. "
        "Please check that it is the letter and upload it again."
    )


DAMAGED = (
    "This Word document is damaged and cannot be read. "
    "Please check that it opens on your computer, save it again or as a PDF, and upload that."
)
BOMB = (
    "This Word document unpacks to far more than a letter holds, so we do not open it. "
    "Please save the letter as a PDF and upload that."
)
TYPES = "[Content_Types].xml"


def locked_parts() -> bytes:
    content = bytearray(WORD)
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        start = archive.start_dir
    content[start + 8] |= 1
    return bytes(content)


def no_letter(what: str) -> str:
    return (
        f"This file is {what}, not a letter in PDF, Word (.docx), JPEG, PNG, TIFF or HEIC. "
        "Please save it as a PDF and upload that."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (files.truncated(WORD), DAMAGED),
        (locked_parts(),
         "This Word document is locked with a password, so nobody here can read it. "
         "Please save it without a password and upload it again."),
        (files.zip_bomb_docx(), BOMB),
        (zipped({f"word/{number}.bin": b"" for number in range(1_001)}), BOMB),
        (zipped({TYPES: b"<a/>", "word/vbaProject.bin": b""}),
         "This Word document holds macros. "
         "Please save it as a PDF or as .docx and upload that."),
        (zipped({TYPES: b"<a/>", "word/a.bin": files.infected()}), INFECTED),
        (zipped({"a.txt": b"a"}), no_letter("a ZIP archive")),
        (zipped({TYPES: b"<a/>", "xl/workbook.xml": b"<a/>"}), no_letter("an Excel workbook")),
        (zipped({TYPES: b"<a/>", "ppt/a.xml": b"<a/>"}), no_letter("a PowerPoint presentation")),
        (zipped({"content.xml": b"<a/>"}), no_letter("an OpenDocument file")),
        (zipped({"Index/a.iwa": b""}), no_letter("a Pages document")),
        (word_of_entities(), DAMAGED),
        *((zipped({TYPES: b"<Types/>", "word/document.xml": body}), DAMAGED)
          for body in (
              b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>',
              b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
              b"<a>" * 100_000 + b"</a>" * 100_000, b"<a>", b"",
          )),
    ],
)  # fmt: skip
def test_docx_refused_in_words(content: bytes, words: str) -> None:
    assert problem(content) == words


def test_docx_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(WORD)
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    at = content.rfind(size)
    content[at : at + 4] = (10).to_bytes(4, "little")
    assert problem(bytes(content)) == DAMAGED


@pytest.mark.parametrize("body", [b"a" * 100_001, b"</w:t><w:br/><w:t>" * 1 + b"a b\t" * 30_000])
def test_docx_with_more_text_than_a_letter_is_refused(body: bytes) -> None:
    content = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>" % body
    )
    assert problem(with_parts(WORD, {"word/document.xml": content})) == TOO_LONG


@settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=5),
    st.sampled_from([0.5, 0.99, 1, 1, 1]),
)
def test_docx_with_damage_is_read_or_refused_in_words(
    changes: list[tuple[float, bytes]], share: float
) -> None:
    damaged = bytearray(WORD)
    for place, change in changes:
        at = int(place * len(damaged))
        damaged[at : at + len(change)] = change
    try:
        read = read_docx(bytes(damaged[: int(len(damaged) * share)]), max_pages=3)
    except UnreadableError:
        return
    assert len(read.images) == read.reading.previews


@settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_docx_of_any_text_is_read(text: str) -> None:
    document = docx.Document()
    try:
        document.add_paragraph(f"Dear {text}")
    except ValueError:
        return
    read = reading(saved(document))
    assert LetterReading.model_validate_json(read.model_dump_json()) == read
