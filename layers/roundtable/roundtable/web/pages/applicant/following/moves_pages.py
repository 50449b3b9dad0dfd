"""What an applicant decides about their application: to leave, to change the track, to answer."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Application
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.following.followed import Followed
from roundtable.usecases.following.view import State
from roundtable.web.pages.applicant.following.told import status_path
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.dates import day_in_words
from roundtable.web.pages.fields import Field, Option, SummaryError, summary, with_errors
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _

ANSWER, TRACK = "/answer", "/track"
YES, NO = "yes", "no"
ANSWERS = {YES: True, NO: False}
_UNPROCESSABLE = 422


def withdraw_page(visitor: Visitor, application: Application, followed: Followed) -> Response[str]:
    """Return the question whether an application is to be withdrawn, with what follows."""
    title = (
        _("Give up this draft")
        if followed.status.state is State.DRAFT
        else _("Withdraw this application")
    )
    back = (
        application_path(application)
        if followed.status.state is State.DRAFT
        else status_path(application)
    )
    layout = _layout(visitor, application, followed, title, "withdraw", back=back)
    return page("applicant/withdraw.html", layout, followed=followed)


def track_page(
    visitor: Visitor,
    application: Application,
    followed: Followed,
    refused: str | None = None,
) -> Response[str]:
    """Return the choice of another track, with what a change brings.

    `refused` is the track to which it could not change; an empty text where none was chosen.
    """
    possible = [track for track in followed.tracks if not track.open_questions]
    choice = Field(
        name=TRACK,
        label=_("To which track do you want to change?"),
        kind="one",
        options=tuple(
            Option(
                value=track.key,
                label=track.name,
                hint=_("You would hear from us by %(day)s.") % {"day": day_in_words(track.promise)},
            )
            for track in possible
        ),
    )
    problems: list[FieldProblem] = []
    if refused is not None:
        words = _("Your application cannot change to this track here.")
        problems.append(FieldProblem(path=TRACK, reason=words if refused else _("Choose a track")))
    fields = with_errors((choice,) if possible else (), problems)
    title = _("Change the track")
    return page(
        "applicant/switch_track.html",
        _layout(visitor, application, followed, title, "track", summary(fields, problems)),
        status=_UNPROCESSABLE if problems else 200,
        fields=fields,
        possible=possible,
        others=[track for track in followed.tracks if track.open_questions],
        followed=followed,
    )


def offer_page(
    visitor: Visitor, application: Application, followed: Followed, *, unanswered: bool = False
) -> Response[str]:
    """Return the question whether the team takes its place, with what each answer brings."""
    choice = Field(
        name=ANSWER,
        label=_("Does your team take the place?"),
        kind="one",
        options=(
            Option(
                value=YES,
                label=_("Yes, our team takes part"),
                hint=_("The place is yours, and we enrol your team."),
            ),
            Option(
                value=NO,
                label=_("No, our team does not take part"),
                hint=_("The place goes to another team. You cannot take this back."),
            ),
        ),
    )
    problems = [FieldProblem(path=ANSWER, reason=_("Choose yes or no"))] if unanswered else []
    fields = with_errors(() if followed.late else (choice,), problems)
    title = _("Join the waitlist") if followed.late else _("Answer the invitation")
    return page(
        "applicant/offer.html",
        _layout(visitor, application, followed, title, "offer", summary(fields, problems)),
        status=_UNPROCESSABLE if problems else 200,
        fields=fields,
        followed=followed,
    )


def _layout(
    visitor: Visitor,
    application: Application,
    followed: Followed,
    title: str,
    name: str,
    errors: Sequence[SummaryError] = (),
    *,
    back: str = "",
) -> Layout:
    return applicants_layout(
        visitor,
        followed.program,
        title,
        f"{application_path(application)}/{name}",
        back=back or status_path(application),
        errors=errors,
    )
