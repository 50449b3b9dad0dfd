"""The applicants' site: programs, the form, documents, and where an application stands."""

from typing import Any

from applicant_pages import applications as application_pages
from applicant_pages import documents as document_pages
from applicant_pages import (
    form,
    programs,
    signing_in,
    starting,
    status,
    submitting,
)
from applicant_pages import moves as move_pages
from applicant_routes import (
    applications,
    description,
    documents,
    moves,
    sign_in,
    submission,
    web_forms,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.web.api import answer, make_site
from roundtable.web.pages import asset_routes, language_routes
from roundtable.web.pages.applicant.entering.refusals import applicants_error_page

app = make_site(
    "Roundtable: applicants",
    description.router,
    web_forms.router,
    sign_in.router,
    applications.router,
    submission.router,
    documents.router,
    moves.router,
    programs.router,
    signing_in.router,
    starting.router,
    application_pages.router,
    form.router,
    document_pages.router,
    submitting.router,
    status.router,
    move_pages.router,
    language_routes.router,
    asset_routes.router,
)
app.use([language_routes.in_the_visitors_language])  # pyright: ignore[reportUnknownMemberType]


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a request of the HTTP API (payload version 2)."""
    ports = composition.ports()
    return answer(app, event, context, ports, error_page=applicants_error_page(ports))
