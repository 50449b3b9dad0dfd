"""Each event of the applicants' site, and the answer that each refusal has for itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Form
from roundtable.domain.notices import SentWords
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    SEMINAR,
    make_document,
    make_form,
    make_notice,
    make_program,
)
from tests.functions.applicant_visits import HOSPITAL
from tests.functions.applicant_world import (
    ADA,
    EVENTS,
    FORM_KEY,
    SITE,
    World,
    read_event,
    request,
)
from tests.functions.form_pages import everything_asked
from tests.functions.members import Context

READ = f"/api/applications/{APPLICATION}"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


def _nothing(world: World) -> None:
    """Keep the program and the sessions alone."""


def _asks_who_may_apply(world: World) -> None:
    world.ports.rounds.given(make_program(eligibility=(HOSPITAL,)))


def _empty_draft(world: World) -> None:
    world.given(form=Form())


def _draft(world: World) -> None:
    world.given()


def _draft_with_letter(world: World) -> None:
    world.ports.applications.given(world.given(), documents=[make_document()])


def _at(stage: Stage) -> Callable[[World], None]:
    def given(world: World) -> None:
        world.given(stage)

    return given


def _with_receipt(world: World) -> None:
    words = SentWords(
        to="ada@stmary.example", language="en", subject="Received", text="Thank you for applying."
    )
    receipt = make_notice(status="sent", sent_at=NOW, words=words)
    world.ports.applications.given(world.given(Stage.CHECKING), notices=[receipt])


PLAYED: dict[str, tuple[Callable[[World], None], int]] = {
    "list_programs": (_nothing, 200),
    "describe_program": (_nothing, 200),
    "describe_unknown_program": (_nothing, 404),
    "read_openapi": (_nothing, 200),
    "web_form_json": (_nothing, 201),
    "web_form_encoded": (_nothing, 201),
    "web_form_wrong_key": (_nothing, 401),
    "web_form_incomplete": (_nothing, 422),
    "ask_for_code": (_nothing, 202),
    "confirm_code": (_nothing, 201),
    "confirm_wrong_code": (_nothing, 422),
    "sign_out": (_nothing, 204),
    "list_mine": (_draft, 200),
    "list_mine_not_signed_in": (_draft, 401),
    "begin_draft": (_nothing, 201),
    "read_application": (_draft, 200),
    "read_anothers_application": (_draft, 404),
    "save_draft": (_empty_draft, 200),
    "save_stale_draft": (_draft, 412),
    "save_malformed_json": (_draft, 400),
    "save_invalid_form": (_draft, 422),
    "submit": (_draft, 200),
    "submit_without_key": (_draft, 422),
    "read_status": (_at(Stage.REVIEW), 200),
    "ask_for_upload": (_draft, 201),
    "ask_for_oversize_upload": (_draft, 422),
    "give_link": (_draft, 201),
    "remove_document": (_draft_with_letter, 204),
    "change_track": (_at(Stage.REVIEW), 200),
    "change_to_unknown_track": (_at(Stage.REVIEW), 422),
    "withdraw": (_at(Stage.REVIEW), 200),
    "accept_offer": (_at(Stage.OFFER), 200),
    "unknown_path": (_nothing, 404),
    "programs_page": (_nothing, 200),
    "program_page": (_nothing, 200),
    "unknown_program_page": (_nothing, 404),
    "static_stylesheet": (_nothing, 200),
    "language": (_nothing, 303),
    "pages_start": (_asks_who_may_apply, 200),
    "pages_start_answered": (_asks_who_may_apply, 303),
    "pages_sign_in": (_nothing, 200),
    "pages_sign_in_email": (_nothing, 303),
    "pages_code": (_nothing, 200),
    "pages_code_typed": (_nothing, 303),
    "pages_sign_out": (_nothing, 303),
    "pages_applications": (_draft, 200),
    "pages_applications_not_signed_in": (_draft, 303),
    "pages_applications_begun": (_nothing, 303),
    "pages_applications_begun_not_signed_in": (_nothing, 401),
    "pages_applications_begun_without_token": (_nothing, 409),
    "pages_task_list": (everything_asked, 200),
    "pages_form_eligibility": (everything_asked, 200),
    "pages_form_tracks": (everything_asked, 200),
    "pages_form_contact": (everything_asked, 200),
    "pages_form_organization": (everything_asked, 200),
    "pages_form_team": (everything_asked, 200),
    "pages_form_answers": (everything_asked, 200),
    "pages_form_commitments": (_draft, 200),
    "pages_form_eligibility_sent": (everything_asked, 303),
    "pages_form_tracks_sent": (everything_asked, 303),
    "pages_form_contact_sent": (everything_asked, 303),
    "pages_form_organization_sent": (everything_asked, 303),
    "pages_form_team_sent": (everything_asked, 303),
    "pages_form_answers_sent": (everything_asked, 303),
    "pages_form_commitments_sent": (_draft, 303),
    "pages_autosave": (everything_asked, 200),
    "pages_check": (_draft, 200),
    "pages_submit": (_draft, 303),
    "pages_received": (_at(Stage.REVIEW), 200),
    "pages_dates": (_draft, 200),
    "pages_documents": (_draft_with_letter, 200),
    "pages_document_link": (_draft, 303),
    "pages_document_upload": (_draft_with_letter, 303),
    "pages_document_slot": (_draft, 201),
    "pages_document_version": (_draft_with_letter, 200),
    "pages_document_progress": (_draft_with_letter, 200),
    "pages_document_remove": (_draft_with_letter, 303),
    "pages_status": (_at(Stage.REVIEW), 200),
    "pages_message": (_with_receipt, 200),
    "pages_withdraw": (_at(Stage.REVIEW), 200),
    "pages_withdraw_sent": (_at(Stage.REVIEW), 303),
    "pages_track": (_at(Stage.REVIEW), 200),
    "pages_track_sent": (_at(Stage.REVIEW), 303),
    "pages_offer": (_at(Stage.OFFER), 200),
    "pages_offer_sent": (_at(Stage.OFFER), 303),
}


@pytest.mark.parametrize("name", PLAYED)
def test_event_is_answered_as_expected(world: World, name: str) -> None:
    given, status = PLAYED[name]
    given(world)
    answered = world.play(read_event(name))

    assert answered.status == status, answered.body
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answered.headers["Content-Security-Policy"]
    if not read_event(name)["rawPath"].startswith("/api/"):
        return  # a page; test_applicant_pages reads them
    if status >= 400:
        assert answered.headers["Content-Type"] == "application/problem+json"
        assert answered.body["status"] == status
        assert answered.body["code"]
    elif "authorization" in read_event(name)["headers"]:
        assert answered.headers["Cache-Control"] == "no-store"


def test_every_event_is_played_and_every_route_has_one() -> None:
    assert {path.stem for path in EVENTS.glob("*.json")} == set(PLAYED)
    app = SITE.app
    routes = app._static_routes + app._dynamic_routes
    unplayed = {(route.method, route.path) for route in routes}
    for name in PLAYED:
        http = read_event(name)["requestContext"]["http"]
        unplayed -= {
            (route.method, route.path)
            for route in routes
            if route.method == http["method"] and route.rule.match(http["path"])
        }
    assert unplayed == set()


# --- what each refusal answers ---------------------------------------------------------------


def test_unknown_program(world: World) -> None:
    for path in ("/api/programs/nowhere", "/api/programs/%00", "/api/programs/" + "x" * 5_000):
        assert world.call("GET", path, email=None).status == 404
    answered = world.call("POST", "/api/programs/nowhere/sign-in", {"email": ADA}, email=None)
    assert (answered.status, answered.code) == (404, "unknown-program")


@pytest.mark.scenario(1)
def test_closed_round_names_the_deadline_and_keeps_the_draft(world: World) -> None:
    world.given(form=make_form(tracks=("residency",)))
    world.ports.clock.set(datetime(2022, 10, 22, 4, 0, tzinfo=UTC))

    answered = world.call("POST", f"{READ}/submit", idempotency_key="k")

    assert (answered.status, answered.code) == (409, "closed")
    assert "23:59:59" in answered.body["detail"]
    kept = world.call("GET", READ).body
    assert kept["state"] == "not_submitted"
    assert kept["form"]["contact"]["name"] == "Ada Brook"


@pytest.mark.scenario(1)
def test_last_millisecond_is_in_time(world: World) -> None:
    world.given(form=make_form(tracks=("residency",)))
    world.ports.clock.set(datetime(2022, 10, 22, 3, 59, 59, 999_000, tzinfo=UTC))
    assert world.call("POST", f"{READ}/submit", idempotency_key="k").status == 200


@pytest.mark.scenario(18)
def test_wrong_track(world: World) -> None:
    world.given(Stage.REVIEW)
    answered = world.call("POST", f"{READ}/track", {"track": "nowhere"})
    assert (answered.status, answered.pointers) == (422, ["/track"])


def test_oversize_upload_is_refused_before_it_is_sent(world: World) -> None:
    _draft(world)
    answered = world.play(read_event("ask_for_oversize_upload"))
    assert (answered.status, answered.code, answered.pointers) == (422, "too-large", ["/size"])


def test_oversize_body(world: World) -> None:
    _draft(world)
    answered = world.call("PUT", READ, raw='{"form": {"answers": {"a": "' + "x" * 300_000 + '"}}}')
    assert (answered.status, answered.code) == (413, "too-large")


@pytest.mark.parametrize("raw", ["{", "[]", '"text"', '{"a": NaN}', '{"a": "\\ud800"}', "[" * 9999])
def test_malformed_json(world: World, raw: str) -> None:
    _draft(world)
    answered = world.call("PUT", READ, raw=raw)
    assert (answered.status, answered.code) == (400, "malformed-json")
    assert world.call("GET", READ).body["form"]["tracks"]


def test_invalid_field_is_named_by_its_pointer_in_plain_words(world: World) -> None:
    _draft(world)
    answered = world.play(read_event("save_invalid_form"))
    assert answered.body["errors"] == [
        {"pointer": "/form/contact/email", "detail": "This is no e-mail address."},
        {"pointer": "/form/team/0/email", "detail": "This is no e-mail address."},
    ]


@pytest.mark.parametrize("minutes", [10, 11])
def test_expired_code(world: World, minutes: int) -> None:
    world.ports.clock.advance(minutes=minutes)
    answered = world.play(read_event("confirm_code"))
    assert (answered.status, answered.code, answered.pointers) == (422, "code-refused", ["/code"])


def test_stale_revision_names_the_newest(world: World) -> None:
    world.given(form_revision=3)
    answered = world.call("PUT", READ, {"form": {}}, if_match='"2"')
    assert (answered.status, answered.code) == (412, "stale-revision")
    assert answered.pointers == ["/revision"]
    assert "Revision 3 is the newest" in answered.body["detail"]


def test_content_type_that_nobody_reads(world: World) -> None:
    _draft(world)
    answered = world.call("PUT", READ, raw="x", content_type="multipart/form-data")
    assert answered.status == 415


def test_too_many_codes(world: World) -> None:
    for _ in range(5):
        assert world.play(read_event("ask_for_code")).status == 202
    answered = world.play(read_event("ask_for_code"))
    assert (answered.status, answered.code) == (429, "too-many-attempts")
    assert answered.headers["Retry-After"] == "900"


# --- journeys --------------------------------------------------------------------------------


@pytest.mark.scenario(15)
def test_web_form_sent_twice_is_received_once(world: World) -> None:
    event = read_event("web_form_json")
    first, second = world.play(event), world.play(event)
    assert first.status == second.status == 201
    assert first.body["reference"] == second.body["reference"]
    slot, link = first.body["uploads"]
    assert slot["requirement"] == LETTER
    assert slot["upload"]["fields"]
    assert link["number"] == second.body["uploads"][1]["number"] == 1

    other = make_form(tracks=(SEMINAR,))
    answered = world.call(
        "POST",
        "/api/programs/fellowship/applications",
        other,
        email=None,
        x_form_key=FORM_KEY,
        idempotency_key="web-1",
    )
    assert (answered.status, answered.code) == (422, "idempotency-key-reused")


def test_session_ends_with_sign_out_and_with_time(world: World) -> None:
    signed_in = world.play(read_event("confirm_code")).body
    bearer = f"Bearer {signed_in['token']}"
    mine = "/api/programs/fellowship/my-applications"
    assert world.call("GET", mine, email=None, authorization=bearer).status == 200
    assert world.call("DELETE", "/api/session", email=None, authorization=bearer).status == 204
    assert world.call("GET", mine, email=None, authorization=bearer).status == 401
    assert signed_in["expires_at"] == "2022-10-04T02:00:00Z"


def test_nobody_saves_over_somebody(world: World) -> None:
    world.given(form=Form())
    read = world.call("GET", READ)
    etag = read.headers["ETag"]
    form: dict[str, Any] = {"tracks": ["seminar"]}
    saved = world.call("PUT", READ, {"form": form}, if_match=etag)
    assert (saved.status, saved.body["revision"]) == (200, 1)
    again = world.call("PUT", READ, {"form": form}, if_match=etag)
    assert (again.status, again.body["revision"]) == (200, 1)
    other = world.call("PUT", READ, {"form": {}}, if_match=etag)
    assert other.status == 412


@pytest.mark.scenario(3)
def test_deadlines_are_told_as_instants_and_in_the_programs_zone(world: World) -> None:
    track = world.call("GET", "/api/programs/fellowship", email=None).body["tracks"][0]
    assert track["closes"] == {
        "at": "2022-10-22T04:00:00Z",
        "local": "Friday, October 21, 2022, 11:59 PM EDT",
    }


def test_unforeseen_error_says_nothing_but_its_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("ada@stmary.example")

    monkeypatch.setattr(world.ports.rounds, "programs", broken)
    answered = world.play(request("GET", "/api/programs"))
    assert answered.status == 500
    assert answered.body["instance"] == f"urn:roundtable:occurrence:{Context.aws_request_id}"
    assert "ada@" not in str(answered.body)


def test_conflict_is_tried_once_more(world: World) -> None:
    _draft(world)
    stored = world.ports.applications.get(APPLICATION)
    moved = stored.with_(version=stored.version + 1, updated_at=stored.updated_at + timedelta(1))
    world.ports.applications.interleave.append(
        lambda: world.ports.applications.given(moved) and None
    )
    assert world.call("POST", f"{READ}/submit", idempotency_key="k").status == 200
