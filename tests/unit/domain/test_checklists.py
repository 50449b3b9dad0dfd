import pytest

from roundtable.domain.checklists import VideoTicks, checklist_problems, left_unticked
from roundtable.domain.program import Track
from roundtable.domain.requirements import FieldProblem
from tests.factories import LETTER, VIDEO, make_track


def track_with(**changes: object) -> Track:
    video = {
        "kind": "video",
        "key": VIDEO,
        "title": "Team video",
        "min_length": "5 min",
        "max_length": "15 min",
        "must_include": ["Introductions", "Leader's part"],
        "choose_from": ["A quote", "An example", "A definition"],
        "choose_at_least": 2,
        "choose_at_most": 3,
    }
    letter = {"kind": "letter", "key": LETTER, "title": "Letter", "signed_by": ["ceo"]}
    return make_track(requirements=[letter, video | changes])


TRACK = track_with()


def ticks(*included: str, chosen: tuple[str, ...] = (), requirement: str = VIDEO) -> VideoTicks:
    return VideoTicks(requirement=requirement, included=included, chosen=chosen)


@pytest.mark.parametrize(
    "checklist",
    [
        (),
        (ticks(),),
        (ticks("Introductions"),),
        (ticks("Leader's part", "Introductions", chosen=("A quote",)),),
        (ticks(chosen=("A quote", "An example", "A definition")),),
    ],
)
def test_checklist_of_the_program_has_no_problems(checklist: tuple[VideoTicks, ...]) -> None:
    assert checklist_problems(TRACK, checklist) == []


@pytest.mark.parametrize(
    ("checklist", "problem"),
    [
        ((ticks(requirement=LETTER),), ("/checklist/0/requirement", "The track asks for no such")),
        ((ticks(requirement="other"),), ("/checklist/0/requirement", "The track asks for no such")),
        ((ticks(), ticks()), ("/checklist/1/requirement", "Tick off each video once.")),
        ((ticks("Introductions", "A song"),), ("/checklist/0/included/1", "The checklist has no")),
        ((ticks(chosen=("Introductions",)),), ("/checklist/0/chosen/0", "The checklist has no")),
        (
            (ticks("Introductions", "Introductions"),),
            ("/checklist/0/included/1", "Tick this off once."),
        ),
    ],
)
def test_checklist_problems_name_the_tick(
    checklist: tuple[VideoTicks, ...], problem: tuple[str, str]
) -> None:
    (found,) = checklist_problems(TRACK, checklist)
    assert isinstance(found, FieldProblem)
    assert (found.path, found.reason[: len(problem[1])]) == problem


def test_left_unticked_is_nothing_where_everything_is_seen() -> None:
    seen = ticks("Introductions", "Leader's part", chosen=("A quote", "A definition"))
    assert left_unticked(TRACK, (seen,)) == ()


def test_left_unticked_names_what_the_video_must_include() -> None:
    seen = ticks("Introductions", chosen=("A quote", "An example"))
    assert left_unticked(TRACK, (seen,)) == ("Team video: not ticked off: Leader's part",)


def test_left_unticked_of_an_empty_checklist_is_all_of_it() -> None:
    assert left_unticked(TRACK, ()) == (
        "Team video: not ticked off: Introductions",
        "Team video: not ticked off: Leader's part",
        "Team video: 0 of the questions ticked off, 2 to 3 were to be chosen",
    )


def test_left_unticked_counts_the_chosen_questions() -> None:
    two = track_with(must_include=[], choose_at_most=2)
    all_three = ticks(chosen=("A quote", "An example", "A definition"))
    assert left_unticked(two, (all_three,)) == (
        "Team video: 3 of the questions ticked off, 2 were to be chosen",
    )
    free = track_with(must_include=[], choose_at_least=0, choose_at_most=0)
    assert left_unticked(free, (all_three,)) == ()


def test_left_unticked_of_a_track_without_a_video_is_nothing() -> None:
    assert left_unticked(make_track("seminar"), ()) == ()
