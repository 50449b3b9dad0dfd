"""The sessions of a program as a calendar file (RFC 5545)."""

import hashlib
from datetime import date, datetime

from icalendar import Calendar, Component, Event, vCalAddress, vText

from roundtable.domain.program import Program
from roundtable.messages.plain import line
from roundtable.ports import Attachment


def session_calendar(program: Program, now: datetime) -> Attachment | None:
    """Return a calendar of the sessions to import, or None where a program has none.

    A session keeps its UID when its time or place moves, so that an import of the newer file
    corrects the older entry: the UID follows from the program and the session's title, which
    no other session has.
    """
    if not program.sessions:
        return None
    calendar = Calendar()
    _fill(
        calendar,
        prodid="-//Roundtable//Program sessions//EN",
        version="2.0",
        method="PUBLISH",
        name=line(program.name),
    )
    organizer = vCalAddress(f"mailto:{program.organizer.email}")
    organizer.params["CN"] = vText(line(program.organizer.name).replace('"', "'"))
    for session in program.sessions:
        title = line(session.title)
        event = Event()
        _fill(
            event,
            uid=_uid(program.key, title),
            dtstamp=now,
            summary=f"{line(program.name)}: {title}",
            dtstart=session.starts.replace(tzinfo=program.zone),
            dtend=session.ends.replace(tzinfo=program.zone),
            organizer=organizer,
        )
        if session.location:
            _fill(event, location=line(session.location))
        calendar.add_component(event)
    first = min(session.starts for session in program.sessions)
    last = max(session.ends for session in program.sessions)
    calendar.add_missing_timezones(date(first.year - 1, 1, 1), date(last.year + 2, 1, 1))
    return Attachment(
        file_name=f"{program.key}-sessions.ics",
        content_type="text/calendar; method=PUBLISH; charset=utf-8",
        content=calendar.to_ical(),
    )


def _fill(component: Component, **properties: object) -> None:
    for name, value in properties.items():
        component.add(name, value)  # pyright: ignore[reportUnknownMemberType] (value is untyped)


def _uid(program: str, title: str) -> str:
    digest = hashlib.sha256(title.casefold().encode()).hexdigest()[:16]
    return f"{program}-{digest}@roundtable"
