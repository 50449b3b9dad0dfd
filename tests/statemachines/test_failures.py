"""What happens when a step fails: few retries, then a person; a late step looks again."""

import pytest

from tests.statemachines.bench import Bench, Execution, Fails, Moves, Returns
from tests.statemachines.machine import (
    HELP,
    HUB,
    LOOK,
    WAIT_FOR_STAFF,
    calls_function,
    definition,
    function_of,
    is_wait,
)

STEPS = {
    name: function_of(state)
    for name, state in definition()["States"].items()
    if calls_function(state) and name != HELP
}
STAGE_OF_STEP = {
    "List requirements": "checking",
    "Record checks": "checking",
    "Ask for corrections": "corrections",
    "Assign reviewers": "review",
    "Decide": "deciding",
    "Move to fallback track": "fallback",
    "Send decision notice": "notifying",
    "Enrol team": "enrolling",
    "Release seat": "releasing",
    "Close": "closed",
}
STAGE_OF_WAIT = {
    "Wait for corrections": "corrections",
    "Wait for reviews": "review",
    "Wait for staff to decide": "with_staff",
    "Wait for a seat": "waitlist",
    "Wait for announcement": "announcing",
    "Wait for answer": "offer",
}
PASSING = ["Conflict", "Unavailable", "Lambda.TooManyRequestsException", "Lambda.Unknown"]


def _help_of(execution: Execution) -> list[object]:
    return [payload["error"] for name, payload in execution.bench.calls if name == "AskForHelp"]


def _begin(bench: Bench, stage: str) -> Execution:
    """Begin with an application that is marked for staff's attention once help is asked for."""
    execution = bench.begin(stage)
    bench.store(execution.application, attention_pk="program#help")
    return execution


def test_every_step_and_wait_of_the_machine_is_tried_here() -> None:
    waits = {name for name, state in definition()["States"].items() if is_wait(state)}
    assert set(STAGE_OF_STEP) == set(STEPS)
    assert set(STAGE_OF_WAIT) == waits - {WAIT_FOR_STAFF}


@pytest.mark.parametrize("step", STEPS)
def test_unexpected_error_of_a_step_is_brought_to_staff_who_restart_it(
    obvious: Bench, step: str
) -> None:
    obvious.play(STEPS[step], Fails("KeyError", went="closed"), Moves("closed"))
    execution = _begin(obvious, STAGE_OF_STEP[step])
    execution.resume(WAIT_FOR_STAFF)
    entered = execution.finish()
    tripped = entered.index(step)
    assert entered[tripped:] == [step, HELP, WAIT_FOR_STAFF, LOOK, HUB, "Close"]
    assert _help_of(execution) == [{"state": step, "error": "KeyError"}]


@pytest.mark.parametrize("step", [step for step in STEPS if step != "Close"])
def test_late_step_looks_where_the_application_stands(obvious: Bench, step: str) -> None:
    obvious.play(STEPS[step], Fails("ApplicationMoved", went="closed"), Moves("closed"))
    execution = obvious.begin(STAGE_OF_STEP[step])
    entered = execution.finish()
    late = entered.index(step)
    assert entered[late:] == [step, LOOK, HUB, "Close"]
    assert _help_of(execution) == []


def test_closed_application_that_is_taken_up_again_meanwhile_is_looked_up(obvious: Bench) -> None:
    obvious.play("CloseApplication", Fails("ApplicationMoved", went="releasing"), Moves("closed"))
    execution = obvious.begin("closed")
    assert execution.finish() == [LOOK, HUB, "Close", LOOK, HUB, "Release seat", "Close"]


@pytest.mark.parametrize("error", PASSING)
def test_passing_fault_is_retried_without_anybody_noticing(obvious: Bench, error: str) -> None:
    obvious.play("CloseApplication", *[Fails(error)] * 6, Moves("closed"))
    execution = obvious.begin("closed")
    assert execution.finish() == [LOOK, HUB, "Close"]
    assert len(obvious.calls) == 7


@pytest.mark.parametrize(
    ("error", "tries"),
    [("States.Timeout", 2), ("Sandbox.Timedout", 2), ("Unavailable", 7), ("ValueError", 1)],
)
def test_step_that_always_fails_comes_to_a_person_after_few_tries(
    obvious: Bench, error: str, tries: int
) -> None:
    obvious.play("Decide", Fails(error))
    execution = _begin(obvious, "deciding")
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert [name for name, _ in obvious.calls] == [*["Decide"] * tries, "AskForHelp"]
    assert _help_of(execution) == [{"state": "Decide", "error": error}]
    execution.stop()


@pytest.mark.parametrize("wait", STAGE_OF_WAIT)
def test_wait_that_lasts_too_long_is_brought_to_staff(obvious: Bench, wait: str) -> None:
    execution = _begin(obvious, STAGE_OF_WAIT[wait])
    execution.fail(wait, "States.Timeout")
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert execution.entered()[-3:] == [wait, HELP, WAIT_FOR_STAFF]
    assert _help_of(execution) == [{"state": wait, "error": "States.Timeout"}]
    execution.stop()


@pytest.mark.parametrize("wait", STAGE_OF_WAIT)
def test_application_that_went_elsewhere_is_looked_up(obvious: Bench, wait: str) -> None:
    execution = obvious.begin(STAGE_OF_WAIT[wait])
    execution.divert(wait, stage="closed")
    assert execution.finish()[-4:] == [wait, LOOK, HUB, "Close"]


