import pytest

from roundtable.domain.stages import HOLDS_A_SEAT_IF_ACCEPTED, ClosedAs, Stage
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.errors import NotNow
from tests.factories import (
    APPLICATION,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_notice,
    make_program,
    make_review,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import APPLICANT, STAFF, Round, check_invariants

STAGES = sorted(set(Stage) - {Stage.CLOSED, Stage.RELEASING})


@pytest.mark.parametrize("stage", STAGES)
def test_withdraw_in_every_stage(stage: Stage) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    reviews = [make_review()]
    notices = [make_notice(kind="invitation", status="held")]
    ports.applications.given(make_application(stage), reviews=reviews, notices=notices)
    ports.applications.wait(APPLICATION, "token-1")
    left = withdraw(ports, APPLICATION, APPLICANT)
    assert left.closed_as is ClosedAs.WITHDRAWN
    holds = stage in HOLDS_A_SEAT_IF_ACCEPTED
    assert left.stage is (Stage.RELEASING if holds else Stage.CLOSED)
    assert ports.applications.reviews(APPLICATION)[0].status.value == "released"
    assert ports.applications.notice(APPLICATION, "invitation#1").status.value == "cancelled"
    # Staff who wait to decide are left by looking where the application stands, in any case.
    assert [*ports.conductor.diverted, *ports.conductor.resumed] == ["token-1"]
    told = {notice.kind.value for notice in ports.applications.notices(APPLICATION)}
    assert ("withdrawn" in told) is (stage is not Stage.DRAFT)
    assert withdraw(ports, APPLICATION, APPLICANT) == left


@pytest.mark.parametrize("closed_as", sorted(set(ClosedAs) - {"enrolled", "withdrawn"}))
def test_withdraw_what_has_ended_is_refused(closed_as: ClosedAs) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.applications.given(make_application(Stage.CLOSED, closed_as=closed_as))
    with pytest.raises(NotNow):
        withdraw(ports, APPLICATION, APPLICANT)


def test_withdraw_an_enrolled_team_gives_its_seat_to_the_next() -> None:
    round_ = Round(make_program(tracks=(make_track(capacity=1), make_track(SEMINAR))))
    first, second = round_.submit(1), round_.submit(2)
    round_.settle()
    round_.review(first)
    round_.review(second)
    answer_offer(round_.ports, first, APPLICANT, yes=True)
    round_.settle()
    assert round_.get(first).closed_as is ClosedAs.ENROLLED
    withdraw(round_.ports, first, STAFF, reason="They wrote a letter.")
    round_.settle()
    assert round_.get(first).closed_as is ClosedAs.WITHDRAWN
    assert round_.stage(second) is Stage.OFFER
    assert round_.ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, taken=1)
    check_invariants(round_)


def test_withdraw_while_stuck_ends_the_execution_that_waits_for_staff() -> None:
    round_ = Round(reviewers=0)
    application = round_.submit()
    round_.settle()
    assert round_.machine.live(application).state == "Wait for staff"
    withdraw(round_.ports, application, APPLICANT)
    round_.settle()
    assert [item.state for item in round_.machine.of(application)] == ["end"]
    assert round_.get(application).help is None
    check_invariants(round_)
