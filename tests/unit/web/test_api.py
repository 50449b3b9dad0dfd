"""Where refusals are told with a page, and where with a problem document."""

from typing import Any, cast

import pytest
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.errors import TooMany
from roundtable.web.api import ErrorPage, answer, make_site
from roundtable.web.problems import Problem
from roundtable.web.reading import Event
from tests.functions.members import Context

router = Router()


@router.get("/busy", enable_validation=False)
def get_busy() -> Response[str]:
    raise TooMany("too-many-attempts", "Wait a while.")


SITE = make_site("Refusals", router)


def told(problem: Problem, event: Event) -> Response[str]:
    text = f"{problem.code} {event['rawPath']}"
    return Response(problem.status, "text/html; charset=utf-8", text, {"X-Frame-Options": "SAME"})


def call(path: str, error_page: ErrorPage | None, **more: Any) -> dict[str, Any]:
    event: Event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {},
        "requestContext": {"stage": "$default", "http": {"method": "GET", "path": path}},
        **more,
    }
    context, ports = cast("Any", Context()), cast("Any", None)
    return answer(SITE, event, context, ports, error_page=error_page)


@pytest.mark.parametrize("path", ["/", "/nothing", "/api", "/apis/nothing"])
def test_refusal_outside_the_api_is_told_with_a_page(path: str) -> None:
    result = call(path, told)
    assert (result["statusCode"], result["body"]) == (404, f"unknown {path}")
    assert result["headers"]["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(("path", "error_page"), [("/api/nothing", told), ("/nothing", None)])
def test_refusal_of_the_api_and_of_a_site_without_pages_is_a_problem_document(
    path: str, error_page: ErrorPage | None
) -> None:
    result = call(path, error_page)
    assert (result["statusCode"], result["headers"]["Content-Type"]) == (
        404,
        "application/problem+json",
    )


def test_page_of_a_refusal_keeps_its_headers_and_those_of_the_problem() -> None:
    headers = call("/busy", told)["headers"]
    assert (headers["Retry-After"], headers["X-Frame-Options"]) == ("900", "SAME")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_request_that_cannot_be_read_is_told_with_a_page_too() -> None:
    body = {"body": "x", "isBase64Encoded": False, "headers": {"content-type": "text/plain"}}
    assert call("/nothing", told, **body)["body"] == "unsupported-content-type /nothing"
    assert call("/nothing", None, **body)["headers"]["Content-Type"] == "application/problem+json"


def test_refusal_after_one_with_a_page_is_a_problem_document_again() -> None:
    call("/nothing", told)
    assert call("/nothing", None)["headers"]["Content-Type"] == "application/problem+json"