@pytest.mark.parametrize(
    ("stage", "step", "wait"),
    [
        ("corrections", "AskForCorrections", "Wait for corrections"),
        ("review", "AssignReviewers", "Wait for reviews"),
        ("deciding", "Decide", "Wait for staff to decide"),
        ("deciding", "Decide", "Wait for announcement"),
        ("notifying", "SendNotice", "Wait for a seat"),
        ("notifying", "SendNotice", "Wait for answer"),
    ],
)
def test_decision_that_came_before_the_token_is_found(
    obvious: Bench, stage: str, step: str, wait: str
) -> None:
    # The step says where it left the application; meanwhile it was closed.
    obvious.play(step, Moves("closed", said=STAGE_OF_WAIT[wait]))
    execution = obvious.begin(stage)
    assert execution.finish()[-4:] == [wait, LOOK, HUB, "Close"]
    assert "wait_token" not in execution.item()


def test_document_whose_check_always_fails_is_left_to_a_person(obvious: Bench) -> None:
    documents = [
        {"requirement": "support", "number": 1, "kind": "letter"},
        {"requirement": "story", "number": 1, "kind": "video"},
        {"requirement": "dates", "number": 0, "kind": "attestation"},
        {"requirement": "song", "number": 1, "kind": "music"},
    ]
    obvious.play("ListRequirements", Returns({"documents": documents}))
    for function in ("CheckLetter", "CheckVideo", "CheckAttestation"):
        obvious.play(function, Fails("Sandbox.Timedout"))
    obvious.play("RecordChecks", Moves("closed"))
    execution = obvious.begin("checking")
    assert execution.finish()[-4:] == ["Check requirements", "Record checks", HUB, "Close"]
    assert obvious.calls[-2] == (
        "RecordChecks",
        {
            "application": execution.application,
            "looked_into": [
                {"requirement": one["requirement"], "number": one["number"]} for one in documents
            ],
        },
    )


def test_list_of_requirements_that_is_none_is_brought_to_staff(obvious: Bench) -> None:
    obvious.play("ListRequirements", Returns({"documents": [{"requirement": "support"}]}))
    execution = _begin(obvious, "checking")
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert execution.entered()[-3:] == ["Check requirements", HELP, WAIT_FOR_STAFF]
    execution.stop()


def test_help_given_before_the_token_was_stored_is_found(obvious: Bench) -> None:
    obvious.play("Decide", Fails("KeyError"), Moves("closed"))
    # Nothing marks the application for staff: they saw to it already.
    execution = obvious.begin("deciding")
    entered = execution.finish()
    assert entered == [LOOK, HUB, "Decide", HELP, WAIT_FOR_STAFF, LOOK, HUB, "Decide", HUB, "Close"]


def test_staff_who_do_not_come_are_asked_again(obvious: Bench) -> None:
    obvious.play("Decide", Fails("KeyError"))
    execution = _begin(obvious, "deciding")
    execution.fail(WAIT_FOR_STAFF, "States.Timeout")
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert _help_of(execution)[1:] == [{"state": WAIT_FOR_STAFF, "error": "States.Timeout"}]
    execution.divert(WAIT_FOR_STAFF, stage="closed")
    assert execution.finish()[-4:] == [WAIT_FOR_STAFF, LOOK, HUB, "Close"]


def test_wait_for_staff_that_cannot_be_stored_ends_the_execution(obvious: Bench) -> None:
    obvious.play("Decide", Fails("KeyError"))
    execution = _begin(obvious, "deciding")
    execution.fail(WAIT_FOR_STAFF, "DynamoDb.AccessDeniedException")
    assert execution.finish() == [LOOK, HUB, "Decide", HELP, WAIT_FOR_STAFF]
    assert execution.outcome()["status"] == "FAILED"


@pytest.mark.parametrize("step", [step for step in STEPS if step != "Close"])
def test_step_that_refuses_its_own_stage_comes_to_a_person(obvious: Bench, step: str) -> None:
    obvious.play(STEPS[step], Fails("ApplicationMoved"))
    execution = _begin(obvious, STAGE_OF_STEP[step])
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert execution.entered()[-5:] == [step, LOOK, HUB, HELP, WAIT_FOR_STAFF]
    assert _help_of(execution) == [{"state": HUB, "error": "Roundtable.NoProgress"}]
    execution.stop()


@pytest.mark.parametrize("step", ["Decide", "Move to fallback track", "Send decision notice"])
def test_step_that_leaves_everything_as_it_was_comes_to_a_person(obvious: Bench, step: str) -> None:
    obvious.play(STEPS[step], Moves(STAGE_OF_STEP[step]))
    execution = _begin(obvious, STAGE_OF_STEP[step])
    execution.wait_until_waiting(WAIT_FOR_STAFF)
    assert execution.entered() == [LOOK, HUB, step, HUB, HELP, WAIT_FOR_STAFF]
    execution.stop()


def test_table_that_cannot_be_read_is_brought_to_staff(
    obvious: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    obvious.refuse_reads(monkeypatch, "DynamoDb.AccessDeniedException")
    execution = obvious.begin("closed")
    obvious.play("AskForHelp", Fails("Unexpected"))
    assert execution.finish() == [LOOK, HELP]
    assert execution.outcome()["status"] == "FAILED"


def test_execution_fails_where_even_help_cannot_be_asked_for(obvious: Bench) -> None:
    obvious.play("Decide", Fails("KeyError"))
    obvious.play("AskForHelp", Fails("KeyError"))
    execution = obvious.begin("deciding")
    assert execution.finish() == [LOOK, HUB, "Decide", HELP]
    assert execution.outcome()["status"] == "FAILED"
