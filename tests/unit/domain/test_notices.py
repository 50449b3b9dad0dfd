from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.notices import LONGEST_NUMBER, Notice, fitting
from tests.factories import make_notice

NUMBERS = st.text("abcdefghij0123456789:_-", min_size=1, max_size=200)


def test_notice_key_is_its_kind_and_number() -> None:
    assert make_notice(number="residency:1").key == "receipt#residency:1"


@given(number=NUMBERS)
def test_fitting_gives_a_number_that_a_notice_takes(number: str) -> None:
    fits = fitting(number)
    assert isinstance(make_notice(number=fits), Notice)
    assert (fits == number) is (len(number) <= LONGEST_NUMBER)


def test_fitting_keeps_long_numbers_apart_that_differ_at_their_end() -> None:
    assert fitting("a" * 90) != fitting("a" * 91)
    assert fitting("a" * 90) == fitting("a" * 90)
