from datetime import UTC, date, datetime
from typing import Any

import pytest

from roundtable.domain.audit import Actor
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.staff.notices import (
    MOST_COUNTED,
    hold,
    outbox,
    outbox_counts,
    preview,
    references_of,
    regenerate,
    release,
)
from tests.factories import (
    APPLICATION,
    PROGRAM,
    RESIDENCY,
    make_application,
    make_notice,
    make_program,
    make_track,
)
from tests.fakes import FakePorts

STAFF = Actor(kind="staff", id="staff-1")
RECEIPT = "receipt#1"
DECISION = f"invitation#{RESIDENCY}:accepted"


def make_ports(stage: Stage = Stage.REVIEW, **notice: Any) -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.applications.given(make_application(stage), notices=[make_notice(**notice)])
    return ports


def make_announcing(announcement: dict[str, Any], **notice: Any) -> FakePorts:
    """Return a round in which an acceptance waits to be announced."""
    ports = FakePorts()
    track = make_track(RESIDENCY, announcement=announcement)
    ports.rounds.given(make_program(tracks=(track, make_track("seminar"))))
    row: dict[str, Any] = {
        "kind": "invitation",
        "number": f"{RESIDENCY}:accepted",
        "status": "held",
        "facts": {"track": RESIDENCY},
    }
    ports.applications.given(
        make_application(Stage.ANNOUNCING), notices=[make_notice(**row, **notice)]
    )
    ports.applications.wait(APPLICATION, "token-1")
    return ports


def corrected(text: str) -> Program:
    return make_program(notices={"receipt": {"opening": text}})


def test_a_queued_notice_is_held_and_released() -> None:
    ports = make_ports()
    held = hold(ports, APPLICATION, RECEIPT, STAFF, reason="A word is wrong")
    assert (held.status, held.held_by) == (NoticeStatus.HELD, "staff:staff-1")
    released = release(ports, APPLICATION, RECEIPT, STAFF, reason="Corrected")
    assert (released.status, released.held_by) == (NoticeStatus.QUEUED, "")
    assert ports.applications.notice(APPLICATION, RECEIPT).due is not None
    assert [
        (event.kind, event.detail["reason"]) for event in ports.applications.events(APPLICATION)
    ] == [("notice_held", "A word is wrong"), ("notice_released", "Corrected")]


@pytest.mark.scenario(29)
def test_a_waiting_notice_is_regenerated_with_the_corrected_words() -> None:
    ports = make_ports(status="held", held_by="staff:staff-1")
    assert "Welcome aboard" not in preview(ports, APPLICATION, RECEIPT).text
    ports.rounds.given(corrected("Welcome aboard."), seats=())
    shown = regenerate(ports, APPLICATION, RECEIPT, STAFF, reason="Corrected")
    assert "Welcome aboard." in shown.text
    assert shown.notice.template == 2


@pytest.mark.scenario(29)
@pytest.mark.parametrize("status", ["sent", "delivered"])
def test_a_notice_that_was_sent_stays_as_it_was(status: str) -> None:
    ports = make_ports(status=status)
    before = ports.applications.notice(APPLICATION, RECEIPT)
    ports.rounds.given(corrected("Welcome aboard."), seats=())
    for act in (regenerate, hold, release):
        with pytest.raises(NotNow, match="does not wait any more"):
            act(ports, APPLICATION, RECEIPT, STAFF, reason="Corrected")
    assert ports.applications.notice(APPLICATION, RECEIPT) == before


def test_a_preview_changes_nothing() -> None:
    ports = make_ports()
    shown = preview(ports, APPLICATION, RECEIPT)
    assert "FW-TEST-0001" in shown.text
    assert ports.applications.commits == []


def test_a_notice_that_cannot_be_written_says_so() -> None:
    ports = make_ports(kind="invitation", facts={"track": RESIDENCY})
    with pytest.raises(NotNow):
        preview(ports, APPLICATION, "invitation#1")


@pytest.mark.parametrize("key", ["receipt#2", "nonsense", "receipt#" + "1" * 99])
def test_an_unknown_notice_is_unknown(key: str) -> None:
    with pytest.raises(Unknown):
        preview(make_ports(), APPLICATION, key)


@pytest.mark.scenario(28)
def test_the_outbox_lists_what_was_not_delivered() -> None:
    ports = make_ports(status="undelivered", problem="The mailbox is full")
    rows = outbox(ports, PROGRAM, NoticeStatus.UNDELIVERED).items
    assert [(item.notice, item.problem) for item in rows] == [(RECEIPT, "The mailbox is full")]
    assert outbox(ports, PROGRAM, NoticeStatus.HELD).items == ()


def test_sent_notices_are_not_listed() -> None:
    with pytest.raises(Invalid):
        outbox(make_ports(), PROGRAM, NoticeStatus.SENT)


def test_a_decision_waits_for_its_day_when_its_hold_is_lifted() -> None:
    ports = make_announcing({"on": date(2022, 12, 1)}, held_by="staff:staff-1")
    row = release(ports, APPLICATION, DECISION, STAFF, reason="Read it")
    assert (row.status, row.held_by) == (NoticeStatus.HELD, "")
    assert ports.applications.get(APPLICATION).stage is Stage.ANNOUNCING


def test_a_decision_not_held_by_anybody_is_told_on_its_day() -> None:
    ports = make_announcing({"on": date(2022, 12, 1)})
    with pytest.raises(NotNow, match=r"told on Thursday, December 1, 2022, 12:00 AM EST"):
        release(ports, APPLICATION, DECISION, STAFF, reason="Read it")


@pytest.mark.parametrize("held_by", ["", "staff:staff-1"])
def test_a_decision_that_waits_for_a_person_is_told_when_released(held_by: str) -> None:
    ports = make_announcing({"on": date(2022, 12, 1), "preview": True}, held_by=held_by)
    ports.clock.set(datetime(2022, 12, 1, 14, tzinfo=UTC))
    release(ports, APPLICATION, DECISION, STAFF, reason="Read it")
    assert ports.applications.get(APPLICATION).stage is Stage.NOTIFYING
    assert ports.conductor.resumed == ["token-1"]


def test_outbox_counts_each_list_no_further_than_is_told() -> None:
    ports = make_ports()
    many = [
        make_notice(number=f"{number:03}", status="undelivered")
        for number in range(MOST_COUNTED + 5)
    ]
    ports.applications.given(ports.applications.get(APPLICATION), notices=many)
    assert outbox_counts(ports, PROGRAM) == {
        NoticeStatus.HELD: 0,
        NoticeStatus.QUEUED: 1,
        NoticeStatus.SENDING: 0,
        NoticeStatus.UNDELIVERED: MOST_COUNTED,
    }
    with pytest.raises(Unknown):
        outbox_counts(ports, "other")


def test_references_are_told_once_for_each_application() -> None:
    assert references_of(make_ports(), [APPLICATION, APPLICATION]) == {APPLICATION: "FW-TEST-0001"}
