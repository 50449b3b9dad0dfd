"""What cfn-lint says of the template and of the state machine in it."""

import json

from cfnlint.api import lint  # pyright: ignore[reportMissingTypeStubs]

from tests.statemachines.machine import definition
from tests.template.template import text


def test_cfn_lint_finds_nothing() -> None:
    assert [f"{one.rule.id} {one.message}" for one in lint(text())] == []


def test_cfn_lint_finds_nothing_in_the_state_machine() -> None:
    template = {
        "Resources": {
            "Workflow": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "RoleArn": "arn:aws:iam::123456789012:role/workflow",
                    "DefinitionString": json.dumps(_with_names(definition())),
                },
            }
        }
    }
    assert [f"{one.rule.id} {one.message}" for one in lint(json.dumps(template))] == []


def _with_names(value: object) -> object:
    """Put something in the place of each `${…}`, as the deployment does."""
    return json.loads(json.dumps(value).replace("${", "{"))
