"""What staff can do to an application where it stands; pages offer nothing else."""

from enum import StrEnum

from roundtable.domain.application import Application
from roundtable.domain.program import Program
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import ExecutionStatus
from roundtable.usecases.applying.switching import SWITCHABLE
from roundtable.usecases.deciding.correcting import correctable
from roundtable.usecases.errors import NotNow
from roundtable.usecases.staff.actions import ADMITTABLE, RETURNABLE
from roundtable.usecases.staff.extensions import EXTENDABLE


class StaffAction(StrEnum):
    """What staff do to one application, in the order in which it is offered."""

    DECIDE = "decide"
    CORRECT_DECISION = "correct-decision"
    ANNOUNCE = "announce"
    RESTART = "restart"
    EXTEND = "extend"
    RETURN = "return"
    ADMIT = "admit"
    REPLACE_REVIEWER = "replace-reviewer"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"


def possible_actions(
    application: Application, program: Program, execution: ExecutionStatus
) -> tuple[StaffAction, ...]:
    """Return what is possible now; the use cases themselves refuse the rest."""
    stage = application.stage
    track = program.track(application.track)
    left = {item.key for item in track.requirements} - set(application.admitted)
    lost = application.is_open and application.run > 0 and execution is not ExecutionStatus.RUNNING
    possible = {
        StaffAction.DECIDE: stage is Stage.WITH_STAFF,
        StaffAction.CORRECT_DECISION: _is_correctable(application),
        StaffAction.ANNOUNCE: stage is Stage.ANNOUNCING,
        StaffAction.RESTART: application.help is not None or lost,
        StaffAction.EXTEND: stage in EXTENDABLE or _closed_by_the_deadline(application),
        StaffAction.RETURN: stage in RETURNABLE,
        StaffAction.ADMIT: stage in ADMITTABLE and bool(left),
        StaffAction.REPLACE_REVIEWER: stage is Stage.REVIEW and bool(application.panel),
        StaffAction.ASSIGN: stage is Stage.REVIEW and len(application.panel) < track.review.needed,
        StaffAction.TRANSFER: stage in SWITCHABLE
        and not application.outcomes
        and len(program.tracks) > 1,
        StaffAction.WITHDRAW: application.closed_as is ClosedAs.ENROLLED
        or stage not in {Stage.CLOSED, Stage.RELEASING},
    }
    return tuple(action for action in StaffAction if possible[action])


def _is_correctable(application: Application) -> bool:
    try:
        correctable(application)
    except NotNow:
        return False
    return True


def _closed_by_the_deadline(application: Application) -> bool:
    return application.closed_as in {ClosedAs.NOT_SUBMITTED, ClosedAs.INCOMPLETE}
