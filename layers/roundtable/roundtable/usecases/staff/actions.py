"""What staff do to one application, each with a reason: admit, return, reassign."""

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.program import Program, TeamRequirement
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import BEFORE_DECISION, Stage
from roundtable.ports import Ports
from roundtable.usecases.checking.correcting import resubmit_if_complete, return_to_applicant
from roundtable.usecases.errors import ApplicationMoved, Invalid, NotNow
from roundtable.usecases.findings import failing
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.reviewing.assigning import (
    NotEnoughReviewers,
    assign_reviewers,
    replace_reviewer,
)
from roundtable.usecases.reviewing.giving import (
    ReturnedDocument,
    return_problems,
    returned_findings,
)
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.step import Step

RETURNABLE = frozenset({Stage.CHECKING, Stage.REVIEW})
ADMITTABLE = BEFORE_DECISION | {Stage.DRAFT}


def admit(
    ports: Ports,
    name: str,
    actor: Actor,
    *,
    requirement: str,
    reason: str,
    version: int | None = None,
) -> Application:
    """Let a requirement pass as it is: a team of 2 or 8, a video whose length nobody knows.

    An application that only waited for it goes on to its checks. Admitting it again changes
    nothing. Raises Unknown, Stale, Invalid for a requirement that the program does not have,
    NotNow after a decision.
    """

    def attempt() -> Application:
        step = Step(ports, find_application(ports, name, version=version), actor)
        if step.after.stage not in ADMITTABLE:
            raise NotNow(
                "too-late-to-admit",
                f"{step.after.reference} is in '{step.after.stage.value}'; nothing is checked "
                "any more. An application closed as incomplete can be given an extension first.",
            )
        _check_requirement(step.program, requirement)
        if requirement in step.after.admitted:
            return step.after
        step.set(
            admitted=(*step.after.admitted, requirement),
            flags=_flags_left(step, requirement),
        )
        step.record("requirement_admitted", requirement=requirement, reason=reason)
        _go_on_if_complete(step)
        return step.commit_and_signal()

    return again_on_conflict(attempt)


def _check_requirement(program: Program, requirement: str) -> None:
    known = dict.fromkeys(item.key for track in program.tracks for item in track.requirements)
    if requirement not in known:
        reason = f"There is no requirement '{requirement}'. Choose one of: {', '.join(known)}."
        problem = FieldProblem(path="/requirement", reason=reason)
        raise Invalid("unknown-requirement", reason, [problem])


def _flags_left(step: Step, requirement: str) -> tuple[object, ...]:
    admitted = step.track.requirement(requirement)
    of_team = isinstance(admitted, TeamRequirement)
    return tuple(flag for flag in step.after.flags if not (of_team and flag.kind == "team_size"))


def _go_on_if_complete(step: Step) -> None:
    corrections = step.after.corrections
    if step.after.stage is not Stage.CORRECTIONS or corrections is None:
        return
    documents = step.ports.applications.documents(step.after.id)
    if not resubmit_if_complete(step, documents):
        step.set(corrections=corrections.with_(items=failing(step.after.findings)))


def return_by_staff(
    ports: Ports,
    name: str,
    actor: Actor,
    *,
    returns: tuple[ReturnedDocument, ...],
    version: int | None = None,
) -> Application:
    """Send documents back to the applicant to be mended; it is not a rejection.

    Raises Unknown, Stale, Invalid with what is wrong about the documents named, NotNow unless
    it is being checked or reviewed.
    """

    def attempt() -> Application:
        step = Step(ports, find_application(ports, name, version=version), actor)
        if step.after.stage not in RETURNABLE:
            raise NotNow(
                "not-returnable",
                f"{step.after.reference} is in '{step.after.stage.value}'. It can be returned "
                "while it is checked or reviewed.",
            )
        documents = ports.applications.documents(step.after.id)
        problems = return_problems(step.track, returns, documents)
        if problems:
            raise Invalid("invalid-return", "This cannot be returned as it is.", problems)
        step.record(
            "application_returned",
            track=step.after.track,
            requirements=[item.requirement for item in returns],
        )
        findings = returned_findings(returns, documents)
        return_to_applicant(step, findings, documents, by=str(actor))
        return step.commit_and_signal()

    return again_on_conflict(attempt)


def reassign(
    ports: Ports,
    name: str,
    actor: Actor,
    *,
    reviewer: str,
    reason: str,
    version: int | None = None,
) -> Application:
    """Take a review back from a reviewer and ask another one without a conflict.

    If nobody is left, staff are told and the place stays empty. Raises Unknown, Stale, and
    NotNow if the application is not in review.
    """
    application = find_application(ports, name, version=version)
    return replace_reviewer(
        ports,
        application.id,
        reviewer,
        actor,
        reason=reason,
        status=ReviewStatus.RELEASED,
    )


def assign(
    ports: Ports, name: str, actor: Actor, *, reason: str, version: int | None = None
) -> Application:
    """Fill the empty places of a panel, once there are reviewers again.

    Raises Unknown, Stale, NotNow if it is not in review or nobody without a conflict is left.
    """

    def attempt() -> Application:
        step = Step(ports, find_application(ports, name, version=version), actor)
        if step.after.stage is not Stage.REVIEW:
            raise NotNow("not-in-review", f"{step.after.reference} is not in review.")
        step.record("reviewers_requested", track=step.after.track, reason=reason)
        return step.commit()

    application = again_on_conflict(attempt)
    try:
        return assign_reviewers(ports, application.id)
    except NotEnoughReviewers:
        raise NotNow(
            "no-reviewer-left",
            "No reviewer without a conflict is left. Add a reviewer for this track, then "
            "assign again.",
        ) from None
    except ApplicationMoved:
        raise NotNow("not-in-review", f"{application.reference} is not in review.") from None
