"""Deciding several applications together on the pages of staff: two people, one by one."""

import base64
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.domain.application import Decision
from roundtable.domain.audit import Actor
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.deciding.together import propose
from tests.factories import PROGRAM, RESIDENCY, make_id
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, Shown, browser_of, page_event, signed_in_member
from tests.functions.members import Context, sample
from tests.functions.staff_forms import words_of
from tests.functions.staff_world import HOSTILE, PROGRAM_PAGES, accepted, reference, waiting
from tests.unit.web.pages.markup import parsed

DECISIONS = f"{PROGRAM_PAGES}/decisions"
KIM = Actor(kind="staff", id="kim")


def robin(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Browser:
    return browser_of(monkeypatch, ports, "staff")


def kim(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Browser:
    return browser_of(monkeypatch, ports, "staff", subject="kim")


def propose_on_page(staff: Browser, *numbers: int, **fields: str) -> Shown:
    """Send the form with several applications, as checkboxes and hidden fields do."""
    form = {"csrf": staff.csrf, "track": RESIDENCY}
    event = page_event("POST", f"{DECISIONS}/together", form={})
    pairs = [*form.items(), *(("a", reference(number)) for number in numbers)]
    pairs += [(f"/{name}", value) for name, value in fields.items()]
    return staff.send(_with_body(event, pairs, staff.ports))


def _with_body(event: dict[str, Any], pairs: list[tuple[str, str]], ports: FakePorts) -> Any:
    event["body"] = base64.b64encode(urlencode(pairs).encode()).decode()
    event["headers"] |= {"sec-fetch-site": "same-origin", "origin": ports.site_url}
    return event


def together(*numbers: int) -> str:
    chosen = "".join(f"&a={reference(number)}" for number in numbers)
    return f"{DECISIONS}/together?track={RESIDENCY}{chosen}"


def stages(ports: FakePorts, count: int) -> list[Stage]:
    return [ports.applications.get(make_id(number)).stage for number in range(1, count + 1)]


def test_what_waits_is_listed_with_what_it_is_decided_by(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = waiting(3)
    accepted(ports, 7)
    said = words_of(robin(monkeypatch, ports).get(DECISIONS))
    for part in (
        "4 seats open · 0 of 4 taken",
        f"{reference(1)}St. Mary's Hospital 90.0",
        "Approve Decline",
        "The mix of those accepted (1)",
        "South accepted: 1",
        "Hospital accepted: 1",
        "farm workers accepted: 1",
    ):
        assert part in said, part
    assert said.index(reference(1)) < said.index(reference(2)) < said.index(reference(3))


def test_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    said = words_of(robin(monkeypatch, waiting(0)).get(DECISIONS))
    assert "Nothing waits for a decision of staff, and every decision was told." in said


def test_announced_together_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = waiting(2, announcement={"on": "2022-12-01"})
    staff = robin(monkeypatch, ports)
    path = f"/staff/applications/{reference(1)}/decide"
    assert "The team hears of it on Thursday, December 1, 2022." in words_of(staff.get(path))
    hidden = {"version": "3", "seen": "0", "/decision": "accepted", "/reason": "Strong"}
    assert staff.post(path, hidden).status == 303
    said = words_of(staff.get(DECISIONS))
    assert "1 decision is taken and not told yet." in said
    assert "They are told together on Thursday, December 1, 2022" in said


def test_chosen_ones_are_shown_with_the_mix_they_would_make(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = robin(monkeypatch, waiting(4)).get(together(2, 1))
    assert shown.status == 200
    said = words_of(shown)
    assert "Decide 2 applications together" in said
    assert said.index(reference(1)) < said.index(reference(2))
    assert "Northeast accepted: 0 +1" in said
    assert "Midwest accepted: 0 +1" in said
    hidden = [e for e in parsed(shown.body).all("input") if e.attributes.get("name") == "a"]
    assert [e.attributes["value"] for e in hidden] == [reference(1), reference(2)]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        (f"?track={RESIDENCY}", 422, "Choose at least one application, and at most 50."),
        (f"?track={RESIDENCY}&a={reference(9)}", 404, ""),
        ("?track=other", 404, ""),
        ("", 404, ""),
        (f"?track=seminar&a={reference(1)}", 422, "do not wait for a decision in this track"),
    ],
)
def test_choice_that_cannot_be_is_told(
    monkeypatch: pytest.MonkeyPatch, query: str, status: int, words: str
) -> None:
    shown = robin(monkeypatch, waiting(2)).get(f"{DECISIONS}/together{query}")
    assert shown.status == status
    assert words in shown.body


def test_two_people_decide_together(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = waiting(3)
    first = robin(monkeypatch, ports)
    sent = propose_on_page(first, 1, 2, decision="accepted", reason="The panel agrees")
    assert sent.status == 303
    path = sent.location.removesuffix("?done=propose")
    said = words_of(first.get(sent.location))
    assert "Nothing is decided until a second person confirms it." in said
    assert "You proposed this, so another member of staff must confirm it." in said
    assert f'action="{path}/confirm"' not in first.get(path).body
    assert stages(ports, 3) == [Stage.WITH_STAFF] * 3
    assert first.post(f"{path}/confirm").status == 403
    assert stages(ports, 3) == [Stage.WITH_STAFF] * 3

    second = kim(monkeypatch, ports)
    listed = words_of(second.get(DECISIONS))
    assert "Waiting for a second person Accepted: 2 applications of Residency" in listed
    assert "Staff (robin)" in listed
    done = second.post(f"{path}/confirm")
    assert (done.status, done.location) == (303, f"{path}?done=confirm")
    told = words_of(second.get(done.location))
    assert f"{reference(1)}St. Mary's Hospital Decided" in told
    assert stages(ports, 3) == [Stage.NOTIFYING, Stage.NOTIFYING, Stage.WITH_STAFF]
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 2
    assert second.post(f"{path}/confirm").status == 303
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 2
    late = second.post(f"{path}/drop")
    assert late.status == 409
    assert "was confirmed, and is carried out" in words_of(late)


def test_each_result_is_told_where_one_was_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = waiting(2)
    sent = propose_on_page(robin(monkeypatch, ports), 1, 2, decision="accepted", reason="Good")
    withdraw(ports, make_id(2), KIM)
    path = sent.location.removesuffix("?done=propose")
    second = kim(monkeypatch, ports)
    second.post(f"{path}/confirm")
    told = words_of(second.get(path))
    assert "St. Mary's Hospital Decided" in told
    assert "Riverside Health Center Does not wait any more" in told


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"reason": "Good"}, "Choose a decision."),
        ({"decision": "other", "reason": "Good"}, "Choose a decision."),
        ({"decision": "accepted"}, "Say why, in a sentence."),
        (
            {"decision": "accepted", "reason": HOSTILE},
            "You chose 2 applications, and seats are free for 1. Choose fewer.",
        ),
    ],
)
def test_wrong_proposal_is_told_and_kept_nowhere(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], problem: str
) -> None:
    ports = waiting(2, capacity=1)
    refused = propose_on_page(robin(monkeypatch, ports), 1, 2, **fields)
    assert refused.status == 422
    assert problem in words_of(refused)
    assert "<script>alert" not in refused.body
    assert ports.rounds.proposals(PROGRAM) == ()


