"""The page that says that an application was received; made to be printed and kept."""

from aws_lambda_powertools.event_handler import Response

from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _


def received_page(visitor: Visitor, view: Standing) -> Response[str]:
    """Return when an application was received, what is still missing, and what happens now."""
    application, program = view.application, view.program
    base = application_path(application)
    layout = applicants_layout(
        visitor, program, _("We have received your application"), f"{base}/received"
    )
    until = view.missing_until()
    return page(
        "applicant/received.html",
        layout,
        program=program,
        reference=application.reference,
        received_at=application.received_at,
        track=view.track,
        promise=application.promise,
        missing=view.missing(),
        missing_until=until.at if until else None,
        base=base,
    )
