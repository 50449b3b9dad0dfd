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
from roundtable.web.problems import problem_for, response_for
from roundtable.web.reading import Event, readable

Answer = dict[str, Any]

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
        return response_for(error, body, lambda: _occurrence(app))

    app.exception_handler(Exception)(_refused)
    return app


def answer(
    app: APIGatewayHttpResolver, event: Event, context: LambdaContext, ports: Ports
) -> Answer:
    """Answer one request: routed, checked, with a problem document where it is refused."""
    try:
        safe = readable(event)
    except Exception as error:  # noqa: BLE001 (whatever cannot be read is answered, not raised)
        problem, headers = problem_for(error, None, lambda: str(context.aws_request_id))
        return _hardened(
            {
                "statusCode": problem.status,
                "headers": {"Content-Type": "application/problem+json", **headers},
                "body": problem.model_dump_json(exclude_none=True),
                "isBase64Encoded": False,
            }
        )
    app.append_context(ports=ports)  # pyright: ignore[reportUnknownMemberType]
    return _hardened(app.resolve(safe, context))


def ports_of(router: Router) -> Ports:
    """Return what the use cases need, for the request in hand."""
    context = cast("dict[str, object]", router.context)  # pyright: ignore[reportUnknownMemberType]
    return cast("Ports", context["ports"])


def event_of(router: Router) -> Event:
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


def _occurrence(app: APIGatewayHttpResolver) -> str:
    return str(getattr(app.lambda_context, "aws_request_id", ""))


def _hardened(result: Answer) -> Answer:
    given = cast("dict[str, Any]", result.get("headers") or {})
    present = {name.lower() for name in given}
    added = {name: value for name, value in HEADERS.items() if name.lower() not in present}
    return {**result, "headers": {**given, **added}}
