from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Decision, Finding, Form
from roundtable.domain.decisions import decision_notice
from roundtable.domain.evidence import Verdict
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Changes, Session
from roundtable.usecases.errors import Unknown
from roundtable.usecases.following.records import Status
from roundtable.usecases.following.status import list_mine, read, read_status
from roundtable.usecases.following.view import State
from tests.factories import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_event,
    make_form,
    make_outcome,
    make_program,
)
from tests.fakes import FakePorts

ADA = Session(program=PROGRAM, email="ada@stmary.example", expires_at=NOW + timedelta(hours=12))


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def given(ports: FakePorts, *args: Any, events: tuple[Any, ...] = (), **overrides: Any) -> None:
    """Store an application with its audit trail."""
    application = ports.applications.given(make_application(*args, **overrides))
    ports.applications.commit(Changes(application=application.with_(version=2), events=events))


def status(ports: FakePorts) -> Status:
    return read_status(ports, ADA, APPLICATION)


def told(track: str, notice: str, **overrides: Any) -> Any:
    return make_event(kind="decision_told", detail={"track": track, "notice": notice}, **overrides)


def test_anothers_is_unknown(ports: FakePorts) -> None:
    given(ports)
    for look in (read, read_status):
        with pytest.raises(Unknown):
            look(ports, ADA.with_(email="eve@stmary.example"), APPLICATION)


def test_draft_tells_what_to_fill_in_and_to_bring(ports: FakePorts) -> None:
    given(ports, form=make_form(contact=None, team=()))
    shown = read(ports, ADA, APPLICATION)
    assert [problem.path for problem in shown.problems] == ["/contact"]
    assert [item.requirement for item in shown.missing] == [LETTER, VIDEO, TEAM]
    assert shown.submit_until is not None
    assert shown.submit_until.local == "Friday, October 21, 2022, 11:59 PM EDT"
    assert shown.can == ("edit", "submit", "upload", "withdraw")


@pytest.mark.scenario(4)
def test_draft_at_the_last_close_is_readable_and_marked(ports: FakePorts) -> None:
    given(ports)
    ports.clock.set(datetime(2022, 10, 22, 4, 0, tzinfo=UTC))
    shown = read(ports, ADA, APPLICATION)
    assert (shown.state, shown.can) == (State.NOT_SUBMITTED, ())
    assert shown.form == Form.model_validate(make_form())
    assert list_mine(ports, ADA).applications[0].state is State.NOT_SUBMITTED


def test_submitted_application_shows_receipt_promise_and_phases(ports: FakePorts) -> None:
    given(
        ports,
        Stage.REVIEW,
        events=(
            make_event(kind="application_submitted", at=NOW - timedelta(days=1)),
            make_event(kind="requirement_checked", sequence=2, at=NOW - timedelta(hours=23)),
        ),
    )
    shown = status(ports)
    assert shown.state is State.IN_REVIEW
    assert shown.received_at is not None
    assert shown.received_at.local == "Sunday, October 2, 2022, 10:00 AM EDT"
    assert shown.promise is not None
    assert shown.promise.local == "Monday, December 5, 2022"
    assert [(phase.key, phase.state) for phase in shown.phases] == [
        ("received", "done"),
        ("checks", "done"),
        ("review", "current"),
        ("decision", "upcoming"),
    ]
    assert shown.phases[1].at is not None
    assert shown.phases[1].at.at == NOW - timedelta(hours=23)
    assert [happening.title for happening in shown.timeline] == ["Application received"]
    assert shown.tracks_open == (SEMINAR,)
    assert shown.can == ("upload", "switch_track", "withdraw")


def test_track_without_reviews_skips_the_review(ports: FakePorts) -> None:
    given(ports, Stage.DECIDING, track=SEMINAR)
    assert [phase.state for phase in status(ports).phases] == [
        "done", "done", "skipped", "upcoming",
    ]  # fmt: skip


@pytest.mark.scenario(9)
def test_corrections_tell_what_is_missing_and_until_when(ports: FakePorts) -> None:
    given(ports, Stage.CORRECTIONS)
    shown = status(ports)
    assert shown.state is State.INCOMPLETE
    assert [(item.title, item.reason) for item in shown.missing] == [
        ("Letter of commitment", "The letter is not signed by the Board Chair.")
    ]
    assert shown.missing_until is not None
    assert shown.missing_until.at == datetime(2022, 10, 22, 4, 0, tzinfo=UTC)
    verdicts = {item.requirement: item.verdict for item in shown.requirements}
    assert verdicts == {LETTER: Verdict.FAIL, VIDEO: "open", ATTESTATION: "open", TEAM: "open"}
    assert shown.can == ("upload", "switch_track", "withdraw")


