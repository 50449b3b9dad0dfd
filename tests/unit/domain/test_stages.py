from itertools import product

import pytest

from roundtable.domain.stages import (
    BEFORE_DECISION,
    HOLDS_A_SEAT_IF_ACCEPTED,
    NATURAL_NEXT,
    TRANSITIONS,
    WAITING,
    Stage,
    WrongStage,
    check_move,
)


def reached_from(stage: Stage) -> set[Stage]:
    found, fresh = {stage}, {stage}
    while fresh:
        fresh = {item for place in fresh for item in TRANSITIONS[place]} - found
        found |= fresh
    return found


def test_transitions_has_every_stage() -> None:
    assert set(TRANSITIONS) == set(Stage)


def test_every_stage_is_reachable_from_the_draft() -> None:
    assert reached_from(Stage.DRAFT) == set(Stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_closed_is_reachable_from_everywhere(stage: Stage) -> None:
    assert Stage.CLOSED in reached_from(stage)


@pytest.mark.parametrize(("stage", "wanted"), list(product(Stage, Stage)))
def test_check_move_follows_the_table(stage: Stage, wanted: Stage) -> None:
    if wanted in TRANSITIONS[stage]:
        check_move(stage, wanted)
        return
    with pytest.raises(WrongStage, match=f"'{stage.value}' cannot move to '{wanted.value}'") as no:
        check_move(stage, wanted)
    assert (no.value.stage, no.value.wanted) == (stage, wanted)


def test_natural_next_is_a_move_of_the_table() -> None:
    assert all(after in TRANSITIONS[stage] for stage, after in NATURAL_NEXT.items())
    assert {*NATURAL_NEXT, Stage.WITH_STAFF} == WAITING


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.CLOSED, Stage.RELEASING}))
def test_withdrawing_has_a_move_in_every_stage(stage: Stage) -> None:
    if stage in HOLDS_A_SEAT_IF_ACCEPTED:
        check_move(stage, Stage.RELEASING)
    else:
        check_move(stage, Stage.CLOSED)


def test_before_decision_holds_no_seat() -> None:
    assert not BEFORE_DECISION & HOLDS_A_SEAT_IF_ACCEPTED
