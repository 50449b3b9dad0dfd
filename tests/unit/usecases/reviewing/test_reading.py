from datetime import timedelta

import pytest

from roundtable.domain.documents import bindings, preview_key
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.reviewing.giving import give_review
from roundtable.usecases.reviewing.queue import my_queue, review_outcome
from roundtable.usecases.reviewing.reading import read_for_review
from tests.factories import (
    APPLICATION,
    LETTER,
    VIDEO,
    make_application,
    make_document,
    make_id,
    make_letter_evidence,
    make_program,
    make_review,
    make_reviewer,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_given, make_round


def test_the_queue_is_by_due_date_and_paged() -> None:
    ports = make_round()
    for number, days in ((2, 3), (3, 1)):
        review = make_review(
            application=make_id(number),
            reference=f"FW-TEST-000{number}",
            due_at=make_review().due_at - timedelta(days=days),
        )
        ports.applications.given(make_application(Stage.REVIEW, number=number), reviews=[review])
    first = my_queue(ports, "reviewer-1", limit=2)
    rest = my_queue(ports, "reviewer-1", limit=2, cursor=first.cursor)
    assert [(item.reference, item.days_left) for item in (*first.items, *rest.items)] == [
        ("FW-TEST-0002", 5),
        ("FW-TEST-0003", 7),
        ("FW-TEST-0001", 8),
    ]
    assert rest.cursor is None


def test_a_cursor_of_no_list_is_refused() -> None:
    with pytest.raises(Invalid):
        my_queue(make_round(), "reviewer-1", cursor="nonsense")


def test_what_left_the_review_or_is_in_conflict_is_not_in_the_queue() -> None:
    ports = make_round()
    ports.applications.given(make_application(Stage.CORRECTIONS, review_round=1))
    assert my_queue(ports, "reviewer-1").items == ()
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(1, email="robin@stmary.example"))
    assert my_queue(ports, "reviewer-1").items == ()


def test_a_page_holds_all_a_reviewer_needs_and_no_address() -> None:
    page = read_for_review(make_round(), APPLICATION, "reviewer-1")
    assert [(item.requirement, item.address) for item in page.documents] == [
        (
            LETTER,
            f"https://downloads.example.org/documents/{APPLICATION}/{LETTER}/1/{APPLICATION}"
            "?version=v1&file_name=letter.pdf",
        ),
        (VIDEO, "https://vimeo.com/1234567"),
    ]
    assert [criterion.key for criterion in page.rubric] == ["commitment", "readiness"]
    assert [member.name for member in page.form.team] == ["Ada Brook", "Ben Ash", "Cleo Dale"]
    assert "stmary.example" not in page.model_dump_json()


def test_what_a_page_shows_is_what_a_review_is_bound_to() -> None:
    ports = make_round()
    page = read_for_review(ports, APPLICATION, "reviewer-1")
    assert page.seen == bindings(ports.applications.documents(APPLICATION))


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    "evidence", [None, make_letter_evidence(readable=False, problem="This is no PDF.")]
)
def test_a_document_not_found_readable_has_no_address(evidence: object) -> None:
    ports = make_round()
    document = make_document(number=2, sha256="9" * 64, evidence=evidence)
    ports.applications.given(ports.applications.get(APPLICATION), documents=[document])
    page = read_for_review(ports, APPLICATION, "reviewer-1")
    assert [item.address for item in page.documents if item.number == 2] == [""]


@pytest.mark.scenario(13)
@pytest.mark.parametrize("scan", ["pending", "infected", "unsupported", "failed"])
def test_a_document_in_quarantine_has_no_address(scan: str) -> None:
    ports = make_round()
    evidence = make_letter_evidence(previews=2)
    document = make_document(number=2, sha256="9" * 64, evidence=evidence, scan=scan)
    ports.applications.given(ports.applications.get(APPLICATION), documents=[document])
    page = read_for_review(ports, APPLICATION, "reviewer-1")
    (shown,) = (item for item in page.documents if item.number == 2)
    assert (shown.scan, shown.address, shown.pages) == (scan, "", ())


def test_a_letter_is_shown_by_the_images_of_its_pages() -> None:
    ports = make_round()
    document = make_document(scan="clean", evidence=make_letter_evidence(previews=2))
    ports.applications.given(ports.applications.get(APPLICATION), documents=[document])
    letter, video = read_for_review(ports, APPLICATION, "reviewer-1").documents
    assert letter.pages == tuple(
        f"https://previews.example.org/{preview_key(document, page)}" for page in (1, 2)
    )
    assert (video.scan, video.pages) == (None, ())


def test_the_checklist_of_a_video_is_the_programs() -> None:
    ports = make_round()
    video = {
        "kind": "video",
        "key": VIDEO,
        "title": "Video of the team",
        "min_length": "5 min",
        "max_length": "15 min",
        "must_include": ["Introductions"],
        "choose_from": ["A quote", "An example"],
        "choose_at_least": 1,
        "choose_at_most": 2,
    }
    track = make_track(requirements=[video])
    ports.rounds.given(make_program(tracks=(track, make_track("seminar"))))
    ports.applications.given(make_application(Stage.REVIEW, program_version=2))
    (checklist,) = read_for_review(ports, APPLICATION, "reviewer-1").video
    assert (checklist.must_include, checklist.choose_at_most) == (("Introductions",), 2)


def test_others_reviews_are_hidden_until_ones_own_is_in() -> None:
    ports = make_round()
    given = make_given(ports, comment="I would take them.")
    give_review(ports, APPLICATION, "reviewer-2", given)
    assert read_for_review(ports, APPLICATION, "reviewer-1").others == ()
    give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    page = read_for_review(ports, APPLICATION, "reviewer-1")
    assert [review.comment for review in page.others] == ["I would take them."]


@pytest.mark.scenario(23)
def test_reading_changes_nothing() -> None:
    ports = make_round()
    read_for_review(ports, APPLICATION, "reviewer-1")
    review_outcome(ports, APPLICATION, "reviewer-1")
    my_queue(ports, "reviewer-1")
    assert ports.applications.commits == []


@pytest.mark.scenario(23)
def test_a_link_that_is_stale_explains_itself() -> None:
    ports = _decided()
    with pytest.raises(NotNow, match="The review of FW-TEST-0001 is over"):
        read_for_review(ports, APPLICATION, "reviewer-1")
    outcome = review_outcome(ports, APPLICATION, "reviewer-1")
    assert (outcome.stage, outcome.decision) == (Stage.OFFER, "accepted")


@pytest.mark.scenario(19)
@pytest.mark.parametrize("reviewer", ["reviewer-3", "reviewer-1"])
def test_an_application_is_unknown_to_the_unassigned_and_the_conflicted(reviewer: str) -> None:
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(1, conflicts=("Saint Mary's",)))
    with pytest.raises(Unknown):
        read_for_review(ports, APPLICATION, reviewer)


def _decided() -> FakePorts:
    ports = make_round(Stage.WITH_STAFF)
    ports.applications.given(make_application(Stage.OFFER, review_round=1))
    return ports