def test_proposal_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = waiting(2)
    first = robin(monkeypatch, ports)
    sent = propose_on_page(first, 1, decision="not_selected", reason="Good")
    path = sent.location.removesuffix("?done=propose")
    done = first.post(f"{path}/drop")
    assert done.location == f"{DECISIONS}?done=drop"
    assert "Nothing was decided by it." in words_of(first.get(done.location))
    refused = kim(monkeypatch, ports).post(f"{path}/confirm")
    assert refused.status == 409
    assert "This proposal was dropped" in words_of(refused)


def test_unknown_proposal_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    staff = robin(monkeypatch, waiting(1))
    for name in ("nonsense", make_id(5), "x" * 3000):
        assert staff.get(f"{DECISIONS}/proposals/{name}").status == 404
        assert staff.post(f"{DECISIONS}/proposals/{name}/confirm").status == 404


@pytest.mark.parametrize(
    ("scenario", "status"),
    [
        ("together", 200),
        ("propose", 303),
        ("proposal", 200),
        ("confirm_proposal", 303),
        ("drop_proposal", 303),
    ],
)
def test_events_are_answered_where_something_waits(
    monkeypatch: pytest.MonkeyPatch, scenario: str, status: int
) -> None:
    ports = waiting(2)
    signed_in_member(ports, "staff", subject="staff-1")
    made = propose(
        ports,
        PROGRAM,
        KIM,
        track=RESIDENCY,
        names=[make_id(1)],
        decision=Decision.ACCEPTED,
        reason="The panel agrees",
    )
    ports.rounds.keep_proposal(made.with_(id=make_id(9)))
    monkeypatch.setattr(composition, "ports", lambda: ports)
    event = sample("staff_site", f"pages_{scenario}")
    answer = load_site("staff_site").handler(event, cast(LambdaContext, Context()))
    assert answer["statusCode"] == status, answer["body"]
