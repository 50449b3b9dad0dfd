from datetime import timedelta
from typing import Any

import pytest

from roundtable.domain.application import HelpNeeded
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.program import Program
from roundtable.domain.stages import ClosedAs, Stage
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    make_application,
    make_form,
    make_notice,
    make_program,
)
from tests.fakes import FakePorts
from tests.functions.members import (
    call,
    make_round,
    route_of,
    routes,
    sample,
    scenarios,
    signed_in,
)

SITE = "staff_site"
STAGES: dict[str, Stage] = {
    "announcement": Stage.ANNOUNCING,
    "decision": Stage.WITH_STAFF,
    "extension": Stage.CORRECTIONS,
}
STATUS = {
    **dict.fromkeys(scenarios(SITE), 200),
    "add_reviewer": 201,
    "form_key": 201,
    "stale_move": 412,
}
READING = sorted(
    name for name in STATUS if sample(SITE, name)["requestContext"]["http"]["method"] == "GET"
)


def make_ports(scenario: str) -> FakePorts:
    """Return a round in which a scenario can be played."""
    help_needed = HelpNeeded(since=NOW, reason="The step failed", state="Assign reviewers")
    ports = make_round(STAGES.get(scenario, Stage.REVIEW), help=help_needed)
    if scenario == "open_round":
        ports.clock.set(NOW - timedelta(days=60))
    if scenario == "assignment":
        application = ports.applications.get(APPLICATION)
        ports.applications.given(application.with_(panel=application.panel[:1]))
    if scenario == "release_notice":
        ports.applications.given(
            ports.applications.get(APPLICATION),
            notices=[make_notice(status="held", held_by="staff:staff-1")],
        )
    return ports


