"""Dates in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from roundtable.messages.dates import (
    day_in_words,
    days_left,
    deadline_in_words,
    left_in_words,
    moment_in_words,
    period_in_words,
)
from roundtable.texts.languages import speaking

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        # The request for applications: Action Community by October 21, Learning Network by
        # November 1, 2022; the workshop series by February 28, 2024 at 12:00 pm EST.
        (datetime(2022, 10, 22, 4, tzinfo=UTC), "Friday, October 21, 2022, 11:59 PM EDT"),
        (datetime(2022, 11, 2, 4, tzinfo=UTC), "Tuesday, November 1, 2022, 11:59 PM EDT"),
        (datetime(2022, 12, 6, 5, tzinfo=UTC), "Monday, December 5, 2022, 11:59 PM EST"),
        (datetime(2024, 2, 28, 17, tzinfo=UTC), "Wednesday, February 28, 2024, 12:00 PM EST"),
    ],
)
def test_deadline_names_the_last_minute_of_a_day(at: datetime, words: str) -> None:
    assert deadline_in_words(at, NEW_YORK) == words


def test_moment_of_midnight_stays_midnight() -> None:
    at = datetime(2022, 10, 22, 4, 0, 59, tzinfo=UTC)

    assert moment_in_words(at, NEW_YORK) == "Saturday, October 22, 2022, 12:00 AM EDT"


def test_zone_without_a_name_is_told_by_its_distance() -> None:
    at = datetime(2022, 10, 22, 4, tzinfo=UTC)

    assert moment_in_words(at, ZoneInfo("America/Sao_Paulo")) == (
        "Saturday, October 22, 2022, 1:00 AM UTC-0300"
    )


def test_day() -> None:
    assert day_in_words(date(2022, 12, 5)) == "Monday, December 5, 2022"


def test_days_left_count_local_days_across_a_clock_change() -> None:
    until = datetime(2022, 11, 8, 5, tzinfo=UTC)

    assert days_left(until, datetime(2022, 11, 5, 3, 59, tzinfo=UTC), NEW_YORK) == 3
    assert days_left(until, datetime(2022, 11, 5, 4, 0, tzinfo=UTC), NEW_YORK) == 2


def test_left_in_words() -> None:
    assert [left_in_words(days) for days in (0, 1, 2)] == [
        "today is the last day",
        "1 day left",
        "2 days left",
    ]


def test_dates_are_spanish_where_that_is_spoken() -> None:
    starts, ends = datetime(2023, 1, 10, 18, tzinfo=UTC), datetime(2023, 1, 10, 19, 30, tzinfo=UTC)
    with speaking("es"):
        assert day_in_words(date(2022, 12, 5)) == "lunes, 5 de diciembre de 2022"
        assert deadline_in_words(datetime(2022, 10, 22, 4, tzinfo=UTC), NEW_YORK) == (
            "viernes, 21 de octubre de 2022, 23:59 EDT"
        )
        assert period_in_words(starts, ends, NEW_YORK) == (
            "martes, 10 de enero de 2023, de 13:00 a 14:30 EST"
        )
        assert [left_in_words(days) for days in (0, 1, 2)] == [
            "hoy es el último día",
            "queda 1 día",
            "quedan 2 días",
        ]


def test_period_names_the_day_once_unless_it_ends_on_another() -> None:
    starts = datetime(2023, 1, 10, 18, tzinfo=UTC)
    assert period_in_words(starts, datetime(2023, 1, 10, 19, 30, tzinfo=UTC), NEW_YORK) == (
        "Tuesday, January 10, 2023, 1:00 PM to 2:30 PM EST"
    )
    assert period_in_words(starts, datetime(2023, 1, 11, 18, tzinfo=UTC), NEW_YORK) == (
        "Tuesday, January 10, 2023, 1:00 PM EST \N{EN DASH} "
        "Wednesday, January 11, 2023, 1:00 PM EST"
    )
