"""Correcting a decision that nobody was told yet: its seat and its notice change with it."""

from contextlib import suppress
from typing import Literal

from roundtable.domain.application import Application, Decision, Outcome
from roundtable.domain.audit import Actor
from roundtable.domain.decisions import decision_notice, falls_back
from roundtable.domain.documents import bindings
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.stages import Stage
from roundtable.messages.facts import DecisionFacts
from roundtable.ports import NotFound, Ports
from roundtable.usecases.deciding.decisions import free_pool, track_full, with_seats
from roundtable.usecases.deciding.telling import decision_row
from roundtable.usecases.errors import NotNow
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.step import Step


def correct_decision(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    decision: Decision,
    feedback: str,
    reason: str,
    version: int | None = None,
) -> Application:
    """Put another decision, or other words for the applicant, in the place of one not yet told.

    The seat is taken or given back and the waiting notice replaced in the same transaction. Not
    selecting sends the application to its fallback track where it has one. Raises Stale where the
    application is not at the `version` that a person looked at, NotNow where the decision was
    told, where nothing would change, or if the track is full.
    """

    def attempt() -> Application:
        step = Step(ports, find_application(ports, application_id, version=version), actor)
        standing = correctable(step.after)
        if (decision, feedback) == (standing.decision, standing.feedback):
            raise NotNow("same-decision", "This is what is decided already; nothing was changed.")
        seat = _seat(step, standing, decision)
        corrected = Outcome(
            track=standing.track,
            decision=decision,
            decided_at=step.now,
            decided_by=str(actor),
            feedback=feedback,
            documents=bindings(ports.applications.documents(application_id)),
            seat=seat,
        )
        row = decision_row(ports, step.after)
        outcomes = step.after.outcomes
        step.set(outcomes=tuple(corrected if item is standing else item for item in outcomes))
        step.record(
            "decision_corrected",
            track=standing.track,
            left=standing.decision.value,
            decision=decision.value,
            seat=seat,
            reason=reason,
        )
        if decision is not standing.decision:
            _tell_instead(step, row, decision)
        return step.commit_and_signal()

    return with_seats(attempt)


def correctable(application: Application) -> Outcome:
    """Return the decision that may still be corrected; raises NotNow where there is none.

    A decision that was told stands: an acceptance ends by withdrawing the application, and the
    waitlist is the way to a seat for others.
    """
    standing = application.present_outcome
    if standing is None:
        raise NotNow("not-decided", "Nothing is decided yet that could be corrected.")
    if (
        application.stage is not Stage.ANNOUNCING
        or application.answered_on is not None
        or standing.promoted_at is not None
    ):
        raise NotNow(
            "decision-told",
            "The team was told, or is being told right now, so the decision stands. To take a "
            "seat back, withdraw the application.",
        )
    return standing


def _seat(step: Step, standing: Outcome, decision: Decision) -> Literal["", "open", "reserved"]:
    """Take the seat that the decision asks for, or give back the one it leaves; return its pool."""
    if decision is standing.decision:
        return standing.seat
    if standing.seat:
        step.give_back_seat(standing.track)
    if decision is not Decision.ACCEPTED:
        return ""
    pool = free_pool(step)
    if pool is None:
        raise track_full(step)
    step.take_seat(standing.track, pool)
    return pool


def _tell_instead(step: Step, row: Notice | None, decision: Decision) -> None:
    """Cancel the waiting notice, and let that of the other decision wait in its place."""
    if row is not None:
        cancelled = row.with_(status=NoticeStatus.CANCELLED, held_by="", due=None)
        step.put_notice(cancelled)
    if falls_back(step.before, step.track, decision):
        step.move(Stage.FALLBACK)
        return
    kind, number = decision_notice(step.after)
    waits = Notice(
        application=step.after.id,
        program=step.after.program,
        kind=kind,
        number=number,
        facts=DecisionFacts(track=step.after.track).model_dump(mode="json"),
        created_at=step.now,
    )
    with suppress(NotFound):
        # It waited before, until a first correction: the row is used again.
        waits = step.ports.applications.notice(step.after.id, waits.key)
    held_by = row.held_by if row is not None else ""
    step.put_notice(waits.with_(status=NoticeStatus.HELD, held_by=held_by, due=None))
