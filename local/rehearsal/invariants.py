"""The seven invariants of a round, looked up in the table, the mailbox and the executions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from roundtable.domain.application import Application, Decision
from roundtable.domain.audit import AuditEvent, verify
from roundtable.domain.deadlines import promise_kept_until
from roundtable.domain.notices import Notice, NoticeKind
from roundtable.domain.program import Program
from roundtable.domain.seats import Seats
from roundtable.domain.stages import HOLDS_A_SEAT_IF_ACCEPTED, ClosedAs, Stage

ENDED_UNHEARD = frozenset({ClosedAs.WITHDRAWN, ClosedAs.NOT_SUBMITTED})
"""Ends before a decision that leave no promise to keep."""


@dataclass(frozen=True)
class Evidence:
    """All that there is about one program's round at one moment."""

    now: datetime
    program: Program
    holidays: frozenset[date]
    receipts: tuple[str, ...]
    """Reference numbers as the applicants were given them, repeats included."""
    applications: tuple[Application, ...]
    events: dict[str, tuple[AuditEvent, ...]]
    notices: tuple[Notice, ...]
    mails: tuple[tuple[str, str], ...]
    """Application and notice of every mail that left."""
    running: tuple[str, ...]
    """Names of the executions that run."""
    seats: tuple[Seats, ...]


def check_invariants(seen: Evidence) -> dict[str, bool]:
    """Return each invariant by name, and whether it holds."""
    return {
        "one_application_per_receipt_and_one_live_execution": _one_application(seen),
        "one_decision_per_application_and_track": _one_decision(seen),
        "one_notice_per_application_kind_and_version": _one_notice(seen),
        "seats_taken_within_capacity": _seats(seen),
        "every_open_application_has_a_future_due_time": _due(seen),
        "audit_chain_verifies_and_names_its_authors": _audit(seen),
        "promises_kept_or_alerted_before": _promises(seen),
    }


@dataclass(frozen=True)
class Promises:
    """How many promises fell due, and what became of them."""

    due: int
    kept: int
    broken: int


def count_promises(seen: Evidence) -> Promises:
    """Count the promises whose day is over, and whether the applicant had heard by then."""
    due = [
        item
        for item in seen.applications
        if item.promise is not None
        and item.closed_as not in ENDED_UNHEARD
        and kept_until(seen, item) <= seen.now
    ]
    kept = [
        item
        for item in due
        if item.answered_on is not None and item.answered_on < kept_until(seen, item)
    ]
    return Promises(due=len(due), kept=len(kept), broken=len(due) - len(kept))


def kept_until(seen: Evidence, application: Application) -> datetime:
    """Return the instant (UTC) by which an application's promise is kept."""
    if application.promise is None:
        raise ValueError(f"nothing was promised to {application.id}")
    return promise_kept_until(seen.program, application.promise, lambda _: seen.holidays)


def _one_application(seen: Evidence) -> bool:
    references = Counter(item.reference for item in seen.applications)
    live = Counter(name.rpartition("-r")[0] for name in seen.running)
    return (
        all(references[receipt] == 1 for receipt in seen.receipts)
        and all(count == 1 for count in references.values())
        and all(count == 1 for count in live.values())
    )


def _one_decision(seen: Evidence) -> bool:
    decided = Counter(
        (event.application, str(event.detail["track"]))
        for events in seen.events.values()
        for event in events
        if event.kind == "decision_made"
    )
    standing = [Counter(outcome.track for outcome in item.outcomes) for item in seen.applications]
    return _at_most_once(decided) and all(_at_most_once(tracks) for tracks in standing)


def _one_notice(seen: Evidence) -> bool:
    rows = Counter((notice.application, notice.key) for notice in seen.notices)
    return _at_most_once(rows) and _at_most_once(Counter(seen.mails))


def _seats(seen: Evidence) -> bool:
    held = Counter(item.track for item in seen.applications if holds_seat(item))
    return all(
        seats.taken <= seats.capacity and seats.taken == held[seats.track] for seats in seen.seats
    )


def holds_seat(application: Application) -> bool:
    """Return whether an application holds a seat of its track now."""
    outcome = application.present_outcome
    if outcome is None or outcome.decision is not Decision.ACCEPTED:
        return False
    stages = HOLDS_A_SEAT_IF_ACCEPTED | {Stage.RELEASING}
    return application.stage in stages or application.closed_as is ClosedAs.ENROLLED


def _due(seen: Evidence) -> bool:
    return all(
        item.due is not None and item.due.at > seen.now
        for item in seen.applications
        if item.is_open
    )


def _audit(seen: Evidence) -> bool:
    return all(
        verify(seen.events.get(item.id, ()), item.audit_length, item.audit_head)
        and all(event.actor.id for event in seen.events.get(item.id, ()))
        for item in seen.applications
    )


def _promises(seen: Evidence) -> bool:
    alerted: dict[str, datetime] = {}
    for notice in seen.notices:
        if notice.kind is NoticeKind.STAFF_ALERT and notice.number.startswith("promise-"):
            first = alerted.get(notice.application, notice.created_at)
            alerted[notice.application] = min(first, notice.created_at)
    for item in seen.applications:
        if item.promise is None or item.closed_as in ENDED_UNHEARD:
            continue
        until = kept_until(seen, item)
        heard = item.answered_on is not None and item.answered_on < until
        warned = item.id in alerted and alerted[item.id] < until
        if until <= seen.now and not heard and not warned:
            return False
    return True


def _at_most_once(counts: Mapping[Any, int]) -> bool:
    return all(count == 1 for count in counts.values())
