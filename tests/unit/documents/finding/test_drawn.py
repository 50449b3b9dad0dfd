"""Where a line of `make_reading` stands is told there: line n at 8 % + n * 2 % of the page."""

import pytest

from roundtable.documents.finding.blocks import signing_blocks
from roundtable.documents.finding.drawn import people_near
from roundtable.documents.finding.lines import reading_lines
from roundtable.documents.finding.signatures import signatories
from roundtable.domain.evidence import Box, Place
from tests.factories import make_reading

STACKED = """
Sincerely,


Jane Doe
CEO


John Roe
Board Chair"""
"""Jane Doe stands from 14 to 17.5 %, John Roe from 22 to 25.5 %; both from 12 to 20 %."""
BESIDE = """
Sincerely,


Jane Doe | John Roe
CEO | Board Chair"""
"""Both stand from 14 to 17.5 %; John Roe from 52 to 63 %."""


def at(left: float, top: float, right: float, bottom: float, page: int = 1) -> Place:
    return Place(page=page, box=Box(left=left, top=top, right=right, bottom=bottom))


def near(text: str, *drawn: Place) -> tuple[tuple[str, ...], ...]:
    lines = reading_lines(make_reading(text).rows)
    people = signatories(lines, signing_blocks(lines), "")
    found = people_near(drawn, people, lines)
    return tuple(tuple(people[number].name for number in numbers) for numbers in found)


@pytest.mark.parametrize(
    ("text", "drawn", "names"),
    [
        (STACKED, at(0.12, 0.10, 0.30, 0.135), ("Jane Doe",)),
        (STACKED, at(0.12, 0.11, 0.30, 0.16), ("Jane Doe",)),
        (STACKED, at(0.12, 0.18, 0.30, 0.215), ("John Roe",)),
        (STACKED, at(0.25, 0.14, 0.40, 0.17), ("Jane Doe",)),
        (STACKED, at(0.12, 0.01, 0.30, 0.04), ("Jane Doe",)),
        (STACKED, at(0.50, 0.02, 0.70, 0.06), ()),
        (STACKED, at(0.12, 0.30, 0.30, 0.34), ()),
        (STACKED, at(0.12, 0.10, 0.30, 0.135, page=2), ()),
        (STACKED, at(0.05, 0.00, 0.95, 0.90), ()),
        (STACKED, Place(page=1), ()),
        (BESIDE, at(0.12, 0.10, 0.30, 0.135), ("Jane Doe",)),
        (BESIDE, at(0.50, 0.10, 0.70, 0.135), ("John Roe",)),
        (BESIDE, at(0.64, 0.14, 0.80, 0.17), ("John Roe",)),
    ],
)
def test_people_near_what_is_drawn(text: str, drawn: Place, names: tuple[str, ...]) -> None:
    assert near(text, drawn) == (names,)


def test_people_near_are_not_behind_text_of_others() -> None:
    text = "Sincerely,\n\nann poe\nOperations\nJane Doe\nCEO"
    assert near(text, at(0.12, 0.09, 0.30, 0.115)) == ((),)


def test_people_near_signing_over_a_rule_and_a_caption() -> None:
    text = "Sincerely,\n\n______________\n(Signature)\nJane Doe\nCEO"
    assert near(text, at(0.12, 0.09, 0.30, 0.115)) == (("Jane Doe",),)


def test_people_near_writing_that_was_recognized_as_a_name() -> None:
    text = "Sincerely,\nJone Dae\nJane Doe\nCEO"
    assert near(text, at(0.12, 0.095, 0.30, 0.115)) == (("Jane Doe",),)


def test_people_near_the_nearest_first() -> None:
    text = "Sincerely,\n\n\nJane Doe | John Roe\nCEO | Board Chair"
    assert near(text, at(0.15, 0.10, 0.60, 0.135))[0][:1] == ("Jane Doe",)
