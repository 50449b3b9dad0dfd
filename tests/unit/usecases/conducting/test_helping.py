from datetime import timedelta

import pytest

from roundtable.domain.stages import Stage
from roundtable.usecases.conducting.helping import ask_for_help, restart
from roundtable.usecases.errors import NotNow
from tests.factories import make_reviewer
from tests.unit.usecases.rounds import STAFF, WAIT_FOR_STAFF, Round, check_invariants


def stuck() -> tuple[Round, str]:
    round_ = Round(reviewers=0)
    application = round_.submit()
    round_.settle()
    assert round_.machine.live(application).state == WAIT_FOR_STAFF
    for number in (1, 2):
        round_.ports.rounds.keep_reviewer(make_reviewer(number))
    return round_, application


def test_ask_for_help_repeated_at_once_is_asked_once() -> None:
    round_, application = stuck()
    before = round_.get(application)
    assert before.help is not None
    again = ask_for_help(
        round_.ports, application, state="Assign reviewers", error="NotEnoughReviewers"
    )
    assert again == before
    round_.ports.clock.advance(days=90)
    ask_for_help(round_.ports, application, state="Assign reviewers", error="NotEnoughReviewers")
    assert len(round_.alerts(application)) == 2


def test_ask_for_help_of_an_unknown_error_names_it_alone() -> None:
    round_, application = stuck()
    asked = ask_for_help(round_.ports, application, state="Decide", error="UnexpectedError")
    assert asked.help is not None
    assert asked.help.reason == "The step failed: UnexpectedError"
    assert (asked.stage, asked.help.state) == (Stage.REVIEW, "Decide")


def test_restart_lets_a_stuck_application_go_on() -> None:
    round_, application = stuck()
    restart(round_.ports, application, STAFF)
    round_.settle()
    assert round_.machine.live(application).state == "Wait for reviews"
    assert len(round_.machine.of(application)) == 1
    check_invariants(round_)


def test_restart_whose_signal_is_lost_is_made_up_by_the_clock() -> None:
    round_, application = stuck()
    round_.machine.deaf = 1
    restart(round_.ports, application, STAFF)
    round_.settle()
    assert round_.machine.live(application).state == WAIT_FOR_STAFF
    round_.ports.clock.set(round_.ports.clock.now() + timedelta(days=7, minutes=1))
    round_.tick()
    assert round_.machine.live(application).state == "Wait for reviews"


def test_restart_replaces_a_lost_execution() -> None:
    round_, application = stuck()
    round_.machine.lose(application)
    restarted = restart(round_.ports, application, STAFF)
    assert (restarted.run, restarted.help) == (2, None)
    round_.settle()
    assert round_.machine.live(application).state == "Wait for reviews"
    with pytest.raises(NotNow):
        restart(round_.ports, application, STAFF)
