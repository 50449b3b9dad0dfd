from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Corrections, Decision, Finding
from roundtable.domain.documents import Document
from roundtable.domain.evidence import Verdict
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Unknown
from roundtable.usecases.following.documents import (
    ARRIVES_WITHIN,
    Progress,
    RequirementShown,
    progress_of,
    requirement_shown,
    version_shown,
)
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    RESIDENCY,
    SEMINAR,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_form,
    make_letter_evidence,
    make_outcome,
    make_program,
    make_track,
    make_video_evidence,
)
from tests.fakes import FakePorts

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
CHECKED: dict[str, Any] = {"status": "checked", "evidence": make_letter_evidence()}
QUARANTINED: dict[str, Any] = {
    "status": "checked",
    "evidence": make_letter_evidence(readable=False, problem="x", tool="quarantine"),
}


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def shown(
    ports: FakePorts, *documents: Document, stage: Stage = Stage.DRAFT, **changes: Any
) -> RequirementShown:
    application = ports.applications.given(make_application(stage, **changes), documents=documents)
    return requirement_shown(ports, application, LETTER)


# --- progress ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "progress"),
    [
        ({"status": "expected"}, Progress.AWAITED),
        ({"status": "refused"}, Progress.REFUSED),
        ({"status": "superseded"}, Progress.REPLACED),
        ({"status": "removed"}, Progress.REMOVED),
        ({"scan": "pending"}, Progress.SEARCHED),
        ({}, Progress.CHECKED),
        (CHECKED, Progress.DONE),
        ({**CHECKED, "rejected": "Not signed."}, Progress.RETURNED),
        ({**QUARANTINED, "scan": "infected"}, Progress.UNUSABLE),
        ({**QUARANTINED, "scan": "failed"}, Progress.STUCK),
        ({**QUARANTINED, "scan": "clean"}, Progress.CHECKED),
        ({"kind": "video"}, Progress.CHECKED),
        ({"kind": "video", "evidence": make_video_evidence()}, Progress.DONE),
        ({"kind": "video", "evidence": make_video_evidence(readable=False)}, Progress.UNUSABLE),
    ],
)
def test_progress_of_a_version(changes: dict[str, Any], progress: Progress) -> None:
    assert progress_of(make_document(**changes)) is progress


def test_only_what_is_on_its_way_is_unsettled() -> None:
    assert [it.value for it in Progress if not it.settled] == [
        "awaited", "arriving", "searched", "checked",
    ]  # fmt: skip


def test_version_is_found_by_its_number_as_text(ports: FakePorts) -> None:
    document = make_document()
    application = ports.applications.given(make_application(), documents=[document])
    assert version_shown(ports, application, LETTER, "1").document == document
    for number in ("2", "01", "", "1.0"):
        with pytest.raises(Unknown):
            version_shown(ports, application, LETTER, number)


def test_stored_file_that_nobody_told_of_is_arriving(ports: FakePorts) -> None:
    slot = make_document(status="expected")
    ports.documents.put(slot.object_key, b"a letter")
    assert [it.progress for it in shown(ports, slot).arriving] == [Progress.ARRIVING]
    ports.clock.set(NOW + ARRIVES_WITHIN)
    assert shown(ports, slot).arriving == ()


def test_slot_without_a_file_is_not_shown(ports: FakePorts) -> None:
    found = shown(ports, make_document(status="expected"))
    assert found.arriving == found.present == found.earlier == ()


# --- what is there -----------------------------------------------------------------------------


def test_requirement_without_documents_is_open(ports: FakePorts) -> None:
    found = shown(ports)
    assert (found.verdict, found.reason) == ("open", "")
    assert (found.most, found.places, found.at_fault) == (2, 2, None)
    assert found.until == CLOSE


def test_documents_are_judged_together(ports: FakePorts) -> None:
    assert shown(ports, make_document(**CHECKED)).verdict is Verdict.PASS


