from typing import Any

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.audit import Actor
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.conducting.sending import send
from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.staff.notices import hold, release
from roundtable.usecases.staff.sending_again import send_again
from tests.factories import (
    APPLICATION,
    RESIDENCY,
    make_application,
    make_notice,
    make_outcome,
    make_program,
)
from tests.fakes import FakePorts

STAFF = Actor(kind="staff", id="staff-1")
RECEIPT = "receipt#1"


def make_ports(stage: Stage = Stage.REVIEW, **notice: Any) -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    sent: dict[str, Any] = {"status": "undelivered", "problem": "No such mailbox"}
    ports.applications.given(make_application(stage), notices=[make_notice(**sent | notice)])
    return ports


def again(ports: FakePorts, key: str = RECEIPT, **more: Any) -> str:
    return send_again(ports, APPLICATION, key, STAFF, reason="It never came", **more).notice


@pytest.mark.scenario(28)
def test_a_notice_that_did_not_arrive_is_sent_as_a_row_of_its_own() -> None:
    ports = make_ports()
    first = ports.applications.notice(APPLICATION, RECEIPT)
    assert again(ports) == "receipt#1:again1"
    assert ports.applications.notice(APPLICATION, RECEIPT) == first
    copy = ports.applications.notice(APPLICATION, "receipt#1:again1")
    assert (copy.status, copy.to, copy.facts) == (NoticeStatus.QUEUED, "applicant", first.facts)
    assert send(ports, APPLICATION, copy.key) is NoticeStatus.SENT
    (mail,) = ports.mailer.sent
    assert mail.to == ("ada@stmary.example",)
    (event,) = ports.applications.events(APPLICATION)
    assert (event.kind, event.detail) == (
        "notice_sent_again",
        {"notice": "receipt#1:again1", "first": RECEIPT, "reason": "It never came"},
    )


@pytest.mark.scenario(28)
def test_a_corrected_address_is_kept_and_named_nowhere_in_the_audit() -> None:
    ports = make_ports()
    again(ports, address="ada@new.example")
    after = ports.applications.get(APPLICATION)
    assert after.form.contact is not None
    assert after.form.contact.email == "ada@new.example"
    assert after.form_revision == 1
    send(ports, APPLICATION, "receipt#1:again1")
    assert ports.mailer.sent[0].to == ("ada@new.example",)
    events = ports.applications.events(APPLICATION)
    assert [event.kind for event in events] == ["contact_corrected", "notice_sent_again"]
    assert "@" not in " ".join(str(event.detail) for event in events)


def test_copies_are_numbered_whatever_they_are_made_of() -> None:
    ports = make_ports(status="delivered")
    assert again(ports) == "receipt#1:again1"
    ports.applications.given(
        ports.applications.get(APPLICATION),
        notices=[make_notice(number="1:again1", status="sent")],
    )
    assert again(ports, "receipt#1:again1") == "receipt#1:again2"
    assert again(ports) == "receipt#1:again3"


def test_the_second_contacts_address_is_corrected_with_its_notice() -> None:
    ports = make_ports(number="1:second", to="second_contact")
    assert again(ports, "receipt#1:second", address="ben@new.example") == "receipt#1:second:again1"
    form = ports.applications.get(APPLICATION).form
    assert form.second_contact is not None
    assert form.second_contact.email == "ben@new.example"


@pytest.mark.parametrize("status", ["held", "queued", "sending", "cancelled"])
def test_what_did_not_leave_is_not_sent_again(status: str) -> None:
    ports = make_ports(status=status)
    with pytest.raises(NotNow) as refused:
        again(ports)
    assert refused.value.code == "not-sent-yet"


def test_a_decision_that_does_not_stand_any_more_is_not_told_again() -> None:
    row = {"kind": "invitation", "number": f"{RESIDENCY}:accepted", "status": "sent"}
    ports = make_ports(Stage.OFFER, **row)
    key = f"invitation#{RESIDENCY}:accepted"
    assert again(ports, key) == f"{key}:again1"
    waitlisted = make_application(
        Stage.WAITLIST, outcomes=(make_outcome(Decision.WAITLISTED),), version=9
    )
    ports.applications.given(waitlisted)
    with pytest.raises(NotNow) as refused:
        again(ports, key)
    assert refused.value.code == "decision-changed"


def test_a_copy_that_is_held_is_released_like_any_notice() -> None:
    row = {"kind": "invitation", "number": f"{RESIDENCY}:accepted", "status": "sent"}
    ports = make_ports(Stage.OFFER, **row)
    copy = again(ports, f"invitation#{RESIDENCY}:accepted")
    hold(ports, APPLICATION, copy, STAFF, reason="Wait")
    assert release(ports, APPLICATION, copy, STAFF, reason="Go").status is NoticeStatus.QUEUED


@pytest.mark.parametrize("address", ["nobody", "a@b", "x@y.example\r\nBcc: z@y.example"])
def test_no_address_is_no_address(address: str) -> None:
    ports = make_ports()
    with pytest.raises(Invalid) as refused:
        again(ports, address=address)
    assert refused.value.problems[0].path == "/address"
    assert ports.applications.commits == []


def test_address_of_staff_is_not_kept_here() -> None:
    ports = make_ports(to="staff")
    with pytest.raises(Invalid) as refused:
        again(ports, address="office@new.example")
    assert refused.value.code == "no-contact"


def test_stale_and_unknown_are_refused() -> None:
    ports = make_ports()
    with pytest.raises(Stale):
        again(ports, version=7)
    with pytest.raises(Unknown):
        again(ports, "receipt#9")
