"""Public holidays: the fake and the calendar."""

from datetime import date

import pytest

from roundtable.adapters.holidays_calendar import CalendarHolidays
from roundtable.ports import Holidays
from tests.fakes import FakeHolidays

THANKSGIVING = date(2022, 11, 24)
NEW_YEAR = date(2023, 1, 1)
OBSERVED = date(2023, 1, 2)


@pytest.fixture(params=["fake", "calendar"])
def holidays(request: pytest.FixtureRequest) -> Holidays:
    if request.param == "fake":
        return FakeHolidays(US=(THANKSGIVING, NEW_YEAR, OBSERVED))
    return CalendarHolidays()


def test_holidays_are_those_of_the_years_asked_for(holidays: Holidays) -> None:
    in_2022 = holidays.of("US", [2022])

    assert THANKSGIVING in in_2022
    assert NEW_YEAR not in in_2022
    assert {THANKSGIVING, NEW_YEAR, OBSERVED} <= holidays.of("US", [2022, 2023])


def test_no_years_have_no_holidays(holidays: Holidays) -> None:
    assert holidays.of("US", []) == frozenset()


def test_other_country_has_days_of_its_own() -> None:
    assert THANKSGIVING not in CalendarHolidays().of("DE", [2022])
    assert date(2022, 10, 3) in CalendarHolidays().of("DE", [2022])


def test_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="'XX' are not known"):
        CalendarHolidays().of("XX", [2022])
