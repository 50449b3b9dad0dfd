"""What was sent to who applies."""

from datetime import timedelta
from typing import Any

import pytest

from roundtable.domain.notices import SentWords
from roundtable.domain.stages import Stage
from roundtable.usecases.conducting.sending import record_delivery, send
from roundtable.usecases.errors import Unknown
from roundtable.usecases.following.correspondence import message_sent, messages_sent
from tests.factories import APPLICATION, NOW, make_application, make_form, make_notice, make_program
from tests.fakes import FakePorts

WORDS = SentWords(to="ada@stmary.example", language="en", subject="Received", text="Thank you.")


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def given(ports: FakePorts, *notices: Any, **overrides: Any) -> None:
    application = make_application(Stage.CHECKING, **overrides)
    ports.applications.given(application, notices=list(notices))


def test_what_was_sent_is_kept_as_it_was_said(ports: FakePorts) -> None:
    given(ports, make_notice(), language="es")
    send(ports, APPLICATION, "receipt#1")
    application = ports.applications.get(APPLICATION)
    eve = {"name": "Eve", "email": "eve@stmary.example"}
    changed = application.with_(language="en", form=make_form(contact=eve))
    message = message_sent(ports, changed, "receipt", "1")
    assert message.words is not None
    assert message.words.language == "es"
    assert message.words.subject == "Fellowship 2022: hemos recibido su solicitud (FW-TEST-0001)"
    assert message.words.text.startswith("Hola, Ada Brook:\n")
    assert message.words.text == ports.mailer.sent[0].text
    assert (message.to, message.sent_at, message.arrived) == ("ada@stmary.example", NOW, True)


def test_what_came_back_is_told_with_the_address(ports: FakePorts) -> None:
    given(ports, make_notice())
    send(ports, APPLICATION, "receipt#1")
    record_delivery(ports, APPLICATION, "receipt#1", delivered=False, problem="No such box.")
    ports.clock.advance(minutes=1)
    send(ports, APPLICATION, "receipt#1:second")
    sent = messages_sent(ports, ports.applications.get(APPLICATION))
    assert [(item.to, item.arrived) for item in sent] == [
        ("ben@stmary.example", True),
        ("ada@stmary.example", False),
    ]


def test_who_gave_no_contact_is_written_to_at_the_address_that_signs_in(ports: FakePorts) -> None:
    notice = make_notice(status="sent", sent_at=NOW)
    second = make_notice(number="2", status="sent", sent_at=NOW, to="second_contact")
    given(ports, notice, second, form=make_form(contact=None, second_contact=None))
    (message,) = messages_sent(ports, ports.applications.get(APPLICATION))
    assert (message.number, message.to) == ("1", "ada@stmary.example")


@pytest.mark.parametrize(
    "notice",
    [
        make_notice(status="queued"),
        make_notice(status="held", words=WORDS),
        make_notice(status="sending", sent_at=NOW, words=WORDS),
        make_notice(status="cancelled", sent_at=NOW, words=WORDS),
        make_notice(status="undelivered"),
        make_notice(status="sent", sent_at=NOW, words=None),
        make_notice(status="sent", sent_at=NOW, words=WORDS, to="staff"),
        make_notice(status="sent", sent_at=NOW, words=WORDS, to="reviewer", reviewer="r"),
    ],
)
def test_what_did_not_leave_for_them_is_not_read(ports: FakePorts, notice: Any) -> None:
    given(ports, notice)
    with pytest.raises(Unknown):
        message_sent(ports, ports.applications.get(APPLICATION), "receipt", "1")


def test_newest_message_comes_first(ports: FakePorts) -> None:
    later = {"status": "delivered", "sent_at": NOW + timedelta(days=1)}
    given(ports, make_notice(status="sent", sent_at=NOW), make_notice(number="2", **later))
    sent = messages_sent(ports, ports.applications.get(APPLICATION))
    assert [item.number for item in sent] == ["2", "1"]
