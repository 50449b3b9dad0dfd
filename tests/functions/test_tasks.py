"""Every event of every function but the sites is handled as its scenario says."""

import hashlib
import importlib.util
import io
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from roundtable.domain.application import Application
from roundtable.domain.documents import DocumentStatus, ScanStatus, preview_key
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.quarantine import INFECTED, LOCKED_LETTER
from roundtable.domain.reading import LetterReading
from roundtable.domain.stages import Stage
from roundtable.domain.videos import Availability, LinkFacts
from roundtable.runtime import composition, observability
from roundtable.runtime.tasks import ReadLetterTask
from roundtable.usecases.errors import ApplicationMoved
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    PROGRAM,
    RESIDENCY,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_notice,
    make_program,
    make_review,
    make_reviewer,
    make_seats,
    make_video_evidence,
)
from tests.factories.plain_letters import SENTENCE, plain_letter
from tests.fakes import FakePorts
from tests.functions.members import EVENTS, Context

FUNCTIONS = Path(__file__).parents[2] / "functions"
SITES = {"applicant_site", "reviewer_site", "staff_site"}
SAMPLES = sorted(
    (path.parent.name, path.stem)
    for path in EVENTS.glob("*/*.json")
    if path.parent.name not in SITES
)
World = Callable[[FakePorts], None]
Check = Callable[[FakePorts, Any], None]


