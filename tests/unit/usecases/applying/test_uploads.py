import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Application, Corrections, Finding
from roundtable.domain.documents import Document, DocumentStatus, ScanStatus
from roundtable.domain.evidence import Verdict
from roundtable.domain.notices import NoticeKind
from roundtable.domain.quarantine import INFECTED, SEARCHED_WITHIN
from roundtable.domain.stages import Stage
from roundtable.ports import StoredObject
from roundtable.usecases.applying.arrivals import find_lost_uploads, receive_upload
from roundtable.usecases.applying.object_names import parse_object_key
from roundtable.usecases.applying.uploads import (
    UploadSlot,
    ask_for_upload,
    give_link,
    remove_document,
)
from roundtable.usecases.checking.quarantine import receive_scan
from roundtable.usecases.errors import Invalid, NotNow, Unknown
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
from tests.fakes.scanner import FakeMalwareScanner
from tests.unit.usecases.rounds import APPLICANT, PDF

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=30)


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def given(
    ports: FakePorts, stage: Stage = Stage.DRAFT, *documents: Document, **changes: Any
) -> None:
    ports.applications.given(make_application(stage, **changes), documents=documents)


def get(ports: FakePorts) -> Application:
    return ports.applications.get(APPLICATION)


def statuses(ports: FakePorts) -> dict[int, str]:
    documents = ports.applications.documents(APPLICATION)
    return {item.number: item.status.value for item in documents if item.requirement == LETTER}


def slot(ports: FakePorts, requirement: str = LETTER, **changes: Any) -> UploadSlot:
    wanted: dict[str, Any] = {"file_name": "letter.pdf", "content_type": PDF, "size": 1000}
    return ask_for_upload(
        ports, APPLICATION, APPLICANT, requirement=requirement, **(wanted | changes)
    )


def store(ports: FakePorts, given: UploadSlot, content: bytes = b"a letter") -> StoredObject:
    key = given.document.object_key
    return ports.documents.put(key, content, stored_at=ports.clock.now())


def upload(ports: FakePorts, content: bytes = b"a letter", **changes: Any) -> Document | None:
    return receive_upload(ports, store(ports, slot(ports, **changes), content))


def checked(number: int = 1, **changes: Any) -> Document:
    fields: dict[str, Any] = {"status": "checked", "evidence": make_letter_evidence()}
    return make_document(number=number, **(fields | changes))


def video() -> Document:
    return make_document(kind="video", status="checked", evidence=make_video_evidence())


def returned(*numbers: int, until: datetime) -> Corrections:
    finding = Finding(
        requirement=LETTER, verdict=Verdict.FAIL, reason="Not signed.", documents=numbers
    )
    return Corrections(asked_at=NOW, until=until, items=(finding,))


# --- slots -----------------------------------------------------------------------------------


def test_ask_for_upload_gives_a_form_for_one_key_type_and_size(ports: FakePorts) -> None:
    given(ports)
    found = slot(ports)
    assert parse_object_key(found.document.object_key) == (APPLICATION, LETTER, 1)
    assert found.form.fields["Content-Type"] == PDF
    assert found.form.max_bytes == 20_000_000
    assert found.document.status is DocumentStatus.EXPECTED
    assert found.document.until == CLOSE


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"content_type": "text/html"}, "/content_type"),
        ({"size": 0}, "/size"),
        ({"size": 20_000_001}, "/size"),
        ({"requirement": TEAM}, "/requirement"),
        ({"replaces": 7}, "/replaces"),
    ],
)
def test_ask_for_upload_of_the_wrong_thing_names_the_field(
    ports: FakePorts, changes: dict[str, Any], path: str
) -> None:
    given(ports)
    with pytest.raises(Invalid) as refused:
        slot(ports, **changes)
    assert [item.path for item in refused.value.problems] == [path]
    assert ports.applications.documents(APPLICATION) == ()


def test_ask_for_upload_of_a_third_letter_asks_which_it_replaces(ports: FakePorts) -> None:
    given(ports, Stage.DRAFT, checked(1), checked(2))
    with pytest.raises(Invalid, match=r"which of \[1, 2\] the new one replaces"):
        slot(ports)
    assert slot(ports, replaces=2).document.replaces == 2


