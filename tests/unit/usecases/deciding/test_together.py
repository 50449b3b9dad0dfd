from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.application import Decision
from roundtable.domain.audit import Actor
from roundtable.domain.proposals import DecisionResult, Proposal, ProposalStatus
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.deciding.together import confirm, drop, find_proposal, propose
from roundtable.usecases.errors import Invalid, NotAllowed, NotNow, Unknown
from tests.factories import (
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_id,
    make_program,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts

FIRST, SECOND = Actor(kind="staff", id="staff-1"), Actor(kind="staff", id="staff-2")


def waiting(count: int, capacity: int = 3) -> FakePorts:
    """Return applications that wait for a decision; a larger number has a higher score."""
    ports = FakePorts()
    tracks = (make_track(RESIDENCY, capacity=capacity), make_track(SEMINAR))
    ports.rounds.given(make_program(tracks=tracks))
    for number in range(1, count + 1):
        ports.applications.given(
            make_application(Stage.WITH_STAFF, number=number, score=f"{50 + number}.0")
        )
    return ports


def proposed(ports: FakePorts, *numbers: int, decision: Decision = Decision.ACCEPTED) -> Proposal:
    names = [make_id(number) for number in numbers]
    return propose(
        ports,
        PROGRAM,
        FIRST,
        track=RESIDENCY,
        names=names,
        decision=decision,
        reason="The panel agrees",
    )


def results(proposal: Proposal) -> dict[int, str]:
    """Return what became of each, by the number of the application."""
    return {
        number: item.result.value
        for item in proposal.results
        for number in range(1, 20)
        if make_id(number) == item.application
    }


@pytest.mark.scenario(25)
def test_a_proposal_decides_nothing_until_a_second_person_confirms_it() -> None:
    ports = waiting(3)
    proposal = proposed(ports, 1, 2)
    assert ports.applications.commits == []
    assert [item.application for item in proposal.applications] == [make_id(2), make_id(1)]
    with pytest.raises(NotAllowed) as refused:
        confirm(ports, PROGRAM, proposal.id, FIRST)
    assert refused.value.code == "second-person"
    assert ports.applications.commits == []
    confirmed = confirm(ports, PROGRAM, proposal.id, SECOND)
    assert (confirmed.status, confirmed.closed_by) == (ProposalStatus.CONFIRMED, "staff:staff-2")
    assert results(confirmed) == {1: "decided", 2: "decided"}
    assert ports.rounds.proposal(PROGRAM, proposal.id) == confirmed
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 2
    (event,) = ports.applications.events(make_id(1))
    assert (event.kind, str(event.actor)) == ("decision_made", "staff:staff-2")
    assert event.detail["proposal"] == proposal.id
    assert event.detail["reason"] == "The panel agrees"
    assert ports.applications.get(make_id(3)).stage is Stage.WITH_STAFF


def test_confirming_again_changes_nothing() -> None:
    ports = waiting(2)
    proposal = proposed(ports, 1)
    first = confirm(ports, PROGRAM, proposal.id, SECOND)
    commits = len(ports.applications.commits)
    assert confirm(ports, PROGRAM, proposal.id, SECOND) == first
    assert len(ports.applications.commits) == commits


@pytest.mark.scenario(25)
def test_the_last_seat_goes_to_exactly_one_and_each_result_is_told() -> None:
    ports = waiting(4, capacity=2)
    proposal = proposed(ports, 3, 4)
    decide_by_staff(ports, make_id(1), FIRST, decision=Decision.ACCEPTED, feedback="")
    confirmed = confirm(ports, PROGRAM, proposal.id, SECOND)
    assert results(confirmed) == {4: "decided", 3: "full"}
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(taken=2)
    assert ports.applications.get(make_id(3)).stage is Stage.WITH_STAFF


def test_what_changed_since_the_proposal_is_left_alone() -> None:
    ports = waiting(4, capacity=4)
    proposal = proposed(ports, 1, 2, 3, 4)
    decide_by_staff(ports, make_id(1), FIRST, decision=Decision.WAITLISTED, feedback="")
    withdraw(ports, make_id(2), FIRST)
    changed = ports.applications.get(make_id(3))
    ports.applications.given(changed.with_(form_revision=7))
    confirmed = confirm(ports, PROGRAM, proposal.id, SECOND)
    assert results(confirmed) == {1: "decided_before", 2: "moved", 3: "changed", 4: "decided"}


def test_one_that_others_change_again_and_again_waits_as_before() -> None:
    ports = waiting(1)
    proposal = proposed(ports, 1)

    def always() -> None:
        ports.applications.interleave.append(always)
        raise Conflict

    ports.applications.interleave.append(always)
    confirmed = confirm(ports, PROGRAM, proposal.id, SECOND)
    assert results(confirmed) == {1: "busy"}


def test_what_was_cut_off_goes_on_where_it_ended() -> None:
    ports = waiting(2)
    proposal = proposed(ports, 1, 2)

    confirmed_at = ports.clock.now()
    ports.rounds.keep_proposal(
        proposal.with_(
            status=ProposalStatus.CONFIRMED,
            closed_by=str(SECOND),
            closed_at=confirmed_at,
            version=2,
        )
    )
    decide_by_staff(
        ports, make_id(2), SECOND, decision=Decision.ACCEPTED, feedback="", proposal=proposal.id
    )
    with pytest.raises(NotNow) as refused:
        confirm(ports, PROGRAM, proposal.id, SECOND)
    assert refused.value.code == "being-decided"
    ports.clock.set(confirmed_at + timedelta(minutes=3))
    assert results(confirm(ports, PROGRAM, proposal.id, SECOND)) == {1: "decided", 2: "decided"}
    assert ports.rounds.seats(PROGRAM, RESIDENCY).taken == 2


def test_a_dropped_proposal_decides_nothing() -> None:
    ports = waiting(1)
    proposal = proposed(ports, 1)
    dropped = drop(ports, PROGRAM, proposal.id, FIRST)
    assert (dropped.status, dropped.closed_by) == (ProposalStatus.DROPPED, "staff:staff-1")
    assert drop(ports, PROGRAM, proposal.id, SECOND) == dropped
    with pytest.raises(NotNow) as refused:
        confirm(ports, PROGRAM, proposal.id, SECOND)
    assert refused.value.code == "dropped"
    confirmed = proposed(ports, 1)
    confirm(ports, PROGRAM, confirmed.id, SECOND)
    with pytest.raises(NotNow):
        drop(ports, PROGRAM, confirmed.id, FIRST)


@pytest.mark.parametrize(
    ("numbers", "capacity", "words"),
    [
        ((), 3, "Choose at least one application, and at most 50."),
        ((1, 2, 3), 2, "You chose 3 applications, and seats are free for 2. Choose fewer."),
    ],
)
def test_a_choice_that_cannot_be_decided_together_is_refused(
    numbers: tuple[int, ...], capacity: int, words: str
) -> None:
    ports = waiting(3, capacity=capacity)
    with pytest.raises(Invalid) as refused:
        proposed(ports, *numbers)
    assert (refused.value.sentence, ports.rounds.proposals(PROGRAM)) == (words, ())


def test_what_does_not_wait_in_the_track_is_named() -> None:
    ports = waiting(2)
    withdraw(ports, make_id(2), FIRST)
    with pytest.raises(Invalid, match=r"FW-TEST-0002"):
        proposed(ports, 1, 2)


def test_unknown_things_are_unknown() -> None:
    ports = waiting(1)
    for name in ("nonsense", make_id(9), "x" * 3000):
        with pytest.raises(Unknown):
            find_proposal(ports, PROGRAM, name)
    with pytest.raises(Unknown):
        propose(
            ports,
            PROGRAM,
            FIRST,
            track="other",
            names=[make_id()],
            decision=Decision.ACCEPTED,
            reason="Why",
        )


@given(
    count=st.integers(1, 8),
    capacity=st.integers(1, 5),
    proposals=st.lists(
        st.tuples(st.sets(st.integers(1, 8), min_size=1), st.sampled_from(Decision)), max_size=5
    ),
    between=st.lists(st.tuples(st.integers(1, 8), st.sampled_from(Decision)), max_size=4),
)
def test_confirming_never_exceeds_the_capacity_and_never_decides_twice(
    count: int,
    capacity: int,
    proposals: list[tuple[set[int], Decision]],
    between: list[tuple[int, Decision]],
) -> None:
    ports = waiting(count, capacity)
    kept: list[Proposal] = []
    for numbers, decision in proposals:
        try:
            kept.append(
                proposed(ports, *(n for n in sorted(numbers) if n <= count), decision=decision)
            )
        except Invalid:
            continue
    for number, decision in between:
        if number <= count:
            ports.applications.interleave.append(lambda n=number, d=decision: _alone(ports, n, d))
    for proposal in kept:
        told = confirm(ports, PROGRAM, proposal.id, SECOND)
        assert {item.application for item in told.results} == {
            item.application for item in proposal.applications
        }
        for item in told.results:
            if item.result is DecisionResult.DECIDED:
                outcome = ports.applications.get(item.application).outcome(RESIDENCY)
                assert outcome is not None
                assert outcome.decision is proposal.decision
    seats = ports.rounds.seats(PROGRAM, RESIDENCY)
    holders = 0
    for number in range(1, count + 1):
        made = [e for e in ports.applications.events(make_id(number)) if e.kind == "decision_made"]
        assert len(made) <= 1
        outcome = ports.applications.get(make_id(number)).outcome(RESIDENCY)
        holders += outcome is not None and bool(outcome.seat)
    assert seats.taken == holders <= capacity


def _alone(ports: FakePorts, number: int, decision: Decision) -> None:
    """Let a single person decide in between."""
    try:
        decide_by_staff(ports, make_id(number), FIRST, decision=decision, feedback="")
    except NotNow:
        return