def load(function: str) -> ModuleType:
    path = FUNCTIONS / function / "app.py"
    spec = importlib.util.spec_from_file_location(f"functions_{function}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Minute(Context):
    """A call with a minute left: the clock keeps some of it free."""

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


HANDLERS = {function: load(function) for function, _ in SAMPLES}
"""Loaded here, as the tracer opens a socket when it is imported, and a test may open none."""


def sample(function: str, scenario: str) -> dict[str, Any]:
    return json.loads((EVENTS / function / f"{scenario}.json").read_text())


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    for number in (1, 2, 3):
        fakes.rounds.keep_reviewer(make_reviewer(number))
    monkeypatch.setattr(composition, "ports", lambda: fakes)
    return fakes


# --- where the application stands before -----------------------------------------------------


def stands(stage: Stage, **changes: Any) -> World:
    def given(ports: FakePorts) -> None:
        ports.applications.given(make_application(stage, **changes))

    return given


def letter_missing(ports: FakePorts) -> None:
    application = make_application(Stage.CORRECTIONS, corrections=None)
    ports.applications.given(application)


def agreed(ports: FakePorts) -> None:
    reviews = [make_review(reviewer=f"reviewer-{n}", status="submitted") for n in (1, 2)]
    ports.applications.given(make_application(Stage.DECIDING), reviews=reviews)


def accepted(ports: FakePorts) -> None:
    notice = make_notice(
        kind="invitation",
        number="residency:accepted",
        status="held",
        facts={"track": RESIDENCY},
    )
    ports.applications.given(make_application(Stage.NOTIFYING), notices=[notice])


def said_no(ports: FakePorts) -> None:
    ports.rounds.put_seats(make_seats(taken=1))
    ports.applications.given(make_application(Stage.RELEASING))


def letter_arrived(ports: FakePorts) -> None:
    ports.applications.given(make_application(Stage.CHECKING), documents=[make_document()])


def all_checked(ports: FakePorts) -> None:
    letter = make_document(status="checked", evidence=make_letter_evidence())
    video = make_document(kind="video", status="checked", evidence=make_video_evidence())
    ports.applications.given(make_application(Stage.CHECKING), documents=[letter, video])


def letter_of_noise(ports: FakePorts) -> None:
    stored = ports.documents.put(make_document().object_key, b"no letter at all")
    sha256 = hashlib.sha256(b"no letter at all").hexdigest()
    document = make_document(object_version=stored.version, sha256=sha256)
    ports.applications.given(make_application(Stage.CHECKING), documents=[document])


def letter_stored(content: bytes) -> World:
    """Store a letter; those who look into it apart see no table."""

    def given(ports: FakePorts) -> None:
        ports.documents.put(make_document().object_key, content)

    return given


def linked(ports: FakePorts) -> None:
    ports.video_directory.facts["https://vimeo.com/1234567"] = LinkFacts(
        availability=Availability.OPEN, seconds=600
    )
    ports.applications.given(
        make_application(Stage.CHECKING), documents=[make_document(kind="video")]
    )


def slot_given(ports: FakePorts) -> None:
    document = make_document(status="expected", object_version="", sha256="", received_at=None)
    ports.documents.put(document.object_key, b"a letter")
    ports.applications.given(make_application(Stage.CHECKING), documents=[document])


def held_back(ports: FakePorts) -> None:
    """A letter that waits for its search."""
    ports.applications.given(
        make_application(Stage.CHECKING), documents=[make_document(scan="pending")]
    )


def receipt(status: str) -> World:
    def given(ports: FakePorts) -> None:
        ports.applications.given(
            make_application(Stage.CHECKING), notices=[make_notice(status=status)]
        )

    return given


def forgotten(ports: FakePorts) -> None:
    """An application whose start was lost."""
    application = make_application(Stage.CHECKING)
    due = {"at": NOW - timedelta(minutes=1), "action": "confirm_start", "mark": "confirm-start:1"}
    earlier = application.with_(updated_at=NOW - timedelta(minutes=3), due=due)
    ports.applications.given(earlier)


def nothing(ports: FakePorts) -> None:
    del ports


# --- what must hold afterwards ---------------------------------------------------------------


def at(stage: Stage, check: Check | None = None) -> Check:
    """Check that the function answers where the application stands now, and nothing else."""

    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer == {"application": APPLICATION, "stage": stage.value}
        assert get(ports).stage is stage
        if check:
            check(ports, answer)

    return holds


def get(ports: FakePorts) -> Application:
    return ports.applications.get(APPLICATION)


def helped(reason: str) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        needed = get(ports).help
        assert needed is not None
        assert needed.reason == reason

    return holds


def evidence(requirement: str, problem: str) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer == {"application": APPLICATION, "requirement": requirement, "number": 1}
        (document,) = ports.applications.documents(APPLICATION)
        assert document.evidence is not None
        assert document.evidence.problem.startswith(problem)
        assert document.status is DocumentStatus.CHECKED

    return holds


def read(ports: FakePorts, answer: Any) -> None:
    reading = LetterReading.model_validate(answer)
    assert (reading.problem, reading.format, reading.previews) == ("", "pdf", 1)
    assert [cell.text for row in reading.rows for cell in row.cells] == [SENTENCE]
    document = ReadLetterTask.model_validate(sample("read_letter", "plain")).document
    assert ports.documents.newest_object(preview_key(document, 1)) is not None


def not_read(ports: FakePorts, answer: Any) -> None:
    assert LetterReading(problem=answer["problem"]) == LetterReading.model_validate(answer)
    assert answer["problem"].startswith("This")


def answers(expected: Any) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer == expected

    return holds


def notice_is(status: NoticeStatus) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer is None
        assert ports.applications.notice(APPLICATION, "receipt#1").status is status

    return holds


def asked_staff(ports: FakePorts, answer: Any) -> None:
    notice_is(NoticeStatus.UNDELIVERED)(ports, answer)
    keys = [notice.key for notice in ports.applications.notices(APPLICATION)]
    assert keys == ["receipt#1", "receipt#1:second", "staff_alert#undelivered:receipt:1"]


def ticked(revived: int) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer == {
            "acted": {"confirm_start": 1},
            "put_off": 0,
            "failed": [],
            "more": False,
            "revived": revived,
        }
        assert ports.conductor.started == [(APPLICATION, 1)]

    return holds


def received(ports: FakePorts, answer: Any) -> None:
    (document,) = ports.applications.documents(APPLICATION)
    assert (document.status, document.size) == (DocumentStatus.RECEIVED, 12000)
    assert document.scan is ScanStatus.CLEAN


def searched(scan: ScanStatus, problem: str = "", unsure: str = "") -> Check:
    """Check the result that was recorded, and that only a clean file is looked into."""

    def holds(ports: FakePorts, answer: Any) -> None:
        (document,) = ports.applications.documents(APPLICATION)
        assert (answer, document.scan) == (None, scan)
        told = document.evidence
        assert (told.problem if told else "") == problem
        assert (told.unsure if told else "").startswith(unsure)
        asked = [item.number for item in ports.checkers.requested]
        assert asked == ([1] if scan is ScanStatus.CLEAN else [])

    return holds


NOT_SEARCHED = searched(ScanStatus.FAILED, unsure="Its search for viruses failed")


def published(*names: str, failures: tuple[str, ...] = ()) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert [name for name, _ in ports.event_bus.published] == list(names)
        failed = [{"itemIdentifier": item} for item in failures]
        assert answer == {"batchItemFailures": failed}

    return holds


def counts(expected: dict[str, int]) -> Check:
    def holds(ports: FakePorts, answer: Any) -> None:
        assert answer == {"batchItemFailures": []}
        assert ports.rounds.counts(PROGRAM) == expected

    return holds


def waits_for_two(ports: FakePorts, answer: Any) -> None:
    assert [seat.reviewer for seat in get(ports).panel] == ["reviewer-1", "reviewer-2"]


def has_fallen_back(ports: FakePorts, answer: Any) -> None:
    assert get(ports).track == "seminar"


def mailed(ports: FakePorts, answer: Any) -> None:
    assert [message.tags["notice"] for message in ports.mailer.sent] == [
        "invitation#residency:accepted"
    ]


def seat_is_free(ports: FakePorts, answer: Any) -> None:
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats()


def told_what_is_missing(ports: FakePorts, answer: Any) -> None:
    (notice,) = ports.applications.notices(APPLICATION)
    assert notice.kind == "corrections"


def started(ports: FakePorts, answer: Any) -> None:
    assert ports.conductor.started == [(APPLICATION, 1)]


LISTED = {
    "documents": [
        {"application": APPLICATION, "requirement": LETTER, "number": 1, "kind": "letter"},
        {"application": APPLICATION, "requirement": "commitments", "number": 0,
         "kind": "attestation"},
    ]
}  # fmt: skip
AFFIRMED = {
    "application": APPLICATION,
    "requirement": "commitments",
    "number": 0,
    "verdict": "pass",
}
REPLACED = {"application": APPLICATION, "requirement": LETTER, "number": 9}
HANDLED: dict[tuple[str, str], tuple[World, Check]] = {
    ("ask_for_corrections", "letter_missing"): (
        letter_missing,
        at(Stage.CORRECTIONS, told_what_is_missing),
    ),
    ("ask_for_help", "function_timed_out"): (
        stands(Stage.CHECKING),
        at(Stage.CHECKING, helped("Waited longer than it should")),
    ),
    ("ask_for_help", "no_reviewer_left"): (
        stands(Stage.REVIEW, panel=()),
        at(Stage.REVIEW, helped("No reviewer without a conflict is left")),
    ),
    ("assign_reviewers", "panel_of_two"): (
        stands(Stage.REVIEW, panel=()),
        at(Stage.REVIEW, waits_for_two),
    ),
    ("check_attestation", "affirmed"): (stands(Stage.CHECKING), answers(AFFIRMED)),
    ("check_letter", "pdf"): (letter_of_noise, evidence(LETTER, "This")),
    ("check_letter", "replaced"): (letter_arrived, answers(REPLACED)),
    ("check_video", "link"): (linked, evidence(VIDEO, "")),
    ("clock", "tick"): (forgotten, ticked(0)),
    ("clock", "tick_without_sweep"): (forgotten, ticked(0)),
    ("close_application", "enrolled"): (stands(Stage.CLOSED), at(Stage.CLOSED)),
    ("decide", "panel_agrees"): (agreed, at(Stage.NOTIFYING)),
    ("enrol_team", "said_yes"): (stands(Stage.ENROLLING), at(Stage.CLOSED)),
    ("keep_statistics", "erased"): (
        nothing,
        counts(
            {
                "closed/residency/enrolled": -1,
                "outcome/residency/accepted": -1,
                "received/residency": -1,
                "stage/residency/closed": -1,
            }
        ),
    ),
    ("keep_statistics", "same_place"): (nothing, counts({})),
    ("keep_statistics", "submitted"): (
        nothing,
        counts(
            {
                "received/residency": 1,
                "stage/residency/checking": 1,
                "stage/residency/draft": -1,
            }
        ),
    ),
    ("list_requirements", "letter_arrived"): (letter_arrived, answers(LISTED)),
    ("move_to_fallback", "not_selected"): (
        stands(Stage.FALLBACK),
        at(Stage.CHECKING, has_fallen_back),
    ),
    ("on_delivery", "bounce"): (receipt("sent"), asked_staff),
    ("on_delivery", "complaint"): (receipt("delivered"), asked_staff),
    ("on_delivery", "delivery"): (receipt("sent"), notice_is(NoticeStatus.DELIVERED)),
    ("on_delivery", "delivery_delay"): (receipt("sent"), notice_is(NoticeStatus.SENT)),
    ("on_delivery", "not_a_notice"): (receipt("sent"), notice_is(NoticeStatus.SENT)),
    ("on_delivery", "reject"): (receipt("sent"), asked_staff),
    ("on_delivery", "rendering_failure"): (receipt("sent"), asked_staff),
    ("on_scan", "access_denied"): (held_back, NOT_SEARCHED),
    ("on_scan", "failed"): (held_back, NOT_SEARCHED),
    ("on_scan", "no_threats"): (held_back, searched(ScanStatus.CLEAN)),
    ("on_scan", "other_version"): (held_back, searched(ScanStatus.PENDING)),
    ("on_scan", "threats"): (held_back, searched(ScanStatus.INFECTED, INFECTED)),
    ("on_scan", "unknown_result"): (held_back, NOT_SEARCHED),
    ("on_scan", "unknown_slot"): (held_back, searched(ScanStatus.PENDING)),
    ("on_scan", "unsupported"): (held_back, searched(ScanStatus.UNSUPPORTED, LOCKED_LETTER)),
    ("on_scan", "without_result"): (held_back, NOT_SEARCHED),
    ("on_upload", "letter"): (slot_given, received),
    ("on_upload", "unknown_slot"): (letter_arrived, answers(None)),
    ("publish_events", "decision_made"): (nothing, published("DecisionMade")),
    ("publish_events", "inner_event"): (nothing, published()),
    ("publish_events", "notice_queued"): (nothing, published("NoticeQueued")),
    ("publish_events", "one_poisoned"): (
        nothing,
        published("DecisionMade", "NoticeQueued", failures=("000000000000000000004",)),
    ),
    ("read_letter", "noise"): (letter_stored(b"no letter at all"), not_read),
    ("read_letter", "plain"): (letter_stored(plain_letter()), read),
    ("record_checks", "check_failed"): (letter_arrived, at(Stage.CORRECTIONS)),
    ("record_checks", "everything_checked"): (all_checked, at(Stage.REVIEW)),
    ("release_seat", "said_no"): (said_no, at(Stage.CLOSED, seat_is_free)),
    ("send_notice", "accepted"): (accepted, at(Stage.OFFER, mailed)),
    ("send_queued_notices", "receipt"): (receipt("queued"), notice_is(NoticeStatus.SENT)),
    ("start_workflow", "wanted"): (stands(Stage.CHECKING), started),
    ("verify_signatures", "unsigned"): (letter_stored(plain_letter()), answers([])),
}


def test_every_function_has_events() -> None:
    functions = {path.parent.name for path in FUNCTIONS.glob("*/app.py")} - SITES
    assert functions == {function for function, _ in SAMPLES}
    assert sorted(HANDLED) == SAMPLES


@pytest.mark.parametrize(("function", "scenario"), SAMPLES)
def test_handler_of_each_event(ports: FakePorts, function: str, scenario: str) -> None:
    given, check = HANDLED[function, scenario]
    given(ports)
    check(ports, HANDLERS[function].handler(sample(function, scenario), Minute()))


def test_clock_without_time_leaves_the_rest_to_the_next_tick(ports: FakePorts) -> None:
    forgotten(ports)
    answer = HANDLERS["clock"].handler(sample("clock", "tick_without_sweep"), Context())
    assert (answer["acted"], answer["more"]) == ({}, True)
    assert ports.conductor.started == []


APART = [("read_letter", "plain"), ("verify_signatures", "unsigned")]


@pytest.mark.parametrize(("function", "scenario"), APART)
def test_handler_of_other_content_fails_without_a_word_of_the_letter(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch, function: str, scenario: str
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(logging.getLogger("roundtable").handlers[0], "stream", written)
    event = sample(function, scenario)
    event["document"]["file_name"] = "Jane Doe, CEO.pdf"
    letter_stored(b"Jane Doe, CEO")(ports)

    with pytest.raises(observability.UnexpectedError, match=r"^ValueError$"):
        HANDLERS[function].handler(event, Context())
    assert json.loads(written.getvalue())["correlation_id"] == APPLICATION
    assert "Jane" not in written.getvalue()


LATE = [
    "ask_for_corrections/letter_missing",
    "assign_reviewers/panel_of_two",
    "decide/panel_agrees",
    "enrol_team/said_yes",
    "list_requirements/letter_arrived",
    "move_to_fallback/not_selected",
    "record_checks/everything_checked",
    "release_seat/said_no",
    "send_notice/accepted",
]


@pytest.mark.parametrize("late", LATE)
def test_handler_of_a_late_task_says_that_the_application_moved(
    ports: FakePorts, late: str
) -> None:
    function, _, scenario = late.partition("/")
    before = ports.applications.given(make_application(Stage.CLOSED))
    with pytest.raises(ApplicationMoved):
        HANDLERS[function].handler(sample(function, scenario), Context())
    assert get(ports) == before
    assert ports.mailer.sent == []


def test_handler_of_a_bounce_told_twice_asks_staff_once(ports: FakePorts) -> None:
    receipt("sent")(ports)
    event = sample("on_delivery", "bounce")
    for _ in range(2):
        HANDLERS["on_delivery"].handler(event, Context())
    keys = [notice.key for notice in ports.applications.notices(APPLICATION)]
    assert len(keys) == len(set(keys)) == 3
