"""The calendar that an enrolled team gets."""

from collections.abc import Mapping
from datetime import date

from icalendar import Calendar

from roundtable.domain.notices import NoticeKind
from roundtable.messages.session_calendar import DateToKeep, calendar_of_dates, session_calendar
from tests.factories import NOW, make_program
from tests.unit.messages.samples import SESSIONS, show


def _calendar(*sessions: Mapping[str, object]) -> Calendar:
    attachment = session_calendar(make_program(sessions=sessions), NOW)
    assert attachment is not None
    read = Calendar.from_ical(attachment.content)
    assert isinstance(read, Calendar)
    return read


def test_sessions_stand_in_local_time_with_their_zone() -> None:
    calendar = _calendar(*SESSIONS)

    assert str(calendar["method"]) == "PUBLISH"
    assert [zone.tz_name for zone in calendar.timezones] == ["America/New_York"]
    assert [
        (str(event["summary"]), event.start.isoformat(), event.end.isoformat())
        for event in calendar.events
    ] == [
        ("Fellowship 2022: Kick-off", "2023-01-10T13:00:00-05:00", "2023-01-10T14:30:00-05:00"),
        ("Fellowship 2022: Measuring", "2023-04-11T12:00:00-04:00", "2023-04-11T13:30:00-04:00"),
    ]


def test_uid_stays_when_a_session_moves_and_another_comes_before_it() -> None:
    before = _calendar(*SESSIONS).events[1]["uid"]
    moved = SESSIONS[1] | {"starts": "2023-05-02T12:00", "ends": "2023-05-02T13:30"}
    extra = SESSIONS[0] | {"title": "Welcome"}

    assert _calendar(extra, SESSIONS[0], moved).events[2]["uid"] == before


def test_hostile_words_add_no_property() -> None:
    hostile = SESSIONS[0] | {"title": "A\r\nATTACH:https://evil.example", "location": "B\nURL:x"}
    event = _calendar(hostile).events[0]

    assert "attach" not in event
    assert "url" not in event


def test_enrolled_team_gets_it_as_a_file() -> None:
    shown = show(NoticeKind.ENROLLED, program=make_program(sessions=SESSIONS))

    assert [(item.file_name, item.content_type) for item in shown.attachments] == [
        ("fellowship-sessions.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    ]


def test_program_without_sessions_has_no_file() -> None:
    shown = show(NoticeKind.ENROLLED)

    assert shown.attachments == ()
    assert "Sessions:" not in shown.text


def test_dates_stand_beside_the_sessions() -> None:
    program = make_program(sessions=SESSIONS[:1])
    dates = [
        DateToKeep(name="close", title="Last moment\r\nto submit", at=program.end_of(NOW.date())),
        DateToKeep(name="promise", title="You hear from us", at=date(2022, 12, 5)),
    ]
    attachment = calendar_of_dates(program, NOW, dates)
    calendar = Calendar.from_ical(attachment.content)

    assert attachment.file_name == "fellowship-dates.ics"
    assert isinstance(calendar, Calendar)
    assert [
        (str(event["summary"]), event.start.isoformat(), event.end.isoformat())
        for event in calendar.events
    ] == [
        ("Fellowship 2022: Kick-off", "2023-01-10T13:00:00-05:00", "2023-01-10T14:30:00-05:00"),
        (
            "Fellowship 2022: Last moment to submit",
            "2022-10-03T23:30:00-04:00",
            "2022-10-04T00:00:00-04:00",
        ),
        ("Fellowship 2022: You hear from us", "2022-12-05", "2022-12-06"),
    ]
    assert len({str(event["uid"]) for event in calendar.events}) == 3


def test_dates_without_sessions_are_a_calendar_too() -> None:
    attachment = calendar_of_dates(make_program(), NOW, [])
    assert b"BEGIN:VCALENDAR" in attachment.content