def test_form_can_be_edited_where_it_was_returned(ports: FakePorts) -> None:
    item = {"requirement": ATTESTATION, "verdict": "fail", "reason": "Please affirm."}
    corrections = {"asked_at": NOW, "until": NOW + timedelta(days=7), "items": (item,)}
    given(ports, Stage.CORRECTIONS, corrections=corrections)
    assert "edit" in status(ports).can


@pytest.mark.scenario(11)
def test_every_version_of_a_document_is_shown(ports: FakePorts) -> None:
    given(ports, Stage.REVIEW)
    versions = [make_document(status="superseded"), make_document(number=2, replaces=1)]
    ports.applications.given(ports.applications.get(APPLICATION), documents=versions)
    shown = [(item.number, item.status.value, item.replaces) for item in status(ports).documents]
    assert shown == [(1, "superseded", None), (2, "received", 1)]


@pytest.mark.parametrize(
    ("scan", "status_of_version", "words"),
    [
        ("pending", "received", "We are checking this file for viruses."),
        ("clean", "received", ""),
        ("infected", "checked", INFECTED),
        ("infected", "superseded", ""),
    ],
)
def test_search_of_a_file_is_told_in_words(
    ports: FakePorts, scan: str, status_of_version: str, words: str
) -> None:
    given(ports, Stage.CHECKING)
    document = make_document(scan=scan, status=status_of_version)
    ports.applications.given(ports.applications.get(APPLICATION), documents=[document])
    assert [item.virus_check for item in status(ports).documents] == [words]


# --- decisions before and after they are told ------------------------------------------------

UNTOLD = [Stage.FALLBACK, Stage.ANNOUNCING, Stage.NOTIFYING]
FALLEN_BACK = [Stage.CHECKING, Stage.REVIEW, Stage.DECIDING, Stage.ANNOUNCING, Stage.NOTIFYING]


@pytest.mark.parametrize("stage", UNTOLD)
def test_no_decision_shows_before_its_notice_went_out(ports: FakePorts, stage: Stage) -> None:
    seen = set[str]()
    for decision in Decision:
        other = FakePorts()
        other.rounds.given(make_program())
        given(
            other,
            stage,
            outcomes=(make_outcome(decision, feedback="Kind words."),),
            events=(make_event(kind="decision_made", detail={"decision": decision.value}),),
        )
        shown = status(other)
        assert (shown.state, shown.decisions, shown.can) == (State.IN_REVIEW, (), ("withdraw",))
        seen.add(shown.model_dump_json())
    assert len(seen) == 1


@pytest.mark.scenario(24)
@pytest.mark.parametrize("stage", FALLEN_BACK)
def test_move_to_the_fallback_track_does_not_show(ports: FakePorts, stage: Stage) -> None:
    given(ports, Stage.ANNOUNCING)
    accepted = status(ports).model_dump_json()
    outcomes: tuple[Any, ...] = (make_outcome(Decision.NOT_SELECTED),)
    if stage in {Stage.ANNOUNCING, Stage.NOTIFYING}:
        outcomes += (make_outcome(track=SEMINAR),)
    fallen = FakePorts()
    fallen.rounds.given(make_program())
    given(
        fallen,
        stage,
        track=SEMINAR,
        outcomes=outcomes,
        panel=(),
        events=(
            make_event(kind="moved_to_fallback"),
            make_event(kind="requirement_checked", sequence=2, at=NOW + timedelta(days=9)),
        ),
    )
    assert status(fallen).model_dump_json() == accepted
    assert read(fallen, ADA, APPLICATION).track == RESIDENCY
    assert list_mine(fallen, ADA).applications[0].track == RESIDENCY


def test_corrections_for_the_fallback_track_show_only_what_is_asked(ports: FakePorts) -> None:
    item = {"requirement": ATTESTATION, "verdict": "fail", "reason": "Please affirm."}
    corrections = {"asked_at": NOW, "until": NOW + timedelta(days=7), "items": (item,)}
    given(
        ports,
        Stage.CORRECTIONS,
        track=SEMINAR,
        outcomes=(make_outcome(Decision.NOT_SELECTED),),
        findings=(item,),
        corrections=corrections,
    )
    shown = status(ports)
    assert (shown.state, shown.track, shown.decisions) == (State.INCOMPLETE, RESIDENCY, ())
    assert [entry.requirement for entry in shown.missing] == [ATTESTATION]
    assert {"edit", "upload"} <= set(shown.can)


