"""Every page of reviewers and staff by everybody who is not meant to see it."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from local.openapi import load_site
from roundtable.web.api import API
from roundtable.web.pages.cookies import MEMBER
from roundtable.web.pages.members import ENTERING, HOMES
from tests.fakes import FakePorts
from tests.functions.member_pages import SITES, Browser, Group, signed_in_member
from tests.unit.web.pages.markup import parsed

OTHERS: dict[Group, Group] = {"reviewers": "staff", "staff": "reviewers"}


def routes(site: Group) -> list[tuple[str, str]]:
    """Return method and path of all routes that are no API's."""
    app: Any = load_site(SITES[site]).app
    known = app._static_routes + app._dynamic_routes
    return [(one.method, one.path) for one in known if not one.path.startswith(API)]


def pages() -> list[Any]:
    """Return every page but those of signing in and out, with something in each of its places."""
    return [
        pytest.param(site, method, re.sub(r"<\w+>", "x1", path), id=f"{method} {path}")
        for site in SITES
        for method, path in routes(site)
        if path not in {f"{HOMES[site]}/{name}" for name in ENTERING}
    ]


@pytest.mark.parametrize("site", list(SITES))
def test_every_page_is_below_its_home(site: Group) -> None:
    home = HOMES[site]
    assert {method for method, _ in routes(site)} <= {"GET", "POST"}
    assert all(f"{path}/".startswith(f"{home}/") for _, path in routes(site))
    assert {f"{home}/{name}" for name in ENTERING} <= {path for _, path in routes(site)}


@pytest.mark.parametrize(("site", "method", "path"), pages())
def test_nobody_is_sent_to_sign_in(
    monkeypatch: pytest.MonkeyPatch, site: Group, method: str, path: str
) -> None:
    browser = Browser(monkeypatch, FakePorts(), site, {MEMBER: "made-up"})
    if method == "GET":
        shown = browser.get(f"{path}?page=2")
        assert (shown.status, shown.body) == (303, "")
        following = quote(f"{path}?page=2", safe="")
        assert shown.location == f"{HOMES[site]}/sign-in?next={following}"
    else:
        shown = browser.post(path, {"/note": "what I wrote"}, token=False)
        assert shown.status == 401
        (kept,) = [e for e in parsed(shown.body).all("input") if e.attributes["name"] == "/note"]
        assert kept.attributes["value"] == "what I wrote"


@pytest.mark.parametrize(("site", "method", "path"), pages())
def test_the_other_group_is_refused(
    monkeypatch: pytest.MonkeyPatch, site: Group, method: str, path: str
) -> None:
    ports = FakePorts()
    browser = Browser(monkeypatch, ports, site, {MEMBER: signed_in_member(ports, OTHERS[site])})
    shown = browser.get(path) if method == "GET" else browser.post(path)
    assert shown.status == 403
    assert "This part of the site is not open to you" in shown.body


@pytest.mark.parametrize(("site", "method", "path"), pages())
def test_applicants_are_sent_to_sign_in(
    monkeypatch: pytest.MonkeyPatch, site: Group, method: str, path: str
) -> None:
    ports = FakePorts()
    browser = Browser(monkeypatch, ports, site, {"__Host-session": signed_in_member(ports, site)})
    shown = browser.get(path) if method == "GET" else browser.post(path)
    assert shown.status == (303 if method == "GET" else 401)


@pytest.mark.parametrize(
    ("site", "method", "path"), [one for one in pages() if one.values[1] == "POST"]
)
def test_forms_from_elsewhere_are_refused(
    monkeypatch: pytest.MonkeyPatch, site: Group, method: str, path: str
) -> None:
    ports = FakePorts()
    browser = Browser(monkeypatch, ports, site, {MEMBER: signed_in_member(ports, site)})
    assert browser.post(path, origin="https://evil.example").status == 403
    assert browser.post(path, sec_fetch_site="cross-site").status == 403
    assert browser.post(path, token=False).status == 409
