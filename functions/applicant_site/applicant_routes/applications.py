"""Drafts of the caller's own applications."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Header

from applicant_routes.bodies import NewDraft, SavedForm, revision_of
from applicant_routes.session import signed_in
from roundtable.usecases.applying.drafts import refuse_other_program, save, start
from roundtable.usecases.following.records import ApplicationRead, MyApplications
from roundtable.usecases.following.status import list_mine, read, read_application

router = Router()
TAGS = ["applications"]
IfMatch = Annotated[str, Header(alias="If-Match", max_length=50)]


def _with_revision(application: ApplicationRead, status: int = 200) -> Response[ApplicationRead]:
    headers = {"ETag": f'"{application.revision}"'}
    return Response(status, "application/json", application, headers)


@router.get("/api/programs/<program>/my-applications", summary="List my applications", tags=TAGS)
def get_mine(program: str) -> MyApplications:
    """Return the applications of the address that signed in, newest first."""
    ports, session = signed_in(router)
    refuse_other_program(session, program)
    return list_mine(ports, session)


@router.post("/api/programs/<program>/my-applications", summary="Begin an application",
             tags=TAGS, status_code=201)  # fmt: skip
def post_mine(program: str, body: NewDraft) -> Response[ApplicationRead]:
    """Begin a draft (201), or return the one that is open already (200)."""
    ports, session = signed_in(router)
    refuse_other_program(session, program)
    application, new = start(ports, session, body.form)
    return _with_revision(read_application(ports, application), 201 if new else 200)


@router.get("/api/applications/<application>", summary="Read an application", tags=TAGS)
def get_application(application: str) -> Response[ApplicationRead]:
    """Return the form with its revision, and what is still missing."""
    ports, session = signed_in(router)
    return _with_revision(read(ports, session, application))


@router.put("/api/applications/<application>", summary="Save a form", tags=TAGS)
def put_application(
    application: str, body: SavedForm, if_match: IfMatch = ""
) -> Response[ApplicationRead]:
    """Replace the whole form, based on the revision in `If-Match` or in the body."""
    ports, session = signed_in(router)
    revision = revision_of(body, if_match)
    saved = save(ports, session, application, body.form, revision=revision)
    return _with_revision(read_application(ports, saved))