@pytest.mark.parametrize("scenario", scenarios(SITE))
def test_every_event_is_answered_as_expected(
    monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    status, body = call(monkeypatch, SITE, sample(SITE, scenario), make_ports(scenario))
    assert (status, body) == (STATUS[scenario], body)


def test_every_route_has_an_event() -> None:
    assert {route_of(SITE, sample(SITE, name)) for name in STATUS} == routes(SITE)


@pytest.mark.parametrize("scenario", scenarios(SITE))
@pytest.mark.parametrize(
    ("subject", "groups", "refusal"),
    [
        ("", (), (401, "not-signed-in")),
        ("reviewer-1", ("reviewers",), (403, "wrong-group")),
        ("reviewer-3", ("reviewers", "identity"), (403, "wrong-group")),
        ("nobody", (), (403, "wrong-group")),
    ],
)
def test_others_than_staff_are_refused_everywhere(
    monkeypatch: pytest.MonkeyPatch,
    scenario: str,
    subject: str,
    groups: tuple[str, ...],
    refusal: tuple[int, str],
) -> None:
    ports = make_ports(scenario)
    event = signed_in(sample(SITE, scenario), subject, *groups)
    answered, body = call(monkeypatch, SITE, event, ports)
    assert (answered, body["code"]) == refusal
    assert ports.applications.commits == []


@pytest.mark.scenario(23)
@pytest.mark.parametrize("scenario", READING)
def test_a_get_changes_nothing(monkeypatch: pytest.MonkeyPatch, scenario: str) -> None:
    ports = make_ports(scenario)
    before = ports.applications.get(APPLICATION)
    call(monkeypatch, SITE, sample(SITE, scenario), ports)
    assert ports.applications.commits == []
    assert ports.applications.get(APPLICATION) == before
    assert ports.rounds.newest(PROGRAM)[0] == 1


@pytest.mark.parametrize(
    "scenario",
    [name for name in STATUS if sample(SITE, name)["rawPath"].count(APPLICATION)],
)
@pytest.mark.parametrize("name", ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense", "x" * 3000])
def test_an_application_that_does_not_exist_is_unknown(
    monkeypatch: pytest.MonkeyPatch, scenario: str, name: str
) -> None:
    event = sample(SITE, scenario)
    event["rawPath"] = event["rawPath"].replace(APPLICATION, name)
    event["requestContext"]["http"]["path"] = event["rawPath"]
    status, body = call(monkeypatch, SITE, event, make_ports(scenario))
    assert (status, body["code"]) == (404, "unknown-application")


@pytest.mark.parametrize(
    "scenario", [name for name in STATUS if sample(SITE, name)["rawPath"].count(PROGRAM)]
)
@pytest.mark.parametrize("name", ["another", "Not a key"])
def test_a_program_that_does_not_exist_is_unknown(
    monkeypatch: pytest.MonkeyPatch, scenario: str, name: str
) -> None:
    event = sample(SITE, scenario)
    event["rawPath"] = event["rawPath"].replace(PROGRAM, name)
    event["requestContext"]["http"]["path"] = event["rawPath"]
    status, body = call(monkeypatch, SITE, event, make_ports(scenario))
    assert status == 404
    assert body["code"] in {"unknown-program", "unknown-version"}


@pytest.mark.scenario(32)
def test_identity_is_told_to_its_group_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports("story")
    ports.rounds.given(_with_pronouns())
    application = make_application(
        Stage.REVIEW,
        program_version=2,
        form=make_form(answers={"pronouns": "they-canary", "hopes": "To learn."}),
    )
    ports.applications.given(application)
    for scenario in ("by_stage", "by_organization", "by_due", "attention"):
        _, body = call(monkeypatch, SITE, sample(SITE, scenario), ports)
        assert "they-canary" not in str(body)
        assert "@" not in str(body)
    _, story = call(monkeypatch, SITE, sample(SITE, "story"), ports)
    assert "they-canary" not in str(story)
    assert story["identity"] is None
    event = signed_in(sample(SITE, "story"), "staff-1", "staff", "identity")
    _, story = call(monkeypatch, SITE, event, ports)
    assert [item["answer"] for item in story["identity"]] == ["they-canary"]


@pytest.mark.scenario(32)
def test_identity_is_not_told_to_a_reviewer(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports("story")
    ports.rounds.given(_with_pronouns())
    form = make_form(answers={"pronouns": "they-canary", "hopes": "To learn."})
    ports.applications.given(make_application(Stage.REVIEW, program_version=2, form=form))
    event = signed_in(sample("reviewer_site", "read"), "reviewer-1", "reviewers", "identity")
    status, body = call(monkeypatch, "reviewer_site", event, ports)
    assert status == 200
    assert [item["answer"] for item in body["form"]["answers"]] == ["To learn."]
    assert "they-canary" not in str(body)
    assert "@" not in str(body)


@pytest.mark.scenario(5)
def test_an_extension_opens_a_closed_draft_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports("extension")
    closed = make_application().with_(
        stage=Stage.CLOSED, closed_as=ClosedAs.NOT_SUBMITTED, closed_at=NOW
    )
    ports.applications.given(closed)
    status, body = call(monkeypatch, SITE, sample(SITE, "extension"), ports)
    assert (status, body["stage"]) == (200, "draft")


def test_a_decision_about_an_older_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports("decision")
    event = sample(SITE, "decision")
    event["body"] = '{"decision": "accepted", "version": 9}'
    status, body = call(monkeypatch, SITE, event, ports)
    assert (status, body["code"]) == (412, "application-changed")
    assert ports.applications.commits == []


def test_a_form_key_is_told_once_and_only_its_hash_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = make_ports("form_key")
    _, body = call(monkeypatch, SITE, sample(SITE, "form_key"), ports)
    assert body["key"].startswith("rtk_")
    assert not ports.rounds.knows_form_key(PROGRAM, body["key"])


def test_an_undelivered_notice_is_in_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports("outbox")
    application = ports.applications.get(APPLICATION)
    ports.applications.given(
        application, notices=[make_notice(status=NoticeStatus.UNDELIVERED, problem="Bounced")]
    )
    event = sample(SITE, "outbox")
    event["queryStringParameters"] = {"status": "undelivered"}
    _, body = call(monkeypatch, SITE, event, ports)
    assert [item["problem"] for item in body["items"]] == ["Bounced"]


def _with_pronouns() -> Program:
    questions: list[dict[str, Any]] = [
        {"key": "pronouns", "label": "Pronouns", "restricted": True},
        {"key": "hopes", "label": "Your hopes"},
    ]
    section = {"key": "about", "title": "About you", "questions": questions}
    return make_program(sections=(section,))
