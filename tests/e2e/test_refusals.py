"""What cannot be done is refused in words, as a problem document, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from local.rehearsal.applicants import PDF, expect, put_json
from local.visitor import Upload, Visitor
from roundtable.domain.program import Program
from tests.e2e.scene import ACTION_COMMUNITY, LEARNING_NETWORK, Scene, Team
from tests.e2e.uploads import LETTER
from tests.e2e.waiting import problem


@pytest.fixture(scope="module")
def round_with_one_track_closed(scene: Scene) -> Program:
    """The Action Community closed last week, the Learning Network is open."""
    first, *others = scene.program.tracks
    closed = first.with_(closes="2022-09-20")
    return scene.round_of("half-closed-e2e", tracks=(closed, *others))


@pytest.fixture(scope="module")
def team(scene: Scene, round_with_one_track_closed: Program) -> Team:
    """A team with a draft for the Learning Network."""
    return scene.draft(scene.performer(round_with_one_track_closed))


def test_unknown_program(scene: Scene) -> None:
    visitor = scene.cloud.visitor()
    problem(visitor.get("/api/programs/no-such-program"), 404, "unknown-program")
    asked = visitor.post_json(
        "/api/programs/no-such-program/sign-in", {"email": "ana@applicant.example"}
    )
    problem(asked, 404, "unknown-program")


def test_closed_round(scene: Scene) -> None:
    tracks = tuple(track.with_(closes="2022-09-20") for track in scene.program.tracks)
    program = scene.round_of("closed-e2e", tracks=tracks)
    visitor = scene.performer(program).visit()
    begun = visitor.post_json(f"/api/programs/{program.key}/my-applications", {"form": {}})
    said = problem(begun, 409, "closed")
    assert "September 20, 2022" in said["detail"]


def test_track_that_closed_cannot_be_entered(team: Team) -> None:
    form = team.performer.form(whole=True)
    wrong = replace(team.performer.applicant, track=ACTION_COMMUNITY)
    team.performer.applicant = wrong
    draft = expect("read", team.visitor.get(team.path), 200)
    body = {"form": team.performer.form(whole=True), "revision": draft["revision"]}
    saved = expect("save", put_json(team.visitor, team.path, body), 200)
    headers = {"Idempotency-Key": "wrong track"}
    refused = team.visitor.request("POST", f"{team.path}/submit", headers=headers)
    said = problem(refused, 409, "closed")
    assert "Learning Network is still open" in said["detail"]
    team.performer.applicant = replace(wrong, track=LEARNING_NETWORK)
    back = {"form": form, "revision": saved["revision"]}
    expect("save", put_json(team.visitor, team.path, back), 200)


@pytest.mark.scenario(18)
def test_received_application_cannot_change_to_a_track_that_closed(
    scene: Scene, round_with_one_track_closed: Program
) -> None:
    team = scene.draft(scene.performer(round_with_one_track_closed))
    team.submit()
    reply = team.visitor.post_json(f"{team.path}/track", {"track": ACTION_COMMUNITY})
    problem(reply, 409, "closed")
    assert team.status()["track"] == LEARNING_NETWORK


def test_upload_larger_than_agreed_is_refused_by_the_store(team: Team) -> None:
    asked = {"requirement": LETTER, "file_name": "a.pdf", "content_type": PDF, "size": 100}
    too_large = asked | {"size": 21_000_000}
    said = problem(team.visitor.post_json(f"{team.path}/uploads", too_large), 422, "too-large")
    assert [error["pointer"] for error in said["errors"]] == ["/size"]

    slot = expect("ask", team.visitor.post_json(f"{team.path}/uploads", asked), 201)["form"]
    sender = Visitor(team.visitor.home)
    large = Upload("a.pdf", PDF, b"%PDF-" + bytes(20_000_001))
    refused = sender.post_file(slot["url"], slot["fields"], large)
    assert refused.status == 400
    assert "EntityTooLarge" in refused.text
    page = Upload("a.pdf", "text/html", b"<p>")
    html = sender.post_file(slot["url"], slot["fields"] | {"Content-Type": "text/html"}, page)
    assert html.status == 403


@pytest.mark.scenario(13)
def test_empty_upload_is_refused_by_the_store(team: Team) -> None:
    asked = {"requirement": LETTER, "file_name": "a.pdf", "content_type": PDF, "size": 100}
    slot = expect("ask", team.visitor.post_json(f"{team.path}/uploads", asked), 201)["form"]
    empty = Upload("a.pdf", PDF, b"")
    refused = Visitor(team.visitor.home).post_file(slot["url"], slot["fields"], empty)
    assert refused.status == 400
    assert "EntityTooSmall" in refused.text


def test_malformed_body(team: Team) -> None:
    kind = {"Content-Type": "application/json"}
    broken = team.visitor.request("PUT", team.path, b'{"form": ', kind)
    problem(broken, 400, "malformed-json")
    unknown = put_json(team.visitor, team.path, {"form": {"shoe_size": 9}, "revision": 1})
    said = problem(unknown, 422, "invalid")
    assert [error["pointer"] for error in said["errors"]] == ["/form/shoe_size"]
    text = team.visitor.request("PUT", team.path, b"form", {"Content-Type": "text/plain"})
    problem(text, 415, "unsupported-content-type")


def test_code_expires_after_ten_minutes(scene: Scene) -> None:
    email = "late@applicant.example"
    visitor = scene.cloud.visitor()
    path = f"/api/programs/{scene.program.key}/sign-in"
    expect("ask for a code", visitor.post_json(path, {"email": email}), 202)
    code = scene.mailroom.code_after(email, 0)
    scene.later(timedelta(minutes=10))
    said = problem(
        visitor.post_json(f"{path}/confirm", {"email": email, "code": code}), 422, "code-refused"
    )
    assert [error["pointer"] for error in said["errors"]] == ["/code"]


def test_application_of_somebody_else_is_unknown(scene: Scene, team: Team) -> None:
    stranger = scene.performer(team.performer.program).visit()
    for path in (team.path, f"{team.path}/status"):
        problem(stranger.get(path), 404, "unknown-application")
    problem(stranger.post_json(f"{team.path}/withdraw", {}), 404, "unknown-application")
    nobody = scene.cloud.visitor()
    problem(nobody.get(team.path), 401, "not-signed-in")


def test_stale_revision_overwrites_nothing(team: Team) -> None:
    before = expect("read", team.visitor.get(team.path), 200)
    form = before["form"] | {"team": []}
    stale = {"form": form, "revision": before["revision"] - 1}
    problem(put_json(team.visitor, team.path, stale), 412, "stale-revision")
    assert expect("read", team.visitor.get(team.path), 200)["form"] == before["form"]
