from datetime import timedelta

import pytest

from roundtable.domain.documents import bindings
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import NotNow, Unknown
from roundtable.usecases.reviewing.desk import desk, document_address
from roundtable.usecases.reviewing.queue import days_late, my_queue, my_queue_rows
from tests.factories import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    NOW,
    VIDEO,
    make_application,
    make_document,
    make_form,
    make_program,
    make_review,
    make_reviewer,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_round

QUESTIONS = {
    "eligibility": [
        {
            "key": "kind",
            "question": "What are you?",
            "options": [{"value": "a", "label": "A clinic"}, {"value": "b", "label": "Another"}],
            "accepts": ["a"],
            "refusal": "Not this time.",
        }
    ],
    "regions": [{"value": "north", "label": "In the north"}],
    "sections": [
        {"key": "why", "title": "Why", "questions": [{"key": "why-now", "label": "Why now?"}]},
        {"key": "else", "title": "Else", "questions": [{"key": "more", "label": "Anything?"}]},
    ],
}


def filled_in() -> FakePorts:
    """Return a round whose application answered every kind of question."""
    ports = make_round()
    ports.rounds.given(make_program(**QUESTIONS))
    form = make_form(
        organization={"name": "St. Mary's Hospital", "region": "north", "type": "of old"},
        eligibility={"kind": "a"},
        answers={"why-now": "It is time."},
    )
    ports.applications.given(make_application(Stage.REVIEW, form=form, program_version=2))
    return ports


def test_choices_are_told_by_their_labels() -> None:
    here = desk(filled_in(), APPLICATION, "reviewer-1")
    assert (here.organization.region, here.organization.type) == ("In the north", "of old")
    assert [(item.question, item.answer) for item in here.eligibility] == [
        ("What are you?", "A clinic")
    ]


def test_answers_stand_below_their_sections_and_empty_sections_are_left_out() -> None:
    here = desk(filled_in(), APPLICATION, "reviewer-1")
    assert [(item.title, [one.answer for one in item.answers]) for item in here.sections] == [
        ("Why", ["It is time."])
    ]


def test_promises_have_the_titles_of_their_requirements() -> None:
    (promise,) = desk(make_round(), APPLICATION, "reviewer-1").promises
    assert (promise.title, promise.statements) == (
        "Commitments",
        ("We take part in every meeting.",),
    )


def test_what_was_sent_in_can_be_returned() -> None:
    ports = make_round()
    removed = make_document(kind="video", status="removed")
    ports.applications.given(ports.applications.get(APPLICATION), documents=[removed])
    here = desk(ports, APPLICATION, "reviewer-1")
    assert [item.asked.key for item in here.requirements] == [LETTER, VIDEO]
    assert [item.asked.key for item in here.returnable] == [LETTER]


@pytest.mark.scenario(11)
def test_what_changed_since_it_was_shown_is_told() -> None:
    ports = make_round()
    seen = bindings(ports.applications.documents(APPLICATION))
    changed = [
        make_document(number=2, sha256="3" * 64),
        make_document(sha256="4" * 64),
        make_document(kind="video", status="removed"),
    ]
    ports.applications.given(ports.applications.get(APPLICATION), documents=changed)
    changes = desk(ports, APPLICATION, "reviewer-1", seen=seen).changes
    assert [(item.title, item.number, item.change) for item in changes] == [
        ("Letter of commitment", 1, "other"),
        ("Letter of commitment", 2, "new"),
        ("Video of the team", 1, "gone"),
    ]
    assert desk(ports, APPLICATION, "reviewer-1").changes == ()


@pytest.mark.parametrize(
    ("stage", "status", "state"),
    [
        (Stage.REVIEW, "assigned", "open"),
        (Stage.REVIEW, "submitted", "given"),
        (Stage.WITH_STAFF, "submitted", "given"),
        (Stage.CORRECTIONS, "assigned", "waiting"),
    ],
)
def test_a_desk_says_whether_a_review_can_be_given(stage: Stage, status: str, state: str) -> None:
    ports = make_round()
    application = make_application(stage, review_round=1)
    ports.applications.given(application, reviews=[make_review(status=status)])
    assert desk(ports, APPLICATION, "reviewer-1").state == state


def test_a_document_has_a_fresh_address_for_its_reviewers_alone() -> None:
    ports = make_round()
    address = document_address(ports, APPLICATION, "reviewer-1", LETTER, 1)
    assert address.startswith("https://downloads.example.org/documents/")
    assert document_address(ports, APPLICATION, "reviewer-1", VIDEO, 1) == (
        "https://vimeo.com/1234567"
    )
    for reviewer, requirement, number in (
        ("reviewer-3", LETTER, 1),
        ("reviewer-1", LETTER, 2),
        ("reviewer-1", "nothing", 1),
    ):
        with pytest.raises(Unknown):
            document_address(ports, APPLICATION, reviewer, requirement, number)


@pytest.mark.scenario(23)
def test_a_desk_is_closed_once_the_review_is_over() -> None:
    ports = make_round()
    ports.applications.given(make_application(Stage.OFFER, review_round=1))
    with pytest.raises(NotNow, match="is over"):
        desk(ports, APPLICATION, "reviewer-1")
    with pytest.raises(NotNow, match="is over"):
        document_address(ports, APPLICATION, "reviewer-1", LETTER, 1)


@pytest.mark.scenario(19)
def test_a_desk_is_not_there_in_a_conflict() -> None:
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(1, conflicts=("Saint Mary's",)))
    with pytest.raises(Unknown):
        desk(ports, APPLICATION, "reviewer-1")


def test_rows_of_the_queue_say_what_the_queue_says_and_what_was_begun() -> None:
    ports = make_round()
    ports.applications.given(
        ports.applications.get(APPLICATION), reviews=[make_review(comment="Half seen.")]
    )
    (row,) = my_queue_rows(ports, "reviewer-1").items
    (item,) = my_queue(ports, "reviewer-1").items
    assert row.model_dump(include=set(type(item).model_fields)) == item.model_dump()
    assert (row.begun, row.days_late, row.timezone) == (True, 0, "America/New_York")


@pytest.mark.parametrize(
    ("later", "days"),
    [
        (timedelta(), 0),
        (timedelta(hours=13, minutes=59), 0),
        (timedelta(hours=14), 1),
        (timedelta(days=2), 2),
    ],
)
def test_days_late_are_local_days(later: timedelta, days: int) -> None:
    zone = make_program().zone
    assert days_late(NOW, NOW + later, zone) == days
    assert days_late(NOW + timedelta(minutes=1), NOW, zone) == 0


def test_a_track_without_documents_has_none_to_return() -> None:
    ports = make_round()
    track = make_track(requirements=[make_track("seminar").requirements[0]])
    assert track.requirement(ATTESTATION) is not None
    ports.rounds.given(make_program(tracks=(track, make_track("seminar"))))
    ports.applications.given(make_application(Stage.REVIEW, program_version=2))
    here = desk(ports, APPLICATION, "reviewer-1")
    assert (here.requirements, here.returnable) == ((), ())
