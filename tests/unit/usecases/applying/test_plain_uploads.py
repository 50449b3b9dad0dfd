from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.documents import Document, DocumentStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.applying.arrivals import receive_upload
from roundtable.usecases.applying.plain_uploads import (
    SLOT_LASTS,
    ask_for_plain_upload,
    plain_form,
)
from roundtable.usecases.applying.uploads import ANY_FILE, ask_for_upload
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from tests.factories import APPLICATION, LETTER, NOW, TEAM, VIDEO, make_application, make_program
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import APPLICANT, PDF

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
THEN = "https://apply.example.org/there"


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    fakes.applications.given(make_application())
    return fakes


def ask(ports: FakePorts, requirement: str = LETTER, replaces: int | None = None) -> Document:
    return ask_for_plain_upload(
        ports, APPLICATION, APPLICANT, requirement=requirement, replaces=replaces
    )


def form_at(ports: FakePorts, document: Document, at: datetime) -> dict[str, str]:
    ports.clock.set(at)
    return plain_form(ports, ports.applications.get(APPLICATION), document, THEN).fields


def test_plain_slot_is_named_by_what_is_asked_for(ports: FakePorts) -> None:
    document = ask(ports)
    assert (document.file_name, document.content_type) == ("Letter of commitment", ANY_FILE)
    assert (document.size, document.status) == (0, DocumentStatus.EXPECTED)
    assert document.until == CLOSE


def test_plain_form_is_for_one_key_and_the_type_that_nothing_shows(ports: FakePorts) -> None:
    document = ask(ports, VIDEO)
    assert form_at(ports, document, NOW) == {
        "key": document.object_key,
        "Content-Type": "application/octet-stream",
        "success_action_redirect": THEN,
    }
    assert ports.documents.forms[-1].max_bytes == 2_000_000_000


def test_plain_upload_is_received_like_any_other(ports: FakePorts) -> None:
    document = ask(ports)
    stored = ports.documents.put(document.object_key, b"%PDF-1.7", content_type=ANY_FILE)
    received = receive_upload(ports, stored)
    assert received is not None
    assert (received.status, received.size) == (DocumentStatus.RECEIVED, 8)


def test_form_of_a_slot_that_is_over_is_refused(ports: FakePorts) -> None:
    document = ask(ports)
    assert form_at(ports, document, NOW + SLOT_LASTS - timedelta(seconds=1))
    with pytest.raises(NotNow) as refused:
        form_at(ports, document, NOW + SLOT_LASTS)
    assert refused.value.code == "slot-over"


def test_form_is_given_as_long_as_its_file_would_count(ports: FakePorts) -> None:
    ports.rounds.given(make_program(upload_grace=timedelta(minutes=5)))
    ports.clock.set(CLOSE - timedelta(seconds=1))
    document = ask(ports)
    assert form_at(ports, document, CLOSE + timedelta(minutes=4))
    with pytest.raises(NotNow) as refused:
        form_at(ports, document, CLOSE + timedelta(minutes=5))
    assert refused.value.code == "closed"


def test_form_of_an_application_that_moved_on_is_refused(ports: FakePorts) -> None:
    document = ask(ports)
    ports.applications.given(make_application(Stage.DECIDING), documents=[document])
    with pytest.raises(NotNow):
        form_at(ports, document, NOW)


def test_slot_of_another_kind_has_no_plain_form(ports: FakePorts) -> None:
    announced = ask_for_upload(
        ports, APPLICATION, APPLICANT, requirement=LETTER,
        file_name="letter.pdf", content_type=PDF, size=1,
    ).document  # fmt: skip
    received = ask(ports).with_(status=DocumentStatus.RECEIVED)
    for document in (announced, received):
        with pytest.raises(Unknown):
            form_at(ports, document, NOW)


@pytest.mark.parametrize(("requirement", "replaces"), [(TEAM, None), (LETTER, 7)])
def test_plain_slot_in_a_wrong_place_is_refused(
    ports: FakePorts, requirement: str, replaces: int | None
) -> None:
    with pytest.raises(Invalid):
        ask(ports, requirement, replaces)


def test_plain_slot_after_the_close_is_refused(ports: FakePorts) -> None:
    ports.rounds.given(make_program())
    ports.clock.set(CLOSE)
    with pytest.raises(NotNow):
        ask(ports)
