"""Every page of reviewers and staff has an event to play, kept for `sam local invoke`, too."""

import re
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.ports import Identified
from roundtable.runtime import composition
from roundtable.usecases.hosted_sign_in import challenge_of
from roundtable.web.api import API
from tests.fakes import FakePorts
from tests.functions.member_pages import SITES, signed_in_member
from tests.functions.members import Context, make_round, page_scenarios, sample
from tests.functions.reviewing_world import PLAYED as REVIEWING

PLAYED = {
    "reviewer_site": {
        "pages_sign_in": 303,
        "pages_sign_out": 303,
        "pages_signed_in": 303,
        "pages_signed_out": 200,
    },
    "staff_site": {
        "pages_programs": 303,
        "pages_now": 200,
        "pages_applications": 200,
        "pages_search": 200,
        "pages_due": 200,
        "pages_attention": 200,
        "pages_export_csv": 200,
        "pages_export_xlsx": 200,
        "pages_round": 200,
        "pages_round_opening": 200,
        "pages_round_opening_preview": 200,
        "pages_round_opening_moved": 303,
        "pages_round_opening_now": 200,
        "pages_round_opened_now": 412,
        "pages_round_track": 200,
        "pages_round_track_preview": 200,
        "pages_round_track_moved": 303,
        "pages_round_track_stale": 412,
        "pages_round_closing": 200,
        "pages_round_closed": 303,
        "pages_reviewers": 200,
        "pages_reviewer_invite": 200,
        "pages_reviewer_invited": 303,
        "pages_reviewer_entry": 200,
        "pages_reviewer_changed": 303,
        "pages_form_key": 200,
        "pages_form_key_made": 200,
        "pages_application": 200,
        "pages_document": 303,
        "pages_action": 200,
        "pages_take_action": 303,
        "pages_outbox": 200,
        "pages_notice": 200,
        "pages_notice_action": 200,
        "pages_take_notice_action": 303,
        "pages_decisions": 200,
        "pages_together": 404,
        "pages_propose": 404,
        "pages_proposal": 404,
        "pages_confirm_proposal": 404,
        "pages_drop_proposal": 404,
        "pages_sign_in": 303,
        "pages_sign_out": 303,
        "pages_signed_in": 303,
        "pages_signed_out": 200,
    },
}
"""The status with which each event is answered, on the round of `make_round`."""
PLAYED_ELSEWHERE = {
    "reviewer_site": {f"pages_{name}" for name in REVIEWING},
    "staff_site": set[str](),
}
"""Events of `test_reviewer_pages_events`, on a round of its own."""
EVENTS = [
    (site, name)
    for site in PLAYED
    for name in page_scenarios(site)
    if name not in PLAYED_ELSEWHERE[site]
]


@pytest.fixture
def ports() -> FakePorts:
    """A round at work, with a reviewer and a member of staff, and one who is about to sign in."""
    made = make_round()
    signed_in_member(made, "reviewers", subject="reviewer-1")
    signed_in_member(made, "staff", subject="staff-1")
    for name in ("reviewer", "staff"):
        made.hosted_sign_in.signs_in(
            Identified(subject=f"{name}-1", email=f"{name}-1@roundtable.example"),
            challenge=challenge_of("verifier-1".ljust(43, "x")),
            back_to=f"{made.site_url}/{name}/signed-in",
            code=f"code-of-{name}-1",
        )
    return made


@pytest.mark.parametrize(("site", "scenario"), EVENTS)
def test_every_event_is_answered_as_expected(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts, site: str, scenario: str
) -> None:
    monkeypatch.setattr(composition, "ports", lambda: ports)
    answer = load_site(site).handler(sample(site, scenario), cast(LambdaContext, Context()))
    assert answer["statusCode"] == PLAYED[site][scenario], answer["body"]
    assert answer["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("site", list(PLAYED))
def test_every_page_has_an_event(site: str) -> None:
    played = [sample(site, name) for name in sorted({*PLAYED[site], *PLAYED_ELSEWHERE[site]})]
    missing = {
        f"{route.method} {route.path}"
        for route in _pages(site)
        if not any(
            event["requestContext"]["http"]["method"] == route.method
            and re.fullmatch(re.sub(r"<\w+>", "[^/]+", route.path), event["rawPath"])
            for event in played
        )
    }
    assert missing == set()


def test_sites_are_those_of_members() -> None:
    assert set(PLAYED) == set(SITES.values())


def _pages(site: str) -> list[Any]:
    app: Any = load_site(site).app
    known = app._static_routes + app._dynamic_routes
    return [route for route in known if not route.path.startswith(API)]
