from typing import Any

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.reviews import Recommendation
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict, SeatsFull
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.deciding.decisions import (
    decide,
    decide_by_staff,
    move_to_fallback,
    promote,
)
from roundtable.usecases.errors import ApplicationMoved, NotNow
from tests.factories import (
    APPLICATION,
    LETTER,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_id,
    make_outcome,
    make_program,
    make_review,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import APPLICANT, STAFF, Round, check_invariants


def approved(capacity: int, count: int) -> tuple[FakePorts, list[str]]:
    """Return applications that the panel agrees about, in front of one track's seats."""
    ports = FakePorts()
    ports.rounds.given(make_program(tracks=(make_track(capacity=capacity), make_track(SEMINAR))))
    ids: list[str] = []
    for number in range(1, count + 1):
        application = make_application(Stage.DECIDING, number=number, review_round=1)
        reviews = [
            make_review(application=application.id, reviewer=f"reviewer-{n}", status="submitted")
            for n in (1, 2)
        ]
        ids.append(ports.applications.given(application, reviews=reviews).id)
    return ports, ids


def decisions(ports: FakePorts, ids: list[str]) -> list[str]:
    return [
        outcome.decision.value if (outcome := ports.applications.get(item).present_outcome) else ""
        for item in ids
    ]


@pytest.mark.scenario(25)
def test_decide_two_for_the_last_seat_gives_it_to_exactly_one() -> None:
    ports, (first, second) = approved(capacity=1, count=2)
    ports.applications.interleave.append(lambda: decide(ports, second) and None)
    decide(ports, first)
    assert decisions(ports, [first, second]) == ["waitlisted", "accepted"]
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, taken=1)
    assert ports.mailer.sent == []
    (notice,) = ports.applications.notices(first)
    assert (notice.key, notice.status.value) == ("waitlisted#residency:waitlisted", "held")


@pytest.mark.scenario(25)
def test_decide_ten_for_nine_seats_never_exceeds_the_capacity() -> None:
    ports, ids = approved(capacity=9, count=10)
    later = [lambda item=item: decide(ports, item) and None for item in ids[1:]]
    for act in later:
        ports.applications.interleave.append(act)
    decide(ports, ids[0])
    assert sorted(decisions(ports, ids)) == ["accepted"] * 9 + ["waitlisted"]
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 9


@pytest.mark.scenario(25)
def test_decide_by_staff_on_a_full_track_sees_full_and_changes_nothing() -> None:
    ports, _ = approved(capacity=1, count=0)
    ports.rounds.put_seats(make_seats(capacity=1, taken=1))
    before = ports.applications.given(make_application(Stage.WITH_STAFF))
    with pytest.raises(NotNow) as refused:
        decide_by_staff(ports, APPLICATION, STAFF, decision=Decision.ACCEPTED, feedback="")
    assert refused.value.code == "track-full"
    assert ports.applications.get(APPLICATION) == before
    decide_by_staff(ports, APPLICATION, STAFF, decision=Decision.WAITLISTED, feedback="")
    assert decisions(ports, [APPLICATION]) == ["waitlisted"]


def test_decide_where_seats_are_always_gone_gives_up_as_a_conflict() -> None:
    ports, (only,) = approved(capacity=1, count=1)

    def gone() -> None:
        ports.applications.interleave.append(gone)
        raise SeatsFull

    ports.applications.interleave.append(gone)
    with pytest.raises(Conflict):
        decide(ports, only)


@pytest.mark.scenario(22)
def test_decide_on_dissent_asks_a_lead() -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    round_.give(application, "reviewer-1", Recommendation.APPROVE)
    round_.give(application, "reviewer-2", Recommendation.DECLINE)
    round_.settle()
    assert round_.stage(application) is Stage.WITH_STAFF
    assert round_.alerts(application) == ["Reviewers differ: a lead must decide"]
    decide_by_staff(round_.ports, application, STAFF, decision=Decision.ACCEPTED, feedback="Yes.")
    with pytest.raises(NotNow, match=r"accepted by staff:staff-1 on 2022-10-03 14:00 UTC") as no:
        decide_by_staff(
            round_.ports, application, STAFF, decision=Decision.NOT_SELECTED, feedback=""
        )
    assert no.value.code == "already-decided"
    round_.settle()
    assert round_.stage(application) is Stage.OFFER
    check_invariants(round_)


def test_decide_by_staff_before_its_time_is_refused() -> None:
    ports, _ = approved(capacity=1, count=1)
    with pytest.raises(NotNow) as refused:
        decide_by_staff(ports, APPLICATION, STAFF, decision=Decision.ACCEPTED, feedback="")
    assert refused.value.code == "not-yet"


@pytest.mark.scenario(12)
def test_decide_by_completeness_leaves_what_must_be_looked_at_to_staff() -> None:
    letter = {"kind": "letter", "key": LETTER, "title": "Letter", "signed_by": ["ceo"]}
    track = make_track(SEMINAR, requirements=[letter])
    round_ = Round(make_program(tracks=(track,)))
    application = round_.submit(letter="scan.pdf", video=False, tracks=(SEMINAR,))
    round_.settle()
    assert round_.stage(application) is Stage.WITH_STAFF
    assert round_.alerts(application) == ["A person must look at a document before it is decided"]
    complete = round_.submit(2, letter="ceo.pdf", video=False, tracks=(SEMINAR,))
    round_.settle()
    assert round_.get(complete).closed_as is ClosedAs.ENROLLED


