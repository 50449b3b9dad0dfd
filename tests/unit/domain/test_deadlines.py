from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.application import Extension
from roundtable.domain.deadlines import (
    business_day_before,
    close_for,
    enterable_tracks,
    in_time,
    last_close,
    promise_kept_until,
    promise_warnings,
    promised_day,
    upload_timeliness,
)
from roundtable.domain.program import Program
from tests.factories import RESIDENCY, SEMINAR, make_application, make_program, make_track

AC_CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
LN_CLOSE = datetime(2022, 11, 2, 4, tzinfo=UTC)
INSTANTS = st.integers(0, 3 * 365 * 86_400).map(
    lambda seconds: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))


def two_tracks() -> Program:
    return make_program(
        tracks=(make_track(RESIDENCY), make_track(SEMINAR, closes=date(2022, 11, 1)))
    )


@pytest.mark.scenario(1)
def test_in_time_at_the_last_millisecond_and_not_at_midnight() -> None:
    program = two_tracks()
    track = program.track(RESIDENCY)
    assert in_time(program, track, AC_CLOSE - timedelta(milliseconds=1))
    assert not in_time(program, track, AC_CLOSE)


@pytest.mark.scenario(2)
def test_close_for_a_track_that_closes_before_the_clocks_go_back() -> None:
    program = two_tracks()
    assert close_for(program, program.track(SEMINAR)) == LN_CLOSE
    assert not in_time(program, program.track(SEMINAR), LN_CLOSE)


@given(received_at=INSTANTS)
def test_in_time_is_true_exactly_between_opening_and_close(received_at: datetime) -> None:
    program = two_tracks()
    for track in program.tracks:
        expected = program.opens_at <= received_at < program.closes_at(track)
        assert in_time(program, track, received_at) is expected
        assert (track in enterable_tracks(program, received_at)) is expected


@pytest.mark.scenario(5)
def test_extension_moves_the_close_of_its_application_alone() -> None:
    program = two_tracks()
    until = AC_CLOSE + timedelta(days=3)
    granted = Extension(until=until, reason="A flood.", granted_by="staff:one")
    extended = make_application(extension=granted)
    track = program.track(RESIDENCY)
    assert close_for(program, track, extended) == until
    assert close_for(program, track, make_application()) == AC_CLOSE
    assert last_close(program, extended) == LN_CLOSE


def test_extension_before_the_close_changes_nothing() -> None:
    program = two_tracks()
    earlier = Extension(until=AC_CLOSE - timedelta(days=3), reason="Late.", granted_by="staff:one")
    application = make_application(extension=earlier)
    assert close_for(program, program.track(RESIDENCY), application) == AC_CLOSE


@pytest.mark.scenario(6)
@pytest.mark.parametrize(
    ("intent", "received", "expected"),
    [
        (-60, -1, "in_time"),
        (-60, 0, "grace"),
        (-1, 1799, "grace"),
        (-1, 1800, "late"),
        (0, 0, "late"),
        (5, 6, "late"),
    ],
)
def test_upload_timeliness_across_the_close(
    intent: int, received: int, expected: Literal["in_time", "grace", "late"]
) -> None:
    at = AC_CLOSE
    grace = timedelta(minutes=30)
    begun, ended = at + timedelta(seconds=intent), at + timedelta(seconds=received)
    assert upload_timeliness(begun, ended, at, grace) == expected


@pytest.mark.scenario(2)
def test_promised_day_counts_local_calendar_days_across_the_clock_change() -> None:
    program = two_tracks()
    received_at = datetime(2022, 11, 2, 3, 30, tzinfo=UTC)  # November 1, 23:30 EDT
    assert promised_day(program, program.track(SEMINAR), received_at) == date(2022, 12, 1)
    holidays = frozenset[date]()
    until = promise_kept_until(program, date(2022, 12, 1), lambda _: holidays)
    assert until == datetime(2022, 12, 2, 5, tzinfo=UTC)


@pytest.mark.scenario(24)
def test_promised_day_that_is_fixed_does_not_depend_on_the_receipt() -> None:
    program = two_tracks()
    assert promised_day(program, program.track(RESIDENCY), AC_CLOSE) == date(2022, 12, 5)


@given(received_at=INSTANTS)
def test_promised_day_is_thirty_days_after_the_local_day(received_at: datetime) -> None:
    program = two_tracks()
    day = promised_day(program, program.track(SEMINAR), received_at)
    assert day - program.local_date(received_at) == timedelta(days=30)


@pytest.mark.scenario(26)
def test_business_day_before_a_saturday_after_thanksgiving() -> None:
    program = two_tracks()
    received = datetime(2022, 10, 27, 16, tzinfo=UTC)
    day = promised_day(program, program.track(SEMINAR), received)
    assert day == date(2022, 11, 26)
    holidays = frozenset({date(2022, 11, 24)})
    assert business_day_before(day, lambda _: holidays) == date(2022, 11, 25)
    assert promise_kept_until(program, day, lambda _: holidays) == datetime(
        2022, 11, 26, 5, tzinfo=UTC
    )
    assert promise_warnings(program, day, lambda _: holidays) == (
        datetime(2022, 11, 20, 5, tzinfo=UTC),
        datetime(2022, 11, 23, 5, tzinfo=UTC),
    )


def test_business_day_before_new_year_asks_for_the_year_before() -> None:
    years: list[int] = []

    def holidays_of(year: int) -> frozenset[date]:
        years.append(year)
        return frozenset({date(year, 1, 1), date(2021, 12, 31)})

    assert business_day_before(date(2022, 1, 2), holidays_of) == date(2021, 12, 30)
    assert 2021 in years


@given(day=DAYS, holidays=st.frozensets(DAYS, max_size=40))
def test_business_day_before_is_the_latest_business_day_not_after(
    day: date, holidays: frozenset[date]
) -> None:
    found = business_day_before(day, lambda _: holidays)
    assert found <= day
    assert found.weekday() < 5
    assert found not in holidays
    between = (found + timedelta(days=n) for n in range(1, (day - found).days + 1))
    assert all(item.weekday() >= 5 or item in holidays for item in between)
