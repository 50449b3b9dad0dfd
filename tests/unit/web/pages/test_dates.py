from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from roundtable.messages.dates import day_in_words as day_in_mail
from roundtable.messages.dates import moment_in_words as moment_in_mail
from roundtable.web.pages.dates import day, day_in_words, deadline, moment, period
from roundtable.web.pages.texts import speaking

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2022, 10, 21, 19, 5, tzinfo=UTC)
MIDNIGHT = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)


def test_moment_is_told_in_the_given_zone() -> None:
    assert moment(AT, NEW_YORK) == (
        '<time datetime="2022-10-21T15:05:00-04:00" data-local-time>'
        "Friday, October 21, 2022, 3:05 PM EDT</time>"
    )


def test_moment_in_spanish_counts_24_hours() -> None:
    with speaking("es"):
        assert "viernes, 21 de octubre de 2022, 15:05 EDT" in moment(AT, NEW_YORK)


def test_moment_is_told_as_in_mail() -> None:
    assert moment_in_mail(AT, NEW_YORK) in moment(AT, NEW_YORK)
    assert day_in_words(date(2022, 12, 5)) == day_in_mail(date(2022, 12, 5))


def test_deadline_at_midnight_names_the_days_last_minute() -> None:
    assert "Friday, October 21, 2022, 11:59 PM EDT" in deadline(MIDNIGHT, NEW_YORK)


def test_deadline_within_a_day_is_the_moment() -> None:
    assert deadline(AT, NEW_YORK) == moment(AT, NEW_YORK)


def test_day_has_no_time_and_no_zone() -> None:
    assert day(date(2022, 12, 5)) == '<time datetime="2022-12-05">Monday, December 5, 2022</time>'


def test_period_within_a_day_names_the_day_once() -> None:
    ends = datetime(2022, 10, 21, 20, 35, tzinfo=UTC)
    assert period(AT, ends, NEW_YORK) == (
        '<time datetime="2022-10-21T15:05:00-04:00" data-local-time>'
        "Friday, October 21, 2022, 3:05 PM to 4:35 PM EDT</time>"
    )
    with speaking("es"):
        assert "viernes, 21 de octubre de 2022, de 15:05 a 16:35 EDT" in period(AT, ends, NEW_YORK)


def test_period_over_midnight_names_both_days() -> None:
    assert period(AT, MIDNIGHT, NEW_YORK) == (
        f"{moment(AT, NEW_YORK)} \N{EN DASH} {moment(MIDNIGHT, NEW_YORK)}"
    )