@pytest.mark.scenario(24)
def test_fallback_is_told_with_both_decisions(ports: FakePorts) -> None:
    outcomes = (
        make_outcome(Decision.NOT_SELECTED, feedback="Kind words."),
        make_outcome(track=SEMINAR),
    )
    given(ports, Stage.OFFER, track=SEMINAR, outcomes=outcomes)
    shown = status(ports)
    assert [(item.track, item.decision.value, item.feedback) for item in shown.decisions] == [
        (RESIDENCY, "not_selected", "Kind words."),
        (SEMINAR, "accepted", ""),
    ]
    assert (shown.state, shown.track_name) == (State.OFFERED, "Seminar")


def test_after_the_decision_nobody_will_look_any_more(ports: FakePorts) -> None:
    look = Finding(requirement=VIDEO, verdict=Verdict.LOOK, reason="A person will look at it.")
    given(ports, Stage.REVIEW, findings=(look,))
    shown = {item.requirement: item for item in status(ports).requirements}[VIDEO]
    assert (shown.verdict, shown.reason) == (Verdict.LOOK, "A person will look at it.")
    given(ports, Stage.OFFER, findings=(look,))
    shown = {item.requirement: item for item in status(ports).requirements}[VIDEO]
    assert (shown.verdict, shown.reason) == (Verdict.PASS, "")


@pytest.mark.scenario(27)
def test_offer_shows_until_when_it_can_be_answered(ports: FakePorts) -> None:
    given(ports, Stage.OFFER)
    shown = status(ports)
    assert shown.offer is not None
    assert shown.offer.answer_by.at == NOW + timedelta(days=14)
    assert shown.can == ("withdraw", "answer")
    assert [phase.state for phase in shown.phases] == ["done"] * 4


def test_seat_offered_to_the_waitlist_is_still_a_place_on_it_until_told(ports: FakePorts) -> None:
    promoted = make_outcome(promoted_at=NOW)
    waitlisted = told(RESIDENCY, "waitlisted#residency:waitlisted")
    given(ports, Stage.NOTIFYING, outcomes=(promoted,), answered_on=NOW, events=(waitlisted,))
    shown = status(ports)
    assert (shown.state, shown.decisions[0].decision) == (State.WAITLISTED, Decision.WAITLISTED)

    kind, number = decision_notice(ports.applications.get(APPLICATION))
    now_told = told(RESIDENCY, f"{kind}#{number}", sequence=2)
    given(ports, Stage.NOTIFYING, outcomes=(promoted,), answered_on=NOW, events=(now_told,))
    assert status(ports).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("closed_as", "state"),
    [
        (ClosedAs.ENROLLED, State.ENROLLED),
        (ClosedAs.LAPSED, State.LAPSED),
        (ClosedAs.DECLINED, State.DECLINED),
        (ClosedAs.WITHDRAWN, State.WITHDRAWN),
        (ClosedAs.INCOMPLETE, State.CLOSED_INCOMPLETE),
    ],
)
def test_ends_are_told_apart(ports: FakePorts, closed_as: ClosedAs, state: State) -> None:
    given(ports, Stage.CLOSED, closed_as=closed_as)
    assert status(ports).state is state


def test_withdrawn_before_the_announcement_never_tells_the_decision(ports: FakePorts) -> None:
    given(ports, Stage.RELEASING, offer=None, answered_on=None, closed_as=ClosedAs.WITHDRAWN)
    shown = status(ports)
    assert (shown.state, shown.decisions) == (State.WITHDRAWN, ())


def test_waitlist_that_ended_shows_its_decision(ports: FakePorts) -> None:
    outcomes = (make_outcome(Decision.WAITLISTED),)
    given(ports, Stage.CLOSED, outcomes=outcomes, closed_as=ClosedAs.NOT_SELECTED)
    assert status(ports).state is State.NOT_SELECTED


def test_lapsed_offer_can_still_be_said_yes_to(ports: FakePorts) -> None:
    offer = {"track": RESIDENCY, "made_at": NOW, "answer_by": NOW, "answer": "lapsed"}
    given(ports, Stage.CLOSED, closed_as=ClosedAs.LAPSED, offer=offer)
    assert status(ports).can == ("answer",)


@pytest.mark.scenario(5)
def test_extension_is_shown(ports: FakePorts) -> None:
    until = datetime(2022, 10, 30, 4, 0, tzinfo=UTC)
    extension = {"until": until, "reason": "Illness", "granted_by": "staff:1"}
    given(ports, extension=extension)
    ports.clock.set(datetime(2022, 10, 25, tzinfo=UTC))
    shown = status(ports)
    assert shown.state is State.DRAFT
    assert shown.extended_until is not None
    assert shown.extended_until.local == "Saturday, October 29, 2022, 11:59 PM EDT"
    assert "Illness" not in shown.model_dump_json()
