"""What is due next for an application: dates come from the program, never from a timer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from roundtable.domain.application import Application, Decision
from roundtable.domain.deadlines import (
    PROMISE_WARNING_DAYS,
    HolidaysOf,
    close_for,
    last_close,
    promise_kept_until,
    promise_warnings,
)
from roundtable.domain.decisions import announced_at, wants_preview
from roundtable.domain.due import Due, DueAction
from roundtable.domain.program import Program
from roundtable.domain.stages import WAITING, Stage

START_WITHIN = timedelta(minutes=2)
"""How long an execution may take to start before the clock looks after it."""

INTAKE_ENDS_WITHIN = timedelta(minutes=2)
"""How long a submission received in time may take to be written before its draft is closed."""

RELOOK_WAITING = timedelta(days=7)
RELOOK_WORKING = timedelta(minutes=10)
DRAFT_REMINDER_DAYS = (7, 3, 1)


def next_due(application: Application, program: Program, holidays_of: HolidaysOf) -> Due | None:
    """Return the next thing to do for an application; None once nothing can happen by itself.

    What was carried out (`done`) does not come again; what a moved date puts off or brings
    forward has a new mark and does.
    """
    candidates = [
        due
        for due in all_due(application, program, holidays_of)
        if due.mark not in application.done
    ]
    return min(candidates, key=lambda due: (due.at, due.mark), default=None)


def all_due(application: Application, program: Program, holidays_of: HolidaysOf) -> Iterator[Due]:
    """Yield everything that is or was to be done in the present stage, in no order."""
    track = program.track(application.track)
    match application.stage:
        case Stage.CLOSED:
            if application.run:
                # Its execution may still wait for what it was not told of: looked after once.
                at = application.updated_at + RELOOK_WORKING
                yield Due(at=at, action=DueAction.RELOOK, mark=f"confirm-end:{application.run}")
            return
        case Stage.DRAFT:
            close = close_for(program, track, application)
            yield from _reminders(
                DueAction.REMIND_DRAFT, close, DRAFT_REMINDER_DAYS, application.created_at
            )
            at = last_close(program, application) + INTAKE_ENDS_WITHIN
            yield _due(DueAction.CLOSE_DRAFT, at)
            return
        case Stage.CORRECTIONS if application.corrections is not None:
            until = correction_end(application, program)
            yield from _reminders(
                DueAction.REMIND_CORRECTIONS,
                until,
                track.corrections.remind_days_before,
                application.corrections.asked_at,
            )
            yield _due(DueAction.END_CORRECTIONS, until + program.upload_grace)
        case Stage.REVIEW:
            for seat in application.panel:
                if seat.done:
                    continue
                suffix = f"{application.track}:{application.review_round}:{seat.reviewer}"
                yield _due(DueAction.REMIND_REVIEWERS, seat.remind_at, suffix)
                yield _due(DueAction.REPLACE_REVIEWERS, seat.replace_at, suffix)
                yield _due(DueAction.ESCALATE_REVIEW, seat.due_at, suffix)
        case Stage.ANNOUNCING:
            if not wants_preview(application, program):
                yield _announcement(application, program)
        case Stage.WAITLIST:
            yield _due(DueAction.END_WAITLIST, program.waitlist_ends_at(track))
        case Stage.OFFER if application.offer is not None:
            offer = application.offer
            days = track.offer.remind_days_before if track.offer else ()
            yield from _reminders(DueAction.REMIND_OFFER, offer.answer_by, days, offer.made_at)
            yield _due(DueAction.LAPSE_OFFER, offer.answer_by)
        case _:
            pass
    yield from _promise_alerts(application, program, holidays_of)
    yield from _liveliness(application)


def _promise_alerts(
    application: Application, program: Program, holidays_of: HolidaysOf
) -> Iterator[Due]:
    """Yield the alerts before a promise ends, and the one when it ends, until it is kept."""
    if application.promise is None or application.answered_on is not None:
        return
    warnings = promise_warnings(program, application.promise, holidays_of)
    for days, at in zip(PROMISE_WARNING_DAYS, warnings, strict=True):
        yield _due(DueAction.WARN_PROMISE, at, f"{days}")
    kept_until = promise_kept_until(program, application.promise, holidays_of)
    yield _due(DueAction.WARN_PROMISE, kept_until, "0")


def _announcement(application: Application, program: Program) -> Due:
    """Return when a decision is told: on its day, else at once, but only once (it may be held)."""
    at = announced_at(application, program)
    if at is None:
        return Due(at=application.updated_at, action=DueAction.ANNOUNCE, mark="announce:at-once")
    return _due(DueAction.ANNOUNCE, at)


def _liveliness(application: Application) -> Iterator[Due]:
    """Yield when to look after the execution: soon after its start, then now and again."""
    if application.stage not in WAITING:
        yield Due(
            at=application.updated_at + START_WITHIN,
            action=DueAction.CONFIRM_START,
            mark=f"confirm-start:{application.run}",
        )
    waits = application.stage in WAITING or application.help is not None
    pause = RELOOK_WAITING if waits else RELOOK_WORKING
    yield _due(DueAction.RELOOK, application.updated_at + pause)


def correction_end(application: Application, program: Program) -> datetime:
    """Return until when (UTC) an application may be mended.

    The window of what was returned, or the close of the track where that is later: what
    was never provided is due at the close.
    """
    if application.corrections is None:
        raise ValueError(f"no corrections are asked of {application.id}")
    track = program.track(application.track)
    return max(application.corrections.until, close_for(program, track, application))


def ranked(applications: tuple[Application, ...]) -> tuple[Application, ...]:
    """Return waitlisted applications in the order in which they are given seats.

    The higher score first, then the earlier receipt.
    """
    waiting = [
        item
        for item in applications
        if (outcome := item.present_outcome) is not None and outcome.decision is Decision.WAITLISTED
    ]
    waiting.sort(
        key=lambda item: (-(item.score or 0), item.received_at or item.created_at, item.id)
    )
    return tuple(waiting)


def _reminders(
    action: DueAction, end: datetime, days_before: tuple[int, ...], since: datetime
) -> Iterator[Due]:
    """Yield the reminders before an end that lie after the moment their matter began."""
    for days in days_before:
        at = end - timedelta(days=days)
        if at > since:
            yield _due(action, at, f"{days}")


def _due(action: DueAction, at: datetime, suffix: str = "") -> Due:
    name = action.value.replace("_", "-")
    mark = f"{name}:{suffix}" if suffix else name
    return Due(at=at, action=action, mark=f"{mark}@{at:%Y-%m-%dT%H:%MZ}")
