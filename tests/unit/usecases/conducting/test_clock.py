from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from roundtable.domain.application import Decision, Form
from roundtable.domain.reviews import Recommendation
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict, DueItem, Session, Unavailable
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.drafts import save, start
from roundtable.usecases.applying.submission import submit
from roundtable.usecases.conducting.clock import act, tick
from roundtable.usecases.deciding.free_seats import fill_free_seats, open_reserves
from roundtable.usecases.errors import NotNow
from roundtable.usecases.staff.publishing import publish
from tests.factories import (
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_form,
    make_program,
    make_seats,
    make_track,
)
from tests.fakes import FakeHolidays
from tests.unit.usecases.rounds import APPLICANT, STAFF, Round, check_invariants

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
GRACE = timedelta(minutes=30)
EMAIL = "ada@stmary.example"


def draft(round_: Round) -> str:
    session = Session(program=PROGRAM, email=EMAIL, expires_at=CLOSE + timedelta(days=90))
    return start(round_.ports, session, Form.model_validate(make_form()))[0].id


def always() -> bool:
    return True


def reports() -> tuple[list[str], Callable[[str], None]]:
    told: list[str] = []
    return told, told.append


@pytest.mark.scenario(4)
def test_draft_is_reminded_then_kept_as_not_submitted() -> None:
    round_ = Round()
    application = draft(round_)
    round_.go_to(CLOSE + timedelta(minutes=1))
    assert round_.stage(application) is Stage.DRAFT
    form = round_.get(application).form
    round_.go_to(CLOSE + timedelta(minutes=2))
    ended = round_.get(application)
    assert (ended.closed_as, ended.form) == (ClosedAs.NOT_SUBMITTED, form)
    assert round_.told(application) == [
        "reminder#draft:202210150400",
        "reminder#draft:202210190400",
        "reminder#draft:202210210400",
        "not_submitted#202210220402",
    ]
    session = Session(program=PROGRAM, email=EMAIL, expires_at=CLOSE + timedelta(days=90))
    with pytest.raises(NotNow):
        save(round_.ports, session, application, Form(), revision=0)
    check_invariants(round_)


@pytest.mark.scenario(1)
def test_draft_submitted_in_the_last_second_is_not_closed_under_its_hands() -> None:
    round_ = Round()
    application = draft(round_)
    round_.go_to(CLOSE - timedelta(seconds=1))

    def clock_comes_first() -> None:
        round_.ports.clock.set(CLOSE + timedelta(seconds=30))
        round_.tick()
        round_.ports.clock.set(CLOSE - timedelta(seconds=1))

    round_.ports.applications.interleave.append(clock_comes_first)
    submit(round_.ports, application, APPLICANT, idempotency_key="key")
    assert round_.get(application).received_at == CLOSE - timedelta(seconds=1)


def test_tick_twice_does_nothing_twice() -> None:
    round_ = Round()
    ids = [round_.submit(1), round_.submit(2, letter=""), draft(round_)]
    round_.settle()
    for moment in (5, 8, 12, 16, 19, 40, 60):
        round_.ports.clock.set(round_.ports.clock.now().replace(hour=12) + timedelta(days=moment))
        for _ in range(10):
            if not round_.tick().acted:
                break
        before = [round_.get(item) for item in ids]
        assert round_.tick().acted == {}
        assert [round_.get(item) for item in ids] == before
    check_invariants(round_)


def test_tick_after_sleeping_past_all_reminders_sends_one() -> None:
    round_ = Round()
    application = round_.submit(letter="")
    round_.settle()
    round_.ports.clock.set(CLOSE - timedelta(hours=1))
    round_.tick()
    round_.tick()
    assert [key for key in round_.told(application) if key.startswith("reminder")] == [
        "reminder#corrections:202210150400"
    ]


def test_tick_after_sleeping_past_the_end_sends_no_reminder() -> None:
    round_ = Round()
    application = round_.submit(letter="")
    waiting = draft(round_)
    round_.settle()
    round_.ports.clock.set(CLOSE + timedelta(days=2))
    for _ in range(4):  # the longest due first, one at a time
        round_.tick()
    assert round_.get(application).closed_as is ClosedAs.INCOMPLETE
    assert round_.get(waiting).closed_as is ClosedAs.NOT_SUBMITTED
    told = round_.told(application) + round_.told(waiting)
    assert not any(key.startswith("reminder") for key in told)


