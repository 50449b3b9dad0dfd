"""What an applicant may know of an application: nothing of a decision before it was told."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from roundtable.domain.application import Application, Decision, Outcome
from roundtable.domain.audit import AuditEvent
from roundtable.domain.decisions import decision_notice
from roundtable.domain.program import Program
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.applying.drafts import not_submitted

_TOLD_STAGES = frozenset({Stage.WAITLIST, Stage.OFFER, Stage.ENROLLING})
_TOLD_ENDS = frozenset(
    {ClosedAs.ENROLLED, ClosedAs.DECLINED, ClosedAs.LAPSED, ClosedAs.NOT_SELECTED}
)
_ON_ITS_WAY = frozenset({Stage.ANNOUNCING, Stage.NOTIFYING})


class State(StrEnum):
    """Where an application stands, as its applicant may know it."""

    DRAFT = "draft"
    NOT_SUBMITTED = "not_submitted"
    CHECKING = "checking"
    INCOMPLETE = "incomplete"
    IN_REVIEW = "in_review"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"
    NOT_SELECTED = "not_selected"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CLOSED_INCOMPLETE = "closed_incomplete"


_ENDED: dict[ClosedAs, State] = {
    ClosedAs.ENROLLED: State.ENROLLED,
    ClosedAs.NOT_SELECTED: State.NOT_SELECTED,
    ClosedAs.DECLINED: State.DECLINED,
    ClosedAs.LAPSED: State.LAPSED,
    ClosedAs.WITHDRAWN: State.WITHDRAWN,
    ClosedAs.INCOMPLETE: State.CLOSED_INCOMPLETE,
    ClosedAs.NOT_SUBMITTED: State.NOT_SUBMITTED,
}


_STANDING: dict[Stage, State] = {
    Stage.DRAFT: State.DRAFT,
    Stage.CHECKING: State.CHECKING,
    Stage.CORRECTIONS: State.INCOMPLETE,
    Stage.OFFER: State.OFFERED,
    Stage.ENROLLING: State.ACCEPTED,
}
_DECIDED: dict[Decision, State] = {
    Decision.ACCEPTED: State.ACCEPTED,
    Decision.WAITLISTED: State.WAITLISTED,
    Decision.NOT_SELECTED: State.NOT_SELECTED,
}


def told_outcomes(application: Application, events: Iterable[AuditEvent]) -> tuple[Outcome, ...]:
    """Return the decisions whose notice went out; they are told together, in one notice.

    A seat offered to a waitlisted application is told by a notice of its own: until then it
    is still waitlisted to its applicant.
    """
    present = application.present_outcome
    if present is None:
        return ()
    told = [event.detail for event in events if event.kind == "decision_told"]
    kind, number = decision_notice(application)
    if (
        application.stage in _TOLD_STAGES
        or application.closed_as in _TOLD_ENDS
        or any(detail.get("notice") == f"{kind}#{number}" for detail in told)
    ):
        return application.outcomes
    if any(detail.get("track") == present.track for detail in told):
        if application.stage not in _ON_ITS_WAY and present.promoted_at is None:
            return application.outcomes
        before = present.with_(decision=Decision.WAITLISTED, promoted_at=None, seat="")
        return tuple(before if item is present else item for item in application.outcomes)
    return ()


def shown_track(application: Application, told: tuple[Outcome, ...]) -> str:
    """Return the track that the applicant knows of.

    A move to the fallback track would tell that the first one did not select the team.
    """
    if application.outcomes and not told:
        return application.outcomes[0].track
    return application.track


def state_of(
    application: Application, program: Program, told: tuple[Outcome, ...], now: datetime
) -> State:
    """Return where an application stands as its applicant may know it."""
    if not_submitted(program, application, now):
        return State.NOT_SUBMITTED
    if application.closed_as is not None:
        return _ENDED[application.closed_as]
    untold = bool(application.outcomes) and not told
    offer = application.offer
    if application.stage is Stage.RELEASING and offer is not None:
        return State.LAPSED if offer.answer == "lapsed" else State.DECLINED
    if application.stage in _STANDING and not (untold and application.stage is Stage.CHECKING):
        return _STANDING[application.stage]
    return _DECIDED[told[-1].decision] if told else State.IN_REVIEW
