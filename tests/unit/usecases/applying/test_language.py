"""The language in which applicants read is remembered with their application and their mail."""

from datetime import timedelta

import pytest

from roundtable.domain.application import Form
from roundtable.ports import Session
from roundtable.usecases.applying.drafts import save, start
from roundtable.usecases.applying.sign_in import ask_for_code
from tests.factories import NOW, PROGRAM, SEMINAR, make_form, make_program
from tests.fakes import FakePorts

ADA = Session(program=PROGRAM, email="ada@stmary.example", expires_at=NOW + timedelta(hours=12))
FORM = Form.model_validate(make_form(tracks=(SEMINAR,)))


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def test_draft_remembers_the_language_it_was_begun_in(ports: FakePorts) -> None:
    assert start(ports, ADA, Form(), language="es")[0].language == "es"


def test_draft_is_english_where_nobody_says_otherwise(ports: FakePorts) -> None:
    assert start(ports, ADA, Form())[0].language == "en"


def test_empty_draft_that_is_filled_takes_the_language_of_then(ports: FakePorts) -> None:
    start(ports, ADA, Form())
    application, new = start(ports, ADA, FORM, language="es")
    assert (application.language, new) == ("es", False)


def test_saving_in_another_language_changes_it_and_saving_in_none_keeps_it(
    ports: FakePorts,
) -> None:
    draft, _ = start(ports, ADA, Form())
    spanish = save(ports, ADA, draft.id, FORM, revision=0, language="es")
    assert spanish.language == "es"
    again = save(ports, ADA, draft.id, Form(), revision=1)
    assert again.language == "es"


def test_code_is_mailed_in_the_language_of_the_page(ports: FakePorts) -> None:
    ask_for_code(ports, PROGRAM, ADA.email, source="192.0.2.1", language="es")
    ask_for_code(ports, PROGRAM, ADA.email, source="192.0.2.1")
    assert [mail.subject for mail in ports.mailer.sent] == [
        "Su código para entrar en Fellowship 2022",
        "Your code to sign in to Fellowship 2022",
    ]
