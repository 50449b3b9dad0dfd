"""What the clock does about one application when something is due."""

from collections.abc import Callable
from datetime import datetime

from roundtable.domain.application import Application, PanelSeat
from roundtable.domain.deadlines import close_for, last_close
from roundtable.domain.due import Due, DueAction
from roundtable.domain.notices import NoticeKind, fitting
from roundtable.domain.requirements import present_findings
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import (
    NotSubmittedFacts,
    OfferFacts,
    ReminderFacts,
    ReviewFacts,
    StaffAlertFacts,
)
from roundtable.ports import Ports
from roundtable.usecases.applying.answering import lapse
from roundtable.usecases.applying.arrivals import find_lost_uploads
from roundtable.usecases.applying.changeable import CHANGEABLE
from roundtable.usecases.checking.correcting import end_corrections
from roundtable.usecases.conducting.reconciling import revive
from roundtable.usecases.deciding.telling import announce_when_due
from roundtable.usecases.findings import failing, items
from roundtable.usecases.reviewing.assigning import replace_reviewer, review_number
from roundtable.usecases.step import Step, system

CLOCK = system("clock")


def carry_out(ports: Ports, application: Application, due: Due) -> None:
    """Do what is due for an application, once."""
    _ACTIONS[due.action](ports, application, due)


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
