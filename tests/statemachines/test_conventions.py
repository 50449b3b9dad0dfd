"""What holds for every state of the machine, whatever it does."""

import json
import re
from typing import Any

import pytest

from tests.statemachines.machine import (
    HELP,
    HUB,
    LOOK,
    WAIT_FOR_STAFF,
    Placed,
    State,
    calls_function,
    definition,
    function_of,
    is_wait,
    of_type,
    placed,
    successors,
    text,
)

DAY = 86_400
QUARANTINED = ["Quarantined"]
RETURNING = {"ApplicationMoved", "Roundtable.ApplicationMoved",
             "DynamoDb.ConditionalCheckFailedException"}  # fmt: skip
# Each exists on AWS in this form; the shorter `dynamodb:updateItem.waitForTaskToken` does not.
INTEGRATIONS = {
    "arn:aws:states:::lambda:invoke",
    "arn:aws:states:::aws-sdk:dynamodb:getItem",
    "arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken",
}
EVERY = [pytest.param(one, id=one.name) for one in placed()]
TASKS = [pytest.param(name, state, id=name) for name, state in of_type("Task").items()]


@pytest.mark.parametrize("one", EVERY)
def test_state_says_what_it_does(one: Placed) -> None:
    assert re.fullmatch(r"[A-Z].{20,}\.", one.state["Comment"])


@pytest.mark.parametrize("one", EVERY)
def test_state_has_a_name_that_can_be_read_aloud(one: Placed) -> None:
    assert re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", one.name)


@pytest.mark.parametrize("one", EVERY)
def test_state_leads_to_its_siblings_only_or_ends(one: Placed) -> None:
    following = list(successors(one.state))
    assert set(following) <= set(one.siblings)
    assert bool(following) is not (one.state.get("End", False) and "Catch" not in one.state)


@pytest.mark.parametrize("scope", [definition(), definition()["States"]["Check requirements"][
    "ItemProcessor"]], ids=["machine", "map"])  # fmt: skip
def test_every_state_can_be_reached(scope: dict[str, Any]) -> None:
    reached: set[str] = set()
    todo = [scope["StartAt"]]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += successors(scope["States"][name])
    assert reached == set(scope["States"])


@pytest.mark.parametrize(("name", "state"), TASKS)
def test_task_has_a_budget_that_its_comment_tells(name: str, state: State) -> None:
    seconds = state["TimeoutSeconds"]
    told = f"{seconds // DAY} days" if is_wait(state) else f"Budget {seconds} s"
    assert told in state["Comment"]
    # A wait outlives every date of a round, and ends before the execution does.
    assert (
        (30 * DAY <= seconds < definition()["TimeoutSeconds"])
        if is_wait(state)
        else (seconds <= 180)
    )


@pytest.mark.parametrize(("name", "state"), TASKS)
def test_task_uses_an_integration_that_aws_has(name: str, state: State) -> None:
    assert state["Resource"] in INTEGRATIONS


def test_tasks_of_a_kind_retry_alike() -> None:
    of_functions = {
        json.dumps([retry for retry in state["Retry"] if retry["ErrorEquals"] != QUARANTINED])
        for state in of_type("Task").values()
        if calls_function(state)
    }
    of_the_table = {
        json.dumps(state["Retry"])
        for state in of_type("Task").values()
        if not calls_function(state)
    }
    assert len(of_functions) == 1
    assert len(of_the_table) == 1
    assert of_functions != of_the_table


def test_checks_of_files_wait_half_an_hour_for_the_search() -> None:
    waiting = {
        one.name: retry
        for one in placed()
        for retry in one.state.get("Retry", ())
        if retry["ErrorEquals"] == QUARANTINED
    }
    assert set(waiting) == {"Check letter", "Check video"}
    assert waiting["Check letter"] == waiting["Check video"]
    assert 1800 <= _longest(waiting["Check letter"]) <= 2400


