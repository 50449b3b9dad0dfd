"""The conductor: the fake and Step Functions (moto for executions, stubs for callbacks).

moto cannot evaluate JSONata, so that a signal moves the machine is for the end-to-end tests.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from roundtable.adapters.conductor_stepfunctions import StepFunctionsConductor
from roundtable.ports import Conductor, ExecutionStatus, Unavailable
from tests.factories import APPLICATION
from tests.fakes import FakeConductor

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:roundtable"
ROLE = "arn:aws:iam::123456789012:role/machine"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SFNClient]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        client = boto3.client("stepfunctions", region_name="us-east-1")  # pyright: ignore[reportUnknownMemberType]
        definition = '{"StartAt": "Wait", "States": {"Wait": {"Type": "Succeed"}}}'
        client.create_state_machine(name="roundtable", definition=definition, roleArn=ROLE)
        yield client


@pytest.fixture(params=["fake", "stepfunctions"])
def conductor(request: pytest.FixtureRequest) -> Conductor:
    if request.param == "fake":
        return FakeConductor()
    return StepFunctionsConductor(request.getfixturevalue("client"), MACHINE)


def test_unknown_run_has_no_execution(conductor: Conductor) -> None:
    assert conductor.status(APPLICATION, 1) is ExecutionStatus.UNKNOWN


def test_run_is_started_once_and_the_next_run_for_itself(conductor: Conductor) -> None:
    conductor.start(APPLICATION, 1)
    conductor.start(APPLICATION, 1)

    assert conductor.status(APPLICATION, 1) is ExecutionStatus.RUNNING
    assert conductor.status(APPLICATION, 2) is ExecutionStatus.UNKNOWN


def test_link_names_the_execution(conductor: Conductor) -> None:
    assert conductor.link(APPLICATION, 3).endswith(f"{APPLICATION}-r3")


def test_execution_is_named_after_the_run_and_gets_the_id_alone(client: "SFNClient") -> None:
    conductor = StepFunctionsConductor(client, MACHINE)
    conductor.start(APPLICATION, 1)
    name = f"{MACHINE.replace('stateMachine', 'execution')}:{APPLICATION}-r1"
    found = client.describe_execution(executionArn=name)

    assert found.get("input") == f'{{"application": "{APPLICATION}"}}'
    client.stop_execution(executionArn=name)
    assert conductor.status(APPLICATION, 1) is ExecutionStatus.LOST
    # A name is never used twice: the ended execution is left alone.
    conductor.start(APPLICATION, 1)
    assert conductor.status(APPLICATION, 1) is ExecutionStatus.LOST


def test_signals_carry_no_data(client: "SFNClient") -> None:
    conductor = StepFunctionsConductor(client, MACHINE)
    with Stubber(client) as stub:
        stub.add_response("send_task_success", {}, {"taskToken": "token", "output": "{}"})
        stub.add_response(
            "send_task_failure", {}, {"taskToken": "token", "error": "Roundtable.ApplicationMoved"}
        )
        assert conductor.resume("token")
        assert conductor.divert("token")
        stub.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["TaskTimedOut", "InvalidToken", "TaskDoesNotExist"])
def test_every_error_about_the_token_means_moved_on(client: "SFNClient", code: str) -> None:
    conductor = StepFunctionsConductor(client, MACHINE)
    with Stubber(client) as stub:
        stub.add_client_error("send_task_success", code)
        stub.add_client_error("send_task_failure", code)
        assert not conductor.resume("token")
        assert not conductor.divert("token")


def test_fake_token_works_once() -> None:
    conductor = FakeConductor()

    assert conductor.resume("token")
    assert not conductor.divert("token")


def test_throttling_is_unavailable(client: "SFNClient") -> None:
    with Stubber(client) as stub:
        stub.add_client_error("start_execution", "ThrottlingException")
        with pytest.raises(Unavailable):
            StepFunctionsConductor(client, MACHINE).start(APPLICATION, 1)