def test_decide_twice_is_decided_once() -> None:
    ports, (only,) = approved(capacity=2, count=1)
    decided = decide(ports, only)
    with pytest.raises(ApplicationMoved):
        decide(ports, only)
    assert ports.applications.get(only) == decided
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 1


def test_decide_binds_the_content_that_was_reviewed() -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    round_.review(application)
    outcome = round_.get(application).present_outcome
    assert outcome is not None
    assert [(item.requirement, item.number) for item in outcome.documents] == [
        (LETTER, 1),
        ("team-video", 1),
    ]
    assert all(item.sha256 for item in outcome.documents)


@pytest.mark.scenario(24)
@pytest.mark.parametrize(
    ("seats", "decision", "pool"),
    [
        ({"capacity": 2, "reserved": 1}, "accepted", "reserved"),
        ({"capacity": 2, "taken": 1}, "accepted", "open"),
        ({"capacity": 1, "taken": 1}, "waitlisted", ""),
    ],
)
def test_decide_after_a_fallback_takes_the_reserve_or_waits_in_the_open(
    seats: dict[str, Any], decision: str, pool: str
) -> None:
    ports, _ = approved(capacity=1, count=0)
    ports.rounds.put_seats(make_seats(SEMINAR, **seats))
    fell_back = (make_outcome(Decision.NOT_SELECTED),)
    ports.applications.given(make_application(Stage.DECIDING, track=SEMINAR, outcomes=fell_back))
    outcome = decide(ports, APPLICATION).present_outcome
    assert outcome is not None
    assert (outcome.decision.value, outcome.seat) == (decision, pool)


@pytest.mark.scenario(24)
def test_move_to_fallback_keeps_receipt_and_promise_and_asks_for_nothing() -> None:
    ports, _ = approved(capacity=1, count=0)
    before = ports.applications.given(make_application(Stage.FALLBACK, review_round=1))
    moved = move_to_fallback(ports, APPLICATION)
    assert (moved.stage, moved.track) == (Stage.CHECKING, SEMINAR)
    assert (moved.received_at, moved.promise) == (before.received_at, before.promise)
    assert moved.review_round == 2
    assert ports.applications.notices(APPLICATION) == ()
    with pytest.raises(ApplicationMoved):
        move_to_fallback(ports, APPLICATION)


# --- the waitlist ----------------------------------------------------------------------------


def waitlist(ports: FakePorts, *scores: int, **changes: Any) -> list[str]:
    return [
        ports.applications.given(
            make_application(Stage.WAITLIST, number=number, score=score, **changes)
        ).id
        for number, score in enumerate(scores, start=1)
    ]


def test_promote_gives_free_seats_in_rank_order() -> None:
    ports, _ = approved(capacity=2, count=0)
    low, high, middle = waitlist(ports, 10, 90, 50)
    ports.applications.wait(high, "token-1")
    assert promote(ports, PROGRAM, RESIDENCY) == (high, middle)
    assert ports.conductor.resumed == ["token-1"]
    assert ports.applications.get(low).stage is Stage.WAITLIST
    assert promote(ports, PROGRAM, RESIDENCY) == ()


def test_promote_with_only_reserved_seats_passes_over_who_may_not_take_one() -> None:
    ports, _ = approved(capacity=1, count=0)
    ports.rounds.put_seats(make_seats(capacity=1, reserved=1))
    first, second = waitlist(ports, 90, 10)
    waited = ports.applications.get(second)
    fell_back = (*waited.outcomes, make_outcome(Decision.NOT_SELECTED, track=SEMINAR))
    ports.applications.given(waited.with_(outcomes=fell_back))
    assert promote(ports, PROGRAM, RESIDENCY) == (second,)
    assert ports.applications.get(first).stage is Stage.WAITLIST


def test_promote_of_one_that_changed_meanwhile_goes_on_with_the_next() -> None:
    ports, _ = approved(capacity=1, count=0)
    first, second = waitlist(ports, 90, 10)
    ports.applications.interleave.append(lambda: withdraw(ports, first, APPLICANT) and None)
    assert promote(ports, PROGRAM, RESIDENCY) == (second,)
    assert ports.applications.get(make_id(1)).closed_as is ClosedAs.WITHDRAWN


@pytest.mark.scenario(27)
def test_promote_again_after_two_lapsed_offers_is_told_again() -> None:
    round_ = Round(make_program(tracks=(make_track(capacity=1), make_track(SEMINAR))))
    application = round_.submit()
    round_.settle()
    round_.review(application)
    for _ in range(2):
        round_.pass_days(16)
        assert round_.get(application).closed_as is ClosedAs.LAPSED
        answer_offer(round_.ports, application, APPLICANT, yes=True)
        round_.settle()
        round_.tick()
        assert round_.stage(application) is Stage.OFFER
    invitations = [key for key in round_.told(application) if key.startswith("invitation")]
    assert len(invitations) == 3
    check_invariants(round_)
