"""What happened to what somebody reviewed."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.reviews import Recommendation, ReviewStatus
from roundtable.ports import Page
from roundtable.usecases.reviewing.past import Became, LookBack, PastReview
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import REVIEWERS, Member, members_layout, members_page
from roundtable.web.pages.reviewer import addresses, words
from roundtable.web.pages.texts import gettext as _


def past_page(present: Member, reviews: Page[PastReview], *, later: bool = False) -> Response[str]:
    """Return a page of the reviews that were given, the newest first."""
    return members_page(
        present,
        "reviewer/past.html",
        members_layout(present, REVIEWERS, _("What became of my reviews"), addresses.PAST),
        reviews=reviews.items,
        cursor=reviews.cursor,
        later=later,
        words=words,
        addresses=addresses,
    )


def outcome_page(
    present: Member,
    looked: LookBack,
    *,
    status: int = 200,
    done: str = "",
    typed: Sequence[str] = (),
) -> Response[str]:
    """Return what became of one application, in place of its review once that is over.

    `typed` are words that somebody sent when it was too late for them.
    """
    past = looked.past
    layout = members_layout(
        present,
        REVIEWERS,
        past.organization or past.reference,
        addresses.outcome_path(past.application),
        current=addresses.PAST,
        back=addresses.PAST,
        banner=_banner(looked, done),
    )
    return members_page(
        present,
        "reviewer/outcome.html",
        layout,
        status=status,
        looked=looked,
        past=past,
        explanation=_explanation(looked),
        typed=typed,
        words=words,
        addresses=addresses,
    )


def _banner(looked: LookBack, done: str) -> Banner | None:
    if done != "given" or looked.past.given_at is None:
        return None
    if looked.past.recommendation is Recommendation.RETURN:
        text = _("Thank you. The application goes back to its team, with your reasons.")
    else:
        text = _("Thank you. Your review is in.")
    return Banner(text=text, success=True)


def _explanation(looked: LookBack) -> str:
    """Return why there is nothing to do here now; empty where that goes without saying."""
    if looked.asked_again:
        return ""
    if looked.past.recommendation is Recommendation.RETURN:
        return _(
            "You returned this application to its team. You are asked again once it is mended."
        )
    if looked.past.given_at is None and looked.status is ReviewStatus.RELEASED:
        return _("You are not asked to review this application any more, so nothing is left to do.")
    if looked.past.given_at is None and looked.past.became is Became.OPEN:
        return _("This application is not in review at the moment. What you saved is kept.")
    if looked.past.given_at is None:
        return _(
            "This application was decided before your review came in, so nothing is left to do."
        )
    return ""
