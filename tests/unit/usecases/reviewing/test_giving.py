import pytest

from roundtable.domain.checklists import VideoTicks
from roundtable.domain.documents import Document, bindings
from roundtable.domain.reviews import Recommendation, Review, ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.reviewing.giving import (
    ReturnedDocument,
    ReviewNotes,
    give_review,
    keep_notes,
)
from roundtable.usecases.reviewing.reading import read_for_review
from tests.factories import (
    APPLICATION,
    LETTER,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_program,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_given, make_round


def review_of(ports: FakePorts, reviewer: str) -> Review:
    return next(
        review for review in ports.applications.reviews(APPLICATION) if review.reviewer == reviewer
    )


def test_the_first_review_leaves_the_application_in_review() -> None:
    ports = make_round()
    receipt = give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    assert receipt.stage is Stage.REVIEW
    assert [seat.done for seat in ports.applications.get(APPLICATION).panel] == [True, False]
    assert ports.conductor.resumed == []


@pytest.mark.scenario(11)
def test_a_review_is_bound_to_the_documents_read() -> None:
    ports = make_round()
    give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    review = review_of(ports, "reviewer-1")
    assert review.status is ReviewStatus.SUBMITTED
    assert review.documents == bindings(ports.applications.documents(APPLICATION))


def test_the_last_review_hands_the_application_over_to_be_decided() -> None:
    ports = make_round()
    ports.applications.wait(APPLICATION, "token-1")
    give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    receipt = give_review(
        ports, APPLICATION, "reviewer-2", make_given(ports, recommendation="decline")
    )
    assert receipt.stage is Stage.DECIDING
    assert ports.conductor.resumed == ["token-1"]
    events = ports.applications.events(APPLICATION)
    assert [(event.kind, str(event.actor)) for event in events] == [
        ("review_completed", "reviewer:reviewer-1"),
        ("review_completed", "reviewer:reviewer-2"),
    ]


@pytest.mark.scenario(22)
def test_two_reviewers_at_once_both_count() -> None:
    ports = make_round()
    other = make_given(ports)
    ports.applications.interleave.append(
        lambda: give_review(ports, APPLICATION, "reviewer-2", other) and None
    )
    receipt = give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    assert receipt.stage is Stage.DECIDING
    assert [review.status for review in ports.applications.reviews(APPLICATION)] == [
        ReviewStatus.SUBMITTED,
        ReviewStatus.SUBMITTED,
    ]


@pytest.mark.scenario(22)
def test_the_same_reviewer_twice_at_once_only_counts_first() -> None:
    ports = make_round()
    first = make_given(ports, recommendation="decline")
    ports.applications.interleave.append(
        lambda: give_review(ports, APPLICATION, "reviewer-1", first) and None
    )
    with pytest.raises(NotNow, match="It stands") as refusal:
        give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    assert refusal.value.code == "already-reviewed"
    assert review_of(ports, "reviewer-1").recommendation is Recommendation.DECLINE


@pytest.mark.scenario(20)
def test_a_place_that_nobody_fills_keeps_the_application_in_review() -> None:
    ports = make_round()
    application = ports.applications.get(APPLICATION)
    ports.applications.given(application.with_(panel=application.panel[:1]))
    receipt = give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    assert receipt.stage is Stage.REVIEW


@pytest.mark.scenario(11)
def test_a_document_replaced_meanwhile_makes_the_review_stale() -> None:
    ports = make_round()
    given = make_given(ports)
    application = ports.applications.get(APPLICATION)
    ports.applications.given(
        application,
        documents=[
            make_document(status="superseded", evidence=make_letter_evidence()),
            make_document(number=2, sha256="3" * 64, replaces=1, evidence=make_letter_evidence()),
        ],
    )
    with pytest.raises(Stale) as refusal:
        give_review(ports, APPLICATION, "reviewer-1", given)
    assert refusal.value.sentence.endswith(
        "Letter of commitment: version 1 does not count any more. "
        "Letter of commitment: version 2 is new."
    )


def test_a_return_goes_back_to_the_applicant_with_the_reason() -> None:
    ports = make_round()
    ports.applications.wait(APPLICATION, "token-1")
    received = ports.applications.get(APPLICATION).received_at
    given = make_given(
        ports,
        recommendation="return",
        scores={},
        returns=(ReturnedDocument(requirement=LETTER, reason="It names another program."),),
    )
    receipt = give_review(ports, APPLICATION, "reviewer-1", given)
    application = ports.applications.get(APPLICATION)
    assert receipt.stage is Stage.CORRECTIONS
    assert application.received_at == received
    assert application.corrections is not None
    assert [item.reason for item in application.corrections.items] == ["It names another program."]
    assert application.corrections.returned_by == "reviewer:reviewer-1"
    rejected = {item.requirement: item.rejected for item in _documents(ports)}
    assert rejected == {LETTER: "It names another program.", VIDEO: ""}
    assert ports.conductor.diverted == ["token-1"]


def test_a_return_keeps_the_reviewers_words_and_frees_the_others() -> None:
    ports = make_round()
    given = make_given(
        ports,
        recommendation="return",
        scores={"commitment": 2},
        returns=(ReturnedDocument(requirement=VIDEO, reason="There is no sound."),),
    )
    give_review(ports, APPLICATION, "reviewer-1", given)
    mine, other = review_of(ports, "reviewer-1"), review_of(ports, "reviewer-2")
    assert (mine.status, mine.recommendation, mine.comment) == (
        ReviewStatus.RELEASED,
        Recommendation.RETURN,
        "Ready.",
    )
    assert (other.status, other.recommendation) == (ReviewStatus.RELEASED, None)
    with pytest.raises(NotNow, match="You returned FW-TEST-0001 to the applicant"):
        give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    with pytest.raises(NotNow, match="not asked to review FW-TEST-0001 any more"):
        give_review(ports, APPLICATION, "reviewer-2", make_given(ports))


@pytest.mark.parametrize(
    ("overrides", "paths"),
    [
        ({"recommendation": None}, ["/recommendation"]),
        ({"scores": {"commitment": 6, "readiness": 1}}, ["/scores/commitment"]),
        ({"scores": {"commitment": 1}}, ["/scores/readiness"]),
        ({"scores": {"commitment": 1, "readiness": 0}}, ["/scores/readiness"]),
        ({"scores": {"commitment": 1, "readiness": 1, "charm": 1}}, ["/scores/charm"]),
        ({"recommendation": "return"}, ["/returns"]),
        (
            {"recommendation": "return", "returns": ({"requirement": LETTER},)},
            ["/returns/0/reason"],
        ),
        (
            {
                "recommendation": "return",
                "returns": (
                    {"requirement": TEAM, "reason": "Too small"},
                    {"requirement": LETTER, "reason": "Unsigned", "documents": (7,)},
                ),
            },
            ["/returns/0/requirement", "/returns/1/documents"],
        ),
        ({"returns": ({"requirement": LETTER, "reason": "Unsigned"},)}, ["/returns"]),
    ],
)
def test_an_incomplete_review_is_refused_with_each_field(
    overrides: dict[str, object], paths: list[str]
) -> None:
    ports = make_round()
    with pytest.raises(Invalid) as refusal:
        give_review(ports, APPLICATION, "reviewer-1", make_given(ports, **overrides))
    assert [problem.path for problem in refusal.value.problems] == paths
    assert ports.applications.commits == []


def test_notes_are_kept_and_count_for_nothing() -> None:
    ports = make_round()
    notes = ReviewNotes(scores={"commitment": 3}, comment="Clear.")
    keep_notes(ports, APPLICATION, "reviewer-1", notes)
    review = review_of(ports, "reviewer-1")
    assert (review.status, review.scores, review.comment) == (
        ReviewStatus.ASSIGNED,
        {"commitment": 3},
        "Clear.",
    )
    give_review(ports, APPLICATION, "reviewer-1", make_given(ports))
    with pytest.raises(NotNow):
        keep_notes(ports, APPLICATION, "reviewer-1", notes)


# --- the checklist of a video ----------------------------------------------------------------


def make_round_with_checklist() -> FakePorts:
    """Return a round whose video must include two things, with one question to choose."""
    ports = make_round()
    track = make_track()
    asked = {"must_include": ("Introductions", "Leader"), "choose_from": ("A quote", "An example"),
             "choose_at_least": 1, "choose_at_most": 1}  # fmt: skip
    requirements = tuple(
        item.with_(**asked) if item.key == VIDEO else item for item in track.requirements
    )
    tracks = (track.with_(requirements=requirements), make_track("seminar"))
    ports.rounds.given(make_program(tracks=tracks))
    ports.applications.given(make_application(Stage.REVIEW, program_version=2))
    return ports


SEEN = VideoTicks(requirement=VIDEO, included=("Introductions",), chosen=("A quote",))


def test_ticks_are_kept_with_the_notes_and_read_again() -> None:
    ports = make_round_with_checklist()
    keep_notes(ports, APPLICATION, "reviewer-1", ReviewNotes(checklist=(SEEN,)))
    review = review_of(ports, "reviewer-1")
    assert (review.status, review.checklist) == (ReviewStatus.ASSIGNED, (SEEN,))
    assert read_for_review(ports, APPLICATION, "reviewer-1").mine.checklist == (SEEN,)
    keep_notes(ports, APPLICATION, "reviewer-1", ReviewNotes())
    assert review_of(ports, "reviewer-1").checklist == ()


def test_an_approval_tells_staff_what_was_not_ticked() -> None:
    ports = make_round_with_checklist()
    receipt = give_review(ports, APPLICATION, "reviewer-1", make_given(ports, checklist=(SEEN,)))
    assert receipt.unticked == ("Video of the team: not ticked off: Leader",)
    review = review_of(ports, "reviewer-1")
    assert (review.checklist, review.unticked) == ((SEEN,), receipt.unticked)
    everything = SEEN.with_(included=("Introductions", "Leader"))
    given = make_given(ports, checklist=(everything,))
    assert give_review(ports, APPLICATION, "reviewer-2", given).unticked == ()


@pytest.mark.parametrize("recommendation", ["decline", "return"])
def test_only_an_approval_is_compared_with_the_checklist(recommendation: str) -> None:
    ports = make_round_with_checklist()
    returns = (ReturnedDocument(requirement=VIDEO, reason="There is no sound."),)
    given = make_given(
        ports,
        recommendation=recommendation,
        checklist=(SEEN,),
        returns=returns if recommendation == "return" else (),
    )
    assert give_review(ports, APPLICATION, "reviewer-1", given).unticked == ()
    review = review_of(ports, "reviewer-1")
    assert (review.checklist, review.unticked) == ((SEEN,), ())


def test_a_tick_that_the_program_does_not_have_is_refused() -> None:
    ports = make_round_with_checklist()
    wrong = SEEN.with_(included=("Introductions", "A song"))
    with pytest.raises(Invalid) as refusal:
        keep_notes(ports, APPLICATION, "reviewer-1", ReviewNotes(checklist=(wrong,)))
    assert [problem.path for problem in refusal.value.problems] == ["/checklist/0/included/1"]
    given = make_given(ports, checklist=(SEEN, wrong), scores={"commitment": 1})
    with pytest.raises(Invalid) as refusal:
        give_review(ports, APPLICATION, "reviewer-1", given)
    assert [problem.path for problem in refusal.value.problems] == [
        "/scores/readiness",
        "/checklist/1/requirement",
        "/checklist/1/included/1",
    ]
    assert ports.applications.commits == []


def test_who_was_never_asked_cannot_review() -> None:
    ports = make_round()
    with pytest.raises(Unknown):
        give_review(ports, APPLICATION, "reviewer-3", make_given(ports))


def _documents(ports: FakePorts) -> tuple[Document, ...]:
    return ports.applications.documents(APPLICATION)


def test_the_same_notes_again_change_nothing() -> None:
    ports = make_round()
    notes = ReviewNotes(
        comment="Half seen.", returns=(ReturnedDocument(requirement=VIDEO, reason="No sound."),)
    )
    first = keep_notes(ports, APPLICATION, "reviewer-1", notes)
    assert keep_notes(ports, APPLICATION, "reviewer-1", notes) == first
    assert len(ports.applications.commits) == 1
    assert review_of(ports, "reviewer-1").returns == notes.returns