@pytest.mark.scenario(26)
def test_promise_on_a_saturday_is_warned_of_before_the_friday() -> None:
    round_ = Round(make_program(tracks=(make_track(SEMINAR, decided_by="staff"),)))
    round_.ports.holidays = FakeHolidays(US=[date(2022, 11, 24)])
    publish(
        round_.ports,
        round_.program.with_(
            tracks=(make_track(SEMINAR, decided_by="staff", closes=date(2022, 11, 1)),)
        ),
        STAFF,
    )
    round_.ports.clock.set(datetime(2022, 10, 27, 16, tzinfo=UTC))
    application = round_.submit(letter="", video=False, tracks=(SEMINAR,))
    round_.settle()
    assert round_.get(application).promise == date(2022, 11, 26)
    round_.go_to(datetime(2022, 11, 26, 5, tzinfo=UTC))
    alerts = [
        (notice.number, notice.created_at)
        for notice in round_.ports.applications.notices(application)
        if notice.number.startswith("promise")
    ]
    assert alerts == [
        ("promise-5:202211200500", datetime(2022, 11, 20, 16, tzinfo=UTC)),
        ("promise-2:202211230500", datetime(2022, 11, 23, 16, tzinfo=UTC)),
        ("promise-0:202211260500", datetime(2022, 11, 26, 5, tzinfo=UTC)),
    ]
    assert round_.get(application).promise == date(2022, 11, 26)
    check_invariants(round_)


def test_lost_start_is_made_up_within_one_interval() -> None:
    round_ = Round()
    round_.stream_down = True
    application = round_.submit()
    round_.settle()
    assert round_.machine.of(application) == []
    round_.ports.clock.advance(minutes=5)
    round_.tick()
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW
    check_invariants(round_)


@pytest.mark.parametrize("lost", ["signal", "execution"])
def test_lost_signal_or_execution_is_made_up(lost: str) -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    if lost == "signal":
        round_.machine.deaf = 1
    for reviewer in ("reviewer-1", "reviewer-2"):
        round_.give(application, reviewer)
    if lost == "execution":
        round_.machine.lose(application)
    assert round_.stage(application) is Stage.DECIDING
    round_.ports.clock.advance(minutes=11)
    round_.tick()
    assert round_.stage(application) is Stage.OFFER
    assert len(round_.machine.of(application)) == (1 if lost == "signal" else 2)
    check_invariants(round_)


def test_tick_reports_one_failure_and_does_the_others() -> None:
    round_ = Round()
    first, second = draft(round_), round_.submit(2, letter="")
    round_.settle()
    broken = round_.get(first).with_(program_version=1, track="nowhere")
    round_.ports.applications.given(broken)
    round_.ports.clock.set(CLOSE - timedelta(days=6))
    told, report = reports()
    done = tick(round_.ports, always, report)
    assert done.failed == (first,)
    assert told == [first]
    assert done.acted == {"relook": 1}
    assert round_.stage(second) is Stage.CORRECTIONS


def test_tick_without_time_stops_and_says_so() -> None:
    round_ = Round()
    application = draft(round_)
    round_.ports.clock.set(CLOSE + timedelta(days=2))
    done = tick(round_.ports, lambda: False, lambda _: None)
    assert (done.acted, done.more) == ({}, True)
    assert round_.stage(application) is Stage.DRAFT


@pytest.mark.parametrize("failure", [Conflict, Unavailable])
def test_tick_puts_off_what_cannot_be_done_now(failure: type[Exception]) -> None:
    round_ = Round()
    application = draft(round_)
    round_.ports.clock.set(CLOSE + timedelta(minutes=2))

    def fail() -> None:
        raise failure

    round_.ports.applications.interleave.append(fail)
    assert tick(round_.ports, always, lambda _: None).put_off == 1
    round_.tick()
    round_.tick()
    assert round_.get(application).closed_as is ClosedAs.NOT_SUBMITTED


