from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from roundtable.domain.application import Application, Finding
from roundtable.domain.documents import Document, DocumentStatus, ScanStatus, unchecked
from roundtable.domain.evidence import Verdict
from roundtable.domain.notices import NoticeKind
from roundtable.domain.quarantine import INFECTED, LOCKED_LETTER, NOT_SEARCHED, SEARCHED_WITHIN
from roundtable.domain.stages import Stage
from roundtable.ports import Changes, NotFound, Unavailable
from roundtable.usecases.checking.correcting import ask_for_corrections
from roundtable.usecases.checking.quarantine import (
    clean_or_told,
    receive_scan,
    weigh_late_evidence,
)
from roundtable.usecases.checking.verdicts import record_checks
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_program,
    make_review,
    make_video_evidence,
)
from tests.fakes import FakePorts

KEY = make_document().object_key
TOLD = {
    ScanStatus.INFECTED: (INFECTED, ""),
    ScanStatus.UNSUPPORTED: (LOCKED_LETTER, ""),
    ScanStatus.FAILED: ("", NOT_SEARCHED),
}
NOT_CHECKED = Finding(
    requirement=LETTER,
    verdict=Verdict.LOOK,
    reason="This document could not be checked by itself yet.",
    documents=(1,),
)


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def waiting(**changes: Any) -> Document:
    """Return a letter that waits for its search."""
    return make_document(**({"scan": "pending"} | changes))


def video() -> Document:
    return make_document(kind="video", status="checked", evidence=make_video_evidence())


def given(
    ports: FakePorts, stage: Stage = Stage.DRAFT, *documents: Document, **changes: Any
) -> None:
    reviews = [make_review(reviewer=f"reviewer-{n}") for n in (1, 2)]
    ports.applications.given(
        make_application(stage, **changes),
        documents=documents or (waiting(), video()),
        reviews=reviews if stage is Stage.REVIEW else (),
    )
    ports.applications.wait(APPLICATION, "token-1")


def get(ports: FakePorts) -> Application:
    return ports.applications.get(APPLICATION)


def letter(ports: FakePorts, number: int = 1) -> Document:
    documents = ports.applications.documents(APPLICATION)
    return next(item for item in documents if (item.requirement, item.number) == (LETTER, number))


def said(ports: FakePorts, status: ScanStatus, version: str = "v1") -> Document | None:
    return receive_scan(ports, KEY, version, status)


def requested(ports: FakePorts) -> list[int]:
    return [item.number for item in ports.checkers.requested]


def kinds(ports: FakePorts) -> list[str]:
    return [event.kind for event in ports.applications.events(APPLICATION)]


def alerts(ports: FakePorts) -> list[str]:
    return [
        str(notice.facts["reason"])
        for notice in ports.applications.notices(APPLICATION)
        if notice.kind is NoticeKind.STAFF_ALERT
    ]


def finding(ports: FakePorts) -> tuple[Verdict, str]:
    (found,) = (item for item in get(ports).findings if item.requirement == LETTER)
    return found.verdict, found.reason


# --- a result ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stage", [Stage.DRAFT, Stage.CHECKING, Stage.REVIEW, Stage.WITH_STAFF, Stage.OFFER]
)
def test_receive_scan_has_a_clean_file_looked_into(ports: FakePorts, stage: Stage) -> None:
    given(ports, stage)
    assert said(ports, ScanStatus.CLEAN) == letter(ports)
    assert letter(ports).scan is ScanStatus.CLEAN
    assert (letter(ports).evidence, requested(ports)) == (None, [1])
    assert (get(ports).stage, alerts(ports)) == (stage, [])


def test_receive_scan_is_audited_without_a_name(ports: FakePorts) -> None:
    given(ports)
    said(ports, ScanStatus.CLEAN)
    (event,) = ports.applications.events(APPLICATION)
    assert str(event.actor) == "system:on_scan"
    assert (event.kind, event.detail) == (
        "document_scanned",
        {"requirement": LETTER, "number": 1, "status": "clean"},
    )


