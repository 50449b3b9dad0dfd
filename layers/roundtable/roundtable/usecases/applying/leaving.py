"""Withdrawing, from any stage, and what is given back."""

from roundtable.domain.application import Application, Decision
from roundtable.domain.audit import Actor
from roundtable.domain.notices import NoticeKind
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import HOLDS_A_SEAT_IF_ACCEPTED, ClosedAs, Stage
from roundtable.messages.facts import WithdrawnFacts
from roundtable.ports import Ports
from roundtable.usecases.deciding.telling import cancel_waiting_notices
from roundtable.usecases.errors import NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step


def withdraw(ports: Ports, application_id: str, actor: Actor, *, reason: str = "") -> Application:
    """Take an application back; a seat it holds goes to the next on the waitlist.

    Withdrawing again changes nothing. Raises NotNow for one that ended in another way.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        application = step.after
        if application.closed_as is ClosedAs.WITHDRAWN:
            return application
        enrolled = application.closed_as is ClosedAs.ENROLLED
        if application.stage is Stage.RELEASING or (
            application.stage is Stage.CLOSED and not enrolled
        ):
            raise NotNow("already-closed", "This application has ended already.")
        outcome = application.present_outcome
        holds = (
            outcome is not None
            and outcome.decision is Decision.ACCEPTED
            and (application.stage in HOLDS_A_SEAT_IF_ACCEPTED or enrolled)
        )
        if holds:
            step.move(Stage.RELEASING, closed_as=ClosedAs.WITHDRAWN, closed_at=None)
            if enrolled:
                step.set(run=application.run + 1)
        else:
            step.move(Stage.CLOSED, closed_as=ClosedAs.WITHDRAWN, closed_at=step.now)
        _free_reviewers(step)
        cancel_waiting_notices(step)
        step.record("application_withdrawn", **({"reason": reason} if reason else {}))
        if application.submitted:
            step.notify(
                NoticeKind.WITHDRAWN,
                WithdrawnFacts(asked_by="staff" if actor.kind == "staff" else "applicant"),
            )
        return step.commit_and_signal()

    return again_on_conflict(attempt)


def _free_reviewers(step: Step) -> None:
    for review in step.ports.applications.reviews(step.after.id):
        if review.status is ReviewStatus.ASSIGNED:
            step.put_review(
                review.with_(status=ReviewStatus.RELEASED, closed_reason="application withdrawn")
            )
    step.set(panel=())
