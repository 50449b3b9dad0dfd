from typing import Any

import pytest

from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from tests.factories import APPLICATION, make_application, make_reviewer
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

SITE = "reviewer_site"
STATUS = {
    "approve": 201,
    "conflicts": 200,
    "declare_conflict": 200,
    "decline": 201,
    "incomplete_review": 422,
    "notes": 200,
    "outcome": 200,
    "queue": 200,
    "read": 200,
    "recusal": 200,
    "return": 201,
    "stale_review": 412,
    "unknown_tick": 422,
}
OF_ONE_APPLICATION = [
    name for name in STATUS if name not in {"conflicts", "declare_conflict", "queue"}
]


@pytest.mark.parametrize("scenario", scenarios(SITE))
def test_every_event_is_answered_as_expected(
    monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    status, body = call(monkeypatch, SITE, sample(SITE, scenario), make_round())
    assert (status, body) == (STATUS[scenario], body)


def test_every_route_has_an_event() -> None:
    assert {route_of(SITE, sample(SITE, name)) for name in STATUS} == routes(SITE)


@pytest.mark.parametrize("scenario", scenarios(SITE))
@pytest.mark.parametrize(
    ("subject", "groups", "refusal"),
    [
        ("", (), (401, "not-signed-in")),
        ("staff-1", ("staff",), (403, "wrong-group")),
        ("staff-1", ("identity", "staff"), (403, "wrong-group")),
        ("nobody", (), (403, "wrong-group")),
    ],
)
def test_others_than_reviewers_are_refused_everywhere(
    monkeypatch: pytest.MonkeyPatch,
    scenario: str,
    subject: str,
    groups: tuple[str, ...],
    refusal: tuple[int, str],
) -> None:
    ports = make_round()
    event = signed_in(sample(SITE, scenario), subject, *groups)
    answered, body = call(monkeypatch, SITE, event, ports)
    assert (answered, body["code"]) == refusal
    assert ports.applications.commits == []


@pytest.mark.parametrize("scenario", [name for name in STATUS if name != "incomplete_review"])
def test_a_reviewer_not_in_the_register_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    event = signed_in(sample(SITE, scenario), "newcomer", "reviewers")
    status, body = call(monkeypatch, SITE, event, make_round())
    assert (status, body["code"]) == (403, "not-a-reviewer")
    assert "Ask the program's staff" in body["detail"]


@pytest.mark.scenario(19)
@pytest.mark.parametrize("scenario", OF_ONE_APPLICATION)
@pytest.mark.parametrize("why", ["unassigned", "conflict", "recused"])
def test_an_application_is_not_there_for_whoever_must_not_see_it(
    monkeypatch: pytest.MonkeyPatch, scenario: str, why: str
) -> None:
    ports = make_round()
    subject = "reviewer-3" if why == "unassigned" else "reviewer-1"
    if why == "conflict":
        ports.rounds.keep_reviewer(make_reviewer(1, organization="Saint Marys"))
    if why == "recused":
        call(monkeypatch, SITE, sample(SITE, "recusal"), ports)
    written = len(ports.applications.commits)
    event = signed_in(sample(SITE, scenario), subject, "reviewers")
    status, body = call(monkeypatch, SITE, event, ports)
    assert (status, body["code"]) == (404, "unknown-application")
    assert len(ports.applications.commits) == written


@pytest.mark.scenario(23)
@pytest.mark.parametrize("scenario", ["queue", "read", "outcome", "conflicts"])
def test_a_get_changes_nothing(monkeypatch: pytest.MonkeyPatch, scenario: str) -> None:
    ports = make_round()
    call(monkeypatch, SITE, sample(SITE, scenario), ports)
    assert ports.applications.commits == []
    assert ports.applications.get(APPLICATION) == make_application(Stage.REVIEW)
    assert ports.conductor.resumed == []


@pytest.mark.scenario(23)
def test_a_link_used_after_the_decision_explains_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_round(Stage.WITH_STAFF)
    reviews = ports.applications.reviews(APPLICATION)
    ports.applications.given(
        make_application(Stage.OFFER, review_round=1), documents=(), reviews=reviews
    )
    for scenario in ("read", "approve"):
        status, body = call(monkeypatch, SITE, sample(SITE, scenario), ports)
        assert (status, body["code"]) == (409, "review-over")
        assert "nothing is left to do" in body["detail"]


@pytest.mark.scenario(22)
def test_a_second_review_is_told_that_the_first_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_round()
    assert call(monkeypatch, SITE, sample(SITE, "approve"), ports)[0] == 201
    status, body = call(monkeypatch, SITE, sample(SITE, "decline"), ports)
    assert (status, body["code"]) == (409, "already-reviewed")
    assert "It stands." in body["detail"]
    assert _mine(ports).recommendation == "approve"


@pytest.mark.scenario(11)
def test_a_review_of_other_documents_is_refused_saying_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = make_round()
    status, body = call(monkeypatch, SITE, sample(SITE, "stale_review"), ports)
    assert (status, body["code"]) == (412, "documents-changed")
    assert "Letter of commitment: version 1 has another content." in body["detail"]
    assert _mine(ports).status is ReviewStatus.ASSIGNED


def test_problems_of_a_review_name_their_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    _, body = call(monkeypatch, SITE, sample(SITE, "incomplete_review"), make_round())
    assert [error["pointer"] for error in body["errors"]] == [
        "/scores/commitment",
        "/scores/readiness",
    ]


def test_an_unknown_tick_names_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_round()
    _, body = call(monkeypatch, SITE, sample(SITE, "unknown_tick"), ports)
    assert [error["pointer"] for error in body["errors"]] == ["/checklist/0/included/0"]
    assert ports.applications.commits == []


def test_ticks_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_round()
    call(monkeypatch, SITE, sample(SITE, "notes"), ports)
    _, page = call(monkeypatch, SITE, sample(SITE, "read"), ports)
    assert page["mine"]["checklist"] == [
        {"requirement": "team-video", "included": [], "chosen": []}
    ]


@pytest.mark.scenario(19)
def test_recusing_takes_an_application_out_of_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_round()
    assert len(_queue(monkeypatch, ports)["items"]) == 1
    call(monkeypatch, SITE, sample(SITE, "recusal"), ports)
    assert _queue(monkeypatch, ports) == {"items": [], "cursor": None}
    assert ports.rounds.reviewer("reviewer-1").conflicts == ("St. Mary's Hospital",)


def test_a_cursor_of_no_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    event = sample(SITE, "queue")
    event["queryStringParameters"] = {"cursor": "nonsense"}
    status, body = call(monkeypatch, SITE, event, make_round())
    assert (status, body["code"]) == (422, "invalid-cursor")


def _queue(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> dict[str, Any]:
    return call(monkeypatch, SITE, sample(SITE, "queue"), ports)[1]


def _mine(ports: FakePorts) -> Any:
    return next(
        review
        for review in ports.applications.reviews(APPLICATION)
        if review.reviewer == "reviewer-1"
    )
