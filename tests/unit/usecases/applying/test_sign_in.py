from datetime import timedelta

import pytest

from roundtable.ports import Unavailable
from roundtable.usecases.applying.sign_in import (
    CODES_PER_ADDRESS,
    NotSignedIn,
    applicant,
    ask_for_code,
    confirm_code,
    sign_out,
    who,
)
from roundtable.usecases.errors import Invalid, TooMany, Unknown
from tests.factories import NOW, PROGRAM, make_application, make_program
from tests.fakes import FakePorts

ADA = "ada@stmary.example"
HERE = "192.0.2.1"


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def sent_code(ports: FakePorts) -> str:
    return next(
        word
        for word in ports.mailer.sent[-1].text.replace(" ", "").splitlines()
        if word.isdigit() and len(word) == 8
    )


def test_code_is_mailed_and_opens_a_session_of_twelve_hours(ports: FakePorts) -> None:
    sent = ask_for_code(ports, PROGRAM, " Ada@StMary.example ", source=HERE)
    assert sent.expires_at == NOW + timedelta(minutes=10)
    assert ports.mailer.sent[0].to == (ADA,)

    signed_in = confirm_code(ports, PROGRAM, ADA, sent_code(ports), source=HERE)

    session = who(ports, signed_in.token)
    assert (session.email, session.program) == (ADA, PROGRAM)
    assert session.expires_at == NOW + timedelta(hours=12)
    assert len(signed_in.token) == 64


def test_neither_code_nor_token_is_stored_as_it_is(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    code = sent_code(ports)
    assert code not in str(ports.sign_ins.codes)
    token = confirm_code(ports, PROGRAM, ADA, code, source=HERE).token
    assert token not in str(ports.sign_ins.sessions)


def test_code_works_once(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    code = sent_code(ports)
    confirm_code(ports, PROGRAM, ADA, code, source=HERE)
    with pytest.raises(Invalid, match="was used"):
        confirm_code(ports, PROGRAM, ADA, code, source=HERE)


def test_code_expires_after_ten_minutes(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    ports.clock.advance(minutes=10)
    with pytest.raises(Invalid):
        confirm_code(ports, PROGRAM, ADA, sent_code(ports), source=HERE)


def test_five_wrong_attempts_void_the_code(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    for _ in range(5):
        with pytest.raises(Invalid):
            confirm_code(ports, PROGRAM, ADA, "not it", source=HERE)
    with pytest.raises(Invalid):
        confirm_code(ports, PROGRAM, ADA, sent_code(ports), source=HERE)


def test_code_of_one_address_or_program_is_no_code_of_another(ports: FakePorts) -> None:
    ports.rounds.given(make_program(key="other"))
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    code = sent_code(ports)
    for program, email in ((PROGRAM, "eve@stmary.example"), ("other", ADA)):
        with pytest.raises(Invalid):
            confirm_code(ports, program, email, code, source=HERE)


def test_known_and_unknown_addresses_cause_the_same_work(ports: FakePorts) -> None:
    ports.applications.given(make_application())
    answers = [
        ask_for_code(ports, PROGRAM, email, source=HERE) for email in (ADA, "no@one.example")
    ]
    assert answers[0] == answers[1]
    first, second = ports.mailer.sent
    assert len(first.text) == len(second.text)


def test_sixth_code_for_one_address_is_refused_until_the_window_is_over(ports: FakePorts) -> None:
    for _ in range(5):
        ask_for_code(ports, PROGRAM, ADA, source=HERE)
    with pytest.raises(TooMany):
        ask_for_code(ports, PROGRAM, ADA, source="192.0.2.77")
    ports.clock.advance(minutes=15)
    ask_for_code(ports, PROGRAM, ADA, source=HERE)


def test_one_network_address_cannot_mail_without_end(ports: FakePorts) -> None:
    for number in range(CODES_PER_ADDRESS):
        ask_for_code(ports, PROGRAM, f"a{number}@stmary.example", source=HERE)
    with pytest.raises(TooMany):
        ask_for_code(ports, PROGRAM, "more@stmary.example", source=HERE)


def test_attempts_are_limited_over_several_codes(ports: FakePorts) -> None:
    for _ in range(15):
        with pytest.raises(Invalid):
            confirm_code(ports, PROGRAM, ADA, "00000000", source=HERE)
    with pytest.raises(TooMany):
        confirm_code(ports, PROGRAM, ADA, "00000000", source=HERE)


def test_address_that_takes_no_mail_is_named(ports: FakePorts) -> None:
    ports.mailer.failures.append(ValueError("no"))
    with pytest.raises(Invalid, match="No mail") as caught:
        ask_for_code(ports, PROGRAM, ADA, source=HERE)
    assert caught.value.problems[0].path == "/email"


def test_mail_service_that_is_away_is_tried_later(ports: FakePorts) -> None:
    ports.mailer.failures.append(Unavailable())
    with pytest.raises(Unavailable):
        ask_for_code(ports, PROGRAM, ADA, source=HERE)


def test_unknown_program(ports: FakePorts) -> None:
    with pytest.raises(Unknown):
        ask_for_code(ports, "nowhere", ADA, source=HERE)


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_nobody_is_signed_in_without_a_token(ports: FakePorts, token: str) -> None:
    with pytest.raises(NotSignedIn):
        who(ports, token)


def test_sign_out_ends_the_session_and_again_changes_nothing(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA, source=HERE)
    token = confirm_code(ports, PROGRAM, ADA, sent_code(ports), source=HERE).token
    sign_out(ports, token)
    sign_out(ports, token)
    sign_out(ports, "")
    with pytest.raises(NotSignedIn):
        who(ports, token)


def test_audit_names_the_applicant_without_an_address() -> None:
    application = make_application()
    assert str(applicant(application)) == f"applicant:{application.id}"
