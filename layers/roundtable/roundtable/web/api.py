"""What the three sites share: making one, answering a request, reading who calls."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Router
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.models import (
    APIKey,
    HTTPBearer,
    SecurityScheme,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.ports import Conflict, Ports
from roundtable.web.problems import Problem, problem_for, response_for
from roundtable.web.reading import Event, readable

Answer = dict[str, Any]
ErrorPage = Callable[[Problem, Event], Response[str]]
"""Tells a person in a browser what a problem document tells a program."""

API = "/api/"
"""Refusals of paths below it are problem documents; of all others pages, where a site has them."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every answer that does not set them itself: nothing is sniffed, framed or stored."""

PUBLIC_FOR_A_MINUTE = "public, max-age=60"
"""Cache-Control for what is the same for everybody."""


def make_site(title: str, *routers: Router) -> APIGatewayHttpResolver:
    """Return a site with the routes of its subjects, checked against their types."""
    app = APIGatewayHttpResolver(
        enable_validation=True,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    schemes: dict[str, SecurityScheme] = {
        "bearer": HTTPBearer(),
        "form_key": APIKey.model_validate({"name": "X-Form-Key", "in": "header"}),
    }
    app.configure_openapi(
        title=title,
        version="1",
        openapi_version="3.1.0",
        security_schemes=schemes,
        security=[{"bearer": []}],
    )
    app.use([_again_after_a_conflict])  # pyright: ignore[reportUnknownMemberType]
    for router in routers:
        app.include_router(router)

    def _refused(error: Exception) -> Response[str]:
        body = app.current_event.json_body if app.current_event.body else None
        context = cast("dict[str, object]", app.context)  # pyright: ignore[reportUnknownMemberType]
        error_page = cast("ErrorPage | None", context.get("error_page"))
        event = app.current_event.raw_event
        return _told(error, event, error_page, lambda: _occurrence(app), body)

    app.exception_handler(Exception)(_refused)
    return app


def answer(
    app: APIGatewayHttpResolver,
    event: Event,
    context: LambdaContext,
    ports: Ports,
    *,
    error_page: ErrorPage | None = None,
) -> Answer:
    """Answer one request: routed, checked, and where it is refused told why.

    The API tells it with a problem document; all other paths with `error_page`, if there is one.
    """
    try:
        safe = readable(event)
    except Exception as error:  # noqa: BLE001 (whatever cannot be read is answered, not raised)
        told = _told(error, event, error_page, lambda: str(context.aws_request_id))
        return _hardened(
            {
                "statusCode": told.status_code,
                "headers": dict(told.headers),
                "body": told.body,
                "isBase64Encoded": False,
            }
        )
    app.append_context(ports=ports, error_page=error_page)  # pyright: ignore[reportUnknownMemberType]
    return _hardened(app.resolve(safe, context))


def ports_of(router: Router | ApiGatewayResolver) -> Ports:
    """Return what the use cases need, for the request in hand."""
    context = cast("dict[str, object]", router.context)  # pyright: ignore[reportUnknownMemberType]
    return cast("Ports", context["ports"])


def event_of(router: Router | ApiGatewayResolver) -> Event:
    """Return the request in hand as the gateway sent it."""
    return router.current_event.raw_event


def _again_after_a_conflict(
    app: ApiGatewayResolver, next_middleware: NextMiddleware
) -> Response[Any]:
    """Try once more when somebody else wrote first: the use case reads and decides again."""
    following = cast("Callable[[ApiGatewayResolver], Response[Any]]", next_middleware)
    try:
        return following(app)
    except Conflict:
        return following(app)


def _told(
    error: Exception,
    event: Event,
    error_page: ErrorPage | None,
    new_id: Callable[[], str],
    body: object = None,
) -> Response[str]:
    """Return what is answered to a request that failed: a page, or a problem document."""
    if error_page is None or str(event.get("rawPath", "")).startswith(API):
        return response_for(error, body, new_id)
    problem, headers = problem_for(error, body, new_id)
    page = error_page(problem, event)
    page.headers.update(headers)
    return page


def _occurrence(app: APIGatewayHttpResolver) -> str:
    return str(getattr(app.lambda_context, "aws_request_id", ""))


def _hardened(result: Answer) -> Answer:
    given = cast("dict[str, Any]", result.get("headers") or {})
    present = {name.lower() for name in given}
    added = {name: value for name, value in HEADERS.items() if name.lower() not in present}
    return {**result, "headers": {**given, **added}}
