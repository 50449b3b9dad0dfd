"""What is due: the clock takes it from the index and acts, once each."""

from collections.abc import Callable
from datetime import datetime

from roundtable.domain.application import Application, PanelSeat
from roundtable.domain.deadlines import close_for, last_close
from roundtable.domain.due import Due, DueAction
from roundtable.domain.model import Record
from roundtable.domain.notices import NoticeKind, fitting
from roundtable.domain.requirements import present_findings
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.schedule import correction_end, next_due
from roundtable.domain.stages import BEFORE_DECISION, ClosedAs, Stage
from roundtable.messages.facts import (
    NotSubmittedFacts,
    OfferFacts,
    ReminderFacts,
    ReviewFacts,
    StaffAlertFacts,
)
from roundtable.ports import AlreadyThere, Conflict, DueItem, NotFound, Ports, Unavailable
from roundtable.usecases.answering import lapse
from roundtable.usecases.correcting import end_corrections
from roundtable.usecases.deciding import promote
from roundtable.usecases.errors import ApplicationMoved, Refused
from roundtable.usecases.findings import failing, items
from roundtable.usecases.reconciling import revive
from roundtable.usecases.redating import move_date
from roundtable.usecases.reviewing import replace_reviewer, review_number
from roundtable.usecases.sending import confirm
from roundtable.usecases.step import Step, system
from roundtable.usecases.telling import announce_when_due
from roundtable.usecases.uploads import CHANGEABLE, find_lost_uploads

CLOCK = system("clock")
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
    _ACTIONS[due.action](ports, application, due)
    return True


def _remind_draft(ports: Ports, application: Application, due: Due) -> None:
    step = Step(ports, application, CLOCK)
    until = close_for(step.program, step.track, application)
    _remind(
        step,
        due,
        until,
        NoticeKind.REMINDER,
        ReminderFacts(about="draft", until=until),
        number=f"draft:{due.at:%Y%m%d%H%M}",
    )


def _close_draft(ports: Ports, application: Application, due: Due) -> None:
    step = Step(ports, application, CLOCK)
    step.mark_done(due.mark)
    step.move(Stage.CLOSED, closed_as=ClosedAs.NOT_SUBMITTED, closed_at=step.now)
    step.record("draft_not_submitted")
    step.notify(
        NoticeKind.NOT_SUBMITTED,
        NotSubmittedFacts(deadline=last_close(step.program, application)),
        number=f"{due.at:%Y%m%d%H%M}",
    )
    step.commit()


def _remind_corrections(ports: Ports, application: Application, due: Due) -> None:
    if find_lost_uploads(ports, application.id):
        return  # the next tick looks what is still missing
    step = Step(ports, application, CLOCK)
    until = correction_end(application, step.program)
    documents = ports.applications.documents(application.id)
    findings = present_findings(step.program, step.track, application, documents)
    missing = items(step.track, failing(findings))
    _remind(
        step,
        due,
        until,
        NoticeKind.REMINDER,
        ReminderFacts(about="corrections", until=until, items=missing),
        number=f"corrections:{due.at:%Y%m%d%H%M}",
    )


def _remind_offer(ports: Ports, application: Application, due: Due) -> None:
    offer = application.offer
    _remind(
        Step(ports, application, CLOCK),
        due,
        offer.answer_by if offer else due.at,
        NoticeKind.OFFER_REMINDER,
        OfferFacts(),
        number=f"{application.track}:{due.at:%Y%m%d%H%M}",
    )


def _remind(
    step: Step,
    due: Due,
    until: datetime,
    kind: NoticeKind,
    facts: ReminderFacts | OfferFacts,
    *,
    number: str,
) -> None:
    """Send one reminder for all that were missed meanwhile (a machine asleep past several).

    Where the time is over already, none: what follows is told instead.
    """
    step.mark_due_done(due.action)
    if step.now < until:
        step.record("reminded", about=due.action.value, mark=due.mark)
        step.notify(kind, facts, number=number)
    step.commit()


def _remind_reviewers(ports: Ports, application: Application, due: Due) -> None:
    step = Step(ports, application, CLOCK)
    step.mark_done(due.mark)
    seat = _seat_of(application, due)
    if seat is not None:
        step.record("reviewer_reminded", reviewer=seat.reviewer)
        step.notify(
            NoticeKind.REVIEW_REMINDER,
            ReviewFacts(track=application.track, due_at=seat.due_at),
            number=review_number(application, seat.reviewer),
            to="reviewer",
            reviewer=seat.reviewer,
        )
    step.commit()


def _replace_reviewers(ports: Ports, application: Application, due: Due) -> None:
    """Replace a silent reviewer if somebody else is free; else keep them and tell staff."""
    seat = _seat_of(application, due)
    if seat is not None:
        replace_reviewer(
            ports,
            application.id,
            seat.reviewer,
            CLOCK,
            reason="silent",
            status=ReviewStatus.RELEASED,
            keep_if_nobody=True,
        )


def _escalate_review(ports: Ports, application: Application, due: Due) -> None:
    seat = _seat_of(application, due)
    if seat is not None:
        # Several of a panel are overdue at once: one alert for each.
        number = f"review-overdue:{review_number(application, seat.reviewer)}"
        _alert(ports, application, due, "A review is overdue", number)


