"""Problem documents (RFC 9457): one table from an error to its answer."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import cast

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from pydantic import Field

from roundtable.domain.model import Record
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import Conflict, NotFound, Unavailable
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.errors import (
    Invalid,
    KeyReused,
    NotAllowed,
    NotNow,
    Refused,
    Stale,
    TooMany,
    Unknown,
)
from roundtable.web.pointers import Detail, field_problems

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2
TRY_LATER_SECONDS = 900
logger = Logger(service="roundtable", child=True)
"""A child of the one whose format keeps personal data out (see `observability`)."""


class Malformed(Refused):
    """The body cannot be read at all."""


class TooLarge(Refused):
    """The body is larger than any request needs."""


class UnknownType(Refused):
    """The body has a content type that nothing here reads."""


class FieldError(Record):
    """What is wrong with one field of the body (`pointer`) or one parameter."""

    pointer: str | None = Field(
        default=None, description="JSON pointer (RFC 6901) into the body, such as /contact/email."
    )
    parameter: str | None = Field(
        default=None, description="Name of a path, query or header parameter."
    )
    detail: str


class Problem(Record):
    """An error, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable name of the reason.")
    instance: str | None = Field(default=None, description="Names this occurrence in the logs.")
    errors: tuple[FieldError, ...] = ()


STATUS: tuple[tuple[type[Exception], HTTPStatus, str], ...] = (
    (Malformed, HTTPStatus.BAD_REQUEST, "The request cannot be read"),
    (NotSignedIn, HTTPStatus.UNAUTHORIZED, "Please sign in"),
    (NotAllowed, HTTPStatus.FORBIDDEN, "You may not do this"),
    (Unknown, HTTPStatus.NOT_FOUND, "There is no such thing"),
    (NotNow, HTTPStatus.CONFLICT, "Not possible now"),
    (Stale, HTTPStatus.PRECONDITION_FAILED, "Changed meanwhile"),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large"),
    (UnknownType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unknown content type"),
    (KeyReused, HTTPStatus.UNPROCESSABLE_ENTITY, "The key was used already"),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY, "Something is to be corrected"),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS, "Too many attempts"),
    (Refused, HTTPStatus.CONFLICT, "Not possible"),
)
"""Refusals of use cases and of the web, from the most particular to the most general."""


def problem_for(
    error: Exception, body: object = None, new_id: Callable[[], str] = str
) -> tuple[Problem, dict[str, str]]:
    """Return the problem document of an error, and the headers that go with it.

    `body` is the parsed request, by which a validation error finds its field. What nobody
    foresaw gets an id from `new_id`, which the log repeats, and says nothing else.
    """
    if isinstance(error, Refused):
        return _refusal(error)
    if isinstance(error, RequestValidationError):
        details = field_problems(cast("Sequence[dict[str, object]]", error.errors()), body)
        return _problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Something is to be corrected",
            "invalid",
            "Some fields are missing or not as they should be.",
            errors=_field_errors(details),
        ), {}
    if isinstance(error, NotFoundError | NotFound):
        return _problem(
            HTTPStatus.NOT_FOUND, "There is no such thing", "unknown", "There is nothing here."
        ), {}
    if isinstance(error, Conflict | Unavailable):
        logger.warning("asked to try again", extra={"error": type(error).__name__})
        return _problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Please try again",
            "try-again",
            "Nothing was changed. Please send the same request again in a moment.",
        ), {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return _unforeseen(error, new_id()), {}


def response_for(
    error: Exception, body: object = None, new_id: Callable[[], str] = str
) -> Response[str]:
    """Return the problem document of an error as an answer."""
    problem, headers = problem_for(error, body, new_id)
    return Response(
        status_code=problem.status,
        content_type=CONTENT_TYPE,
        body=problem.model_dump_json(exclude_none=True),
        headers=headers,
    )


def _refusal(error: Refused) -> tuple[Problem, dict[str, str]]:
    status, title = next(
        (status, title) for kind, status, title in STATUS if isinstance(error, kind)
    )
    headers: dict[str, str] = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(TRY_LATER_SECONDS)
    errors = tuple(_of_field(item) for item in error.problems)
    return _problem(status, title, error.code, error.sentence, errors=errors), headers


def _of_field(problem: FieldProblem) -> FieldError:
    return FieldError(pointer=problem.path, detail=problem.reason)


def _field_errors(details: Iterable[Detail]) -> tuple[FieldError, ...]:
    return tuple(
        FieldError(pointer=item.place, detail=item.words)
        if item.of_body
        else FieldError(parameter=item.place, detail=item.words)
        for item in details
    )


def _unforeseen(error: Exception, occurrence: str) -> Problem:
    """Log where it happened and what kind it was; its message may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    logger.error(
        "unforeseen error",
        extra={
            "occurrence": occurrence,
            "error": type(error).__name__,
            # What an AWS service said, such as AccessDenied: a code, no data.
            "error_code": getattr(error, "response", {}).get("Error", {}).get("Code", ""),
            "where": " < ".join(
                f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-6:])
            ),
        },
    )
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here",
        "unforeseen",
        "This is our mistake, not yours. Please try again later; if it happens again, "
        "tell us the number of this occurrence.",
        instance=f"urn:roundtable:occurrence:{occurrence}",
    )


def _problem(
    status: HTTPStatus,
    title: str,
    code: str,
    detail: str,
    *,
    errors: tuple[FieldError, ...] = (),
    instance: str | None = None,
) -> Problem:
    return Problem(
        type=f"urn:roundtable:problem:{code}",
        title=title,
        status=int(status),
        detail=detail,
        code=code,
        instance=instance,
        errors=errors,
    )
