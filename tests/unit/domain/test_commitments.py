from datetime import date

import pytest

from roundtable.domain.commitments import letter_dates, names_in_letters
from roundtable.domain.program import LetterRequirement, Role
from tests.factories import make_program


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Pursuing Equity 2023\u201324", "Pursuing Equity"),
        ("Workshop Series 2024", "Workshop Series"),
        ("Fellowship (2024/25)", "Fellowship"),
        ("Vision 2030 Network", "Vision 2030 Network"),
        ("2024", "2024"),
    ],
)
def test_program_is_called_by_its_name_without_the_years_at_its_end(name: str, spoken: str) -> None:
    letter = LetterRequirement(key="letter", title="Letter", signed_by=(Role.CEO,))
    assert names_in_letters(make_program(name=name), letter) == (spoken,)


def test_names_that_the_requirement_gives_stand_for_the_program() -> None:
    letter = LetterRequirement(
        key="letter", title="Letter", signed_by=(Role.CEO,), about=("Learning Network",)
    )
    assert names_in_letters(make_program(), letter) == ("Learning Network",)


def test_letters_are_dated_from_a_year_before_the_opening_to_a_day_after_the_receipt() -> None:
    dates = letter_dates(date(2022, 9, 6), date(2022, 10, 21))
    assert dates == (date(2021, 9, 6), date(2022, 10, 22))
