from datetime import timedelta
from typing import Any

import pytest

from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, NotFound, Unavailable
from roundtable.usecases.conducting.sending import MOST_ATTEMPTS, confirm, record_delivery, send
from tests.factories import (
    APPLICATION,
    NOW,
    RESIDENCY,
    make_application,
    make_form,
    make_notice,
    make_program,
    make_reviewer,
)
from tests.fakes import FakePorts

KEY = "receipt#1"
LATER = timedelta(minutes=15)
REVIEWER = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def given(ports: FakePorts, form: dict[str, Any] | None = None, **changes: Any) -> Notice:
    notice = make_notice(**changes)
    application = make_application(Stage.CHECKING, form=form or make_form())
    ports.applications.given(application, notices=[notice])
    return notice


def stored(ports: FakePorts, key: str = KEY) -> Notice:
    return ports.applications.notice(APPLICATION, key)


def keys(ports: FakePorts) -> list[str]:
    return [notice.key for notice in ports.applications.notices(APPLICATION)]


def test_send_once_however_often_it_is_asked_for(ports: FakePorts) -> None:
    given(ports)
    assert send(ports, APPLICATION, KEY) is send(ports, APPLICATION, KEY) is NoticeStatus.SENT
    (message,) = ports.mailer.sent
    assert message.to == ("ada@stmary.example",)
    assert message.tags == {"application": APPLICATION, "notice": KEY}
    assert (stored(ports).message_id, stored(ports).due) == ("message-1", None)


def test_send_by_two_at_once_is_sent_by_one(ports: FakePorts) -> None:
    given(ports)
    keep = ports.applications.keep_notice

    def slower(notice: Notice) -> None:
        ports.applications.keep_notice = keep
        send(ports, APPLICATION, KEY)
        keep(notice)

    ports.applications.keep_notice = slower
    assert send(ports, APPLICATION, KEY) is NoticeStatus.SENT
    assert len(ports.mailer.sent) == 1


def test_send_a_held_notice_leaves_only_with_its_release(ports: FakePorts) -> None:
    given(ports, status="held")
    assert send(ports, APPLICATION, KEY) is NoticeStatus.HELD
    assert send(ports, APPLICATION, KEY, release=True) is NoticeStatus.SENT


@pytest.mark.scenario(29)
def test_send_a_notice_that_a_person_holds_does_not_leave(ports: FakePorts) -> None:
    given(ports, status="held", held_by="staff:one")
    assert send(ports, APPLICATION, KEY, release=True) is NoticeStatus.HELD
    assert ports.mailer.sent == []


@pytest.mark.parametrize(("status", "due"), [("queued", True), ("held", False)])
def test_send_while_the_mail_is_throttled_waits(
    ports: FakePorts, status: str, *, due: bool
) -> None:
    given(ports, status=status)
    ports.mailer.failures.append(Unavailable())
    with pytest.raises(Unavailable):
        send(ports, APPLICATION, KEY, release=True)
    found = stored(ports)
    assert (found.status.value, found.attempts) == (status, 1)
    assert (found.due.at if found.due else None) == (NOW + LATER if due else None)
    assert send(ports, APPLICATION, KEY, release=True) is NoticeStatus.SENT


def test_send_throttled_for_hours_asks_staff(ports: FakePorts) -> None:
    given(ports, attempts=MOST_ATTEMPTS - 1)
    ports.mailer.failures.append(Unavailable())
    assert send(ports, APPLICATION, KEY) is NoticeStatus.UNDELIVERED
    assert "staff_alert#undelivered:receipt:1" in keys(ports)


@pytest.mark.scenario(28)
def test_send_a_refused_mail_asks_staff_and_writes_to_the_second_contact(
    ports: FakePorts,
) -> None:
    given(ports)
    ports.mailer.failures.append(ValueError("the address is suppressed"))
    assert send(ports, APPLICATION, KEY) is NoticeStatus.UNDELIVERED
    assert stored(ports).problem == "It could not be sent: the address is suppressed"
    assert send(ports, APPLICATION, "receipt#1:second") is NoticeStatus.SENT
    assert ports.mailer.sent[0].to == ("ben@stmary.example",)
    assert ports.applications.get(APPLICATION).stage is Stage.CHECKING


def test_send_without_a_second_contact_asks_staff_alone(ports: FakePorts) -> None:
    given(ports, form=make_form(second_contact=None))
    ports.mailer.failures.append(ValueError("refused"))
    send(ports, APPLICATION, KEY)
    assert keys(ports) == [KEY, "staff_alert#undelivered:receipt:1"]


