"""Each event of the reviewers' pages, and by whom each application's pages are not seen."""

from datetime import timedelta
from typing import Any

import pytest

from local.openapi import load_site
from roundtable.ports import MemberSession
from roundtable.usecases.members import token_hash
from roundtable.web.api import API
from roundtable.web.pages.members import ENTERING, HOMES
from tests.factories import APPLICATION, NOW, make_reviewer
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, Shown, browser_of
from tests.functions.members import EVENTS, Event, sample
from tests.functions.reviewing_world import PLAYED, REVIEW, equity_round

OF_ONE_APPLICATION = [
    name for name in PLAYED if name not in {"queue", "conflicts", "declare", "past"}
]
CHANGING = ("give", "save_draft", "autosave", "step_back", "declare")


def read_event(name: str) -> Event:
    return sample("reviewer_site", f"pages_{name}")


def play(monkeypatch: pytest.MonkeyPatch, ports: FakePorts, name: str, subject: str) -> Shown:
    session = MemberSession(
        subject=subject,
        email=f"{subject}@roundtable.example",
        groups=frozenset({"reviewers"}),
        checked_at=NOW,
        expires_at=NOW + timedelta(hours=8),
    )
    ports.sign_ins.keep_member(token_hash("t"), session)
    return Browser(monkeypatch, ports, "reviewers").send(read_event(name))


@pytest.mark.parametrize("name", PLAYED)
def test_every_event_is_answered_as_expected(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shown = play(monkeypatch, equity_round(), name, "reviewer-1")
    assert (shown.status, shown.headers["Cache-Control"]) == (PLAYED[name], "no-store")


def test_every_event_is_played_and_every_page_has_one() -> None:
    kept = {path.stem for path in (EVENTS / "reviewer_site").glob("pages_*.json")}
    entering = {f"pages_{name.replace('-', '_')}" for name in ENTERING}
    assert kept - entering == {f"pages_{name}" for name in PLAYED}
    app: Any = load_site("reviewer_site").app
    routes = {
        (route.method, route.path)
        for route in app._static_routes + app._dynamic_routes
        if not route.path.startswith(API)
        and route.path not in {f"{HOMES['reviewers']}/{name}" for name in ENTERING}
    }
    assert len(routes) == len(PLAYED) - 1, "giving a review and saving a draft are one route"


@pytest.mark.parametrize("name", OF_ONE_APPLICATION)
@pytest.mark.parametrize("why", ["unassigned", "conflict", "recused"])
def test_an_application_is_not_there_for_whoever_must_not_see_it(
    monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    ports = equity_round()
    if why == "conflict":
        ports.rounds.keep_reviewer(make_reviewer(1, organization="Saint Marys Hospital"))
    if why == "recused":
        play(monkeypatch, ports, "step_back", "reviewer-1")
    written = len(ports.applications.commits)
    subject = "reviewer-3" if why == "unassigned" else "reviewer-1"
    shown = play(monkeypatch, ports, name, subject)
    assert shown.status == 404
    assert "We commit to naming racism" not in shown.body
    assert len(ports.applications.commits) == written


@pytest.mark.parametrize("name", [name for name in PLAYED if name not in CHANGING])
def test_looking_changes_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    ports = equity_round()
    play(monkeypatch, ports, name, "reviewer-1")
    assert ports.applications.commits == []


@pytest.mark.parametrize("name", PLAYED)
def test_who_is_not_in_the_register_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ports = equity_round()
    shown = play(monkeypatch, ports, name, "newcomer")
    assert shown.status == 403
    assert "Ask the program&#39;s staff to add you" in shown.body
    assert ports.applications.commits == []


def test_page_shows_images_of_the_bucket_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = browser_of(monkeypatch, equity_round(), "reviewers", subject="reviewer-1").get(REVIEW)
    policy = dict(
        rule.split(" ", 1) for rule in shown.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["img-src"] == "'self' https://uploads.example.org data:"
    assert policy["default-src"] == "'none'"
    assert APPLICATION not in shown.headers["Content-Security-Policy"]
