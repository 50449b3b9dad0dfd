"""Asking reviews again: what was reviewed is not what is there now."""

from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.step import Step


def ask_reviews_again(step: Step) -> None:
    """Send an application back to its checks; the caller commits and signals.

    Reviews of the earlier round no longer count; the same reviewers are asked again.
    """
    release_reviews(step, "documents changed")
    step.move(Stage.CHECKING, panel=(), review_round=step.after.review_round + 1)
    step.record("reviews_asked_again", round=step.after.review_round)


def release_reviews(step: Step, why: str) -> None:
    """Let the present track's reviews, given or not, count no more."""
    for review in step.ports.applications.reviews(step.after.id):
        if review.track == step.after.track and review.status in {
            ReviewStatus.ASSIGNED,
            ReviewStatus.SUBMITTED,
        }:
            step.put_review(review.with_(status=ReviewStatus.RELEASED, closed_reason=why))