def test_send_a_notice_that_cannot_be_written_quotes_nothing(ports: FakePorts) -> None:
    given(ports, facts={"what": "Ada Brook"})
    assert send(ports, APPLICATION, KEY) is NoticeStatus.UNDELIVERED
    assert stored(ports).problem == "It could not be written: its facts do not fit its kind."


def test_send_to_a_reviewer_who_bounces_has_a_number_that_fits(ports: FakePorts) -> None:
    number = f"learning-network:10:{REVIEWER}"
    facts = {"track": RESIDENCY, "due_at": NOW.isoformat()}
    given(
        ports, kind="review_reminder", number=number, to="reviewer", reviewer=REVIEWER, facts=facts
    )
    ports.rounds.keep_reviewer(make_reviewer(id=REVIEWER))
    key = f"review_reminder#{number}"
    assert send(ports, APPLICATION, key) is NoticeStatus.SENT
    record_delivery(ports, APPLICATION, key, delivered=False, problem="The address bounced.")
    assert len(keys(ports)) == 2
    assert ports.mailer.sent[0].to == ("reviewer1@panel1.example",)


def test_send_an_alert_that_is_refused_raises_no_further_alert(ports: FakePorts) -> None:
    given(ports, kind="staff_alert", to="staff", facts={"reason": "Look."})
    ports.mailer.failures.append(ValueError("refused"))
    assert send(ports, APPLICATION, "staff_alert#1") is NoticeStatus.UNDELIVERED
    assert keys(ports) == ["staff_alert#1"]


def test_send_that_fails_while_the_application_changes_still_asks_staff(ports: FakePorts) -> None:
    given(ports)

    def overtaken() -> None:
        raise Conflict

    ports.mailer.failures.append(ValueError("refused"))
    ports.applications.interleave += [overtaken] * 3
    assert send(ports, APPLICATION, KEY) is NoticeStatus.UNDELIVERED
    assert "staff_alert#undelivered:receipt:1" in keys(ports)


# --- looking after it ------------------------------------------------------------------------


def due_now(**changes: Any) -> dict[str, Any]:
    due = {"at": NOW, "action": "confirm_notice", "mark": "confirm-notice@now"}
    return {"due": due} | changes


def test_confirm_queues_anew_what_was_forgotten(ports: FakePorts) -> None:
    before = given(ports, **due_now())
    confirm(ports, APPLICATION, KEY)
    found = stored(ports)
    assert (found.status, found.version) == (NoticeStatus.QUEUED, before.version + 1)
    assert found.due is not None
    assert found.due.at == NOW + LATER
    assert ports.mailer.sent == []


def test_confirm_never_sends_again_what_may_have_left(ports: FakePorts) -> None:
    given(ports, **due_now(status="sending"))
    assert confirm(ports, APPLICATION, KEY) is NoticeStatus.UNDELIVERED
    assert ports.mailer.sent == []
    assert "staff_alert#undelivered:receipt:1" in keys(ports)


@pytest.mark.parametrize("status", ["queued", "sending"])
def test_confirm_of_what_is_not_due_leaves_it_alone(ports: FakePorts, status: str) -> None:
    due = {"at": NOW + LATER, "action": "confirm_notice", "mark": "confirm-notice@later"}
    before = given(ports, status=status, due=due)
    assert confirm(ports, APPLICATION, KEY) is before.status
    assert stored(ports) == before


@pytest.mark.scenario(28)
def test_record_delivery_of_a_bounce_after_the_delivery_counts(ports: FakePorts) -> None:
    given(ports, status="sent")
    record_delivery(ports, APPLICATION, KEY, delivered=True)
    assert stored(ports).status is NoticeStatus.DELIVERED
    record_delivery(ports, APPLICATION, KEY, delivered=False, problem="A complaint.")
    record_delivery(ports, APPLICATION, KEY, delivered=True)
    assert stored(ports).status is NoticeStatus.UNDELIVERED
    events = [event.kind for event in ports.applications.events(APPLICATION)]
    assert events == ["notice_undelivered"]


def test_record_delivery_before_the_sending_is_recorded(ports: FakePorts) -> None:
    given(ports, status="sending")
    record_delivery(ports, APPLICATION, KEY, delivered=True)
    found = stored(ports)
    assert (found.status, found.sent_at, found.due) == (NoticeStatus.DELIVERED, NOW, None)
    assert send(ports, APPLICATION, KEY) is NoticeStatus.DELIVERED


def test_record_delivery_of_an_unknown_notice_is_an_error(ports: FakePorts) -> None:
    given(ports)
    with pytest.raises(NotFound):
        record_delivery(ports, APPLICATION, "receipt#9", delivered=True)
