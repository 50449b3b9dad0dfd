"""The visitor's language: read from the request, chosen by a form, kept in a cookie."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Router
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware

from roundtable.web.pages.choosing import preferred
from roundtable.web.pages.cookies import LANGUAGE, cookie
from roundtable.web.pages.page import is_own_path, see_other
from roundtable.web.pages.posted import posted
from roundtable.web.pages.texts import LANGUAGES, speaking
from roundtable.web.reading import Event, cookies

router = Router()
A_YEAR_IN_SECONDS = 365 * 86_400


@router.post("/language", include_in_schema=False, enable_validation=False)
def post_language() -> Response[str]:
    """Keep the chosen language and go back to the page where it was chosen.

    Nothing but the cookie changes, so it does not matter which page asked for it.
    """
    form = posted(router.current_event.json_body if router.current_event.body else None)
    back = form.one("back")
    path = back if is_own_path(back) else "/"
    chosen = form.one("language")
    if chosen not in LANGUAGES:
        return see_other(path)
    return see_other(path, cookies=[cookie(LANGUAGE, chosen, seconds=A_YEAR_IN_SECONDS)])


def in_the_visitors_language(
    app: ApiGatewayResolver, next_middleware: NextMiddleware
) -> Response[Any]:
    """Answer a request in the language that its visitor chose or their browser asks for."""
    following = cast("Callable[[ApiGatewayResolver], Response[Any]]", next_middleware)
    with speaking(visitors_language(app.current_event.raw_event)):
        return following(app)


def visitors_language(event: Event) -> str:
    """Return the language in which a request is answered."""
    given = cast("Mapping[str, str]", event.get("headers") or {})
    headers = {name.lower(): value for name, value in given.items()}
    return preferred(cookies(event).get(LANGUAGE, ""), headers.get("accept-language", ""))
