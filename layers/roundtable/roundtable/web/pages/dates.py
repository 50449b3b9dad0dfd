"""Dates and times in words of the language spoken now, always with the zone they are meant in.

Each is an HTML `time` element. `local_times.js` adds the visitor's own time where that differs.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from roundtable.messages.dates import zone_in_words
from roundtable.web.pages.texts import gettext as _


def moment(at: datetime, zone: ZoneInfo) -> Markup:
    """Return an instant on the wall clock of a zone: Friday, October 21, 2022, 3:00 PM EDT."""
    local = at.astimezone(zone)
    words = _("%(day)s, %(time)s %(zone)s") % {
        "day": day_in_words(local.date()),
        "time": _hour(local),
        "zone": zone_in_words(local),
    }
    return Markup('<time datetime="{}" data-local-time>{}</time>').format(local.isoformat(), words)


def period(starts: datetime, ends: datetime, zone: ZoneInfo) -> Markup:
    """Return from when to when, on the wall clock of a zone; the day once where it is one day.

    Thursday, March 21, 2024, 1:00 PM to 2:30 PM EDT.
    """
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() != last.date():
        return Markup("{} \N{EN DASH} {}").format(moment(starts, zone), moment(ends, zone))
    words = _("%(day)s, %(from)s to %(until)s %(zone)s") % {
        "day": day_in_words(first.date()),
        "from": _hour(first),
        "until": _hour(last),
        "zone": zone_in_words(last),
    }
    return Markup('<time datetime="{}" data-local-time>{}</time>').format(first.isoformat(), words)


def deadline(until: datetime, zone: ZoneInfo) -> Markup:
    """Return the first instant that is too late as people say it.

    A limit at midnight closes a whole day, so its last minute is named: 11:59 PM.
    """
    whole_day = until.astimezone(zone).time() == time()
    return moment(until - timedelta(minutes=1) if whole_day else until, zone)


def day(on: date) -> Markup:
    """Return a day as Monday, December 5, 2022."""
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), day_in_words(on))


def day_in_words(on: date) -> str:
    """Return a day in words without markup, for texts and titles."""
    return _("%(weekday)s, %(month)s %(day)s, %(year)s") % {
        "weekday": _weekdays()[on.weekday()],
        "month": _months()[on.month - 1],
        "day": on.day,
        "year": on.year,
    }


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
