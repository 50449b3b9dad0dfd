"""Leaving, changing the track and answering an invitation, as pages.

Each asks before anything happens. Where the application has moved on in the meantime, as after a
double click or in a second tab, the status page says how it stands now.
"""

from collections.abc import Callable

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.application import Application
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.applying.sign_in import applicant
from roundtable.usecases.applying.switching import switch_track
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.following.followed import Followed, follow
from roundtable.usecases.following.records import Can
from roundtable.web.pages.applicant.following.moves_pages import (
    ANSWER,
    ANSWERS,
    TRACK,
    offer_page,
    track_page,
    withdraw_page,
)
from roundtable.web.pages.applicant.following.told import Done, status_path, tell
from roundtable.web.pages.applicant.visitors import Visitor, visitor, visitors_form
from roundtable.web.pages.page import see_other

router = Router()
BELOW = "/programs/<program>/applications/<reference>"


@router.get(f"{BELOW}/withdraw", include_in_schema=False, enable_validation=False)
def get_withdraw(program: str, reference: str) -> Response[str]:
    """Ask whether the application is to be withdrawn."""
    return _ask(program, reference, "withdraw", withdraw_page)


@router.post(f"{BELOW}/withdraw", include_in_schema=False, enable_validation=False)
def post_withdraw(program: str, reference: str) -> Response[str]:
    """Withdraw the application."""
    present, _form = visitors_form(router, program)
    application = present.application(reference)
    try:
        withdraw(present.ports, application.id, applicant(application))
    except NotNow:
        return tell(Done.NOTHING, application)
    return tell(Done.WITHDRAWN, application)


@router.get(f"{BELOW}/track", include_in_schema=False, enable_validation=False)
def get_track(program: str, reference: str) -> Response[str]:
    """Ask to which track the application is to change."""
    return _ask(program, reference, "switch_track", track_page)


@router.post(f"{BELOW}/track", include_in_schema=False, enable_validation=False)
def post_track(program: str, reference: str) -> Response[str]:
    """Change the track of the application."""
    present, form = visitors_form(router, program)
    application, track = present.application(reference), form.one(TRACK)
    try:
        switch_track(present.ports, application.id, applicant(application), track=track)
    except NotNow as refused:
        # The other click of a double click changed it already.
        return tell(Done.SWITCHED if refused.code == "same-track" else Done.NOTHING, application)
    except Invalid:
        followed = follow(present.ports, application)
        return track_page(present, application, followed, refused=track)
    return tell(Done.SWITCHED, application)


@router.get(f"{BELOW}/offer", include_in_schema=False, enable_validation=False)
def get_offer(program: str, reference: str) -> Response[str]:
    """Ask whether the team takes its place."""
    return _ask(program, reference, "answer", offer_page)


@router.post(f"{BELOW}/offer", include_in_schema=False, enable_validation=False)
def post_offer(program: str, reference: str) -> Response[str]:
    """Take the team's answer; a late yes joins the waitlist."""
    present, form = visitors_form(router, program)
    application, answer = present.application(reference), form.one(ANSWER)
    if answer not in ANSWERS:
        followed = follow(present.ports, application)
        if "answer" in followed.status.can:
            return offer_page(present, application, followed, unanswered=True)
        return tell(Done.NOTHING, application)
    try:
        yes = ANSWERS[answer]
        answer_offer(present.ports, application.id, applicant(application), yes=yes)
    except NotNow:
        return tell(Done.NOTHING, application)
    return tell(Done.YES if yes else Done.NO, application)


def _ask(
    program: str,
    reference: str,
    move: Can,
    question: Callable[[Visitor, Application, Followed], Response[str]],
) -> Response[str]:
    present = visitor(router, program)
    application = present.application(reference)
    followed = follow(present.ports, application)
    if move not in followed.status.can:
        return see_other(status_path(application))
    return question(present, application, followed)
