"""What staff do to one application: each with its consequence, its reason and its refusals."""

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.stages import ClosedAs, Stage
from tests.factories import APPLICATION, LETTER, RESIDENCY, SEMINAR, TEAM
from tests.functions.member_pages import browser_of
from tests.functions.staff_forms import ROBIN, at_desk, do, kinds, stand, words_of
from tests.functions.staff_world import PAGE, help_needed, make_desk
from tests.unit.web.pages.markup import parsed

LATER = {"announcement": {"preview": True}, "decided_by": "staff"}


def test_more_time_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.CORRECTIONS)
    staff = at_desk(monkeypatch, ports)
    done = do(staff, "extend", until="2022-11-04", reason="The chair is ill")
    assert (done.status, done.location) == (303, f"{PAGE}?done=extend")
    extension = ports.applications.get(APPLICATION).extension
    assert extension is not None
    assert extension.until.isoformat() == "2022-11-05T04:00:00+00:00"
    assert (extension.reason, extension.granted_by) == ("The chair is ill", str(ROBIN))
    after = words_of(staff.get(done.location))
    assert "The application has more time" not in after
    assert "The team has more time, and is told." in after
    assert "Extension granted Monday, October 3, 2022, 10:00 AM EDT · You The chair is ill" in after


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"until": "2022-11-04", "reason": ""}, "Say why, in a sentence."),
        ({"until": "2022-11-04", "reason": "x" * 201}, "Say it in at most 200 characters."),
        ({"until": "tomorrow", "reason": "Why"}, "Give the last day, such as 2022-10-28."),
        ({"until": "9999-12-31", "reason": "Why"}, "Give the last day, such as 2022-10-28."),
        ({"until": "2022-10-04", "reason": "Why"}, "Give an instant after"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], problem: str
) -> None:
    ports = make_desk(Stage.CORRECTIONS)
    commits = len(ports.applications.commits)
    refused = do(at_desk(monkeypatch, ports), "extend", **fields)
    assert refused.status == 422
    assert problem in words_of(refused)
    assert refused.body.count("<title>Error: ") == 1
    given = next(iter(fields.values()))
    values = [e.attributes.get("value") for e in parsed(refused.body).all("input")]
    assert given in values
    assert len(ports.applications.commits) == commits


def test_everything_that_is_missing_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = do(at_desk(monkeypatch, make_desk(Stage.WITH_STAFF)), "decide", feedback="Welcome.")
    summary = [
        a.text.strip() for a in parsed(refused.body).all("a") if "#field-" in str(a.attributes)
    ]
    assert summary == ["Choose a decision.", "Say why, in a sentence."]
    assert "Welcome." in refused.body


def test_documents_are_returned_each_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "return").status == 422
    named = {f"returns/{LETTER}": "The Board Chair must sign, too."}
    done = do(staff, "return", **named)
    assert done.status == 303
    after = ports.applications.get(APPLICATION)
    assert after.stage is Stage.CORRECTIONS
    assert after.corrections is not None
    assert [item.reason for item in after.corrections.items] == ["The Board Chair must sign, too."]


def test_requirement_is_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "admit", requirement=TEAM, reason="One left").status == 303
    assert ports.applications.get(APPLICATION).admitted == (TEAM,)
    assert "Admitted as it is: Team" in words_of(staff.get(PAGE))


def test_reviewer_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "replace-reviewer", reviewer="reviewer-2", reason="On leave").status == 303
    panel = ports.applications.get(APPLICATION).panel
    assert {seat.reviewer for seat in panel} == {"reviewer-1", "reviewer-3"}
    said = words_of(staff.get(PAGE))
    assert "Review taken back from Bo" in said
    assert "Assigned to Cy" in said


def test_panel_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    application = ports.applications.get(APPLICATION)
    ports.applications.given(application.with_(panel=application.panel[:1]))
    staff = at_desk(monkeypatch, ports)
    assert "1 place of the panel is empty." in words_of(staff.get(f"{PAGE}/assign"))
    assert do(staff, "assign", reason="Cy joined").status == 303
    assert len(ports.applications.get(APPLICATION).panel) == 2


def test_workflow_is_restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(help=help_needed())
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "restart", reason="Reviewers are back").status == 303
    assert ports.applications.get(APPLICATION).help is None
    event = ports.applications.events(APPLICATION)[-1]
    assert (event.kind, event.detail["reason"]) == ("restarted", "Reviewers are back")


def test_application_is_moved_to_another_track(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "transfer", reason="They asked").status == 422
    assert do(staff, "transfer", track=SEMINAR, reason="They asked").status == 303
    assert ports.applications.get(APPLICATION).track == SEMINAR


