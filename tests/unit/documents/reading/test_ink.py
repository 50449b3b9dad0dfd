import pytest

from roundtable.documents.reading.pdf import read_pdf
from roundtable.domain.evidence import Box, Place
from roundtable.domain.reading import MOST_MARKS
from tests.corpus.making.raw_pdf import stream
from tests.unit.documents.reading.test_pdf import GREY, IMAGE, PROSE, page_of, text

SIGNATURE = b"q 1 0 0 1 80 300 cm 0 0 m 10 40 25 -10 40 25 c 60 30 70 -5 120 10 c S Q "


def ink(drawing: bytes, *, page: bytes = b"", objects: tuple[bytes, ...] = ()) -> tuple[Place, ...]:
    content = page_of(PROSE + drawing, page=page, resources=IMAGE, objects=(GREY, *objects))
    return read_pdf(content, max_pages=1).reading.ink


def image_at(left: float, bottom: float, width: float, height: float) -> bytes:
    return b"q %g 0 0 %g %g %g cm /Im Do Q " % (width, height, left, bottom)


def test_ink_of_a_picture_below_the_text() -> None:
    assert ink(image_at(72, 300, 153, 39.6)) == (
        Place(page=1, box=Box(left=0.1176, top=0.5712, right=0.3676, bottom=0.6212)),
    )


def test_ink_of_a_drawn_signature_in_several_strokes_is_one_mark() -> None:
    (place,) = ink(SIGNATURE + b"205 305 m 215 330 230 300 250 312 c S ")
    assert place.box is not None
    assert (place.box.left, place.box.right) == (pytest.approx(0.13, abs=0.01),
                                                 pytest.approx(0.41, abs=0.01))  # fmt: skip


def test_ink_of_two_who_sign_beside_each_other_is_two_marks() -> None:
    places = ink(SIGNATURE + b"q 1 0 0 1 260 0 cm " + SIGNATURE + b"Q ")
    assert [place.box.left > 0.5 for place in places if place.box] == [False, True]


def test_ink_within_drawings_is_where_it_is_shown() -> None:
    form = stream(
        b"0 0 m 10 40 25 -10 40 25 c S",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [1 0 0 1 5 5]",
    )
    nested = b"q 2 0 0 2 72 300 cm /Fm Do Q "
    content = page_of(PROSE + nested, resources=b"/XObject << /Fm 6 0 R >>", objects=(GREY, form))
    (place,) = read_pdf(content, max_pages=1).reading.ink
    assert place.box is not None
    assert place.box.left == pytest.approx((72 + 10) / 612, abs=0.01)


def test_ink_that_was_noted_on_the_page() -> None:
    note = (
        b"<< /Type /Annot /Subtype /Ink /F 4 /Rect [300 300 400 350] "
        b"/InkList [[300 300 350 350 400 300 420 340]] /C [0 0 1] >>"
    )
    (place,) = ink(b"", page=b"/Annots [6 0 R]", objects=(note,))
    assert place.box is not None
    assert place.box.left == pytest.approx(0.49, abs=0.01)


@pytest.mark.parametrize(
    "drawing",
    [
        b"72 300 m 272 300 l S ",
        b"72 300 200 0.5 re f ",
        b"72 300 200 40 re S ",
        b"72 300 m 272 300 l 272 340 l 72 340 l h S ",
        b"80 300 m 260 300 l 266 300 272 306 272 312 c 272 330 l 272 336 266 340 260 340 c "
        b"80 340 l 74 340 72 336 72 330 c 72 312 l 72 306 74 300 80 300 c S ",
        b"72 300 m 78 306 l 90 290 l S ",
        image_at(72, 720, 120, 50),
        image_at(0, 0, 612, 792),
        image_at(72, 300, 5, 5),
        text(b"Jane Doe", y=300),
    ],
    ids=["rule", "thin bar", "box", "frame", "round frame", "tick", "letterhead", "background",
         "dot", "text"],
)  # fmt: skip
def test_ink_is_no_rule_frame_tick_letterhead_or_background(drawing: bytes) -> None:
    assert ink(drawing) == ()


def test_ink_of_a_scan_is_not_looked_for() -> None:
    content = page_of(image_at(0, 0, 612, 792) + SIGNATURE, resources=IMAGE, objects=(GREY,))
    assert read_pdf(content, max_pages=1).reading.ink == ()


def test_ink_of_a_page_full_of_marks_is_bounded() -> None:
    marks = b"".join(image_at(30 + 60 * (at % 9), 40 + 60 * (at // 9), 40, 20) for at in range(72))
    assert len(ink(marks)) == MOST_MARKS