def test_act_on_an_index_that_is_behind_does_nothing() -> None:
    round_ = Round()
    application = draft(round_)
    due = round_.get(application).due
    assert due is not None
    behind = DueItem(application, due.at, due.action)
    assert not act(round_.ports, behind, round_.ports.clock.now())
    notice = DueItem(round_.submit(2), due.at, due.action, "receipt#1")
    round_.settle()
    assert not act(round_.ports, notice, round_.ports.clock.now())


# --- free seats ------------------------------------------------------------------------------


def waitlist(round_: Round, number: int, track: str = RESIDENCY) -> str:
    application = make_application(Stage.WAITLIST, number=number, track=track)
    return round_.ports.applications.given(application).id


def test_tick_gives_open_seats_to_who_waits() -> None:
    round_ = Round()
    first, second, third = (waitlist(round_, number) for number in (1, 2, 3))
    assert fill_free_seats(round_.ports, PROGRAM) == 2
    stages = [round_.stage(item) for item in (first, second, third)]
    assert stages == [Stage.NOTIFYING, Stage.NOTIFYING, Stage.WAITLIST]
    assert fill_free_seats(round_.ports, PROGRAM) == 0


def test_more_capacity_reaches_the_waitlist_with_the_next_tick() -> None:
    round_ = Round(make_program(tracks=(make_track(capacity=1), make_track(SEMINAR))))
    first, second = round_.submit(1), round_.submit(2)
    round_.settle()
    round_.review(first)
    round_.review(second)
    assert round_.stage(second) is Stage.WAITLIST
    more = make_program(tracks=(make_track(capacity=2), make_track(SEMINAR)))
    publish(round_.ports, more, STAFF)
    assert round_.tick().acted["promote"] == 1
    assert round_.stage(second) is Stage.OFFER
    check_invariants(round_)


def test_reserve_is_opened_once_nobody_can_fall_back() -> None:
    round_ = Round(make_program(tracks=(make_track(), make_track(SEMINAR, capacity=1))))
    declined = round_.submit(1)
    round_.settle()
    waiting = waitlist(round_, 9, SEMINAR)
    seats = make_seats(SEMINAR, capacity=1, reserved=1)
    assert round_.ports.rounds.seats(PROGRAM, SEMINAR) == seats
    assert open_reserves(round_.ports, PROGRAM, CLOSE - timedelta(seconds=1)) == 0
    assert open_reserves(round_.ports, PROGRAM, CLOSE) == 0  # one is still in review
    round_.give(declined, "reviewer-1")
    round_.give(declined, "reviewer-2")
    round_.settle()
    assert open_reserves(round_.ports, PROGRAM, CLOSE) == 1
    assert round_.stage(waiting) is Stage.NOTIFYING
    assert open_reserves(round_.ports, PROGRAM, CLOSE) == 0


def test_reserve_is_kept_for_who_falls_back_after_the_close() -> None:
    round_ = Round(make_program(tracks=(make_track(), make_track(SEMINAR, capacity=1))))
    declined = round_.submit(1)
    round_.settle()
    round_.ports.clock.set(CLOSE + timedelta(hours=1))
    for reviewer in ("reviewer-1", "reviewer-2"):
        round_.give(declined, reviewer, Recommendation.DECLINE)
    round_.tick()
    outcome = round_.get(declined).present_outcome
    assert outcome is not None
    assert (outcome.track, outcome.decision, outcome.seat) == (
        SEMINAR,
        Decision.ACCEPTED,
        "reserved",
    )


def test_waitlist_ends_on_its_day() -> None:
    tracks = (make_track(capacity=1, waitlist_until=date(2022, 11, 30)), make_track(SEMINAR))
    round_ = Round(make_program(tracks=tracks))
    first, second = round_.submit(1), round_.submit(2)
    round_.settle()
    round_.review(first)
    round_.review(second)
    answer_offer(round_.ports, first, APPLICANT, yes=True)
    round_.settle()
    round_.go_to(datetime(2022, 12, 1, 5, tzinfo=UTC))
    assert round_.get(second).closed_as is ClosedAs.NOT_SELECTED
    check_invariants(round_)


def test_tick_survives_seats_that_change_meanwhile() -> None:
    round_ = Round()

    def moved(program: str, track: str) -> None:
        raise Conflict

    round_.ports.rounds.seats = moved  # type: ignore[method-assign, assignment]
    assert tick(round_.ports, always, lambda _: None).put_off == 1
