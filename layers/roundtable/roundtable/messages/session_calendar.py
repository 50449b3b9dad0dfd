"""The sessions and dates of a program as a calendar file (RFC 5545)."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event, vCalAddress, vText

from roundtable.domain.model import Instant, Record
from roundtable.domain.program import Program
from roundtable.messages.plain import line
from roundtable.ports import Attachment

_HALF_AN_HOUR = timedelta(minutes=30)


class DateToKeep(Record):
    """A date beside the sessions: an instant by which something is due, or a whole day."""

    name: str
    """Of the entry itself: it stays when the date moves."""
    title: str
    at: Instant | date


def session_calendar(program: Program, now: datetime) -> Attachment | None:
    """Return a calendar of the sessions to import, or None where a program has none."""
    if not program.sessions:
        return None
    return _attached(program, _calendar(program, now), _years(program), "sessions")


def calendar_of_dates(program: Program, now: datetime, dates: Sequence[DateToKeep]) -> Attachment:
    """Return a calendar of some dates and of the sessions, to import.

    An instant is entered as the half hour that ends with it, in the program's zone.
    """
    calendar = _calendar(program, now)
    years = _years(program)
    for item in dates:
        event = _event(program, now, item.name, item.title)
        if isinstance(item.at, datetime):
            until = item.at.astimezone(program.zone)
            _fill(event, dtstart=until - _HALF_AN_HOUR, dtend=until)
            years.add(until.year)
        else:
            _fill(event, dtstart=item.at, dtend=item.at + timedelta(days=1), transp="TRANSPARENT")
        calendar.add_component(event)
    return _attached(program, calendar, years, "dates")


def _calendar(program: Program, now: datetime) -> Calendar:
    """Return a calendar with the sessions.

    A session keeps its UID when its time or place moves, so that an import of the newer file
    corrects the older entry: the UID follows from the program and the session's title, which
    no other session has.
    """
    calendar = Calendar()
    _fill(
        calendar,
        prodid="-//Roundtable//Program sessions//EN",
        version="2.0",
        method="PUBLISH",
        name=line(program.name),
    )
    for session in program.sessions:
        event = _event(program, now, line(session.title), session.title)
        _fill(
            event,
            dtstart=session.starts.replace(tzinfo=program.zone),
            dtend=session.ends.replace(tzinfo=program.zone),
        )
        if session.location:
            _fill(event, location=line(session.location))
        calendar.add_component(event)
    return calendar


def _event(program: Program, now: datetime, name: str, title: str) -> Event:
    organizer = vCalAddress(f"mailto:{program.organizer.email}")
    organizer.params["CN"] = vText(line(program.organizer.name).replace('"', "'"))
    event = Event()
    _fill(
        event,
        uid=_uid(program.key, name),
        dtstamp=now,
        summary=f"{line(program.name)}: {line(title)}",
        organizer=organizer,
    )
    return event


def _years(program: Program) -> set[int]:
    """Return the years of the sessions, for which the file explains the zone."""
    return {
        moment.year for session in program.sessions for moment in (session.starts, session.ends)
    }


def _attached(program: Program, calendar: Calendar, years: set[int], name: str) -> Attachment:
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return Attachment(
        file_name=f"{program.key}-{name}.ics",
        content_type="text/calendar; method=PUBLISH; charset=utf-8",
        content=calendar.to_ical(),
    )


def _fill(component: Component, **properties: object) -> None:
    for name, value in properties.items():
        component.add(name, value)  # pyright: ignore[reportUnknownMemberType] (value is untyped)


def _uid(program: str, title: str) -> str:
    digest = hashlib.sha256(title.casefold().encode()).hexdigest()[:16]
    return f"{program}-{digest}@roundtable"
