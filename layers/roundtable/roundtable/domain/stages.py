"""Where an application can stand, and from where it can move to where."""

from enum import StrEnum


class Stage(StrEnum):
    """The stage stored in the table; the state machine picks an application up by it."""

    DRAFT = "draft"
    CHECKING = "checking"
    CORRECTIONS = "corrections"
    REVIEW = "review"
    DECIDING = "deciding"
    WITH_STAFF = "with_staff"
    FALLBACK = "fallback"
    ANNOUNCING = "announcing"
    NOTIFYING = "notifying"
    WAITLIST = "waitlist"
    OFFER = "offer"
    ENROLLING = "enrolling"
    RELEASING = "releasing"
    CLOSED = "closed"


class ClosedAs(StrEnum):
    """How an application ended."""

    ENROLLED = "enrolled"
    NOT_SELECTED = "not_selected"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    NOT_SUBMITTED = "not_submitted"


_S = Stage
TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    _S.DRAFT: frozenset({_S.CHECKING, _S.CLOSED}),
    _S.CHECKING: frozenset({_S.CHECKING, _S.CORRECTIONS, _S.REVIEW, _S.DECIDING, _S.CLOSED}),
    _S.CORRECTIONS: frozenset({_S.CHECKING, _S.FALLBACK, _S.CLOSED}),
    _S.REVIEW: frozenset({_S.DECIDING, _S.CORRECTIONS, _S.CHECKING, _S.CLOSED}),
    _S.DECIDING: frozenset({_S.WITH_STAFF, _S.FALLBACK, _S.ANNOUNCING, _S.NOTIFYING, _S.CLOSED}),
    _S.WITH_STAFF: frozenset({_S.FALLBACK, _S.ANNOUNCING, _S.NOTIFYING, _S.CLOSED}),
    _S.FALLBACK: frozenset({_S.CHECKING, _S.CLOSED}),
    # A decision corrected before it was told may send the application to its fallback track.
    _S.ANNOUNCING: frozenset({_S.NOTIFYING, _S.FALLBACK, _S.RELEASING, _S.CLOSED}),
    _S.NOTIFYING: frozenset(
        {_S.ANNOUNCING, _S.OFFER, _S.ENROLLING, _S.WAITLIST, _S.RELEASING, _S.CLOSED}
    ),
    _S.WAITLIST: frozenset({_S.NOTIFYING, _S.CLOSED}),
    _S.OFFER: frozenset({_S.ENROLLING, _S.RELEASING}),
    _S.ENROLLING: frozenset({_S.CLOSED, _S.RELEASING}),
    _S.RELEASING: frozenset({_S.CLOSED}),
    # A late yes joins the waitlist; an enrolled team that leaves gives its seat back; an
    # extension reopens what was not submitted or not completed in time.
    _S.CLOSED: frozenset({_S.WAITLIST, _S.RELEASING, _S.DRAFT, _S.CORRECTIONS}),
}

NATURAL_NEXT: dict[Stage, Stage] = {
    _S.CORRECTIONS: _S.CHECKING,
    _S.REVIEW: _S.DECIDING,
    _S.WAITLIST: _S.NOTIFYING,
    _S.ANNOUNCING: _S.NOTIFYING,
    _S.OFFER: _S.ENROLLING,
}
"""Where a waiting execution simply goes on; any other move diverts it to where it stands."""

WAITING = frozenset({*NATURAL_NEXT, _S.WITH_STAFF})
"""Stages in which the execution waits for a person or a date."""

BEFORE_DECISION = frozenset(
    {_S.CHECKING, _S.CORRECTIONS, _S.REVIEW, _S.DECIDING, _S.WITH_STAFF, _S.FALLBACK}
)
"""Submitted, and no decision of any kind stands for the present track."""

HOLDS_A_SEAT_IF_ACCEPTED = frozenset({_S.ANNOUNCING, _S.NOTIFYING, _S.OFFER, _S.ENROLLING})


class WrongStage(ValueError):
    """A move that the table of transitions does not know."""

    def __init__(self, stage: Stage, wanted: Stage) -> None:
        super().__init__(f"an application in '{stage}' cannot move to '{wanted}'")
        self.stage = stage
        self.wanted = wanted


def check_move(stage: Stage, wanted: Stage) -> None:
    """Raise WrongStage unless an application may move from one stage to the other."""
    if wanted not in TRANSITIONS[stage]:
        raise WrongStage(stage, wanted)
