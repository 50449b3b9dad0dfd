import pytest

from roundtable.web.pages.applicant.entering.carried import (
    ADDRESS,
    ELIGIBILITY,
    carried_address,
    carried_answers,
    carry_address,
    carry_answers,
)
from tests.factories import make_program
from tests.functions.applicant_visits import HOSPITAL

PROGRAM = make_program(eligibility=(HOSPITAL,))


def test_answers_come_back_for_their_program_alone() -> None:
    cookie = carry_answers(PROGRAM, {"hospital": "yes", "name": "Ada"})
    assert (cookie.value, cookie.max_age) == ("fellowship~hospital=yes", 3600)
    carried = {ELIGIBILITY: cookie.value}
    assert carried_answers(PROGRAM, carried) == {"hospital": "yes"}
    assert carried_answers(PROGRAM.with_(key="another"), carried) == {}
    assert carried_answers(PROGRAM, {}) == {}


@pytest.mark.parametrize("email", ["ada@stmary.example", "ünï@stmary.example", "a" * 60 + "@b.cd"])
def test_address_comes_back(email: str) -> None:
    cookie = carry_address(email)
    assert cookie.max_age == 600
    assert email not in cookie.value
    assert carried_address({ADDRESS: cookie.value}) == email


@pytest.mark.parametrize("value", ["", "=", "%%", "_w==", "é", "YWRh", "x" * 9_999])
def test_address_that_cannot_be_read_is_none_or_text(value: str) -> None:
    assert carried_address({ADDRESS: value}) == ("ada" if value == "YWRh" else "")
