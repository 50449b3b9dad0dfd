"""Dates in words, always with the zone they are meant in."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NOON = 12


def moment_in_words(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant on the wall clock of a zone: Friday, October 21, 2022, 11:59 PM EDT."""
    local = at.astimezone(zone)
    half = "AM" if local.hour < _NOON else "PM"
    hour = local.hour % _NOON or _NOON
    return f"{day_in_words(local.date())}, {hour}:{local:%M} {half} {zone_in_words(local)}"


def deadline_in_words(until: datetime, zone: ZoneInfo) -> str:
    """Return the first instant that is too late as people say it.

    A limit at midnight closes a whole day, so its last minute is named: 11:59 PM.
    """
    if until.astimezone(zone).time() == time():
        return moment_in_words(until - timedelta(minutes=1), zone)
    return moment_in_words(until, zone)


def day_in_words(day: date) -> str:
    """Return a day as Monday, December 5, 2022."""
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"


def zone_in_words(local: datetime) -> str:
    """Return the zone's short name, or its distance from UTC where it has none."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local:%z}"


def days_left(until: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Return how many local calendar days remain after today; 0 on the last day and after it."""
    last_day = (until - timedelta(microseconds=1)).astimezone(zone).date()
    return max((last_day - now.astimezone(zone).date()).days, 0)


def left_in_words(days: int) -> str:
    """Return the days left in words."""
    if days == 0:
        return "today is the last day"
    return "1 day left" if days == 1 else f"{days} days left"
