"""Where a round stands now: what goes by itself, what waits for a person, what fails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from roundtable.domain.due import DueAction
from roundtable.domain.model import Record
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.program import Program
from roundtable.ports import Alarm, DueItem, Page, Ports, Unavailable
from roundtable.usecases.staff.lookups import find_program
from roundtable.usecases.staff.overview import COMING_DAYS, DueRow, RoundCounts, by_due, counts

T = TypeVar("T")

LATE_AFTER = timedelta(minutes=5)
"""One round of the clock (see the template): what was due for longer than this was left lying."""

ROUTINE = frozenset({DueAction.RELOOK, DueAction.CONFIRM_START, DueAction.CONFIRM_NOTICE})
"""What the clock looks after by itself, and nobody waits for unless it is late."""

MOST_COUNTED = 1_000
_PAGE = 250


class DueUntil(StrEnum):
    """How far ahead to look. Each holds what comes before it, too."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


class DueCounts(Record):
    """How much is due, up to MOST_COUNTED."""

    late: int
    today: int
    week: int


class Now(Record):
    """Where a round stands."""

    round: RoundCounts
    due: DueCounts
    stuck: int
    undelivered: int
    """Up to MOST_COUNTED."""
    alarms: tuple[Alarm, ...] | None
    """What rings; None where that is not known."""


def now(ports: Ports, program_key: str) -> Now:
    """Return where a round stands. Nothing is counted by going through applications.

    Raises Unknown.
    """
    _, program = find_program(ports, program_key)
    standing = counts(ports, program_key)
    return Now(
        round=standing,
        due=_due_counts(ports, program),
        stuck=standing.others.get("help", 0),
        undelivered=_length(
            lambda cursor: ports.applications.outbox(
                program_key, NoticeStatus.UNDELIVERED, limit=_PAGE, cursor=cursor
            )
        ),
        alarms=_alarms(ports),
    )


def due_rows(
    ports: Ports,
    program_key: str,
    until: DueUntil,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[DueRow]:
    """Return what is due, the longest due first; routine only where it is late.

    A page holds about `limit`. Raises Unknown, and Invalid for a cursor of another list.
    """
    _, program = find_program(ports, program_key)
    at = limit_of(program, ports.clock.now(), until)
    found: list[DueRow] = []
    while True:
        page = by_due(ports, program_key, until=at, limit=limit, cursor=cursor)
        found += [item for item in page.items if until is DueUntil.LATE or _is_told(item)]
        cursor = page.cursor
        if cursor is None or len(found) >= limit:
            return Page(tuple(found), cursor)


def limit_of(program: Program, moment: datetime, until: DueUntil) -> datetime:
    """Return until when something is due to be listed; days are the program's own."""
    match until:
        case DueUntil.LATE:
            return moment - LATE_AFTER
        case DueUntil.TODAY:
            return program.end_of(program.local_date(moment))
        case DueUntil.WEEK:
            return moment + COMING_DAYS


def _due_counts(ports: Ports, program: Program) -> DueCounts:
    moment = ports.clock.now()
    late, today, week = (limit_of(program, moment, until) for until in DueUntil)
    found: list[DueItem] = []
    cursor: str | None = None
    while len(found) < MOST_COUNTED:
        page = ports.applications.due(week, program=program.key, limit=_PAGE, cursor=cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    told = [item for item in found if _is_told(item)]
    return DueCounts(
        late=sum(item.at <= late for item in found),
        today=sum(item.at <= today for item in told),
        week=len(told),
    )


def _is_told(item: DueItem | DueRow) -> bool:
    return item.action not in ROUTINE


def _length(read: Callable[[str | None], Page[T]]) -> int:
    length, cursor = 0, None
    while length < MOST_COUNTED:
        page = read(cursor)
        length += len(page.items)
        cursor = page.cursor
        if cursor is None:
            break
    return length


def _alarms(ports: Ports) -> tuple[Alarm, ...] | None:
    try:
        return ports.alarms.ringing()
    except Unavailable:
        return None
