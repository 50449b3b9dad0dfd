"""Dates and times in words of the language spoken now, as HTML `time` elements.

`local_times.js` adds the visitor's own time where that differs.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from roundtable.messages.dates import day_in_words, last_minute, moment_in_words, period_in_words

__all__ = ["day", "day_in_words", "deadline", "moment", "period"]


def moment(at: datetime, zone: ZoneInfo) -> Markup:
    """Return an instant on the wall clock of a zone: Friday, October 21, 2022, 3:00 PM EDT."""
    return _in_local_time(at.astimezone(zone), moment_in_words(at, zone))


def period(starts: datetime, ends: datetime, zone: ZoneInfo) -> Markup:
    """Return from when to when, on the wall clock of a zone; the day once where it is one day.

    Thursday, March 21, 2024, 1:00 PM to 2:30 PM EDT.
    """
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() != last.date():
        return Markup("{} \N{EN DASH} {}").format(moment(starts, zone), moment(ends, zone))
    return _in_local_time(first, period_in_words(starts, ends, zone))


def deadline(until: datetime, zone: ZoneInfo) -> Markup:
    """Return the first instant that is too late as people say it.

    A limit at midnight closes a whole day, so its last minute is named: 11:59 PM.
    """
    return moment(last_minute(until, zone), zone)


def day(on: date) -> Markup:
    """Return a day as Monday, December 5, 2022."""
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), day_in_words(on))


def _in_local_time(local: datetime, words: str) -> Markup:
    return Markup('<time datetime="{}" data-local-time>{}</time>').format(local.isoformat(), words)
