from typing import Any

import pytest

from local.rehearsal import files
from roundtable.domain.documents import Document
from roundtable.domain.evidence import VideoEvidence
from roundtable.domain.quarantine import INFECTED, NOT_SEARCHED
from roundtable.domain.stages import Stage
from roundtable.domain.videos import Availability, LinkFacts
from roundtable.usecases.checking.watching import check_video
from tests.factories import (
    APPLICATION,
    VIDEO,
    make_application,
    make_document,
    make_program,
    make_track,
    make_video_evidence,
)
from tests.fakes import FakePorts

LINK = "https://vimeo.com/1234567"


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def given(ports: FakePorts, *documents: Document) -> None:
    ports.applications.given(make_application(Stage.CHECKING), documents=documents)


def uploaded(ports: FakePorts, content: bytes, **changes: Any) -> None:
    key = f"documents/{APPLICATION}/{VIDEO}/1/one"
    version = ports.documents.put(key, content).version
    document: dict[str, Any] = {
        "kind": "video",
        "source": "upload",
        "file_name": "team.mp4",
        "size": len(content),
        "object_key": key,
        "object_version": version,
        "stated_seconds": None,
        "scan": "clean",
    }
    given(ports, make_document(**(document | changes)))


def evidence(ports: FakePorts) -> Any:
    check_video(ports, APPLICATION, VIDEO, 1)
    (document,) = ports.applications.documents(APPLICATION)
    return document.evidence


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    ("facts", "stated", "expected"),
    [
        (LinkFacts(availability=Availability.OPEN, seconds=300), 600, (True, 300, False)),
        (LinkFacts(availability=Availability.OPEN), 600, (True, 600, True)),
        (LinkFacts(), None, (True, None, False)),
        (LinkFacts(availability=Availability.RESTRICTED), 600, (True, 600, True)),
        (LinkFacts(availability=Availability.GONE), 600, (False, 600, True)),
    ],
)
def test_check_video_of_a_link(
    ports: FakePorts,
    facts: LinkFacts,
    stated: int | None,
    expected: tuple[bool, int | None, bool],
) -> None:
    ports.video_directory.facts[LINK] = facts
    given(ports, make_document(kind="video", stated_seconds=stated))
    found = evidence(ports)
    assert isinstance(found, VideoEvidence)
    assert (found.readable, found.seconds, found.stated) == expected
    assert found.host == "Vimeo"


def test_check_video_of_a_link_to_a_host_of_the_program() -> None:
    ports = FakePorts()
    track = make_track()
    requirements = tuple(
        item.with_(hosts=("*.fellowship.example",)) if item.key == VIDEO else item
        for item in track.requirements
    )
    tracks = (track.with_(requirements=requirements), make_track("seminar"))
    ports.rounds.given(make_program(tracks=tracks))
    given(ports, make_document(kind="video", file_name="https://tv.fellowship.example/7"))
    assert evidence(ports) == VideoEvidence(
        readable=True, host="tv.fellowship.example", seconds=600, stated=True
    )


def test_check_video_of_a_link_not_taken_any_more_is_for_a_person(ports: FakePorts) -> None:
    given(ports, make_document(kind="video", file_name="https://tv.fellowship.example/7"))
    found = evidence(ports)
    assert found.readable
    assert found.unsure.startswith("We cannot take videos from tv.fellowship.example.")
    assert (found.seconds, found.stated) == (600, True)
    assert ports.video_directory.looked_up == []


@pytest.mark.scenario(12)
def test_check_video_of_a_file_reads_its_length(ports: FakePorts) -> None:
    uploaded(ports, files.video_mp4(300), stated_seconds=600)
    assert (evidence(ports).seconds, evidence(ports).stated) == (300, False)


@pytest.mark.scenario(12)
def test_check_video_of_a_file_of_unknown_length_takes_the_stated_one(ports: FakePorts) -> None:
    uploaded(ports, files.video_mp4(300, fragmented=True), stated_seconds=600)
    assert (evidence(ports).seconds, evidence(ports).stated) == (600, True)


@pytest.mark.scenario(13)
def test_check_video_of_a_file_that_is_none(ports: FakePorts) -> None:
    uploaded(ports, b"<html>no video</html>", stated_seconds=600)
    found = evidence(ports)
    assert not found.readable
    assert found.problem.startswith("This file is a web page, not a video.")
    assert found.seconds is None


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("scan", "readable", "words"), [("infected", False, INFECTED), ("failed", True, NOT_SEARCHED)]
)
def test_check_video_of_a_file_in_quarantine_is_not_opened(
    ports: FakePorts, scan: str, words: str, *, readable: bool
) -> None:
    uploaded(ports, files.video_mp4(300), scan=scan, object_version="never stored")
    found = evidence(ports)
    assert (found.readable, found.problem + found.unsure) == (readable, words)
    assert found.seconds is None


def test_check_video_that_was_replaced_or_checked_does_nothing(ports: FakePorts) -> None:
    old = make_document(kind="video", status="superseded", number=2)
    done = make_document(kind="video", status="checked", evidence=make_video_evidence())
    given(ports, old, done)
    before = ports.applications.documents(APPLICATION)
    check_video(ports, APPLICATION, VIDEO, 1)
    check_video(ports, APPLICATION, VIDEO, 2)
    assert ports.applications.documents(APPLICATION) == before
    assert ports.video_directory.looked_up == []