def test_nothing_is_judged_while_one_is_looked_into(ports: FakePorts) -> None:
    found = shown(ports, make_document(**CHECKED), make_document(number=2, sha256="2" * 64))
    assert found.verdict == "open"
    assert found.places == 0


def test_document_at_fault_leaves_no_place_for_a_further_one(ports: FakePorts) -> None:
    found = shown(ports, make_document(**CHECKED, rejected="Not signed."))
    assert (found.at_fault, found.places) == (1, 0)


def test_versions_that_count_no_more_are_earlier_ones_newest_first(ports: FakePorts) -> None:
    old = [make_document(number=number, status="superseded") for number in (1, 2)]
    found = shown(ports, *old, make_document(number=3, **CHECKED))
    assert [it.document.number for it in found.earlier] == [2, 1]


def test_video_is_one(ports: FakePorts) -> None:
    application = ports.applications.given(
        make_application(), documents=[make_document(kind="video")]
    )
    found = requirement_shown(ports, application, VIDEO)
    assert (found.most, found.places) == (1, 0)


# --- whose requirement, and until when ---------------------------------------------------------


@pytest.mark.parametrize("key", [TEAM, "nothing"])
def test_what_is_no_document_is_unknown(ports: FakePorts, key: str) -> None:
    application = ports.applications.given(make_application())
    with pytest.raises(Unknown):
        requirement_shown(ports, application, key)


def test_draft_shows_what_each_chosen_track_asks(ports: FakePorts) -> None:
    assert shown(ports, track=SEMINAR).requirement.key == LETTER
    with pytest.raises(Unknown):
        shown(ports, track=SEMINAR, form=make_form(tracks=(SEMINAR,)))


def test_draft_names_the_close_of_the_track_that_asks(ports: FakePorts) -> None:
    later = make_track(SEMINAR, closes=date(2022, 11, 1))
    ports.rounds.given(make_program(tracks=(make_track(RESIDENCY), later)))
    assert shown(ports).until == CLOSE
    ports.clock.set(CLOSE)
    assert shown(ports).until == datetime(2022, 11, 2, 4, tzinfo=UTC)


def test_closed_round_changes_nothing(ports: FakePorts) -> None:
    ports.clock.set(CLOSE)
    found = shown(ports, make_document(**CHECKED), stage=Stage.REVIEW)
    assert (found.refusal, found.until, found.removable) == ("not-changeable", None, False)


def test_decided_application_changes_nothing(ports: FakePorts) -> None:
    assert shown(ports, stage=Stage.DECIDING).refusal == "not-changeable"


def test_submitted_application_replaces_and_does_not_remove(ports: FakePorts) -> None:
    found = shown(ports, make_document(**CHECKED), stage=Stage.REVIEW)
    assert (found.refusal, found.removable) == ("", False)


def test_after_the_close_only_what_was_returned_can_change(ports: FakePorts) -> None:
    ports.clock.set(CLOSE + timedelta(days=1))
    until = CLOSE + timedelta(days=10)

    def corrections(requirement: str) -> Corrections:
        item = Finding(requirement=requirement, verdict=Verdict.FAIL, reason="Not signed.")
        return Corrections(asked_at=CLOSE, until=until, items=(item,))

    mine = shown(ports, stage=Stage.CORRECTIONS, corrections=corrections(LETTER))
    assert (mine.refusal, mine.until, mine.removable) == ("", until, True)
    other = shown(ports, stage=Stage.CORRECTIONS, corrections=corrections(VIDEO))
    assert (other.refusal, other.until, other.removable) == ("not-returned", None, False)


def test_checks_for_a_track_that_nobody_was_told_of_stay_untold(ports: FakePorts) -> None:
    outcome = make_outcome(Decision.NOT_SELECTED)
    found = shown(
        ports, make_document(**CHECKED), stage=Stage.CHECKING, track=SEMINAR, outcomes=(outcome,)
    )
    assert found.verdict is Verdict.PASS
    assert found.refusal == "not-changeable"
    assert ports.applications.get(APPLICATION).track == SEMINAR
