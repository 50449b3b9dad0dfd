from typing import Any

import pytest

from roundtable.domain.application import Finding
from roundtable.domain.documents import Document
from roundtable.domain.evidence import Verdict
from roundtable.domain.stages import Stage
from roundtable.usecases.checking.verdicts import (
    check_attestation,
    list_requirements,
    record_checks,
)
from roundtable.usecases.errors import ApplicationMoved
from tests.factories import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    PROGRAM,
    SEMINAR,
    VIDEO,
    make_application,
    make_document,
    make_form,
    make_letter_evidence,
    make_program,
    make_scan_evidence,
    make_video_evidence,
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


def video(**evidence: Any) -> Document:
    return make_document(kind="video", status="checked", evidence=make_video_evidence(**evidence))


def listed(ports: FakePorts) -> list[tuple[str, int]]:
    return [(item.requirement, item.number) for item in list_requirements(ports, APPLICATION)]


def test_list_requirements_lists_what_was_not_looked_into(ports: FakePorts) -> None:
    given(ports, letter(1), make_document(number=2), make_document(kind="video"))
    assert listed(ports) == [(LETTER, 2), (VIDEO, 1), (ATTESTATION, 0)]
    passed = Finding(requirement=ATTESTATION, verdict=Verdict.PASS, reason="")
    given(ports, letter(2), findings=(passed,))
    assert listed(ports) == [(VIDEO, 1)]


def test_list_requirements_after_a_fallback_lists_nothing_that_is_known(ports: FakePorts) -> None:
    given(ports, letter(1), video(), track=SEMINAR)
    assert listed(ports) == [(ATTESTATION, 0)]


def test_check_attestation(ports: FakePorts) -> None:
    given(ports)
    assert check_attestation(ports, APPLICATION, ATTESTATION) is Verdict.PASS
    given(ports, form=make_form(attestations={}))
    assert check_attestation(ports, APPLICATION, ATTESTATION) is Verdict.FAIL


@pytest.mark.parametrize(
    ("documents", "track", "stage"),
    [
        ((letter(), video()), "residency", Stage.REVIEW),
        ((letter(), video(seconds=299)), "residency", Stage.CORRECTIONS),
        ((letter(evidence=make_scan_evidence()), video()), "residency", Stage.REVIEW),
        ((), "residency", Stage.CORRECTIONS),
        ((), SEMINAR, Stage.DECIDING),
    ],
)
def test_record_checks(
    ports: FakePorts, documents: tuple[Document, ...], track: str, stage: Stage
) -> None:
    given(ports, *documents, track=track)
    recorded = record_checks(ports, APPLICATION, ())
    assert recorded.stage is stage
    requirements = ports.rounds.newest(PROGRAM)[1].track(track).requirements
    kinds = [event.kind for event in ports.applications.events(APPLICATION)]
    assert kinds == ["requirement_checked"] * len(requirements)


def test_record_checks_of_a_failed_check_leaves_it_to_a_person(ports: FakePorts) -> None:
    given(ports, make_document(), video())
    recorded = record_checks(ports, APPLICATION, ((LETTER, 1),))
    assert recorded.stage is Stage.REVIEW
    verdicts = {item.requirement: item.verdict for item in recorded.findings}
    assert verdicts[LETTER] is Verdict.LOOK


def test_record_checks_waits_for_what_arrived_since(ports: FakePorts) -> None:
    given(ports, make_document(), video())
    before = ports.applications.get(APPLICATION)
    assert record_checks(ports, APPLICATION, ()) == before


def test_record_checks_twice_is_recorded_once(ports: FakePorts) -> None:
    given(ports, letter(), video())
    recorded = record_checks(ports, APPLICATION, ())
    with pytest.raises(ApplicationMoved):
        record_checks(ports, APPLICATION, ())
    assert ports.applications.get(APPLICATION) == recorded
