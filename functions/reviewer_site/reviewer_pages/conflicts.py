"""The pages of conflicts of interest: stepping back from one application, and declaring."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.reviewing.conflicts import declare_conflict, my_conflicts, recuse
from roundtable.usecases.reviewing.past import look_back
from roundtable.web.pages.members import REVIEWERS, member, members_form
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer import addresses
from roundtable.web.pages.reviewer import conflict_pages as pages
from roundtable.web.pages.reviewer.review_pages import not_yours_page

router = Router()
RECUSAL = f"{addresses.HOME}/applications/<application>/recusal"
EMPTY = Posted(fields={})


@router.get(RECUSAL, include_in_schema=False, enable_validation=False)
def get_recusal(application: str) -> Response[str]:
    """Say what stepping back means, and ask for a reason."""
    present = member(router, REVIEWERS)
    try:
        looked = look_back(present.ports, application, present.caller.subject)
    except Unknown:
        return not_yours_page(present, application)
    return pages.recusal_page(present, looked, EMPTY)


@router.post(RECUSAL, include_in_schema=False, enable_validation=False)
def post_recusal(application: str) -> Response[str]:
    """Step back; the application is not the reviewer's any more."""
    present, form = members_form(router, REVIEWERS)
    try:
        looked = look_back(present.ports, application, present.caller.subject)
        if problems := pages.recusal_problems(form):
            return pages.recusal_page(present, looked, form, problems=problems)
        recuse(
            present.ports,
            application,
            present.caller.subject,
            reason=form.one(pages.REASON),
            declare=bool(form.one(pages.DECLARE)),
        )
    except Unknown:
        return not_yours_page(present, application)
    except NotNow:
        return see_other(addresses.outcome_path(application))
    return see_other(f"{addresses.HOME}?{addresses.DONE}=stepped-back")


@router.get(addresses.CONFLICTS, include_in_schema=False, enable_validation=False)
def get_conflicts() -> Response[str]:
    """Show the organizations that were declared."""
    present = member(router, REVIEWERS)
    ended = router.current_event.query_string_parameters.get(addresses.DONE, "")
    known = my_conflicts(present.ports, present.caller.subject)
    return pages.conflicts_page(present, known, EMPTY, ended=addresses.number_in(ended))


@router.post(addresses.CONFLICTS, include_in_schema=False, enable_validation=False)
def post_conflicts() -> Response[str]:
    """Keep an organization as a conflict; open reviews of it go to others at once."""
    present, form = members_form(router, REVIEWERS)
    reviewer = present.caller.subject
    known = my_conflicts(present.ports, reviewer)
    if problems := pages.conflict_problems(form):
        return pages.conflicts_page(present, known, form, problems=problems)
    try:
        declared = declare_conflict(present.ports, reviewer, form.one(pages.ORGANIZATION))
    except Invalid as refused:
        return pages.conflicts_page(present, known, form, problems=refused.problems)
    return see_other(f"{addresses.CONFLICTS}?{addresses.DONE}={declared.recused}")
