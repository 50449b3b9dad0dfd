"""The page of somebody's applications to one program."""

from aws_lambda_powertools.event_handler import Response

from roundtable.usecases.applying.entering import Beginning, MyList, begin, my_list
from roundtable.usecases.errors import NotNow, Refused, TooMany
from roundtable.web.pages.applicant import addresses, state_words
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.page import page, see_other
from roundtable.web.pages.program_pages import program_path
from roundtable.web.pages.texts import gettext as _

_CONFLICT = 409


def begun(present: Visitor, beginning: Beginning) -> Response[str]:
    """Begin an application and lead to it, or return the list that says why none was begun."""
    try:
        application = begin(present.ports, present.session, beginning)
    except (NotNow, TooMany) as refusal:
        return applications_page(present, my_list(present.ports, present.session), refusal=refusal)
    return see_other(application_path(application))


def applications_page(
    present: Visitor, mine: MyList, *, refusal: Refused | None = None
) -> Response[str]:
    """Return what somebody has begun and sent; with why another one was not begun."""
    program = mine.entrance.program
    path = addresses.applications_path(program.key)
    layout = applicants_layout(
        present,
        program,
        _("Your applications"),
        path,
        back=program_path(program.key),
        errors=[SummaryError(text=_why_not(refusal))] if refusal else (),
    )
    return page(
        "applicant/applications.html",
        layout,
        status=_CONFLICT if refusal else 200,
        mine=mine,
        program=program,
        words=state_words,
        path=path,
        start=addresses.start_path(program.key),
    )


def _why_not(refusal: Refused) -> str:
    if isinstance(refusal, TooMany):
        return _("You have begun as many applications as one address can.")
    reasons = {
        "not-open-yet": _("Applications are not open yet, so nothing was begun."),
        "closed": _("Applications are not taken any more, so nothing was begun."),
    }
    return reasons.get(refusal.code, refusal.sentence)
