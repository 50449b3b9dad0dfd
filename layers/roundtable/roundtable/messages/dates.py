"""Dates in words of the language spoken now, always with the zone they are meant in."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from roundtable.messages.texts import gettext as _
from roundtable.messages.texts import ngettext


def moment_in_words(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant on the wall clock of a zone: Friday, October 21, 2022, 11:59 PM EDT."""
    local = at.astimezone(zone)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": day_in_words(local.date()),
        "time": _hour(local),
        "zone": zone_in_words(local),
    }


def period_in_words(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Return from when to when, on the wall clock of a zone; the day once where it is one day.

    Thursday, March 21, 2024, 1:00 PM to 2:30 PM EDT.
    """
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() != last.date():
        return f"{moment_in_words(starts, zone)} \N{EN DASH} {moment_in_words(ends, zone)}"
    return _("%(day)s, %(from)s to %(until)s %(zone)s") % {
        "day": day_in_words(first.date()),
        "from": _hour(first),
        "until": _hour(last),
        "zone": zone_in_words(last),
    }


def deadline_in_words(until: datetime, zone: ZoneInfo) -> str:
    """Return the first instant that is too late as people say it (see `last_minute`)."""
    return moment_in_words(last_minute(until, zone), zone)


def last_minute(until: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant that is named for a limit.

    A limit at midnight closes a whole day, so its last minute is named: 11:59 PM.
    """
    whole_day = until.astimezone(zone).time() == time()
    return until - timedelta(minutes=1) if whole_day else until


def day_in_words(on: date) -> str:
    """Return a day as Monday, December 5, 2022."""
    return _("%(weekday)s, %(month)s %(day)s, %(year)s") % {
        "weekday": _weekdays()[on.weekday()],
        "month": _months()[on.month - 1],
        "day": on.day,
        "year": on.year,
    }


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
        return _("today is the last day")
    return ngettext("%(num)s day left", "%(num)s days left", days) % {"num": days}


def _hour(local: datetime) -> str:
    # Translations may write it as %-H:%M.
    return local.strftime(_("%-I:%M %p"))


def _weekdays() -> tuple[str, ...]:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def _months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