@pytest.mark.scenario(13)
@pytest.mark.parametrize(("status", "words"), TOLD.items())
def test_receive_scan_tells_of_a_draft_what_must_not_be_opened(
    ports: FakePorts, status: ScanStatus, words: tuple[str, str]
) -> None:
    given(ports)
    said(ports, status)
    found = letter(ports)
    assert (found.scan, found.status, found.checked_at) == (status, DocumentStatus.CHECKED, NOW)
    assert found.evidence is not None
    assert (found.evidence.problem, found.evidence.unsure) == words
    assert requested(ports) == []
    assert get(ports).stage is Stage.DRAFT


@pytest.mark.parametrize("status", ScanStatus)
def test_receive_scan_told_again_changes_nothing(ports: FakePorts, status: ScanStatus) -> None:
    given(ports, Stage.REVIEW)
    said(ports, status)
    before = get(ports)
    said(ports, status)
    assert get(ports) == before


def test_receive_scan_of_a_clean_file_told_again_makes_up_for_a_lost_request(
    ports: FakePorts,
) -> None:
    given(ports)
    said(ports, ScanStatus.CLEAN)
    said(ports, ScanStatus.CLEAN)
    assert requested(ports) == [1, 1]
    ports.applications.keep_evidence(letter(ports), make_letter_evidence(), NOW)
    said(ports, ScanStatus.CLEAN)
    assert requested(ports) == [1, 1]


@examples(st.permutations([ScanStatus.CLEAN, ScanStatus.INFECTED, ScanStatus.FAILED]))
def test_receive_scan_ends_the_same_in_any_order(results: list[ScanStatus]) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    given(ports)
    for status in results:
        said(ports, status)
    found = letter(ports)
    assert found.scan is ScanStatus.INFECTED
    assert found.evidence is not None
    assert found.evidence.problem == INFECTED


@pytest.mark.parametrize(
    ("document", "version"),
    [
        (waiting(status="expected", object_version="", sha256="", scan=None), "v1"),
        (waiting(), "v2"),
        (waiting(object_key=KEY + "0"), "v1"),
    ],
)
def test_receive_scan_of_what_was_not_received_keeps_nothing(
    ports: FakePorts, document: Document, version: str
) -> None:
    given(ports, Stage.DRAFT, document)
    assert said(ports, ScanStatus.INFECTED, version) is None
    assert (letter(ports), kinds(ports)) == (document, [])


def test_receive_scan_of_nobody_is_ignored(ports: FakePorts) -> None:
    assert said(ports, ScanStatus.CLEAN) is None


def test_receive_scan_of_a_key_that_no_slot_gave_is_refused(ports: FakePorts) -> None:
    with pytest.raises(ValueError, match="not written by an upload slot"):
        receive_scan(ports, "malware-protection-resource-validation-object", "v1", ScanStatus.CLEAN)


@pytest.mark.parametrize("status", ["superseded", "removed", "refused"])
@pytest.mark.parametrize("result", [ScanStatus.CLEAN, ScanStatus.INFECTED, ScanStatus.FAILED])
def test_receive_scan_of_a_version_that_does_not_count_is_only_recorded(
    ports: FakePorts, status: str, result: ScanStatus
) -> None:
    document = waiting(status=status)
    given(ports, Stage.REVIEW, document)
    said(ports, result)
    assert letter(ports) == document.with_(scan=result)
    assert (kinds(ports), requested(ports), alerts(ports)) == (["document_scanned"], [], [])
    assert get(ports).stage is Stage.REVIEW


def test_receive_scan_that_is_overtaken_begins_again(ports: FakePorts) -> None:
    given(ports, Stage.CHECKING)

    def overtake() -> None:
        moved = get(ports).with_(stage=Stage.REVIEW, findings=(NOT_CHECKED,), version=2)
        ports.applications.commit(Changes(application=moved))

    ports.applications.interleave.append(overtake)
    said(ports, ScanStatus.INFECTED)
    assert get(ports).stage is Stage.CHECKING
    assert kinds(ports) == ["document_scanned", "reviews_asked_again"]


# --- what follows, stage by stage ----------------------------------------------------------------


