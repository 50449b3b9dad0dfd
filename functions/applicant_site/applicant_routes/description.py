"""What is offered, and the description of this API. Public."""

from pathlib import Path

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.description import (
    ProgramDescription,
    ProgramList,
    describe_program,
    list_programs,
)
from roundtable.web.api import PUBLIC_FOR_A_MINUTE, ports_of

router = Router()
TAGS = ["programs"]
_DOCUMENT = Path(__file__).resolve().parent.parent / "openapi.json"


@router.get("/api/programs", summary="List the programs", tags=TAGS, security=[{}],
            cache_control=PUBLIC_FOR_A_MINUTE)  # fmt: skip
def get_programs() -> ProgramList:
    """Return every program with its dates, in its own zone and as instants."""
    return list_programs(ports_of(router))


@router.get("/api/programs/<program>", summary="Describe a program and its form", tags=TAGS,
            security=[{}], cache_control=PUBLIC_FOR_A_MINUTE)  # fmt: skip
def get_program(program: str) -> ProgramDescription:
    """Return tracks, requirements with their limits, questions and sessions of a program."""
    return describe_program(ports_of(router), program)


@router.get("/api/openapi.json", summary="This document", tags=["description"], security=[{}],
            enable_validation=False, cache_control=PUBLIC_FOR_A_MINUTE)  # fmt: skip
def get_openapi() -> Response[str]:
    """Return the OpenAPI document of all sites."""
    return Response(
        status_code=200, content_type="application/json", body=_DOCUMENT.read_text("utf-8")
    )