def _warn_promise(ports: Ports, application: Application, due: Due) -> None:
    days = due.mark.partition(":")[2].partition("@")[0]
    reason = (
        "The promised date is over and the applicant has not heard"
        if days == "0"
        else f"The applicant must hear within {days} days"
    )
    _alert(ports, application, due, reason, f"promise-{days}")


def _alert(ports: Ports, application: Application, due: Due, reason: str, number: str) -> None:
    step = Step(ports, application, CLOCK)
    step.mark_done(due.mark)
    step.record("staff_alerted", about=due.action.value, mark=due.mark)
    step.notify(
        NoticeKind.STAFF_ALERT,
        StaffAlertFacts(reason=reason),
        number=fitting(f"{number}:{due.at:%Y%m%d%H%M}"),
        to="staff",
    )
    step.commit()


def _end_corrections(ports: Ports, application: Application, due: Due) -> None:
    del due
    if not find_lost_uploads(ports, application.id):
        end_corrections(ports, application)


def _announce(ports: Ports, application: Application, due: Due) -> None:
    del due
    announce_when_due(ports, application)


def _lapse(ports: Ports, application: Application, due: Due) -> None:
    del due
    lapse(ports, application)


def _end_waitlist(ports: Ports, application: Application, due: Due) -> None:
    step = Step(ports, application, CLOCK)
    step.mark_done(due.mark)
    step.move(Stage.CLOSED, closed_as=ClosedAs.NOT_SELECTED, closed_at=step.now)
    step.record("waitlist_ended", track=application.track)
    step.commit_and_signal()


def _relook(ports: Ports, application: Application, due: Due) -> None:
    """Look after the execution and for lost uploads; a look that fails is due again at once.

    A look that comes once for a run (after its start, after the end) is marked; the others
    come again some time after the last change.
    """
    if application.stage in CHANGEABLE and find_lost_uploads(ports, application.id):
        application = ports.applications.get(application.id)
    revive(ports, application)
    step = Step(ports, ports.applications.get(application.id), CLOCK)
    if "@" not in due.mark:
        step.mark_done(due.mark)
    step.commit()


def _seat_of(application: Application, due: Due) -> PanelSeat | None:
    reviewer = due.mark.partition("@")[0].rpartition(":")[2]
    return next(
        (seat for seat in application.panel if seat.reviewer == reviewer and not seat.done), None
    )


_ACTIONS: dict[DueAction, Callable[[Ports, Application, Due], None]] = {
    DueAction.REMIND_DRAFT: _remind_draft,
    DueAction.CLOSE_DRAFT: _close_draft,
    DueAction.CONFIRM_START: _relook,
    DueAction.REMIND_CORRECTIONS: _remind_corrections,
    DueAction.END_CORRECTIONS: _end_corrections,
    DueAction.REMIND_REVIEWERS: _remind_reviewers,
    DueAction.REPLACE_REVIEWERS: _replace_reviewers,
    DueAction.ESCALATE_REVIEW: _escalate_review,
    DueAction.WARN_PROMISE: _warn_promise,
    DueAction.ANNOUNCE: _announce,
    DueAction.REMIND_OFFER: _remind_offer,
    DueAction.LAPSE_OFFER: _lapse,
    DueAction.END_WAITLIST: _end_waitlist,
    DueAction.RELOOK: _relook,
}


def open_reserves(ports: Ports, program_key: str, now: datetime) -> int:
    """Open a track's reserve to all once nobody can fall back to it any more; return how many.

    That is when every track that falls back to it has closed and decided.
    """
    _, program = ports.rounds.newest(program_key)
    opened = 0
    for track in program.tracks:
        sources = [
            other
            for other in program.tracks
            if other.fallback is not None and other.fallback.track == track.key
        ]
        if not sources or any(now < program.closes_at(source) for source in sources):
            continue
        seats = ports.rounds.seats(program_key, track.key)
        # Applications that fell back are still to be given the seats reserved for them.
        if (
            seats.reserved
            and not any(_any_before_decision(ports, program_key, item.key) for item in sources)
            and not _any_fallback_open(ports, program_key, track.key)
        ):
            ports.rounds.open_reserve(seats)
            promote(ports, program_key, track.key)
            opened += 1
    return opened


def fill_free_seats(ports: Ports, program_key: str) -> int:
    """Give open seats to those who wait for one; return how many got one.

    A seat is offered when it is given back; this makes up for an offer cut off then, for a
    capacity that grew, and for a late yes.
    """
    _, program = ports.rounds.newest(program_key)
    promoted = 0
    for track in program.tracks:
        if ports.rounds.seats(program_key, track.key).open:
            waiting = ports.applications.in_stage(
                program_key, Stage.WAITLIST, track=track.key, limit=1
            )
            if waiting.items:
                promoted += len(promote(ports, program_key, track.key))
    return promoted


def _any_before_decision(ports: Ports, program: str, track: str) -> bool:
    return any(
        ports.applications.in_stage(program, stage, track=track, limit=1).items
        for stage in BEFORE_DECISION
    )


def _any_fallback_open(ports: Ports, program: str, track: str) -> bool:
    for stage in BEFORE_DECISION:
        cursor: str | None = None
        while True:
            page = ports.applications.in_stage(
                program, stage, track=track, limit=100, cursor=cursor
            )
            if any(item.outcomes for item in page.items):
                return True
            cursor = page.cursor
            if cursor is None:
                break
    return False
