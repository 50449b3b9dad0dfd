from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.application import Application, Decision
from roundtable.domain.stages import Stage
from roundtable.domain.statistics import changes, days_to_review, places, reviews_given, track_of
from tests.factories import NOW, SEMINAR, make_application, make_outcome

STATES = st.lists(
    st.builds(make_application, st.sampled_from(list(Stage)), track=st.just(SEMINAR)), max_size=8
)


def test_places_of_an_enrolled_application() -> None:
    assert places(make_application(Stage.CLOSED)) == {
        "stage/residency/closed": 1,
        "closed/residency/enrolled": 1,
        "outcome/residency/accepted": 1,
        "received/residency": 1,
    }


def test_places_of_a_draft_and_of_one_that_needs_help() -> None:
    assert places(make_application()) == {"stage/residency/draft": 1}
    stuck = make_application(Stage.CHECKING, help={"since": NOW, "reason": "It stopped."})
    assert places(stuck) == {
        "stage/residency/checking": 1,
        "received/residency": 1,
        "help": 1,
    }
    assert places(None) == {}


def test_changes_of_a_fallback_move_what_was_received() -> None:
    declined = (make_outcome(Decision.NOT_SELECTED),)
    before = make_application(Stage.FALLBACK, outcomes=declined)
    after = make_application(Stage.CHECKING, outcomes=declined, track=SEMINAR)
    assert changes(before, after) == {
        "received/residency": -1,
        "received/seminar": 1,
        "stage/residency/fallback": -1,
        "stage/seminar/checking": 1,
    }


@given(states=STATES)
def test_changes_add_up_to_where_the_application_stands(states: list[Application]) -> None:
    total: dict[str, int] = {}
    before: Application | None = None
    for after in states:
        for name, amount in changes(before, after).items():
            total[name] = total.get(name, 0) + amount
        before = after
    assert {name: amount for name, amount in total.items() if amount} == places(before)


def test_a_review_given_is_counted_with_its_days() -> None:
    before = make_application(Stage.REVIEW)
    first, second = before.panel
    after = before.with_(
        panel=(first.with_(done=True), second), updated_at=NOW + timedelta(days=3, hours=5)
    )
    assert reviews_given(before, after) == {"given/reviewer-1/3": 1}
    assert reviews_given(after, after) == {}
    assert reviews_given(None, after) == {}
    assert reviews_given(after, None) == {}


def test_a_place_given_to_somebody_else_is_no_review() -> None:
    before = make_application(Stage.REVIEW)
    first, second = before.panel
    other = first.with_(reviewer="reviewer-3", done=True)
    assert reviews_given(before, before.with_(panel=(other, second))) == {}


def test_days_to_review_are_medians() -> None:
    counters = {"given/a/1": 2, "given/a/9": 1, "given/b/2": 1, "given/b/3": 1, "help": 4}
    assert days_to_review(counters) == {"a": 1, "b": 2.5}


def test_counters_are_about_a_track_or_about_none() -> None:
    counters = ["stage/seminar/review", "received/seminar", "help", "given/a/1"]
    assert [track_of(counter) for counter in counters] == ["seminar", "seminar", "", ""]
