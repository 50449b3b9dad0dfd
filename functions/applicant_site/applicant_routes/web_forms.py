"""A web form that exists elsewhere sends a complete application."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Header

from roundtable.usecases.applying.intake import Acknowledgement, WebForm, submit_web_form
from roundtable.web.api import ports_of

router = Router()


@router.post("/api/programs/<program>/applications", summary="Submit a complete application",
             tags=["web forms"], status_code=201, security=[{"form_key": []}])  # fmt: skip
def post_application(
    program: str,
    body: WebForm,
    x_form_key: Annotated[str, Header(alias="X-Form-Key", max_length=200)] = "",
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = "",
) -> Acknowledgement:
    """Receive an application from a form that shows the program's key in `X-Form-Key`.

    JSON, or `application/x-www-form-urlencoded` with one field for each value: `tracks=…`
    (once for each track), `contact.name`, `contact.email`, `organization.name`,
    `team.0.name`, `team.0.role`, `answers.<question>` (once for each choice; `yes` or `no`),
    `eligibility.<question>`, `attestations.<requirement>` (once for each statement),
    `documents.0.requirement`, `documents.0.file_name`, `documents.0.content_type`,
    `documents.0.size` or `documents.0.url`. Empty fields count as not sent.

    The answer is the receipt, with an upload form for each announced document. The same
    `Idempotency-Key`, or without one the same body, gives the same receipt again.
    """
    return submit_web_form(
        ports_of(router), program, body, key=x_form_key, idempotency_key=idempotency_key
    )
