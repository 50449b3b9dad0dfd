import pytest

from roundtable.documents.finding.lines import Line, covering, is_closing, joined, reading_lines
from roundtable.domain.evidence import Box, Place
from roundtable.domain.reading import Cell, Row
from tests.factories import make_reading


def texts(text: str) -> list[str]:
    return [line.text for line in reading_lines(make_reading(text).rows)]


def test_reading_lines_tell_where_they_stand() -> None:
    (line,) = reading_lines(make_reading("Jane").rows)
    assert line.place is not None
    assert line.place.box is not None
    assert line.place.box.right == pytest.approx(0.16)
    assert reading_lines((Row(cells=(Cell(text="Jane", x=0),), page=2),)) == [
        Line("Jane", Place(page=2))
    ]


def test_reading_lines_of_columns_come_one_after_another() -> None:
    assert texts("Jane Doe | John Roe\nCEO | Board Chair\n\nWe are writing to say this.") == [
        "", "Jane Doe", "CEO", "", "", "John Roe", "Board Chair", "", "",
        "We are writing to say this.",
    ]  # fmt: skip


def test_reading_lines_of_columns_end_with_the_page() -> None:
    first, second = make_reading("Jane Doe | John Roe\nCEO | Board Chair").rows
    assert [line.text for line in reading_lines((first, second.with_(page=2))) if line.text] == [
        "Jane Doe", "John Roe", "CEO", "Board Chair",
    ]  # fmt: skip


def test_reading_lines_of_a_table_of_signers_keep_its_rows() -> None:
    table = (
        "Name | Title | Signature\nJane Doe | CEO | /s/ Jane Doe\nJohn Roe | Board Chair | \ufffc"
    )
    assert [line for line in texts(table) if line] == [
        "Name, Title, Signature", "Jane Doe, CEO, /s/ Jane Doe", "\ufffc", "John Roe, Board Chair",
    ]  # fmt: skip


def test_reading_lines_of_a_form_keep_a_persons_fields_together() -> None:
    form = "Signature: | /s/ Jane Doe\n\nName: | Jane Doe\n\nTitle: | CEO\n\nSignature: | ______"
    assert texts(form) == [
        "Signature: /s/ Jane Doe", "Name: Jane Doe", "Title: CEO", "", "Signature: ______",
    ]  # fmt: skip


def test_reading_lines_of_a_row_of_many_pieces_are_one() -> None:
    row = Row(
        cells=tuple(Cell(text=word, x=at) for at, word in enumerate(["one", "of", "many"] * 3))
    )
    assert [line.text for line in reading_lines((row,))] == ["one of many one of many one of many"]


def test_reading_lines_hold_a_picture_in_a_line_of_its_own() -> None:
    assert texts("\ufffc Jane Doe") == ["\ufffc", "Jane Doe"]


def test_reading_lines_without_signs_that_nobody_sees() -> None:
    assert texts("C\u200bE\u00adO\x07 of\u00a0it") == ["CEO of it"]


def test_reading_lines_without_text_too_small_to_see() -> None:
    thin = Box(left=0.1, top=0.5, right=0.3, bottom=0.5004)
    seen = reading_lines(
        tuple(Row(cells=(Cell(text=text, x=0, box=thin),)) for text in ("/s/ Jane Doe", "_____"))
    )
    assert [line.text for line in seen] == ["", "_____"]


def test_joined_lines_stand_around_both() -> None:
    first = Line("Chair of the", Place(page=1, box=Box(left=0.1, top=0.1, right=0.2, bottom=0.2)))
    second = Line("Board", Place(page=1, box=Box(left=0.1, top=0.3, right=0.4, bottom=0.4)))
    both = joined(first, second, " ")
    assert both.text == "Chair of the Board"
    assert both.place == Place(page=1, box=Box(left=0.1, top=0.1, right=0.4, bottom=0.4))
    assert joined(first, Line("Board", Place(page=2)), " ").place == first.place
    assert covering(()) is None


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("Sincerely,", True),
        ("With gratitude and in solidarity,", True),
        ("Atentamente,", True),
        ("Thank you for what you do for our patients and for us.", False),
        ("Dear Committee,", False),
    ],
)
def test_is_closing(line: str, *, closes: bool) -> None:
    assert is_closing(line) is closes