@pytest.mark.scenario(13)
@pytest.mark.parametrize("status", [ScanStatus.INFECTED, ScanStatus.UNSUPPORTED])
def test_receive_scan_in_review_brings_the_application_back(
    ports: FakePorts, status: ScanStatus
) -> None:
    given(ports, Stage.REVIEW, findings=(NOT_CHECKED,))
    said(ports, status)
    application = get(ports)
    assert (application.stage, application.review_round) == (Stage.CHECKING, 2)
    assert {item.status.value for item in ports.applications.reviews(APPLICATION)} == {"released"}
    assert ports.conductor.diverted == ["token-1"]
    record_checks(ports, APPLICATION, ())
    ask_for_corrections(ports, APPLICATION)
    corrections = get(ports).corrections
    assert corrections is not None
    assert [(item.requirement, item.reason) for item in corrections.items] == [
        (LETTER, TOLD[status][0])
    ]


def test_receive_scan_that_failed_in_review_is_for_a_person(ports: FakePorts) -> None:
    given(ports, Stage.REVIEW, findings=(NOT_CHECKED,))
    said(ports, ScanStatus.FAILED)
    assert get(ports).stage is Stage.REVIEW
    assert finding(ports)[0] is Verdict.LOOK
    assert alerts(ports) == ["A file could not be searched for malware"]
    assert {item.status.value for item in ports.applications.reviews(APPLICATION)} == {"assigned"}


def test_receive_scan_that_failed_is_made_up_for_by_another(ports: FakePorts) -> None:
    given(ports)
    said(ports, ScanStatus.FAILED)
    said(ports, ScanStatus.CLEAN)
    assert letter(ports).may_be_opened
    assert requested(ports) == [1]
    assert len(alerts(ports)) == 1


def test_receive_scan_in_corrections_shows_what_is_to_be_mended(ports: FakePorts) -> None:
    given(ports, Stage.CORRECTIONS)
    said(ports, ScanStatus.INFECTED)
    assert get(ports).stage is Stage.CORRECTIONS
    assert finding(ports) == (Verdict.FAIL, INFECTED)


@pytest.mark.parametrize("stage", [Stage.DECIDING, Stage.WITH_STAFF, Stage.OFFER])
def test_receive_scan_after_the_review_is_told_to_staff(ports: FakePorts, stage: Stage) -> None:
    given(ports, stage)
    said(ports, ScanStatus.INFECTED)
    assert get(ports).stage is stage
    assert finding(ports) == (Verdict.FAIL, INFECTED)
    assert alerts(ports) == ["A document turned out not to fulfil its requirement"]


@pytest.mark.parametrize("status", [ScanStatus.INFECTED, ScanStatus.FAILED])
def test_receive_scan_of_a_closed_application_alerts_nobody(
    ports: FakePorts, status: ScanStatus
) -> None:
    given(ports, Stage.CLOSED)
    said(ports, status)
    assert (kinds(ports), alerts(ports)) == (["document_scanned"], [])


def test_receive_scan_of_what_another_track_asks_for_changes_no_finding(ports: FakePorts) -> None:
    given(ports, Stage.WITH_STAFF, track="seminar")
    said(ports, ScanStatus.INFECTED)
    assert (get(ports).findings, alerts(ports)) == ((), [])


# --- before a look -------------------------------------------------------------------------------


def test_clean_or_told_lets_through_what_is_clean_and_links(ports: FakePorts) -> None:
    assert clean_or_told(ports, make_document(scan="clean")) is None
    assert clean_or_told(ports, make_document(kind="video")) is None
    assert ports.malware_scanner.asked == []


@pytest.mark.parametrize(("status", "words"), TOLD.items())
def test_clean_or_told_has_words_for_what_must_not_be_opened(
    ports: FakePorts, status: ScanStatus, words: tuple[str, str]
) -> None:
    evidence = clean_or_told(ports, make_document(scan=status))
    assert evidence is not None
    assert (evidence.problem, evidence.unsure) == words


@pytest.mark.parametrize("scan", [None, "pending"])
@pytest.mark.parametrize("status", [ScanStatus.CLEAN, *TOLD])
def test_clean_or_told_asks_for_a_result_whose_event_was_lost(
    ports: FakePorts, scan: str | None, status: ScanStatus
) -> None:
    given(ports, Stage.CHECKING, waiting(scan=scan))
    ports.malware_scanner.otherwise = status
    evidence = clean_or_told(ports, letter(ports))
    assert (letter(ports).scan, letter(ports).evidence) == (status, evidence)
    assert (evidence is None) is (status is ScanStatus.CLEAN)
    assert (kinds(ports), requested(ports)) == (["document_scanned"], [])


