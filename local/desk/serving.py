"""Serves the pages of this machine."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Router
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.desk import mail_pages, time_pages
from local.desk.desk import Desk
from local.desk.frame import add_templates, known_host
from local.gateway import Answer, Event, Handler, serving
from roundtable.ports import Ports
from roundtable.web.api import answer, event_of, make_site, ports_of
from roundtable.web.pages import asset_routes
from roundtable.web.pages.error_pages import error_page

NAME = "desk"
"""The pages are at `desk.localhost`: cookies and forms of the sites are no business of theirs."""
_styles = Router()


@dataclass(frozen=True)
class _Call:
    """What Lambda would tell about a call."""

    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))


@contextmanager
def serving_desk(desk: Desk, *, port: int = 0) -> Generator[str]:
    """Serve the pages for the time being; gives their address."""
    with serving(answering(desk), name=NAME, port=port) as address:
        desk.site_url = address
        yield address


def answering(desk: Desk) -> Handler:
    """Return what answers requests of the pages."""

    def handle(event: Event) -> Answer:
        context, ports = cast("LambdaContext", _Call()), cast("Ports", desk)
        return answer(_site(), event, context, ports, error_page=error_page)

    return handle


@_styles.get("/desk.css", include_in_schema=False, enable_validation=False)
def get_styles() -> Response[str]:
    """Return the few styles that these pages have of their own."""
    styles = (Path(__file__).parent / "desk.css").read_text(encoding="utf-8")
    return Response(HTTPStatus.OK, "text/css; charset=utf-8", styles)


@cache
def _site() -> APIGatewayHttpResolver:
    add_templates()
    site = make_site(
        "Roundtable: this machine",
        mail_pages.router,
        time_pages.router,
        asset_routes.router,
        _styles,
    )
    site.use([_by_its_own_name])  # pyright: ignore[reportUnknownMemberType]
    return site


def _by_its_own_name(app: ApiGatewayResolver, next_middleware: NextMiddleware) -> Response[Any]:
    desk = cast("Desk", ports_of(app))
    known_host(str(event_of(app)["headers"].get("host", "")), desk)
    following = cast("Callable[[ApiGatewayResolver], Response[Any]]", next_middleware)
    return following(app)