@pytest.mark.parametrize(
    "fault", [{"rejected": "Old."}, {"evidence": make_letter_evidence(readable=False)}]
)
def test_ask_for_upload_is_for_the_document_at_fault(
    ports: FakePorts, fault: dict[str, Any]
) -> None:
    given(ports, Stage.DRAFT, checked(1), checked(2, **fault))
    assert slot(ports).document.replaces == 2


@pytest.mark.scenario(6)
def test_ask_for_upload_at_the_close_is_refused(ports: FakePorts) -> None:
    given(ports, Stage.CHECKING)
    ports.clock.set(CLOSE - SECOND)
    slot(ports)
    ports.clock.set(CLOSE)
    with pytest.raises(NotNow):
        slot(ports)


@pytest.mark.scenario(10)
def test_ask_for_upload_after_the_close_is_only_for_what_was_returned(ports: FakePorts) -> None:
    window = CLOSE + timedelta(days=5)
    given(ports, Stage.CORRECTIONS, checked(1), corrections=returned(1, until=window))
    ports.clock.set(CLOSE + timedelta(days=1))
    assert slot(ports, replaces=1).document.until == window
    with pytest.raises(NotNow) as refused:
        slot(ports, VIDEO, content_type="video/mp4")
    assert refused.value.code == "not-returned"
    ports.clock.set(window)
    with pytest.raises(NotNow):
        slot(ports)


@pytest.mark.parametrize("stage", [Stage.DECIDING, Stage.OFFER, Stage.CLOSED])
def test_ask_for_upload_once_it_is_decided_is_refused(ports: FakePorts, stage: Stage) -> None:
    given(ports, stage)
    with pytest.raises(NotNow):
        slot(ports)


@pytest.mark.parametrize("key", ["", "documents/a/b/c", "other/a/b/1/d", "documents/a/b/x/d"])
def test_parse_object_key_of_others_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not written by an upload slot"):
        parse_object_key(key)


# --- arrivals --------------------------------------------------------------------------------


def test_receive_upload_has_a_draft_checked_right_away(ports: FakePorts) -> None:
    given(ports)
    found = upload(ports)
    assert found is not None
    assert found.sha256 == hashlib.sha256(b"a letter").hexdigest()
    assert [item.number for item in ports.checkers.requested] == [1]


def test_receive_upload_twice_is_received_once(ports: FakePorts) -> None:
    given(ports)
    stored = store(ports, slot(ports))
    assert receive_upload(ports, stored) is not None
    before = get(ports)
    assert receive_upload(ports, stored) is None
    assert receive_upload(ports, stored.with_(version="v2")) is None
    assert get(ports) == before


def test_receive_upload_of_nobody_is_ignored(ports: FakePorts) -> None:
    key = f"documents/{APPLICATION}/{LETTER}/1/one"
    assert receive_upload(ports, ports.documents.put(key, b"a letter")) is None
    given(ports)
    assert receive_upload(ports, ports.documents.put(key, b"a letter")) is None


@pytest.mark.scenario(6)
@pytest.mark.parametrize(
    ("ends", "status", "in_grace"),
    [
        (CLOSE - SECOND, "received", False),
        (CLOSE, "received", True),
        (CLOSE + GRACE - SECOND, "received", True),
        (CLOSE + GRACE, "refused", False),
    ],
)
def test_receive_upload_begun_in_time_may_end_within_the_grace(
    ports: FakePorts, ends: datetime, status: str, *, in_grace: bool
) -> None:
    given(ports, Stage.CHECKING)
    ports.clock.set(CLOSE - timedelta(minutes=1))
    asked = slot(ports)
    ports.clock.set(ends)
    stored = store(ports, asked)
    ports.clock.advance(hours=3)  # what counts is when it was stored, not when we hear of it
    found = receive_upload(ports, stored)
    assert found is not None
    assert (found.status.value, found.in_grace) == (status, in_grace)


@pytest.mark.scenario(10)
def test_receive_upload_whose_window_was_closed_by_another_is_received(ports: FakePorts) -> None:
    window = CLOSE + timedelta(days=5)
    corrections = returned(1, until=window)
    given(ports, Stage.CORRECTIONS, checked(1), video(), corrections=corrections)
    ports.clock.set(CLOSE + timedelta(days=1))
    first, second = slot(ports, replaces=1), slot(ports)
    assert receive_upload(ports, store(ports, first)) is not None
    assert get(ports).stage is Stage.CHECKING
    found = receive_upload(ports, store(ports, second, b"another letter"))
    assert found is not None
    assert found.status is DocumentStatus.RECEIVED


