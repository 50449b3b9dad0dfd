"""What is offered is what the use cases take."""

import pytest

from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import ExecutionStatus
from roundtable.usecases.staff.possible import StaffAction, possible_actions
from tests.factories import SEMINAR, TEAM, make_application, make_program, make_track

RUNNING = ExecutionStatus.RUNNING


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_actions_in_one_order(stage: Stage) -> None:
    found = possible_actions(make_application(stage), make_program(), RUNNING)
    assert list(found) == [action for action in StaffAction if action in found]
    assert (StaffAction.WITHDRAW in found) is (stage is not Stage.RELEASING)
    assert (StaffAction.DECIDE in found) is (stage is Stage.WITH_STAFF)
    assert (StaffAction.ANNOUNCE in found) is (stage is Stage.ANNOUNCING)
    assert StaffAction.RESTART not in found


@pytest.mark.parametrize("execution", [ExecutionStatus.LOST, ExecutionStatus.ENDED])
def test_a_lost_execution_is_restarted(execution: ExecutionStatus) -> None:
    program = make_program()
    review = make_application(Stage.REVIEW)
    assert StaffAction.RESTART in possible_actions(review, program, execution)
    closed = make_application(Stage.CLOSED)
    assert StaffAction.RESTART not in possible_actions(closed, program, execution)
    draft = make_application(Stage.DRAFT)
    assert StaffAction.RESTART not in possible_actions(draft, program, execution)


@pytest.mark.parametrize("closed_as", ClosedAs)
def test_only_a_deadline_is_extended_after_the_end(closed_as: ClosedAs) -> None:
    closed = make_application(Stage.CLOSED, closed_as=closed_as)
    found = possible_actions(closed, make_program(), RUNNING)
    late = closed_as in {ClosedAs.INCOMPLETE, ClosedAs.NOT_SUBMITTED}
    assert (StaffAction.EXTEND in found) is late
    assert (StaffAction.WITHDRAW in found) is (closed_as is ClosedAs.ENROLLED)


def test_nothing_is_admitted_twice_and_one_track_leads_nowhere() -> None:
    track = make_track(SEMINAR, requirements=[make_track().requirement(TEAM)])
    program = make_program(tracks=(track,))
    application = make_application(Stage.CHECKING, track=SEMINAR, admitted=(TEAM,))
    found = possible_actions(application, program, RUNNING)
    assert StaffAction.ADMIT not in found
    assert StaffAction.TRANSFER not in found


def test_an_empty_place_of_the_panel_is_filled() -> None:
    application = make_application(Stage.REVIEW)
    program = make_program()
    assert StaffAction.ASSIGN not in possible_actions(application, program, RUNNING)
    fewer = application.with_(panel=application.panel[:1])
    assert StaffAction.ASSIGN in possible_actions(fewer, program, RUNNING)
