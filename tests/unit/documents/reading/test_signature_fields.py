import pytest

from roundtable.documents.reading.pdf import read_pdf
from roundtable.domain.evidence import Box, Place
from tests.corpus.making.letter import Letter
from tests.corpus.making.pdf import pdf
from tests.factories.signed_pdfs import (
    emptied_signature,
    signed_pdf,
    signed_twice,
    with_empty_signature_field,
)

LETTER = pdf(Letter())
WAITS = Place(page=1, box=Box(left=0.1176, top=0.8232, right=0.4902, bottom=0.8864))


def waiting(content: bytes) -> tuple[tuple[Place, ...], str]:
    reading = read_pdf(content, max_pages=3).reading
    return reading.waiting, reading.digital


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LETTER, ((), "none")),
        (with_empty_signature_field(LETTER), ((WAITS,), "none")),
        (emptied_signature(signed_pdf(LETTER, "Jane Doe")), ((WAITS,), "none")),
        (signed_pdf(LETTER, "Jane Doe"), ((), "pdf")),
        (signed_twice(LETTER, "Jane Doe", "John Roe"), ((), "pdf")),
        (with_empty_signature_field(LETTER, box=(72, 90, 74, 92)), ((), "none")),
    ],
    ids=["no field", "empty", "prepared", "filled", "both filled", "too small"],
)
def test_waiting_fields_are_those_that_show_and_hold_nothing(
    content: bytes, told: tuple[tuple[Place, ...], str]
) -> None:
    assert waiting(content) == told


def test_waiting_fields_beside_a_filled_one() -> None:
    other = (320, 90, 548, 140)
    half = with_empty_signature_field(LETTER, field="Signature 2", box=other)
    (place,), digital = waiting(signed_pdf(half, "Jane Doe"))
    assert place.box is not None
    assert (place.box.left, digital) == (pytest.approx(320 / 612, abs=0.001), "pdf")
