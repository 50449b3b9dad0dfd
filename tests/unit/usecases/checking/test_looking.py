import hashlib
from io import BytesIO
from typing import Any

import docx
import pytest

from roundtable.domain.documents import Document, LetterEvidence, VideoEvidence
from roundtable.domain.program import Role
from roundtable.domain.stages import Stage
from roundtable.domain.videos import LinkFacts
from roundtable.usecases.checking.looking import check_letter, check_video
from tests.factories import (
    APPLICATION,
    LETTER,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_program,
)
from tests.fakes import FakePorts


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def given(ports: FakePorts, *documents: Document, **changes: Any) -> None:
    ports.applications.given(make_application(Stage.CHECKING, **changes), documents=documents)


def letter(number: int = 1, **changes: Any) -> Document:
    fields: dict[str, Any] = {"status": "checked", "evidence": make_letter_evidence()}
    return make_document(number=number, **(fields | changes))


def evidence(ports: FakePorts) -> Any:
    (document,) = ports.applications.documents(APPLICATION)
    return document.evidence


def a_letter(*lines: str) -> bytes:
    written = docx.Document()
    for line in lines:
        written.add_paragraph(line)
    content = BytesIO()
    written.save(content)
    return content.getvalue()


def stored(ports: FakePorts, content: bytes) -> None:
    key = make_document().object_key
    version = ports.documents.put(key, content).version
    sha256 = hashlib.sha256(content).hexdigest()
    given(ports, make_document(file_name="letter.docx", object_version=version, sha256=sha256))


@pytest.mark.scenario(9)
def test_check_letter_finds_both_signatures(ports: FakePorts) -> None:
    lines = ("St. Mary's Hospital supports its team.", "Sincerely,", "/s/ Jane Doe", "Jane Doe")
    stored(ports, a_letter(*lines, "CEO", "", "/s/ Omar Roe", "Omar Roe", "Board Chair"))
    check_letter(ports, APPLICATION, LETTER, 1)
    found = evidence(ports)
    assert isinstance(found, LetterEvidence)
    assert set(found.signed) == {Role.CEO, Role.BOARD_CHAIR}


@pytest.mark.scenario(13)
def test_check_letter_of_something_else_is_not_readable(ports: FakePorts) -> None:
    stored(ports, b"<html>no letter</html>")
    check_letter(ports, APPLICATION, LETTER, 1)
    assert evidence(ports).readable is False
    assert evidence(ports).problem


def test_check_letter_whose_stored_content_differs_keeps_nothing(ports: FakePorts) -> None:
    stored(ports, b"one")
    given(ports, make_document(object_version="v1", sha256="0" * 64))
    with pytest.raises(ValueError, match="another hash"):
        check_letter(ports, APPLICATION, LETTER, 1)
    assert evidence(ports) is None


def test_check_letter_that_was_replaced_or_checked_does_nothing(ports: FakePorts) -> None:
    given(ports, letter(1, status="superseded"), letter(2))
    before = ports.applications.documents(APPLICATION)
    check_letter(ports, APPLICATION, LETTER, 1)
    check_letter(ports, APPLICATION, LETTER, 2)
    assert ports.applications.documents(APPLICATION) == before


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    ("facts", "stated", "expected"),
    [
        (LinkFacts(available=True, seconds=300), 600, (True, 300, False)),
        (LinkFacts(available=True), 600, (True, 600, True)),
        (LinkFacts(), None, (True, None, False)),
        (LinkFacts(available=False, problem="It is private."), 600, (False, 600, True)),
    ],
)
def test_check_video_of_a_link(
    ports: FakePorts,
    facts: LinkFacts,
    stated: int | None,
    expected: tuple[bool, int | None, bool],
) -> None:
    ports.video_directory.facts["https://vimeo.com/1234567"] = facts
    given(ports, make_document(kind="video", stated_seconds=stated))
    check_video(ports, APPLICATION, VIDEO, 1)
    found = evidence(ports)
    assert isinstance(found, VideoEvidence)
    assert (found.readable, found.seconds, found.stated) == expected


def test_check_video_of_a_file_that_is_none(ports: FakePorts) -> None:
    key = f"documents/{APPLICATION}/{VIDEO}/1/one"
    content = b"<html>no video</html>"
    version = ports.documents.put(key, content).version
    document = make_document(kind="video", source="upload", object_key=key, size=len(content))
    given(ports, document.with_(object_version=version))
    check_video(ports, APPLICATION, VIDEO, 1)
    assert evidence(ports).readable is False
