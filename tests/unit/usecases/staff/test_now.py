from datetime import UTC, datetime, timedelta

from roundtable.domain.due import Due, DueAction
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.staff.now import DueUntil, due_rows, limit_of, now
from tests.factories import NOW, PROGRAM, make_application, make_notice, make_program
from tests.fakes import FakePorts

MIDNIGHT = datetime(2022, 10, 4, 4, 0, tzinfo=UTC)
"""The end of the day in New York."""


def make_ports(*dues: tuple[datetime, DueAction]) -> FakePorts:
    """Return a round with an application for each thing that is due."""
    ports = FakePorts()
    ports.rounds.given(make_program())
    for number, (at, action) in enumerate(dues, 1):
        due = Due(at=at, action=action, mark=f"m{number}")
        ports.applications.given(make_application(Stage.OFFER, number=number, due=due))
    return ports


def test_days_are_the_programs_own() -> None:
    program = make_program()
    assert limit_of(program, NOW, DueUntil.TODAY) == MIDNIGHT
    assert limit_of(program, NOW, DueUntil.WEEK) == NOW + timedelta(days=7)
    assert limit_of(program, NOW, DueUntil.LATE) == NOW - timedelta(minutes=5)


def test_what_is_due_is_counted_to_the_instant() -> None:
    lapse, moment = DueAction.LAPSE_OFFER, timedelta(seconds=1)
    ports = make_ports(
        (NOW - timedelta(minutes=5), lapse),
        (NOW - timedelta(minutes=5) + moment, lapse),
        (MIDNIGHT, lapse),
        (MIDNIGHT + moment, lapse),
        (NOW + timedelta(days=7), lapse),
        (NOW + timedelta(days=7) + moment, lapse),
    )
    due = now(ports, PROGRAM).due
    assert (due.late, due.today, due.week) == (1, 3, 5)
    for until, length in ((DueUntil.LATE, 1), (DueUntil.TODAY, 3), (DueUntil.WEEK, 5)):
        assert len(due_rows(ports, PROGRAM, until).items) == length


def test_routine_counts_where_it_is_late_alone() -> None:
    early, soon = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    ports = make_ports((early, DueAction.RELOOK), (soon, DueAction.CONFIRM_START))
    due = now(ports, PROGRAM).due
    assert (due.late, due.today, due.week) == (1, 0, 0)
    assert len(due_rows(ports, PROGRAM, DueUntil.LATE).items) == 1
    assert due_rows(ports, PROGRAM, DueUntil.WEEK).items == ()


def test_pages_of_what_is_due_go_on_over_the_routine() -> None:
    actions = [DueAction.RELOOK] * 5 + [DueAction.LAPSE_OFFER] * 3
    dues = [(NOW + timedelta(hours=place), action) for place, action in enumerate(actions)]
    ports = make_ports(*dues)
    references: list[str] = []
    cursor: str | None = None
    while True:
        page = due_rows(ports, PROGRAM, DueUntil.WEEK, limit=1, cursor=cursor)
        references += [item.application.reference for item in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert references == ["FW-TEST-0006", "FW-TEST-0007", "FW-TEST-0008"]


def test_stuck_comes_from_the_statistics_and_undelivered_from_the_outbox() -> None:
    ports = make_ports()
    ports.rounds.count("event", PROGRAM, {"help": 2})
    given = make_application(Stage.OFFER, number=9)
    lost = make_notice(application=given.id, status=NoticeStatus.UNDELIVERED)
    ports.applications.given(given, notices=[lost])
    standing = now(ports, PROGRAM)
    assert (standing.stuck, standing.undelivered, standing.alarms) == (2, 1, ())


def test_alarms_that_do_not_answer_are_not_known() -> None:
    ports = make_ports()
    ports.alarms.silent = True
    assert now(ports, PROGRAM).alarms is None
