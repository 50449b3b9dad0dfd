from typing import Any

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.audit import verify
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.deciding.correcting import correct_decision
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.deciding.telling import announce
from roundtable.usecases.errors import NotNow, Stale
from roundtable.usecases.staff.notices import hold
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_outcome,
    make_program,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import STAFF, Round, check_invariants

LATER = {"announcement": {"preview": True}}
ACCEPTED, WAITLISTED, NOT_SELECTED = Decision


def decided(decision: Decision = ACCEPTED, *, capacity: int = 2, **track: Any) -> FakePorts:
    """Return a round in which staff decided, and nobody was told."""
    ports = FakePorts()
    first = make_track(RESIDENCY, capacity=capacity, **{**LATER, "fallback": None, **track})
    ports.rounds.given(make_program(tracks=(first, make_track(SEMINAR))))
    ports.applications.given(make_application(Stage.WITH_STAFF))
    decide_by_staff(ports, APPLICATION, STAFF, decision=decision, feedback="Well done.")
    return ports


def correct(
    ports: FakePorts, decision: Decision, feedback: str = "", *, version: int | None = None
) -> None:
    correct_decision(
        ports,
        APPLICATION,
        STAFF,
        decision=decision,
        feedback=feedback,
        reason="A slip",
        version=version,
    )


def notices(ports: FakePorts) -> dict[str, str]:
    return {item.key: item.status.value for item in ports.applications.notices(APPLICATION)}


def test_an_acceptance_is_taken_back_with_its_seat_and_its_notice() -> None:
    ports = decided()
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 1
    correct(ports, WAITLISTED, "Please wait.")
    after = ports.applications.get(APPLICATION)
    assert (after.stage, after.outcomes) == (
        Stage.ANNOUNCING,
        (make_outcome(WAITLISTED, decided_by="staff:staff-1", feedback="Please wait."),),
    )
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats()
    assert notices(ports) == {
        "invitation#residency:accepted": "cancelled",
        "waitlisted#residency:waitlisted": "held",
    }
    last = ports.applications.events(APPLICATION)[-1]
    assert (last.kind, last.detail) == (
        "decision_corrected",
        {
            "track": RESIDENCY,
            "left": "accepted",
            "decision": "waitlisted",
            "seat": "",
            "reason": "A slip",
        },
    )
    events = ports.applications.events(APPLICATION)
    assert verify(events, after.audit_length, after.audit_head)


def test_a_correction_and_back_uses_the_first_notice_again() -> None:
    ports = decided()
    correct(ports, NOT_SELECTED)
    correct(ports, ACCEPTED)
    assert notices(ports) == {
        "invitation#residency:accepted": "held",
        "not_selected#residency:not_selected": "cancelled",
    }
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 1
    announce(ports, APPLICATION, STAFF)
    assert ports.applications.get(APPLICATION).stage is Stage.NOTIFYING


def test_words_alone_are_corrected_without_touching_seat_or_notice() -> None:
    ports = decided()
    correct(ports, ACCEPTED, "Very well done.")
    outcome = ports.applications.get(APPLICATION).present_outcome
    assert outcome == make_outcome(decided_by="staff:staff-1", feedback="Very well done.")
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 1
    assert notices(ports) == {"invitation#residency:accepted": "held"}
    with pytest.raises(NotNow) as refused:
        correct(ports, ACCEPTED, "Very well done.")
    assert refused.value.code == "same-decision"


def test_not_selecting_sends_it_to_the_fallback_track() -> None:
    ports = decided(fallback={"track": SEMINAR})
    ports.applications.wait(APPLICATION, "token-1")
    correct(ports, NOT_SELECTED)
    assert ports.applications.get(APPLICATION).stage is Stage.FALLBACK
    assert ports.conductor.diverted == ["token-1"]
    assert notices(ports) == {"invitation#residency:accepted": "cancelled"}


def test_accepting_on_a_full_track_is_refused_and_changes_nothing() -> None:
    ports = decided(WAITLISTED, capacity=1)
    ports.rounds.put_seats(make_seats(capacity=1, taken=1))
    before = ports.applications.get(APPLICATION)
    with pytest.raises(NotNow) as refused:
        correct(ports, ACCEPTED)
    assert refused.value.code == "track-full"
    assert ports.applications.get(APPLICATION) == before


def test_of_two_who_correct_at_once_the_second_looks_again() -> None:
    ports = decided()
    read = ports.applications.get(APPLICATION)
    ports.applications.interleave.append(lambda: correct(ports, NOT_SELECTED))
    with pytest.raises(Stale):
        correct(ports, WAITLISTED, version=read.version)
    (outcome,) = ports.applications.get(APPLICATION).outcomes
    assert outcome.decision is NOT_SELECTED


def test_the_last_seat_taken_meanwhile_is_not_taken_twice() -> None:
    ports = decided(WAITLISTED, capacity=1)

    def taken() -> None:
        ports.rounds.put_seats(make_seats(capacity=1, taken=1))

    ports.applications.interleave.append(taken)
    with pytest.raises(NotNow) as refused:
        correct(ports, ACCEPTED)
    assert refused.value.code == "track-full"
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 1


def test_a_hold_of_staff_goes_over_to_the_other_notice() -> None:
    ports = decided()
    hold(ports, APPLICATION, "invitation#residency:accepted", STAFF, reason="Wait")
    correct(ports, WAITLISTED)
    notice = ports.applications.notice(APPLICATION, "waitlisted#residency:waitlisted")
    assert (notice.status, notice.held_by) == (NoticeStatus.HELD, "staff:staff-1")


@pytest.mark.parametrize("stage", [Stage.NOTIFYING, Stage.OFFER, Stage.CLOSED, Stage.WAITLIST])
def test_a_decision_that_was_told_stands(stage: Stage) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    before = ports.applications.given(make_application(stage))
    with pytest.raises(NotNow) as refused:
        correct(ports, NOT_SELECTED)
    assert refused.value.code == "decision-told"
    assert ports.applications.get(APPLICATION) == before


@pytest.mark.parametrize(
    "told",
    [{"answered_on": NOW}, {"outcomes": (make_outcome(promoted_at=NOW),)}],
)
def test_a_held_offer_of_a_team_that_heard_before_stands(told: dict[str, Any]) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.applications.given(make_application(Stage.ANNOUNCING, **told))
    with pytest.raises(NotNow) as refused:
        correct(ports, NOT_SELECTED)
    assert refused.value.code == "decision-told"


def test_nothing_decided_is_nothing_to_correct() -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.applications.given(make_application(Stage.WITH_STAFF))
    with pytest.raises(NotNow) as refused:
        correct(ports, ACCEPTED)
    assert refused.value.code == "not-decided"


def test_a_corrected_decision_is_told_once_and_the_round_stays_sound() -> None:
    track = make_track(RESIDENCY, decided_by="staff", fallback=None, **LATER)
    round_ = Round(make_program(tracks=(track, make_track(SEMINAR))))
    application = round_.submit()
    round_.settle()
    for reviewer in ("reviewer-1", "reviewer-2"):
        round_.give(application, reviewer)
    round_.settle()
    decide_by_staff(round_.ports, application, STAFF, decision=NOT_SELECTED, feedback="")
    round_.settle()
    correct_decision(
        round_.ports, application, STAFF, decision=ACCEPTED, feedback="", reason="A slip"
    )
    round_.settle()
    announce(round_.ports, application, STAFF)
    round_.settle()
    assert round_.stage(application) is Stage.OFFER
    assert [key for key in round_.told(application) if "selected" in key] == []
    check_invariants(round_)
