"""Submitting the caller's own application, and where it stands afterwards."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Header

from applicant_routes.session import own_application, signed_in
from roundtable.usecases.applying.submission import Receipt, submit
from roundtable.usecases.following.records import Status
from roundtable.usecases.following.status import read_status

router = Router()
TAGS = ["applications"]
IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


@router.post("/api/applications/<application>/submit", summary="Submit", tags=TAGS)
def post_submit(application: str, idempotency_key: IdempotencyKey) -> Receipt:
    """Submit a draft; sent again, the same receipt is returned."""
    ports, own, actor = own_application(router, application)
    return submit(ports, own, actor, idempotency_key=idempotency_key)


@router.get("/api/applications/<application>/status", summary="Where it stands", tags=TAGS)
def get_status(application: str) -> Status:
    """Return the dated course, what is missing until when, and what can be done now."""
    ports, session = signed_in(router)
    return read_status(ports, session, application)
