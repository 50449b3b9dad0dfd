from typing import Any

import pytest

from roundtable.web.pages.layout import Layout
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.sending_again import (
    FIELD,
    Kept,
    as_field,
    from_field,
    kept_form,
    send_again_page,
)
from tests.unit.web.pages.markup import Markup, parsed

SITE = "https://apply.example.org"
HOSTILE = "\"'><script>alert(1)</script>\r\n{{ 7*7 }}"


def event(**changes: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "rawPath": "/staff/notices",
        "headers": {"origin": SITE},
        "requestContext": {"http": {"method": "POST"}},
        "body": '{"/reason": "Late", "/tracks": ["a", "b"], "csrf": "secret"}',
    }
    return sent | changes


def page_of(kept: Kept, *, csrf: str = "", sign_in: str = "") -> Markup:
    layout = Layout(title="Please send it once more", csrf=csrf)
    answer = send_again_page(layout, kept, explanation="Nothing is lost.", sign_in=sign_in)
    assert answer.status_code == 409
    return parsed(str(answer.body))


def test_kept_is_what_was_sent_without_its_token() -> None:
    assert kept_form(event(), site_url=SITE) == Kept(
        path="/staff/notices", fields={"/reason": ("Late",), "/tracks": ("a", "b")}
    )
    assert kept_form(event(body=None), site_url=SITE) == Kept(path="/staff/notices", fields={})


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"origin": "https://evil.example"}},
        {"headers": {}},
        {"headers": {"origin": SITE, "sec-fetch-site": "cross-site"}},
        {"body": "L3JlYXNvbj1MYXRl", "isBase64Encoded": True},
        {"requestContext": {"http": {"method": "GET"}}},
        {"requestContext": {}},
        {"rawPath": "//evil.example/x"},
        {"rawPath": ""},
    ],
)
def test_nothing_else_is_kept(changes: dict[str, Any]) -> None:
    assert kept_form(event(**changes), site_url=SITE) is None


def test_field_carries_a_form_whole() -> None:
    kept = Kept(path="/staff/notices", fields={"/reason": (HOSTILE, "Second")})
    form = Posted(fields={FIELD: (as_field(kept),)})
    assert from_field(form, below="/staff/") == kept
    assert from_field(form, below="/reviewer/") is None
    assert from_field(Posted(fields={}), below="/staff/") is None
    assert as_field(None) == ""


def test_page_sends_every_value_to_where_it_was_meant_to_go() -> None:
    kept = Kept(path="/staff/notices", fields={"/reason": (HOSTILE,), "/tracks": ("a", "b")})
    markup = page_of(kept, csrf="token")
    form = next(e for e in markup.all("form") if e.attributes["action"] == "/staff/notices")
    assert form.attributes["method"] == "post"
    hidden = [e.attributes for e in markup.all("input")]
    assert [(a["name"], a["value"]) for a in hidden if a["type"] == "hidden"] == [
        ("csrf", "token"), ("/reason", HOSTILE), ("/tracks", "a"), ("/tracks", "b"),
    ]  # fmt: skip
    assert [e.text.strip() for e in markup.all("button")] == ["Send it now"]


def test_page_without_a_session_leads_to_signing_in_in_another_tab() -> None:
    markup = page_of(Kept(path="/staff/notices", fields={}), sign_in="/staff/sign-in")
    (link,) = [e for e in markup.all("a") if e.attributes.get("href") == "/staff/sign-in"]
    assert (link.attributes["target"], link.attributes["rel"]) == ("_blank", "noopener")
    assert "csrf" not in {e.attributes["name"] for e in markup.all("input")}
    assert [e.text.strip() for e in markup.all("button")] == ["I have signed in: go on"]