def test_receive_upload_after_the_decision_is_refused(ports: FakePorts) -> None:
    given(ports)
    stored = store(ports, slot(ports))
    given(
        ports, Stage.OFFER, *ports.applications.documents(APPLICATION), version=get(ports).version
    )
    ports.applications.given(
        make_application(
            Stage.OFFER,
            version=2,
            audit_length=1,
            audit_head=ports.applications.events(APPLICATION)[0].hash,
        )
    )
    found = receive_upload(ports, stored)
    assert found is not None
    assert found.status is DocumentStatus.REFUSED


@pytest.mark.scenario(8)
def test_receive_upload_of_the_last_missing_document_completes_it(ports: FakePorts) -> None:
    given(ports, Stage.CORRECTIONS, video(), corrections=returned(until=NOW))
    ports.applications.wait(APPLICATION, "token-1")
    upload(ports)
    application = get(ports)
    assert (application.stage, application.corrections) == (Stage.CHECKING, None)
    assert ports.conductor.resumed == ["token-1"]
    assert application.received_at == make_application(Stage.CORRECTIONS).received_at


@pytest.mark.scenario(8)
def test_receive_upload_of_one_of_two_missing_documents_waits(ports: FakePorts) -> None:
    given(ports, Stage.CORRECTIONS, corrections=returned(until=NOW))
    upload(ports)
    assert get(ports).stage is Stage.CORRECTIONS
    assert [item.number for item in ports.checkers.requested] == [1]


@pytest.mark.scenario(11)
def test_receive_upload_in_review_asks_the_reviews_again(ports: FakePorts) -> None:
    reviews = [make_review(status="submitted"), make_review(reviewer="reviewer-2")]
    ports.applications.given(
        make_application(Stage.REVIEW), documents=[checked(1), video()], reviews=reviews
    )
    ports.applications.wait(APPLICATION, "token-1")
    upload(ports, replaces=1)
    application = get(ports)
    assert (application.stage, application.review_round) == (Stage.CHECKING, 2)
    assert {review.status.value for review in ports.applications.reviews(APPLICATION)} == {
        "released"
    }
    assert ports.conductor.diverted == ["token-1"]
    assert statuses(ports) == {1: "superseded", 2: "received"}


@pytest.mark.scenario(11)
def test_receive_upload_of_known_content_is_not_checked_again(ports: FakePorts) -> None:
    digest = hashlib.sha256(b"a letter").hexdigest()
    given(ports, Stage.DRAFT, checked(1, sha256=digest))
    found = upload(ports, replaces=1)
    assert found is not None
    assert (found.status, found.evidence) == (DocumentStatus.CHECKED, make_letter_evidence())
    assert ports.checkers.requested == []


def test_receive_upload_of_what_a_person_returned_stays_returned(ports: FakePorts) -> None:
    digest = hashlib.sha256(b"a letter").hexdigest()
    wrong = checked(1, sha256=digest, rejected="Of last year.")
    window = CLOSE + timedelta(days=5)
    given(ports, Stage.CORRECTIONS, wrong, video(), corrections=returned(1, until=window))
    found = upload(ports)
    assert found is not None
    assert found.rejected == "Of last year."
    assert get(ports).stage is Stage.CORRECTIONS


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_receive_upload_of_two_slots_for_one_place_keeps_the_last_asked_for(
    ports: FakePorts, order: tuple[int, int]
) -> None:
    given(ports, Stage.DRAFT, checked(1), checked(2))
    slots = [slot(ports, replaces=1), slot(ports, replaces=1)]
    for place in order:
        receive_upload(ports, store(ports, slots[place], f"letter {place}".encode()))
    assert statuses(ports) == {1: "superseded", 2: "checked", 3: "superseded", 4: "received"}


def test_receive_upload_of_more_than_count_keeps_the_newest(ports: FakePorts) -> None:
    given(ports)
    slots = [slot(ports) for _ in range(3)]
    for place, asked in enumerate(slots):
        receive_upload(ports, store(ports, asked, f"letter {place}".encode()))
    assert statuses(ports) == {1: "superseded", 2: "received", 3: "received"}