def test_clean_or_told_before_there_is_a_result_is_unavailable(ports: FakePorts) -> None:
    ports.malware_scanner.otherwise = ScanStatus.PENDING
    given(ports, Stage.CHECKING)
    ports.clock.advance(minutes=59)
    with pytest.raises(Unavailable):
        clean_or_told(ports, letter(ports))
    assert (letter(ports), kinds(ports)) == (waiting(), [])


def test_clean_or_told_of_a_search_without_end_is_a_failed_one(ports: FakePorts) -> None:
    ports.malware_scanner.otherwise = ScanStatus.PENDING
    given(ports, Stage.CHECKING)
    ports.clock.set(NOW + SEARCHED_WITHIN)
    evidence = clean_or_told(ports, letter(ports))
    assert evidence is not None
    assert evidence.unsure == NOT_SEARCHED
    assert letter(ports).scan is ScanStatus.FAILED
    assert alerts(ports) == ["A file could not be searched for malware"]


def test_clean_or_told_without_an_answer_of_the_scanner(ports: FakePorts) -> None:
    given(ports, Stage.CHECKING)
    ports.malware_scanner.away = True
    with pytest.raises(Unavailable):
        clean_or_told(ports, letter(ports))
    ports.malware_scanner.away = False
    ports.malware_scanner.missing.add((KEY, "v1"))
    with pytest.raises(NotFound):
        clean_or_told(ports, letter(ports))


# --- evidence that comes after the checks --------------------------------------------------------


def test_weigh_late_evidence_that_passes_leaves_the_reviews_alone(ports: FakePorts) -> None:
    document = make_document(scan="clean", evidence=make_letter_evidence(), status="checked")
    given(ports, Stage.REVIEW, document, video(), findings=(NOT_CHECKED,))
    weigh_late_evidence(ports, document)
    application = get(ports)
    assert (application.stage, application.review_round) == (Stage.REVIEW, 1)
    assert finding(ports)[0] is Verdict.PASS
    weigh_late_evidence(ports, document)
    assert get(ports) == application


def test_weigh_late_evidence_that_fails_brings_the_application_back(ports: FakePorts) -> None:
    evidence = make_letter_evidence(readable=False, problem="This letter cannot be opened.")
    document = make_document(scan="clean", evidence=evidence, status="checked")
    given(ports, Stage.REVIEW, document, video(), findings=(NOT_CHECKED,))
    weigh_late_evidence(ports, document)
    assert get(ports).stage is Stage.CHECKING
    assert ports.conductor.diverted == ["token-1"]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CHECKING, Stage.FALLBACK, Stage.CLOSED])
def test_weigh_late_evidence_where_checks_are_to_come_or_all_is_over(
    ports: FakePorts, stage: Stage
) -> None:
    evidence = make_letter_evidence(readable=False, problem="This letter cannot be opened.")
    document = make_document(scan="clean", evidence=evidence, status="checked")
    given(ports, stage, document, video())
    before = get(ports)
    weigh_late_evidence(ports, document)
    assert get(ports) == before


@pytest.mark.parametrize("requirement", [VIDEO, TEAM])
def test_weigh_late_evidence_judges_nothing_else(ports: FakePorts, requirement: str) -> None:
    other = Finding(requirement=requirement, verdict=Verdict.PASS, reason="As it was.")
    document = make_document(scan="clean", evidence=make_letter_evidence(), status="checked")
    given(ports, Stage.REVIEW, document, findings=(other, NOT_CHECKED))
    weigh_late_evidence(ports, document)
    assert get(ports).findings[0] == other
    assert get(ports).stage is Stage.REVIEW


@pytest.mark.parametrize("before", [ScanStatus.FAILED, ScanStatus.UNSUPPORTED])
def test_receive_scan_of_a_file_searched_again_lets_its_check_look(
    ports: FakePorts, before: ScanStatus
) -> None:
    given(ports)
    said(ports, before)
    assert unchecked(ports.applications.documents(APPLICATION)) == ()
    said(ports, ScanStatus.CLEAN)
    assert unchecked(ports.applications.documents(APPLICATION)) == (letter(ports),)
