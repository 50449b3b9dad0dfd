"""Who may see which application as a reviewer: those asked, as long as no conflict is known."""

from roundtable.domain.application import Application
from roundtable.domain.program import Program
from roundtable.domain.reviews import Recommendation, Review, Reviewer, ReviewStatus, in_conflict
from roundtable.domain.stages import BEFORE_DECISION, Stage
from roundtable.ports import NotFound, Ports
from roundtable.usecases.applying.drafts import is_application_id
from roundtable.usecases.errors import NotAllowed, NotNow, Unknown
from roundtable.usecases.following.moments import moment


def registered(ports: Ports, reviewer_id: str) -> Reviewer:
    """Return the reviewer behind a sign-in; raises NotAllowed with what to do."""
    try:
        reviewer = ports.rounds.reviewer(reviewer_id)
    except NotFound:
        raise NotAllowed(
            "not-a-reviewer",
            "Your sign-in is not in the register of reviewers. Ask the program's staff to add "
            "you, with the address you sign in with.",
        ) from None
    if not reviewer.active:
        raise NotAllowed(
            "not-active",
            "You do not review at present. Ask the program's staff to make you active again.",
        )
    return reviewer


def asked(
    ports: Ports, application_id: str, reviewer_id: str
) -> tuple[Reviewer, Application, Review]:
    """Return an application and a reviewer's newest review of it.

    Raises Unknown for whoever was never asked, recused or has a conflict: to them it is not
    there. Raises NotAllowed as `registered` does.
    """
    reviewer = registered(ports, reviewer_id)
    nothing = Unknown("unknown-application", "There is no such application among your reviews.")
    if not is_application_id(application_id):
        raise nothing
    try:
        application = ports.applications.get(application_id)
    except NotFound:
        raise nothing from None
    mine = [
        item for item in ports.applications.reviews(application_id) if item.reviewer == reviewer.id
    ]
    recused = any(item.status is ReviewStatus.RECUSED for item in mine)
    if not mine or recused or in_conflict(reviewer, application):
        raise nothing
    return reviewer, application, max(mine, key=lambda item: (item.assigned_at, item.round))


def stepped_back(ports: Ports, application_id: str, reviewer_id: str) -> bool:
    """Return whether a reviewer recused from an application; `asked` tells them nothing of it."""
    return is_application_id(application_id) and any(
        item.reviewer == reviewer_id and item.status is ReviewStatus.RECUSED
        for item in ports.applications.reviews(application_id)
    )


def is_present(application: Application, review: Review) -> bool:
    """Return whether a review is one of the panel that is at work now."""
    return (review.track, review.round) == (application.track, application.review_round)


def check_readable(program: Program, application: Application, review: Review) -> None:
    """Raise NotNow, saying what happened, unless an application is still before its reviewer."""
    if review.status is ReviewStatus.RELEASED:
        raise NotNow("review-taken-back", _taken_back(program, review))
    if not is_present(application, review) or application.stage not in BEFORE_DECISION:
        raise NotNow(
            "review-over",
            f"The review of {application.reference} is over; nothing is left to do. "
            "What became of it is told under its outcome.",
        )


def check_open(program: Program, application: Application, review: Review) -> None:
    """Raise NotNow, saying what happened, unless a review can be given now."""
    check_readable(program, application, review)
    if review.status is ReviewStatus.SUBMITTED and review.submitted_at is not None:
        when = moment(program, review.submitted_at).local
        raise NotNow(
            "already-reviewed",
            f"You submitted your review of {application.reference} on {when}. It stands.",
        )
    if application.stage is not Stage.REVIEW:
        raise NotNow(
            "not-in-review",
            f"{application.reference} is not in review now; it is in '{application.stage.value}'.",
        )


def _taken_back(program: Program, review: Review) -> str:
    if review.recommendation is Recommendation.RETURN and review.submitted_at is not None:
        when = moment(program, review.submitted_at).local
        return (
            f"You returned {review.reference} to the applicant on {when}. "
            "You are asked again once it is mended."
        )
    why = f": {review.closed_reason}" if review.closed_reason else ""
    return f"You are not asked to review {review.reference} any more{why}. Nothing is left to do."
