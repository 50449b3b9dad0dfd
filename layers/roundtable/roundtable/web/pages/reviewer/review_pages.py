"""One application before its reviewer, or the reason why it is not before them any more."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.reviewing.access import stepped_back
from roundtable.usecases.reviewing.desk import Desk
from roundtable.web.pages import program_words
from roundtable.web.pages.layout import Banner, Organizer
from roundtable.web.pages.members import REVIEWERS, Member, members_layout, members_page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer import addresses, letter_words, words
from roundtable.web.pages.reviewer.review_form import review_form
from roundtable.web.pages.texts import gettext as _

_NOT_FOUND = 404


def desk_page(
    present: Member,
    desk: Desk,
    said: Posted,
    *,
    problems: Sequence[FieldProblem] = (),
    status: int = 200,
    done: str = "",
    typed: Sequence[str] = (),
) -> Response[str]:
    """Return the page of a review with what was said so far.

    `done` names what was done just now; `typed` are words that could not be kept any more.
    """
    review = desk.review
    form = review_form(desk, said, problems)
    name = desk.organization.name or review.reference
    layout = members_layout(
        present,
        REVIEWERS,
        _("Review of %(name)s") % {"name": name},
        addresses.review_path(review.application),
        current=addresses.HOME,
        back=addresses.HOME,
        banner=_banner(desk, done),
        errors=form.errors,
        wide=True,
    )
    organizer = Organizer(name=desk.organizer.name, email=desk.organizer.email)
    return members_page(
        present,
        "reviewer/review.html",
        layout.with_(organizer=organizer),
        status=status,
        bucket=present.ports.documents.origin,
        desk=desk,
        review=review,
        form=form,
        typed=typed,
        words=words,
        letter_words=letter_words,
        program_words=program_words,
        addresses=addresses,
    )


def not_yours_page(present: Member, application: str) -> Response[str]:
    """Return why an application is not there for a reviewer: that they stepped back, or nothing."""
    recused = stepped_back(present.ports, application, present.caller.subject)
    title = (
        _("You stepped back from this application")
        if recused
        else _("This application is not among your reviews")
    )
    layout = members_layout(present, REVIEWERS, title, addresses.HOME, back=addresses.HOME)
    return members_page(
        present, "reviewer/not_yours.html", layout, status=_NOT_FOUND, recused=recused
    )


def _banner(desk: Desk, done: str) -> Banner | None:
    if desk.state == "waiting":
        return Banner(
            text=_(
                "This application is not in review at the moment. What you saved is kept; you can "
                "go on when it comes back."
            )
        )
    if done == "given" and desk.state == "given":
        return Banner(text=_("Thank you. Your review is in."), success=True)
    if done == "saved" and desk.state == "open":
        return Banner(text=_("Your draft is saved."), success=True)
    return None
