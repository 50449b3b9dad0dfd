from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.applying.answering import answer_offer, lapse
from roundtable.usecases.errors import NotNow
from tests.factories import PROGRAM, RESIDENCY, SEMINAR, make_program, make_seats, make_track
from tests.unit.usecases.rounds import APPLICANT, Round, check_invariants

ANSWER_BY = datetime(2022, 10, 18, 4, tzinfo=UTC)


def offered(waiting: int = 0) -> tuple[Round, str, list[str]]:
    """Return a round of one seat that is offered, and who waits for it."""
    round_ = Round(make_program(tracks=(make_track(capacity=1), make_track(SEMINAR))))
    ids = [round_.submit(number) for number in range(1, waiting + 2)]
    round_.settle()
    for application in ids:
        round_.review(application)
    assert [round_.stage(item) for item in ids] == [Stage.OFFER] + [Stage.WAITLIST] * waiting
    return round_, ids[0], ids[1:]


def test_answer_yes_enrols_and_again_changes_nothing() -> None:
    round_, application, _ = offered()
    answer_offer(round_.ports, application, APPLICANT, yes=True)
    before = round_.get(application)
    assert answer_offer(round_.ports, application, APPLICANT, yes=True) == before
    with pytest.raises(NotNow, match="answered this offer with yes"):
        answer_offer(round_.ports, application, APPLICANT, yes=False)
    round_.settle()
    assert round_.get(application).closed_as is ClosedAs.ENROLLED


def test_answer_no_gives_the_seat_to_the_next() -> None:
    round_, application, (following,) = offered(waiting=1)
    answer_offer(round_.ports, application, APPLICANT, yes=False)
    round_.settle()
    assert round_.get(application).closed_as is ClosedAs.DECLINED
    assert round_.stage(following) is Stage.OFFER
    assert round_.ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, taken=1)
    check_invariants(round_)


@pytest.mark.scenario(27)
def test_offer_not_answered_is_reminded_lapses_and_goes_to_the_next() -> None:
    round_, application, (following,) = offered(waiting=1)
    round_.go_to(ANSWER_BY - timedelta(seconds=1))
    reminders = [key for key in round_.told(application) if key.startswith("offer_reminder")]
    assert reminders == [f"offer_reminder#residency:202210{day}0400" for day in (11, 15, 17)]
    assert round_.stage(application) is Stage.OFFER
    round_.go_to(ANSWER_BY)
    assert round_.get(application).closed_as is ClosedAs.LAPSED
    assert round_.stage(following) is Stage.OFFER
    assert round_.told(application)[-1] == "lapsed#residency:20221003"
    check_invariants(round_)


@pytest.mark.scenario(27)
def test_late_yes_joins_the_waitlist() -> None:
    round_, application, (following,) = offered(waiting=1)
    round_.go_to(ANSWER_BY)
    answer_offer(round_.ports, application, APPLICANT, yes=True)
    round_.settle()
    round_.tick()
    assert round_.stage(application) is Stage.WAITLIST
    answer_offer(round_.ports, following, APPLICANT, yes=False)
    round_.settle()
    assert round_.stage(application) is Stage.OFFER
    assert len(round_.machine.of(application)) == 2
    check_invariants(round_)


@pytest.mark.scenario(27)
def test_answer_in_the_moment_it_is_over_lapses_at_once() -> None:
    round_, application, _ = offered()
    round_.ports.clock.set(ANSWER_BY)
    with pytest.raises(NotNow, match="just lapsed"):
        answer_offer(round_.ports, application, APPLICANT, yes=True)
    assert round_.stage(application) is Stage.RELEASING
    assert answer_offer(round_.ports, application, APPLICANT, yes=False).stage is Stage.RELEASING
    round_.settle()
    answer_offer(round_.ports, application, APPLICANT, yes=True)
    assert round_.stage(application) is Stage.WAITLIST


def test_answer_without_an_offer_is_refused() -> None:
    round_ = Round()
    application = round_.submit()
    for yes in (True, False):
        with pytest.raises(NotNow, match="no offer"):
            answer_offer(round_.ports, application, APPLICANT, yes=yes)


def test_lapse_of_an_answered_or_running_offer_changes_nothing() -> None:
    round_, application, _ = offered()
    before = round_.get(application)
    assert lapse(round_.ports, before) == before
    answer_offer(round_.ports, application, APPLICANT, yes=True)
    answered = round_.get(application)
    round_.ports.clock.set(ANSWER_BY)
    assert lapse(round_.ports, answered) == answered
