from collections.abc import Callable, Iterator
from importlib.metadata import version
from io import BytesIO
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from local.rehearsal import files
from roundtable.documents.reading import pdf
from roundtable.documents.reading.letter_read import TOO_LONG
from roundtable.documents.reading.pdf import read_pdf
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.evidence import Box
from roundtable.domain.reading import Cell, LetterReading, Row
from tests.corpus.making.raw_pdf import (
    assembled,
    flooded_pdf,
    many_pages,
    stream,
    wall_sized_pdf,
    with_attachment,
    with_script,
)

TOOL = f"pypdfium2 {version('pypdfium2')}"
ORGANIZATION = "St. Mary's Hospital"
FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def page_of(
    drawing: bytes, *, page: bytes = b"", resources: bytes = b"", objects: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF of one page; further objects are numbered from 5."""
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << %s %s >> %s >>"
        % (FONT, resources, page),
        stream(drawing),
        *objects,
    )


def text(words: bytes, x: float = 72, y: float = 700, mode: int = 0) -> bytes:
    return b"BT /F1 12 Tf %d Tr %d %d Td (%s) Tj ET " % (mode, x, y, words)


def picture(pixels: bytes, width: int, height: int) -> bytes:
    return stream(
        pixels,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray" % (width, height),
    )


GREY = picture(bytes(range(0, 250, 10)), 5, 5)
WHITE = picture(b"\xff" * 25, 5, 5)
WHOLE_PAGE = b"q 612 0 0 792 0 0 cm /Im Do Q "
IMAGE = b"/XObject << /Im 5 0 R >>"
PROSE = b"".join(text(b"We commit to taking part in this program together.", y=700 - 20 * line)
                 for line in range(10))  # fmt: skip


def reading(content: bytes, max_pages: int = 20) -> LetterReading:
    return read_pdf(content, max_pages=max_pages).reading


def problem(content: bytes, max_pages: int = 20) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_pdf(content, max_pages=max_pages)
    return str(refused.value)


def lines(read: LetterReading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read.rows]


def test_pdf_of_two_lines_and_two_columns() -> None:
    read = read_pdf(
        page_of(
            text(b"We commit.", y=720)
            + text(b"Sincerely,", y=706)
            + text(b"Jane Doe", y=640)
            + text(b"Mark Poe", x=350, y=640)
        ),
        max_pages=1,
    )
    body, first, left, right = (cell for row in read.reading.rows for cell in row.cells)
    assert read.reading == LetterReading(
        format="pdf", pages=1, previews=1, tool=TOOL,
        rows=(Row(cells=(body,)), Row(cells=(first,)), Row(), Row(cells=(left, right)), Row()),
    )  # fmt: skip
    assert (first.text, left.text, right.text) == ("Sincerely,", "Jane Doe", "Mark Poe")
    assert left == Cell(
        text="Jane Doe",
        x=97.5,
        box=Box(left=0.118, top=0.181, right=0.2008, bottom=0.1922),
        font="Helvetica",
    )
    assert len(read.images) == 1


def test_pdf_with_a_line_to_sign_on_beside_text_is_one_row() -> None:
    beside = text(b"/s/ Jane Doe", y=640) + text(b"______________", x=350, y=640)
    assert lines(reading(page_of(beside))) == [["/s/ Jane Doe", "______________"], []]
    below = text(b"Jane Doe", y=640) + text(b"______________", y=638)
    assert lines(reading(page_of(below))) == [["Jane Doe"], ["______________"], []]


@pytest.mark.parametrize(
    ("rotation", "box"),
    [
        (0, Box(left=0.1188, top=0.1043, right=0.2029, bottom=0.1199)),
        (90, Box(left=0.8801, top=0.1188, right=0.8957, bottom=0.2029)),
        (180, Box(left=0.7971, top=0.8801, right=0.8812, bottom=0.8957)),
        (270, Box(left=0.1043, top=0.7971, right=0.1199, bottom=0.8812)),
    ],
)
def test_pdf_of_a_turned_page_is_measured_as_it_is_shown(rotation: int, box: Box) -> None:
    read = reading(page_of(text(b"Sincerely,"), page=b"/Rotate %d" % rotation))
    (cell,) = read.rows[0].cells
    assert cell.box is not None
    for side in ("left", "top", "right", "bottom"):
        assert getattr(cell.box, side) == pytest.approx(getattr(box, side), abs=0.003)


def test_pdf_of_a_turned_page_is_read_from_its_top() -> None:
    drawing = text(b"CEO", x=300, y=100) + text(b"Jane Doe", x=100, y=100)
    assert lines(reading(page_of(drawing, page=b"/Rotate 180"))) == [["CEO", "Jane Doe"], []]


def test_pdf_with_a_cut_page_is_measured_from_what_is_visible() -> None:
    cut = b"/MediaBox [0 0 1000 1000] /CropBox [72 600 272 800]"
    (cell,) = reading(page_of(text(b"Sincerely,"), page=cut)).rows[0].cells
    assert cell.box is not None
    assert (cell.box.left < 0.01, cell.box.bottom) == (True, pytest.approx(0.5, abs=0.02))


def test_pdf_with_text_beside_the_page_leaves_it_out() -> None:
    read = reading(page_of(text(b"Sincerely,") + text(b"/s/ Jane Doe", x=-300)))
    assert lines(read) == [["Sincerely,"], []]


def test_pdf_with_filled_fields_is_read_with_them() -> None:
    filled = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /T (name) /Rect [72 680 300 700] "
        b"/P 3 0 R /V (Jane Doe) /DA (/Helv 12 Tf 0 g) >>"
    )
    content = assembled(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /DA (/Helv 12 Tf 0 g) >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [5 0 R] /Resources << %s >> >>"
        % FONT,
        stream(text(b"Sincerely,")),
        filled,
    )
    assert lines(reading(content)) == [["Sincerely,"], ["Jane Doe"], []]


def test_pdf_with_notes_that_were_never_drawn_is_read_with_them() -> None:
    note = (
        b"<< /Type /Annot /Subtype /FreeText /F 4 /Rect [72 680 300 700] /Contents (Jane Doe) "
        b"/DA (/Helv 12 Tf) >>"
    )
    read = reading(page_of(text(b"Sincerely,"), page=b"/Annots [5 0 R]", objects=(note,)))
    assert lines(read) == [["Sincerely,"], ["Jane Doe"], []]


@pytest.mark.parametrize("unseen", [text(b"/s/ Jane Doe", y=686, mode=3),
                                    b"1 g " + text(b"/s/ Jane Doe", y=686)])  # fmt: skip
def test_pdf_with_text_that_nobody_sees_leaves_it_out(unseen: bytes) -> None:
    seen = text(b"We commit.", y=742) + text(b"To all of it.", y=728) + text(b"And to", y=714)
    read = reading(page_of(seen + text(b"Sincerely,") + unseen))
    assert lines(read) == [["We commit."], ["To all of it."], ["And to"], ["Sincerely,"], [], []]
    assert read.remarks == (
        "This PDF holds text that cannot be seen on its pages. It was left out.",
    )


def test_pdf_that_only_adobe_shows_is_refused() -> None:
    placeholder = page_of(text(b"Please wait..."), objects=(stream(b"<xdp/>"),))
    form = b"/Type /Catalog /NeedsRendering true /AcroForm << /XFA 5 0 R /Fields [] >>"
    assert problem(placeholder.replace(b"/Type /Catalog", form)) == (
        "This PDF is a form that only Adobe's programs show. "
        "Please print it to a new PDF and upload that."
    )


def test_pdf_that_is_a_scan() -> None:
    read = read_pdf(files.letter_pdf(ORGANIZATION, scan=True), max_pages=20)
    assert read.reading == LetterReading(
        format="pdf", pages=1, rows=(Row(),), scanned=(1,), previews=1, tool=TOOL
    )
    with Image.open(BytesIO(read.images[0])) as image:
        assert image.size == (1_275, 1_651)


@pytest.mark.parametrize(
    ("drawing", "scanned"),
    [
        (WHOLE_PAGE + text(b"DocuSign Envelope 4F3A"), (1,)),
        (WHOLE_PAGE + PROSE, ()),
        (PROSE + WHOLE_PAGE, (1,)),
        (WHOLE_PAGE + PROSE + text(b"Guessed", y=300, mode=3), (1,)),
        (PROSE + b"q 60 0 0 60 72 720 cm /Im Do Q", ()),
                (text(b"#%&$ +<> {}[] ~^"), (1,)),
        (text(b"______________________________") + text(b"Jane Doe", y=680), ()),
        (b"72 700 m 200 650 300 750 400 700 c S", (1,)),
    ],
    ids=["stamp on a scan", "letter on a background", "text behind a picture", "guessed text",
         "logo", "no letters", "signature line", "drawing alone"],
)  # fmt: skip
def test_pdf_page_that_shows_what_its_text_does_not_say(
    drawing: bytes, scanned: tuple[int, ...]
) -> None:
    assert reading(page_of(drawing, resources=IMAGE, objects=(GREY,))).scanned == scanned


def test_pdf_with_a_picture_in_strips_and_guessed_text_is_a_scan() -> None:
    strips = b"".join(b"q 612 0 0 99 0 %d cm /Im Do Q " % (99 * at) for at in range(8))
    drawing = strips + PROSE.replace(b" 0 Tr", b" 3 Tr")
    read = reading(page_of(drawing, resources=IMAGE, objects=(GREY,)))
    assert (read.scanned, len(read.rows)) == ((1,), 11)


@pytest.mark.parametrize(
    "drawing", [b"", WHOLE_PAGE, b"1 g 0 0 612 792 re f", text(b"We commit", mode=3)]
)
def test_pdf_that_shows_nothing_is_refused(drawing: bytes) -> None:
    assert problem(page_of(drawing, resources=IMAGE, objects=(WHITE,))) == (
        "This file shows nothing: its page is blank. "
        "Please check that the letter can be seen in it and upload it again."
    )


def test_pdf_with_a_blank_scanned_back_is_read() -> None:
    kid = (
        b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R "
        b"/Resources << %s /XObject << /Im 6 0 R >> >> >>"
    )
    content = assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 612 792] >>",
        kid % (5, FONT),
        kid % (7, FONT),
        stream(text(b"Sincerely,")),
        WHITE,
        stream(WHOLE_PAGE),
    )
    read = reading(content)
    assert (read.pages, read.scanned, read.previews) == (2, (), 2)


def test_pdf_protected_against_changes_only_is_read() -> None:
    protected = BytesIO()
    canvas = Canvas(
        protected, encrypt=StandardEncryption("", ownerPassword="owner", canModify=0), invariant=1
    )
    canvas.drawString(72, 700, "Sincerely,")
    canvas.save()
    assert lines(reading(protected.getvalue())) == [["Sincerely,"], []]
    assert b"/Encrypt" in protected.getvalue()


def field(contents: bytes) -> bytes:
    """A signature field with this in it; what it signs is checked elsewhere."""
    return (
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (one) /Rect [0 0 0 0] /P 3 0 R /V << "
        b"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] "
        b"/Contents <%s> >> >>" % contents.hex().encode()
    )


@pytest.mark.parametrize(
    ("contents", "digital"),
    [(b"0\x80signed" + bytes(50), "pdf"), (bytes(64), "none"), (b"", "none")],
)
def test_pdf_with_a_signature_field(contents: bytes, digital: str) -> None:
    content = assembled(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [5 0 R] /Resources << %s >> >>"
        % FONT,
        stream(text(b"Sincerely,")),
        field(contents),
    )
    assert reading(content).digital == digital


def test_pdf_with_scripts_is_read_and_remarked_on() -> None:
    read = reading(with_script(page_of(text(b"Sincerely,"))))
    assert (lines(read), read.remarks) == ([["Sincerely,"], []], (
        "This PDF holds scripts. They were not run; the page images show it without them.",
    ))  # fmt: skip


def test_pdf_with_attached_files_is_read_and_remarked_on() -> None:
    read = reading(with_attachment(page_of(text(b"Sincerely,")), "run.exe", b"MZ"))
    assert (lines(read), read.remarks) == ([["Sincerely,"], []], (
        "Other files are attached to this PDF. Nobody opened them, and they do not count as a "
        "letter.",
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (files.letter_pdf(ORGANIZATION, password="secret"),
         "This PDF is locked with a password, so nobody here can read it. "
         "Please save it without a password and upload it again."),
        (files.truncated(files.letter_pdf(ORGANIZATION)),
         "This PDF is cut off: its end is missing. "
         "Please check that it opens on your computer and upload it again."),
        (b"%PDF-1.7\nnothing\n%%EOF\n",
         "This PDF is damaged and cannot be read. "
         "Please save it as a new PDF and upload that."),
        (files.letter_pdf(ORGANIZATION, pages=21),
         "This PDF has 21 pages; a letter may have up to 20. Please upload the letter alone."),
        (many_pages(),
         "This PDF has 10000 pages; a letter may have up to 20. Please upload the letter alone."),
        (flooded_pdf(),
         "A page of this PDF holds a picture of more than 100 megapixels. "
         "Please scan or save it smaller (300 dots an inch are enough) and upload that."),
        (page_of(b"BT /F1 1 Tf 72 700 Td " + b"(abcdefghij) Tj " * 10_001 + b"ET"), TOO_LONG),
    ],
    ids=["password", "cut off", "damaged", "pages", "tree of pages", "pixels", "text"],
)  # fmt: skip
def test_pdf_refused_in_words(content: bytes, words: str) -> None:
    assert problem(content) == words


def test_pdf_with_a_wall_sized_page_has_a_bounded_image() -> None:
    drawing = b"BT /F1 900 Tf 720 700 Td (We commit) Tj ET"
    wall = page_of(drawing, page=b"/MediaBox [0 0 14400 14400]")
    with Image.open(BytesIO(read_pdf(wall, max_pages=1).images[0])) as image:
        assert image.size == (1_000, 1_000)


def test_pdf_whose_text_is_too_small_to_be_seen_shows_nothing() -> None:
    assert problem(wall_sized_pdf()).startswith("This file shows nothing")


def clock_of(readings: Iterator[float]) -> Callable[[], float]:
    return lambda: next(readings)


def test_pdf_whose_pages_take_long_to_draw_is_read_whole() -> None:
    content = files.letter_pdf(ORGANIZATION, pages=4)
    read = read_pdf(content, max_pages=20, clock=clock_of(count(0.0, pdf.MOST_SECONDS / 2.5)))
    assert (read.reading.pages, read.reading.previews, len(read.images)) == (4, 2, 2)
    assert read.reading.remarks == (
        "The page images end after page 2; the later pages could not be drawn in time.",
    )
    assert {row.page for row in read.reading.rows} == {1, 2, 3, 4}


def test_pdf_text_without_places_is_read_as_it_flows() -> None:
    scattered = b"".join(
        text(b"a", x=10 + 12 * (at % 45), y=780 - 8 * (at // 45)) for at in range(4_050)
    )
    read = reading(page_of(scattered))
    assert all(cell.box is None for row in read.rows for cell in row.cells)
    assert sum(len(cell.text.replace(" ", "")) for row in read.rows for cell in row.cells) == 4_050


SMALL = [
    page_of(PROSE),
    files.letter_pdf(ORGANIZATION),
    page_of(WHOLE_PAGE, resources=IMAGE, objects=(GREY,)),
]


@settings(max_examples=80, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SMALL),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=5),
    st.sampled_from([0.4, 0.9, 1, 1, 1]),
)
def test_pdf_with_damage_is_read_or_refused_in_words(
    content: bytes, changes: list[tuple[float, bytes]], share: float
) -> None:
    damaged = bytearray(content)
    for place, change in changes:
        at = int(place * len(content))
        damaged[at : at + len(change)] = change
    try:
        read = read_pdf(bytes(damaged[: int(len(damaged) * share)]), max_pages=3)
    except UnreadableError:
        return
    assert len(read.images) == read.reading.previews
    assert LetterReading.model_validate_json(read.reading.model_dump_json()) == read.reading
