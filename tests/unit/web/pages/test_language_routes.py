import json
from typing import Any, cast

import pytest
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.web.api import answer, make_site
from roundtable.web.pages import language_routes, texts
from tests.browser.serving import Event
from tests.functions.members import Context

router = Router()


@router.get("/", enable_validation=False)
def get_language() -> Response[str]:
    return Response(200, "text/plain", texts.language())


SITE = make_site("Languages", router, language_routes.router)
SITE.use([language_routes.in_the_visitors_language])  # pyright: ignore[reportUnknownMemberType]


def call(method: str, path: str, body: object = None, **more: Any) -> dict[str, Any]:
    event: Event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"content-type": "application/json"},
        "requestContext": {"stage": "$default", "http": {"method": method, "path": path}},
        "body": json.dumps(body) if body else None,
        **more,
    }
    return answer(SITE, event, cast("Any", Context()), cast("Any", None))


def test_page_speaks_the_browsers_language() -> None:
    assert call("GET", "/")["body"] == "en"
    assert call("GET", "/", headers={"Accept-Language": "es-MX"})["body"] == "es"
    assert texts.language() == "en"


def test_page_speaks_the_language_that_was_chosen() -> None:
    result = call("GET", "/", headers={"Accept-Language": "en"}, cookies=["__Host-language=es"])
    assert result["body"] == "es"


def test_choice_is_kept_and_leads_back() -> None:
    result = call("POST", "/language", {"language": "es", "back": "/apply"})
    assert (result["statusCode"], result["headers"]["Location"]) == (303, "/apply")
    assert result["cookies"] == [
        "__Host-language=es; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Lax"
    ]


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", ""])
def test_choice_leads_nowhere_else(back: str) -> None:
    result = call("POST", "/language", {"language": "es", "back": back})
    assert result["headers"]["Location"] == "/"


@pytest.mark.parametrize("body", [{"language": "fr"}, {}, {"language": ["x"]}])
def test_choice_of_no_language_of_ours_is_not_kept(body: object) -> None:
    assert call("POST", "/language", body)["cookies"] == []