def test_application_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert do(staff, "withdraw", reason="They asked").status == 303
    assert ports.applications.get(APPLICATION).closed_as is ClosedAs.WITHDRAWN
    assert "The application is withdrawn" in words_of(staff.get(f"{PAGE}?done=withdraw"))


def test_application_is_decided_by_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.WITH_STAFF)
    staff = at_desk(monkeypatch, ports)
    asked = words_of(staff.get(f"{PAGE}/decide"))
    assert "2 seats are free." in asked
    assert "The team is considered for Seminar next, by itself." in asked
    assert do(staff, "decide", reason="Strong").status == 422
    done = do(staff, "decide", decision="accepted", reason="Strong", feedback="Welcome.")
    assert done.status == 303
    outcome = ports.applications.get(APPLICATION).present_outcome
    assert outcome is not None
    assert (outcome.decision, outcome.feedback) == (Decision.ACCEPTED, "Welcome.")
    assert ports.rounds.seats("fellowship", RESIDENCY).taken == 1
    event = ports.applications.events(APPLICATION)[-1]
    assert (event.kind, event.detail["reason"]) == ("decision_made", "Strong")


def test_decision_is_corrected_and_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.WITH_STAFF, track=LATER)
    staff = at_desk(monkeypatch, ports)
    do(staff, "decide", decision="accepted", reason="Strong")
    assert do(staff, "correct-decision", decision="accepted", reason="Slip").status == 409
    done = do(staff, "correct-decision", decision="waitlisted", reason="Slip", feedback="Wait.")
    assert done.status == 303
    assert "from “Accepted” to “Waitlisted”" in words_of(staff.get(PAGE))
    assert do(staff, "announce", reason="All agree").status == 303
    assert ports.applications.get(APPLICATION).stage is Stage.NOTIFYING
    assert kinds(ports)[-3:] == ["decision_made", "decision_corrected", "decision_announced"]


# --- what does not go through ------------------------------------------------------------------


def test_stale_page_is_told_with_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.WITH_STAFF)
    staff = at_desk(monkeypatch, ports)
    opened = stand(staff.get(f"{PAGE}/decide"))
    other = browser_of(monkeypatch, ports, "staff", subject="kim")
    do(other, "admit", requirement=TEAM, reason="One left")
    form = {**opened, "/decision": "waitlisted", "/reason": "Later"}
    refused = staff.post(f"{PAGE}/decide", form)
    assert refused.status == 412
    said = words_of(refused)
    assert "Nothing was done. Read what changed, then decide again." in said
    assert "Admitted as it is: Team (Staff (kim), Monday" in said
    assert ports.applications.get(APPLICATION).stage is Stage.WITH_STAFF
    again = staff.post(f"{PAGE}/decide", {**form, **stand(refused)})
    assert again.status == 303


def test_double_click_does_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.WITH_STAFF)
    staff = at_desk(monkeypatch, ports)
    form = {**stand(staff.get(f"{PAGE}/decide")), "/decision": "accepted", "/reason": "Strong"}
    assert staff.post(f"{PAGE}/decide", form).status == 303
    second = staff.post(f"{PAGE}/decide", form)
    assert second.status == 412
    assert "this cannot be done any more" in words_of(second)
    assert "Decided for Residency: Accepted (You" in words_of(second)
    assert kinds(ports).count("decision_made") == 1


@pytest.mark.parametrize("form", [{}, {"version": "x", "seen": "y"}, {"seen": "9" * 5000}])
def test_form_without_its_version_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, form: dict[str, str]
) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert staff.post(f"{PAGE}/withdraw", {**form, "/reason": "Why"}).status == 412
    assert ports.applications.get(APPLICATION).stage is Stage.REVIEW


def test_unknown_action_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    staff = at_desk(monkeypatch, make_desk())
    assert staff.get(f"{PAGE}/erase").status == 404
    assert staff.post(f"{PAGE}/erase").status == 404


def test_what_is_not_possible_shows_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_desk(monkeypatch, make_desk()).get(f"{PAGE}/decide")
    assert "This cannot be done where the application stands now." in words_of(shown)
    assert f'action="{PAGE}/decide"' not in shown.body


def test_looking_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(Stage.WITH_STAFF)
    commits = list(ports.applications.commits)
    staff = at_desk(monkeypatch, ports)
    for path in ("", "/decide", "/withdraw", "/notices/receipt/1", "/notices/receipt/1/send-again"):
        assert staff.get(f"{PAGE}{path}").status == 200
    assert ports.applications.commits == commits
