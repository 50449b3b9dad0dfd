from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from local.rehearsal import files
from roundtable.documents.reading.letter import LetterRead, read_letter
from roundtable.documents.reading.letter_read import MOST_CHARACTERS, MOST_PIECES, cleaned
from roundtable.domain.evidence import Box
from roundtable.domain.reading import PICTURE, Cell, LetterReading, Row

ORGANIZATION = "St. Mary's Hospital"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_OF_AN_ANSWER = 6_000_000
"""Bytes that a function may answer (a quota of AWS Lambda)."""


def read(content: bytes, name: str = "letter.pdf") -> LetterRead:
    return read_letter(content, file_name=name, max_bytes=20_000_000, max_pages=20)


def picture(kind: str) -> bytes:
    buffer = BytesIO()
    page = Image.new("RGB", (200, 300), "white")
    ImageDraw.Draw(page).line((20, 20, 150, 200), fill="black", width=3)
    page.save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (files.letter_pdf(ORGANIZATION), "pdf"),
        (b"\xef\xbb\xbf\r\n" + files.letter_pdf(ORGANIZATION), "pdf"),
        (files.letter_docx(ORGANIZATION), "docx"),
        (picture("JPEG"), "jpeg"),
        (picture("PNG"), "png"),
        (picture("TIFF"), "tiff"),
        (picture("HEIF"), "heic"),
    ],
)
@pytest.mark.parametrize("name", ["letter.pdf", "letter.docx", "letter.jpg", "letter"])
def test_letter_is_read_by_its_content_whatever_its_name(
    content: bytes, found: str, name: str
) -> None:
    letter = read(content, name)
    assert (letter.reading.problem, letter.reading.format) == ("", found)
    assert letter.reading.previews == len(letter.images) == 1


def no_letter(what: str) -> str:
    return (
        f"This file is {what}, not a letter in PDF, Word (.docx), JPEG, PNG, TIFF or HEIC. "
        "Please save it as a PDF and upload that."
    )


def named_otherwise(ending: str, what: str) -> str:
    return (
        f"This file is called {ending} but is {what}. "
        "Please save the letter as a PDF or Word document (.docx) and upload that."
    )


INFECTED = (
    "This file was recognized as infected with a virus, so nobody will open it. "
    "Please make it anew on a computer that has been checked, and upload that."
)


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "letter.pdf", "This file is empty: it holds 0 bytes. Please upload it again."),
        (files.web_page(), "letter.pdf", named_otherwise(".pdf", "a web page")),
        (files.web_page() + b"%PDF-1.7", "letter.pdf", named_otherwise(".pdf", "a web page")),
        (b"\n<!-- a -->\n<html>", "a.docx", named_otherwise(".docx", "a web page")),
        (files.infected(), "letter.pdf", INFECTED),
        (files.letter_pdf(ORGANIZATION) + files.infected(), "letter.pdf", INFECTED),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "letter.docx",
         named_otherwise(".docx", "locked with a password")),
        (OLD_OFFICE + bytes(99), "letter.doc",
         no_letter("an older Word, Excel or PowerPoint file")),
        (rb"{\rtf1\ansi Dear Committee}", "letter.rtf", no_letter("an RTF text")),
        (picture("GIF"), "letter.gif", no_letter("a picture")),
        (files.video_mp4(300), "letter.mp4", no_letter("a video")),
        (b"Dear Committee", "letter.pdf", named_otherwise(".pdf", "a plain text")),
        ("Señora".encode() * 2_000, "letter.txt", no_letter("a plain text")),
        ("Señora".encode("utf-16"), "letter.txt",
         no_letter("a file of a type that we do not know")),
        (bytes(99), "letter.heic",
         named_otherwise(".heic", "a file of a type that we do not know")),
    ],
)  # fmt: skip
def test_letter_that_is_none_is_refused_in_words(content: bytes, name: str, words: str) -> None:
    assert read(content, name) == LetterRead(LetterReading(problem=words))


def test_letter_larger_than_allowed_is_refused() -> None:
    refused = read_letter(bytes(1_000_001), file_name="a.pdf", max_bytes=1_000_000, max_pages=20)
    assert refused.reading.problem == (
        "This file is 2 MB large; a letter may have up to 1 MB. "
        "Please save it smaller, for example as a PDF, and upload that."
    )


def test_letter_that_is_damaged_tells_nothing_else() -> None:
    refused = read(b"%PDF-1.7\nnothing\n%%EOF\n")
    assert refused == LetterRead(LetterReading(problem=refused.reading.problem))
    assert refused.reading.problem.startswith("This PDF is damaged")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Jane \t Doe\r\n", "Jane Doe"),
        ("commit\x02ment", "commit-ment"),
        ("a\0b\x1fc\x85d", "a b c d"),
        ("half \ud800 a letter", "half a letter"),
        (f"a {PICTURE} here", "a here"),
        ("\ue001\ue002", "\ufffd\ufffd"),
        ("Zoë Nguyễn 石川", "Zoë Nguyễn 石川"),
    ],
)
def test_cleaned_text(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_letter_as_long_as_allowed_fits_an_answer() -> None:
    box = Box(left=0.1234, top=0.1234, right=0.1234, bottom=0.1234)
    astral = "\U0001f58b" * (MOST_CHARACTERS // (MOST_PIECES // 2))
    row = Row(cells=(Cell(text=astral, x=1234.5, box=box),), page=50)
    reading = LetterReading(format="pdf", pages=50, rows=(row,) * (MOST_PIECES // 2))
    escaped = reading.model_dump_json().encode("ascii", "backslashreplace")
    assert len(escaped) + 2 * MOST_CHARACTERS < MOST_OF_AN_ANSWER


@settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n",
         b"II*\0", b"MM\0*", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", OLD_OFFICE]
    ),
)  # fmt: skip
def test_letter_of_any_bytes_is_no_error(content: bytes, start: bytes) -> None:
    letter = read(start + content)
    assert letter.reading.problem
    assert letter.images == ()