@pytest.mark.parametrize(("name", "state"), TASKS)
def test_retries_are_few_and_end_within_minutes(name: str, state: State) -> None:
    for retry in state["Retry"]:
        assert "States.ALL" not in retry["ErrorEquals"]
        assert "States.TaskFailed" not in retry["ErrorEquals"]
        assert retry["ErrorEquals"] == QUARANTINED or _longest(retry) <= 120
        if any("Time" in error for error in retry["ErrorEquals"]):
            assert retry["MaxAttempts"] == 1
            assert not is_wait(state)


def _longest(retry: dict[str, Any]) -> float:
    """Return how long (seconds) a policy tries again at most."""
    return sum(
        min(
            retry["IntervalSeconds"] * retry.get("BackoffRate", 2) ** attempt,
            retry.get("MaxDelaySeconds", 60),
        )
        for attempt in range(retry["MaxAttempts"])
    )


@pytest.mark.parametrize("one", EVERY)
def test_every_failure_comes_to_a_person_or_looks_where_the_application_stands(
    one: Placed,
) -> None:
    for catch in one.state.get("Catch", ()):
        errors = set(catch["ErrorEquals"])
        match catch["Next"]:
            case "Look where the application stands":
                assert errors <= RETURNING
            case "Ask staff for help":
                assert errors == ({"States.Timeout"} if one.name == WAIT_FOR_STAFF else {
                    "States.ALL"
                })  # fmt: skip
                assert catch["Output"] == {
                    "state": one.name,
                    "error": "{% $states.errorOutput.Error %}",
                }
            case "Leave it to a person":
                assert errors == {"States.ALL"}
                assert one.name.startswith("Check ")
            case elsewhere:
                pytest.fail(f"{one.name} fails into {elsewhere}")


@pytest.mark.parametrize("one", [one for one in placed() if one.state["Type"] in {"Task", "Map"}],
                         ids=lambda one: one.name)  # fmt: skip
def test_everything_that_can_fail_is_caught_but_the_call_for_help(one: Placed) -> None:
    ways = [catch["Next"] for catch in one.state.get("Catch", ())]
    match one.name:
        case "Ask staff for help":
            assert ways == []
        case "Check letter" | "Check video" | "Check attestation":
            assert ways == ["Leave it to a person"]
        case "Look where the application stands" | "Check requirements":
            assert ways == [HELP]
        case _:
            assert ways == [LOOK, HELP]


def test_conditions_of_waits_name_the_stage_that_leads_to_them() -> None:
    for name, state in of_type("Task").items():
        if is_wait(state) and name != WAIT_FOR_STAFF:
            stage = state["Arguments"]["ExpressionAttributeValues"][":stage"]["S"]
            ways = [way["Next"] for way in definition()["States"][HUB]["Choices"]
                    if f"'{stage}'" in way["Condition"]]  # fmt: skip
            step = definition()["States"][ways[0]]
            assert name in {ways[0], step.get("Next")}
            assert state["Arguments"]["ConditionExpression"] == "#stage = :stage"


def test_steps_say_which_stage_they_tried_to_leave() -> None:
    states = definition()["States"]
    stages = {
        way["Next"]: match[1]
        for way in states[HUB]["Choices"]
        if (match := re.search(r"stage = '(\w+)'", way["Condition"]))
    }
    for name, state in states.items():
        if calls_function(state) and name != HELP:
            moved = next(c for c in state["Catch"] if c["ErrorEquals"] == ["ApplicationMoved"])
            assert moved["Output"] == {"after": stages.get(name, "checking")}


def test_substitutions_are_the_table_and_the_functions() -> None:
    written = set(re.findall(r"\$\{(\w+)\}", text()))
    functions = {f"{function_of(one.state)}FunctionArn" for one in placed()
                 if calls_function(one.state)}  # fmt: skip
    assert written == functions | {"TableName"}


def test_definition_fits_what_step_functions_takes_and_has_no_anchors() -> None:
    assert len(text().encode()) < 1_048_576
    assert not re.search(r"^\s*[^#\s].*[:-] [&*]\w", text(), re.MULTILINE)
    assert definition()["QueryLanguage"] == "JSONata"
