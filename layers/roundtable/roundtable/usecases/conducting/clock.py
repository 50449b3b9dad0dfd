"""What is due: the clock takes it from the index and acts, once each."""

from collections.abc import Callable
from datetime import datetime

from roundtable.domain.model import Record
from roundtable.domain.schedule import next_due
from roundtable.ports import AlreadyThere, Conflict, DueItem, NotFound, Ports, Unavailable
from roundtable.usecases.conducting.due_actions import CLOCK, carry_out
from roundtable.usecases.conducting.sending import confirm
from roundtable.usecases.deciding.free_seats import fill_free_seats, open_reserves
from roundtable.usecases.errors import ApplicationMoved, Refused
from roundtable.usecases.staff.redating import move_date
from roundtable.usecases.step import Step

EXPECTED = (Conflict, AlreadyThere, ApplicationMoved, Refused, NotFound, Unavailable)
"""Somebody else acted first, or a service is away: the next tick looks again."""


class Tick(Record):
    """What one tick did."""

    acted: dict[str, int]
    """How often each action was carried out."""
    put_off: int = 0
    """Left to the next tick, because somebody else was at it or a service was away."""
    failed: tuple[str, ...] = ()
    """Applications, or programs, whose action failed in a way that should not be."""
    more: bool = False
    """Whether the time was over before everything was done."""


def tick(ports: Ports, time_is_left: Callable[[], bool], report: Callable[[str], None]) -> Tick:
    """Carry out everything that is due, the longest due first, then see to free seats.

    Reserves that nobody needs any more are opened, and open seats are given to who waits.
    `report` is told the id of an application whose action failed unexpectedly, or the key of
    a program whose seats did; the others are carried out all the same.
    """
    now = ports.clock.now()
    acted: dict[str, int] = {}
    failed: list[str] = []
    put_off = 0
    cursor: str | None = None
    while True:
        page = ports.applications.due(now, limit=100, cursor=cursor)
        for item in page.items:
            if not time_is_left():
                return Tick(acted=acted, put_off=put_off, failed=tuple(failed), more=True)
            try:
                if act(ports, item, now):
                    acted[item.action.value] = acted.get(item.action.value, 0) + 1
            except EXPECTED:
                put_off += 1
            except Exception:  # noqa: BLE001 (one application must not stop the clock of all)
                report(item.application)
                failed.append(item.application)
        cursor = page.cursor
        if cursor is None:
            break
    for program in ports.rounds.programs():
        try:
            opened = open_reserves(ports, program, now)
            acted["open_reserve"] = acted.get("open_reserve", 0) + opened
            acted["promote"] = acted.get("promote", 0) + fill_free_seats(ports, program)
        except EXPECTED:
            put_off += 1
        except Exception:  # noqa: BLE001 (one program must not stop the clock of all)
            report(program)
            failed.append(program)
    return Tick(
        acted={name: count for name, count in acted.items() if count},
        put_off=put_off,
        failed=tuple(failed),
    )


def act(ports: Ports, item: DueItem, now: datetime) -> bool:
    """Carry out one due action; False where nothing is due any more.

    The index may be behind, and the program's dates may have moved since it was written.
    """
    if item.notice:
        notice = ports.applications.notice(item.application, item.notice)
        if notice.due is None or notice.due.at > now:
            return False
        confirm(ports, item.application, item.notice)
        return True
    application = ports.applications.get(item.application)
    if application.due is None or application.due.at > now:
        return False
    step = Step(ports, application, CLOCK)
    due = next_due(application, step.program, step.holidays_of)
    if due is None or due.at > now:
        move_date(ports, application.id)
        return False
    carry_out(ports, application, due)
    return True
