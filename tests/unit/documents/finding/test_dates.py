from datetime import date

import pytest

from roundtable.documents.finding.dates import letter_date
from roundtable.documents.finding.lines import Line

THE_DAY = date(2022, 10, 3)
PROSE = "We will take part in every meeting of this program until June 30, 2024."


def dated(*texts: str) -> date | None:
    return letter_date([Line(text) for text in texts])


@pytest.mark.parametrize(
    "text",
    [
        "October 3, 2022",
        "OCTOBER 3, 2022",
        "Oct. 3, 2022",
        "October 3rd, 2022",
        "October 3 2022",
        "3 October 2022",
        "3rd of October 2022",
        "the 3rd day of October, 2022",
        "10/3/2022",
        "10/03/22",
        "10-3-2022",
        "10.3.2022",
        "2022-10-03",
        "Monday, October 3, 2022",
        "Boston, MA, October 3, 2022",
        "Date: 10/3/2022",
        "Dated: October 3, 2022",
    ],
)
def test_letter_date_in_usual_forms(text: str) -> None:
    assert dated("St. Mary's Hospital", "", text, "", "Dear Committee,", PROSE) == THE_DAY


def test_letter_date_with_the_day_first_where_only_that_is_a_date() -> None:
    assert dated("13/10/2022") == date(2022, 10, 13)


@pytest.mark.parametrize(
    "text",
    ["Signature: /s/ Jane Doe Date: October 3, 2022", "Signed this 3rd day of October, 2022"],
)
def test_letter_date_told_below(text: str) -> None:
    assert dated("Dear Committee,", PROSE, "Sincerely,", text) == THE_DAY


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Re: application due October 21, 2022",
        "Established May 1, 1902",
        "Start date: October 3, 2022",
        "October __, 2022",
        "October 2022",
        "February 30, 2022",
        "99/99/2022",
        "(555) 12-34-5678",
        "Institute for Healthcare Improvement, 53 State Street, Boston, October 3, 2022",
        "",
    ],
)
def test_letter_date_of_something_else_is_none(text: str) -> None:
    assert dated("St. Mary's Hospital", text, "Dear Committee,", PROSE) is None


def test_letter_date_below_the_salutation_is_of_something_else() -> None:
    assert dated("Dear Committee,", "October 3, 2022") is None
