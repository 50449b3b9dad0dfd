from datetime import UTC, date, datetime, timedelta

import pytest

from roundtable.domain.application import Form
from roundtable.domain.program import Program
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict
from roundtable.usecases.applying.submission import new_application
from roundtable.usecases.staff.publishing import publish
from roundtable.usecases.staff.redating import redate
from roundtable.usecases.step import Step
from tests.factories import PROGRAM, RESIDENCY, SEMINAR, make_program, make_track
from tests.unit.usecases.rounds import STAFF, Round, check_invariants

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
GRACE = timedelta(minutes=30)


def closing(day: date) -> Program:
    return make_program(tracks=(make_track(RESIDENCY, closes=day), make_track(SEMINAR, closes=day)))


def incomplete() -> tuple[Round, str]:
    round_ = Round()
    application = round_.submit(letter="")
    round_.settle()
    assert round_.stage(application) is Stage.CORRECTIONS
    return round_, application


def test_redate_to_an_earlier_close_reaches_what_waits() -> None:
    round_, application = incomplete()
    publish(round_.ports, closing(date(2022, 10, 10)), STAFF)
    assert round_.kinds(application)[-1] == "dates_moved"
    due = round_.get(application).due
    assert due is not None
    assert due.at == datetime(2022, 10, 4, 4, tzinfo=UTC)  # seven days before
    earlier = datetime(2022, 10, 11, 4, tzinfo=UTC) + GRACE
    round_.go_to(earlier)
    assert round_.get(application).closed_as is ClosedAs.INCOMPLETE
    check_invariants(round_)


def test_redate_to_a_later_close_puts_off_what_waits() -> None:
    round_, application = incomplete()
    round_.go_to(CLOSE)
    publish(round_.ports, closing(date(2022, 10, 28)), STAFF)
    round_.go_to(CLOSE + GRACE)
    assert round_.stage(application) is Stage.CORRECTIONS
    round_.upload(application)
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW
    check_invariants(round_)


def test_clock_puts_off_what_redating_did_not_reach() -> None:
    round_, application = incomplete()
    round_.go_to(CLOSE)
    round_.ports.rounds.given(closing(date(2022, 10, 28)))  # and redating was cut off
    round_.go_to(CLOSE + GRACE)
    assert round_.stage(application) is Stage.CORRECTIONS
    assert round_.kinds(application)[-1] in {"dates_moved", "reminded"}


def test_redate_twice_moves_once_and_leaves_closed_ones_alone() -> None:
    round_, application = incomplete()
    round_.ports.rounds.given(closing(date(2022, 10, 10)))
    assert redate(round_.ports, PROGRAM) == 1
    before = round_.get(application)
    assert redate(round_.ports, PROGRAM) == 0
    assert round_.get(application) == before


def test_redate_reaches_every_page_and_stage() -> None:
    round_ = Round()
    ids = [round_.submit(number, letter="", video=False) for number in range(1, 104)]
    for application in ids:
        stored = round_.get(application)
        round_.ports.applications.given(stored.with_(promise=date(2022, 11, 2)))
    assert redate(round_.ports, PROGRAM) == 0  # the promise is far, and the next look is near
    for application in ids:
        stored = round_.get(application)
        late = stored.due.with_(at=CLOSE) if stored.due else None
        round_.ports.applications.given(stored.with_(due=late))
    assert redate(round_.ports, PROGRAM) == 103


def test_redate_leaves_one_that_others_keep_changing_to_its_next_step() -> None:
    round_, _ = incomplete()

    def overtaken() -> None:
        round_.ports.applications.interleave.append(overtaken)
        raise Conflict

    round_.ports.rounds.given(closing(date(2022, 10, 10)))
    round_.ports.applications.interleave.append(overtaken)
    assert redate(round_.ports, PROGRAM) == 0


@pytest.mark.parametrize("day", [date(2022, 10, 14), date(2022, 10, 28)])
def test_redate_reaches_drafts(day: date) -> None:
    round_ = Round()
    now = round_.ports.clock.now()
    draft = new_application(round_.ports, round_.program, 1, "ada@h.example", Form(), now)
    step = Step(round_.ports, draft, STAFF)
    step.record("application_started")
    application = step.commit().id
    publish(round_.ports, closing(day), STAFF)
    close = round_.ports.rounds.newest(PROGRAM)[1].closes_at(closing(day).tracks[0])
    round_.go_to(close + timedelta(minutes=1))
    assert round_.stage(application) is Stage.DRAFT
    round_.go_to(close + timedelta(minutes=2))
    assert round_.get(application).closed_as is ClosedAs.NOT_SUBMITTED