def test_find_lost_uploads_receives_what_was_stored_without_our_hearing(ports: FakePorts) -> None:
    given(ports, Stage.CORRECTIONS, video(), corrections=returned(until=NOW))
    store(ports, slot(ports))
    slot(ports, VIDEO, content_type="video/mp4")
    assert find_lost_uploads(ports, APPLICATION) == 1
    assert get(ports).stage is Stage.CHECKING
    assert find_lost_uploads(ports, APPLICATION) == 0


# --- quarantine on arrival ---------------------------------------------------------------------


class Telling(FakeMalwareScanner):
    """A scanner that knows no result when it is asked first, and tells one right after."""

    def __init__(self, ports: FakePorts, told: ScanStatus) -> None:
        super().__init__()
        self._ports = ports
        self._told = told

    def status(self, key: str, version: str) -> ScanStatus:
        if not self.asked:
            self.asked.append((key, version))
            self.otherwise = self._told
            assert receive_scan(self._ports, key, version, self._told) is None
            return ScanStatus.PENDING
        return super().status(key, version)


def kinds(ports: FakePorts) -> list[str]:
    return [event.kind for event in ports.applications.events(APPLICATION)]


def test_receive_upload_that_is_not_searched_yet_is_held_back(ports: FakePorts) -> None:
    given(ports)
    ports.malware_scanner.otherwise = ScanStatus.PENDING
    found = upload(ports)
    assert found is not None
    assert (found.scan, found.may_be_opened) == (ScanStatus.PENDING, False)
    assert ports.checkers.requested == []
    assert kinds(ports) == ["upload_asked", "document_received"]


def test_receive_upload_found_clean_at_once_goes_on(ports: FakePorts) -> None:
    given(ports)
    found = upload(ports)
    assert found is not None
    assert found.scan is ScanStatus.CLEAN
    assert ports.checkers.requested == [found]
    assert kinds(ports) == ["upload_asked", "document_received", "document_scanned"]


@pytest.mark.scenario(13)
def test_receive_upload_found_infected_at_once_mends_nothing(ports: FakePorts) -> None:
    window = CLOSE + timedelta(days=5)
    given(ports, Stage.CORRECTIONS, checked(1), video(), corrections=returned(1, until=window))
    ports.malware_scanner.otherwise = ScanStatus.INFECTED
    found = upload(ports, replaces=1)
    assert found is not None
    assert found.evidence is not None
    assert found.evidence.problem == INFECTED
    assert ports.checkers.requested == []
    application = get(ports)
    assert application.stage is Stage.CORRECTIONS
    reasons = {item.requirement: item.reason for item in application.findings}
    assert reasons[LETTER] == INFECTED


def test_receive_upload_whose_search_failed_alerts_staff(ports: FakePorts) -> None:
    given(ports)
    ports.malware_scanner.otherwise = ScanStatus.FAILED
    upload(ports)
    (alert,) = ports.applications.notices(APPLICATION)
    assert (alert.kind, alert.to) == (NoticeKind.STAFF_ALERT, "staff")


def test_receive_upload_while_the_scanner_is_away_is_received(ports: FakePorts) -> None:
    given(ports)
    ports.malware_scanner.away = True
    found = upload(ports)
    assert found is not None
    assert (found.status, found.scan) == (DocumentStatus.RECEIVED, ScanStatus.PENDING)


def test_receive_upload_that_comes_too_late_is_not_searched(ports: FakePorts) -> None:
    given(ports, Stage.CHECKING)
    asked = slot(ports)
    ports.clock.set(CLOSE + GRACE)
    found = receive_upload(ports, store(ports, asked))
    assert found is not None
    assert (found.status, found.may_be_opened) == (DocumentStatus.REFUSED, False)
    assert ports.malware_scanner.asked == []


@pytest.mark.parametrize("told", [ScanStatus.CLEAN, ScanStatus.INFECTED])
def test_receive_upload_hears_of_a_result_told_before_it_was_received(
    ports: FakePorts, told: ScanStatus
) -> None:
    given(ports)
    ports.malware_scanner = Telling(ports, told)
    found = upload(ports)
    assert found is not None
    assert found.scan is told
    assert ports.applications.documents(APPLICATION) == (found,)
    assert len(ports.checkers.requested) == (told is ScanStatus.CLEAN)


