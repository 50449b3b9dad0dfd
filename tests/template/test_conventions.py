"""The template names what exists, and everything that exists is named."""

import json
import re
from collections.abc import Iterator
from typing import Any, cast

import pytest

from roundtable.runtime.settings import ALL_SETTINGS
from roundtable.usecases.staff.now import LATE_AFTER
from tests.statemachines.machine import calls_function, function_of, placed
from tests.template.template import (
    CHECKOUT,
    expanded,
    folder_of,
    functions,
    resources,
    statements_of,
    template,
    text,
    variables,
)

FUNCTIONS = sorted(functions())
# Read by Powertools itself.
FOR_POWERTOOLS = {"POWERTOOLS_SERVICE_NAME", "LOG_LEVEL"}


def test_every_function_has_its_folder_and_every_folder_its_function() -> None:
    named = {folder_of(function).name for function in functions().values()}
    there = {handler.parent.name for handler in (CHECKOUT / "functions").glob("*/app.py")}
    assert named == there


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_is_called_like_its_folder(name: str) -> None:
    folder = folder_of(functions()[name]).name
    assert name == "".join(word.capitalize() for word in folder.split("_")) + "Function"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_a_role_and_a_log_of_its_own(name: str) -> None:
    function = functions()[name]
    own = name.removesuffix("Function")
    assert function["Role"] == {"Fn::GetAtt": [f"{own}Role", "Arn"]}
    assert function["LoggingConfig"]["LogGroup"] == {"Ref": f"{own}Log"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_variable_is_a_setting_that_code_knows(name: str) -> None:
    known = {variable for settings in ALL_SETTINGS for variable in settings.variables()}
    assert set(variables(functions()[name])) <= known


def test_every_setting_is_given_to_some_function() -> None:
    given = {variable for function in functions().values() for variable in variables(function)}
    needed = {
        field.alias
        for settings in ALL_SETTINGS
        for field in settings.model_fields.values()
        if field.is_required()
    }
    assert needed <= given


def test_common_variables_are_those_of_powertools() -> None:
    common = template()["Globals"]["Function"]["Environment"]["Variables"]
    assert set(common) == FOR_POWERTOOLS


@pytest.mark.parametrize(
    ("variable", "actions"),
    [
        ("TABLE_NAME", {"dynamodb:GetItem", "dynamodb:PutItem"}),
        ("BUCKET_NAME", {"s3:GetObjectVersion"}),
        ("EVENT_BUS_NAME", {"events:PutEvents"}),
        ("STATE_MACHINE_ARN", {"states:SendTaskSuccess", "states:StartExecution"}),
        ("USER_POOL_ID", {"cognito-idp:AdminListGroupsForUser"}),
        ("ALARM_PREFIX", {"cloudwatch:DescribeAlarms"}),
        ("SENDER_ADDRESS", {"ses:SendEmail"}),
        ("CONFIGURATION_SET", {"ses:SendEmail"}),
    ],
)
def test_functions_know_exactly_what_they_may_use(variable: str, actions: set[str]) -> None:
    know = {name for name in FUNCTIONS if variable in variables(functions()[name])}
    may = {
        name
        for name in FUNCTIONS
        if any(actions & set(one.actions) for one in statements_of(name).values())
    }
    assert know == may


@pytest.mark.parametrize(
    ("variable", "function"),
    [
        ("CHECK_LETTER_FUNCTION", "CheckLetterFunction"),
        ("CHECK_VIDEO_FUNCTION", "CheckVideoFunction"),
        ("READ_LETTER_FUNCTION", "ReadLetterFunction"),
        ("VERIFY_SIGNATURES_FUNCTION", "VerifySignaturesFunction"),
    ],
)
def test_functions_know_exactly_whom_they_may_call(variable: str, function: str) -> None:
    know = {name for name in FUNCTIONS if variable in variables(functions()[name])}
    may = {
        name
        for name in FUNCTIONS
        if any(
            "lambda:InvokeFunction" in one.actions
            and {"Fn::GetAtt": [function, "Arn"]} in one.resources
            for one in statements_of(name).values()
        )
    }
    assert know == may


def test_machine_calls_functions_of_the_template_and_may_call_no_others() -> None:
    machine = resources("AWS::Serverless::StateMachine")["Workflow"]
    called = {function_of(one.state) for one in placed() if calls_function(one.state)}
    substitutions = machine["DefinitionSubstitutions"]
    assert substitutions == {"TableName": {"Ref": "Table"}} | {
        f"{name}FunctionArn": {"Fn::GetAtt": [f"{name}Function", "Arn"]} for name in called
    }
    role = resources("AWS::IAM::Role")["WorkflowRole"]
    steps = role["Policies"][0]["PolicyDocument"]["Statement"][0]
    assert steps["Action"] == ["lambda:InvokeFunction"]
    assert sorted(steps["Resource"], key=json.dumps) == sorted(
        ({"Fn::GetAtt": [f"{name}Function", "Arn"]} for name in called), key=json.dumps
    )


def test_steps_of_the_machine_have_more_time_than_their_functions() -> None:
    default = template()["Globals"]["Function"]["Timeout"]
    for one in placed():
        if calls_function(one.state):
            function = functions()[f"{function_of(one.state)}Function"]
            assert one.state["TimeoutSeconds"] == function.get("Timeout", default) + 10


def test_everything_declared_is_used() -> None:
    for section in ("Parameters", "Conditions"):
        for name in template()[section]:
            uses = re.findall(rf"(?:!Ref|!If \[|Condition:|\$\{{)\s*{name}\b", text())
            assert uses, f"{section[:-1]} {name} is not used"


def test_references_lead_to_something() -> None:
    names = {*template()["Resources"], *template()["Parameters"]}
    missing = {name for name in _references(template()) if name not in names}
    assert {name for name in missing if not name.startswith("AWS::")} == {"Domain"}


def test_template_has_room_to_grow() -> None:
    # CloudFormation takes 500 resources and a megabyte.
    assert len(expanded()["Resources"]) < 250
    assert len(json.dumps(expanded())) < 500_000


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0]
            elif key == "Fn::Sub":
                sub: str = inner if isinstance(inner, str) else inner[0]
                yield from (name.partition(".")[0] for name in re.findall(r"\$\{([^}!]+)\}", sub))
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _references(inner)


def test_what_is_late_was_left_lying_for_a_round_of_the_clock() -> None:
    events = functions()["ClockFunction"]["Events"].values()
    rates = [event["Properties"]["ScheduleExpression"] for event in events]
    assert rates == [f"rate({int(LATE_AFTER.total_seconds()) // 60} minutes)"]
