import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from roundtable.domain.application import Answer, Form
from roundtable.domain.documents import DocumentStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.applying.intake import WebForm, submit_web_form, typed_answers
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.errors import Invalid, KeyReused, NotNow, Unknown
from tests.factories import LETTER, PROGRAM, VIDEO, make_form, make_program
from tests.fakes import FakePorts

KEY = "key-of-the-form"
FILE = {
    "requirement": LETTER,
    "file_name": "letter.pdf",
    "content_type": "application/pdf",
    "size": 12_000,
}
LINK = {"requirement": VIDEO, "url": "https://vimeo.com/1234567", "stated_seconds": 600}


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.rounds.keep_form_key(PROGRAM, hashlib.sha256(KEY.encode()).hexdigest(), "website")
    return ports


def web_form(**overrides: Any) -> WebForm:
    return WebForm.model_validate(make_form() | overrides)


def submit(ports: FakePorts, form: WebForm, idempotency_key: str = "", key: str = KEY) -> Any:
    return submit_web_form(ports, PROGRAM, form, key=key, idempotency_key=idempotency_key)


def test_complete_form_is_received_for_its_contact(ports: FakePorts) -> None:
    given = submit(ports, web_form(contact={"name": "Ada Brook", "email": "Ada@StMary.example"}))
    application = ports.applications.get(given.application)
    assert application.owner == "ada@stmary.example"
    assert application.stage is Stage.CHECKING
    assert {item.requirement for item in given.missing} == {LETTER, VIDEO}
    assert given.upload_page.startswith("https://apply.example.org/programs/fellowship/")
    actors = {str(event.actor) for event in ports.applications.events(application.id)}
    assert len(actors) == 1
    assert actors.pop().startswith("form:fellowship-")


def test_announced_documents_get_a_place(ports: FakePorts) -> None:
    given = submit(ports, web_form(documents=(FILE, LINK)))
    letter, video = given.uploads
    assert letter.upload is not None
    assert letter.upload.max_bytes == 20_000_000
    assert (video.number, video.upload, video.problem) == (1, None, "")
    statuses = {item.requirement: item.status
                for item in ports.applications.documents(given.application)}  # fmt: skip
    assert statuses == {LETTER: DocumentStatus.EXPECTED, VIDEO: DocumentStatus.RECEIVED}


@pytest.mark.parametrize(
    "wrong",
    [
        FILE | {"size": 900_000_000},
        FILE | {"content_type": "text/html"},
        FILE | {"requirement": "nothing"},
        LINK | {"url": "http://localhost/"},
        LINK | {"requirement": LETTER},
    ],
)
def test_document_that_cannot_be_taken_does_not_stand_in_the_way(
    ports: FakePorts, wrong: dict[str, Any]
) -> None:
    given = submit(ports, web_form(documents=(wrong,)))
    assert given.reference
    assert given.uploads[0].upload is None
    assert given.uploads[0].problem


@pytest.mark.scenario(15)
@pytest.mark.parametrize("idempotency_key", ["", "once"])
def test_same_form_twice_is_one_application(ports: FakePorts, idempotency_key: str) -> None:
    form = web_form(documents=(FILE, LINK))
    first, second = (submit(ports, form, idempotency_key) for _ in range(2))
    assert first.application == second.application
    assert first.received_at == second.received_at
    videos = [item for item in ports.applications.documents(first.application)
              if item.requirement == VIDEO]  # fmt: skip
    assert len(videos) == 1


@pytest.mark.scenario(15)
def test_same_key_with_another_body_is_refused(ports: FakePorts) -> None:
    submit(ports, web_form(), "once")
    with pytest.raises(KeyReused):
        submit(ports, web_form(documents=(FILE,)), "once")


@pytest.mark.parametrize("key", ["", "another"])
def test_wrong_form_key(ports: FakePorts, key: str) -> None:
    with pytest.raises(NotSignedIn) as caught:
        submit(ports, web_form(), key=key)
    assert caught.value.code == "form-key-refused"


def test_key_of_one_program_is_none_of_another(ports: FakePorts) -> None:
    ports.rounds.given(make_program(key="other"))
    with pytest.raises(NotSignedIn):
        submit_web_form(ports, "other", web_form(), key=KEY, idempotency_key="")


def test_unknown_program(ports: FakePorts) -> None:
    with pytest.raises(Unknown):
        submit_web_form(ports, "nowhere", web_form(), key=KEY, idempotency_key="")


def test_incomplete_form_names_its_fields_and_writes_nothing(ports: FakePorts) -> None:
    with pytest.raises(Invalid) as caught:
        submit(ports, web_form(organization=None, tracks=("nowhere",)))
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["/tracks/0", "/organization"]
    assert ports.applications.commits == []


def test_closed_round(ports: FakePorts) -> None:
    ports.clock.set(datetime(2022, 10, 22, 4, 0, tzinfo=UTC))
    with pytest.raises(NotNow):
        submit(ports, web_form())


def test_text_answers_mean_what_their_questions_ask() -> None:
    option = {"value": "a", "label": "A"}
    questions = (
        {"key": "agree", "label": "Agree?", "kind": "yes_no"},
        {"key": "several", "label": "Which?", "kind": "choices", "options": (option,)},
        {"key": "why", "label": "Why?"},
    )
    program = make_program(sections=({"key": "one", "title": "One", "questions": questions},))
    given: dict[str, Answer] = {"agree": "on", "several": "a", "why": "yes", "stray": "x"}
    typed = typed_answers(program, Form(answers=given))
    assert typed.answers == {"agree": True, "several": ("a",), "why": "yes", "stray": "x"}
    assert typed_answers(program, Form(answers={"agree": "perhaps"})).answers["agree"] == "perhaps"
