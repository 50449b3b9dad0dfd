"""Deadlines and promises: decided by the server's receipt time in the program's zone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from roundtable.domain.application import Application
from roundtable.domain.program import Program, Track

HolidaysOf = Callable[[int], frozenset[date]]
"""Gives the public holidays of a year in the program's country."""

PROMISE_WARNING_DAYS = (5, 2)
"""Calendar days before the promised day on which staff are warned."""


def close_for(program: Program, track: Track, application: Application | None = None) -> datetime:
    """Return the first instant (UTC) that is too late for a track, or for one application to it."""
    closes_at = program.closes_at(track)
    if application is not None and application.extension is not None:
        return max(closes_at, application.extension.until)
    return closes_at


def in_time(
    program: Program, track: Track, received_at: datetime, application: Application | None = None
) -> bool:
    """Return whether a receipt time lies between the opening and the close of a track."""
    return program.opens_at <= received_at < close_for(program, track, application)


def enterable_tracks(
    program: Program, now: datetime, application: Application | None = None
) -> tuple[Track, ...]:
    """Return the tracks that still take applications, in the program's order."""
    return tuple(track for track in program.tracks if in_time(program, track, now, application))


def last_close(program: Program, application: Application) -> datetime:
    """Return the instant from which a draft can enter no track any more."""
    return max(close_for(program, track, application) for track in program.tracks)


def upload_timeliness(
    intent_at: datetime, received_at: datetime, until: datetime, grace: timedelta
) -> Literal["in_time", "grace", "late"]:
    """Return whether an upload counts: asked for before `until`, ended at most `grace` after it.

    One rule for all: the intent must be in time; the end may lie within the grace.
    """
    if intent_at >= until:
        return "late"
    if received_at < until:
        return "in_time"
    return "grace" if received_at < until + grace else "late"


def promised_day(program: Program, track: Track, received_at: datetime) -> date:
    """Return the local day by whose end the applicant hears, as the program promises it.

    “Within 30 days of the date your application is received” counts calendar days from the
    local day of receipt; “by December 5, 2022” is that day.
    """
    if track.promise.by is not None:
        return track.promise.by
    return program.local_date(received_at) + timedelta(days=track.promise.days_from_receipt or 0)


def business_day_before(day: date, holidays_of: HolidaysOf) -> date:
    """Return the day itself if it is a business day, else the last one before it."""
    while day.weekday() >= 5 or day in holidays_of(day.year):  # noqa: PLR2004 (Saturday)
        day -= timedelta(days=1)
    return day


def promise_kept_until(program: Program, day: date, holidays_of: HolidaysOf) -> datetime:
    """Return the instant (UTC) by which a promise for a day is kept.

    A promise that falls on a weekend or a holiday is kept by the business day before.
    """
    return program.end_of(business_day_before(day, holidays_of))


def promise_warnings(program: Program, day: date, holidays_of: HolidaysOf) -> tuple[datetime, ...]:
    """Return the instants (UTC) at which staff are warned of a promise, the earliest first."""
    kept_on = business_day_before(day, holidays_of)
    return tuple(program.start_of(kept_on - timedelta(days=days)) for days in PROMISE_WARNING_DAYS)