def test_receive_upload_of_known_content_is_searched_by_itself(ports: FakePorts) -> None:
    digest = hashlib.sha256(b"a letter").hexdigest()
    given(ports, Stage.DRAFT, checked(1, sha256=digest, scan="clean"))
    ports.malware_scanner.otherwise = ScanStatus.INFECTED
    found = upload(ports, replaces=1)
    assert found is not None
    assert (found.scan, found.may_be_opened) == (ScanStatus.INFECTED, False)
    assert found.evidence is not None
    assert found.evidence.problem == INFECTED


@pytest.mark.parametrize("before", [ScanStatus.FAILED, ScanStatus.INFECTED])
def test_receive_upload_of_content_that_was_in_quarantine_is_looked_into(
    ports: FakePorts, before: ScanStatus
) -> None:
    given(ports)
    ports.malware_scanner.otherwise = before
    upload(ports)
    ports.malware_scanner.otherwise = ScanStatus.CLEAN
    found = upload(ports, replaces=1)
    assert found is not None
    assert (found.scan, found.evidence) == (ScanStatus.CLEAN, None)
    assert ports.checkers.requested == [found]


def test_find_lost_uploads_hears_of_results_that_were_lost(ports: FakePorts) -> None:
    given(ports)
    ports.malware_scanner.otherwise = ScanStatus.PENDING
    upload(ports)
    assert find_lost_uploads(ports, APPLICATION) == 0
    ports.malware_scanner.otherwise = ScanStatus.CLEAN
    assert find_lost_uploads(ports, APPLICATION) == 1
    assert [item.number for item in ports.checkers.requested] == [1]
    assert find_lost_uploads(ports, APPLICATION) == 0


def test_find_lost_uploads_gives_a_search_without_end_to_staff(ports: FakePorts) -> None:
    given(ports)
    ports.malware_scanner.otherwise = ScanStatus.PENDING
    upload(ports)
    ports.clock.advance(seconds=SEARCHED_WITHIN.total_seconds())
    assert find_lost_uploads(ports, APPLICATION) == 1
    (document,) = ports.applications.documents(APPLICATION)
    assert document.scan is ScanStatus.FAILED
    assert len(ports.applications.notices(APPLICATION)) == 1


# --- links and removals ----------------------------------------------------------------------


def link(ports: FakePorts, url: str, requirement: str = VIDEO) -> Document:
    return give_link(
        ports, APPLICATION, APPLICANT, requirement=requirement, url=url, stated_seconds=600
    )


def test_give_link_keeps_its_canonical_address(ports: FakePorts) -> None:
    given(ports)
    found = link(ports, "https://www.vimeo.com/1234567?share=copy")
    assert (found.file_name, found.status.value) == ("https://vimeo.com/1234567", "received")
    again = link(ports, "https://vimeo.com/7654321")
    assert (again.number, again.replaces) == (2, 1)


@pytest.mark.parametrize(
    ("url", "requirement", "path"),
    [
        ("https://elsewhere.example/video", VIDEO, "/url"),
        ("https://vimeo.com/1234567", LETTER, "/requirement"),
    ],
)
def test_give_link_that_is_refused_names_the_field(
    ports: FakePorts, url: str, requirement: str, path: str
) -> None:
    given(ports)
    with pytest.raises(Invalid) as refused:
        link(ports, url, requirement)
    assert [item.path for item in refused.value.problems] == [path]


def remove(ports: FakePorts, number: int) -> None:
    remove_document(ports, APPLICATION, APPLICANT, requirement=LETTER, number=number)


def test_remove_document_of_a_draft(ports: FakePorts) -> None:
    given(ports, Stage.DRAFT, checked(1))
    remove(ports, 1)
    assert statuses(ports) == {1: "removed"}
    with pytest.raises(Unknown):
        remove(ports, 1)


def test_remove_document_at_fault_completes_the_others(ports: FakePorts) -> None:
    unreadable = checked(1, evidence=make_letter_evidence(readable=False, problem="Locked."))
    window = CLOSE + timedelta(days=5)
    corrections = returned(1, until=window)
    given(ports, Stage.CORRECTIONS, unreadable, checked(2), video(), corrections=corrections)
    remove(ports, 1)
    assert get(ports).stage is Stage.CHECKING


def test_remove_document_that_reviewers_read_is_refused(ports: FakePorts) -> None:
    given(ports, Stage.REVIEW, checked(1))
    with pytest.raises(NotNow) as refused:
        remove(ports, 1)
    assert refused.value.code == "not-removable"
