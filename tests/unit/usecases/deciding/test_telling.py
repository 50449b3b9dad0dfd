from datetime import UTC, date, datetime

import pytest

from roundtable.domain.stages import Stage
from roundtable.ports import Unavailable
from roundtable.usecases.conducting.sending import send
from roundtable.usecases.deciding.telling import announce, announce_when_due, send_decision_notice
from roundtable.usecases.errors import ApplicationMoved, NotNow
from roundtable.usecases.staff.notices import hold, release
from tests.factories import APPLICATION, SEMINAR, make_application, make_program, make_track
from tests.unit.usecases.rounds import STAFF, Round, check_invariants

DAY = datetime(2022, 12, 1, 5, tzinfo=UTC)
KEY = "invitation#residency:accepted"


def announcing(**rule: object) -> tuple[Round, str]:
    rule = rule or {"on": date(2022, 12, 1)}
    round_ = Round(make_program(tracks=(make_track(announcement=rule), make_track(SEMINAR))))
    application = round_.submit()
    round_.settle()
    round_.review(application)
    assert round_.stage(application) is Stage.ANNOUNCING
    return round_, application


def test_announce_tells_it_before_the_day() -> None:
    round_, application = announcing()
    announce(round_.ports, application, STAFF)
    round_.settle()
    assert round_.stage(application) is Stage.OFFER
    with pytest.raises(NotNow):
        announce(round_.ports, application, STAFF)
    assert round_.told(application).count(KEY) == 1


@pytest.mark.scenario(29)
def test_announcement_held_by_a_person_waits_for_the_release_and_no_longer() -> None:
    round_, application = announcing()
    reference = round_.get(application).reference
    hold(round_.ports, reference, KEY, STAFF, reason="A typing error.")
    round_.go_to(DAY)
    assert round_.stage(application) is Stage.ANNOUNCING
    for _ in range(3):
        assert "announce" not in round_.tick().acted
    release(round_.ports, reference, KEY, STAFF, reason="Mended.")
    round_.settle()
    assert (round_.stage(application), round_.told(application).count(KEY)) == (Stage.OFFER, 1)
    check_invariants(round_)


def test_preview_without_a_day_waits_for_a_person() -> None:
    round_, application = announcing(preview=True)
    round_.pass_days(10)
    assert round_.stage(application) is Stage.ANNOUNCING
    reference = round_.get(application).reference
    release(round_.ports, reference, KEY, STAFF, reason="Read.")
    round_.settle()
    assert round_.stage(application) is Stage.OFFER


@pytest.mark.scenario(29)
def test_notice_held_just_before_it_is_sent_goes_back_to_wait() -> None:
    round_, application = announcing()
    round_.ports.clock.set(DAY)
    reference = round_.get(application).reference
    announce_when_due(round_.ports, round_.get(application))
    assert round_.stage(application) is Stage.NOTIFYING
    hold(round_.ports, reference, KEY, STAFF, reason="A typing error.")
    round_.settle()
    assert round_.stage(application) is Stage.ANNOUNCING
    assert KEY not in round_.told(application)
    round_.tick()
    release(round_.ports, reference, KEY, STAFF, reason="Mended.")
    round_.settle()
    assert round_.told(application).count(KEY) == 1


def test_send_decision_notice_twice_is_told_once() -> None:
    round_, application = announcing()
    announce(round_.ports, application, STAFF)
    told = send_decision_notice(round_.ports, application)
    with pytest.raises(ApplicationMoved):
        send_decision_notice(round_.ports, application)
    assert (told.stage, told.answered_on) == (Stage.OFFER, round_.ports.clock.now())
    assert told.offer is not None
    assert told.offer.answer_by == datetime(2022, 10, 18, 4, tzinfo=UTC)


def test_send_decision_notice_after_a_crash_behind_the_mail_is_told_once() -> None:
    round_, application = announcing()
    announce(round_.ports, application, STAFF)
    send(round_.ports, application, KEY, release=True)  # and then the function was killed
    assert send_decision_notice(round_.ports, application).stage is Stage.OFFER
    assert round_.told(application).count(KEY) == 1


def test_send_decision_notice_while_the_mail_is_throttled_is_tried_again() -> None:
    round_, application = announcing()
    announce(round_.ports, application, STAFF)
    round_.ports.mailer.failures += [Unavailable()] * 3
    round_.settle()
    assert round_.stage(application) is Stage.OFFER
    assert round_.told(application).count(KEY) == 1


def test_send_decision_notice_that_is_missing_is_for_staff() -> None:
    round_ = Round()
    round_.ports.applications.given(make_application(Stage.NOTIFYING))
    with pytest.raises(LookupError, match="is missing"):
        send_decision_notice(round_.ports, APPLICATION)
