"""Signing in by a one-time code."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import EmailStr, Field

from roundtable.domain.model import Record
from roundtable.usecases.applying.sign_in import (
    CodeSent,
    SignedIn,
    ask_for_code,
    confirm_code,
    sign_out,
)
from roundtable.web.api import event_of, ports_of
from roundtable.web.reading import bearer_token, source_address

router = Router()
TAGS = ["sign-in"]


class AskForCode(Record):
    """To which address a code is to be sent."""

    email: EmailStr


class ConfirmCode(Record):
    """The code as it was typed; spaces and hyphens do not matter."""

    email: EmailStr
    code: str = Field(min_length=1, max_length=40)


@router.post("/api/programs/<program>/sign-in", summary="Ask for a code", tags=TAGS,
             status_code=202, security=[{}])  # fmt: skip
def post_sign_in(program: str, body: AskForCode) -> CodeSent:
    """Send a one-time code by e-mail; the answer is the same for every address."""
    source = source_address(event_of(router))
    return ask_for_code(ports_of(router), program, body.email, source=source)


@router.post("/api/programs/<program>/sign-in/confirm", summary="Sign in with a code",
             tags=TAGS, status_code=201, security=[{}])  # fmt: skip
def post_confirm(program: str, body: ConfirmCode) -> SignedIn:
    """Use the code up and return the token to send as `Authorization: Bearer …`."""
    source = source_address(event_of(router))
    return confirm_code(ports_of(router), program, body.email, body.code, source=source)


@router.delete("/api/session", summary="Sign out", tags=TAGS, status_code=204)
def delete_session() -> Response[None]:
    """End the session of the token."""
    sign_out(ports_of(router), bearer_token(event_of(router)))
    return Response(status_code=204)
