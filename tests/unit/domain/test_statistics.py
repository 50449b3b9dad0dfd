from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.application import Application, Decision
from roundtable.domain.stages import Stage
from roundtable.domain.statistics import changes, places
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
