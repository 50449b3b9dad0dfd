"""A bench for the real definition: MiniStack's engine and table, functions and people played.

The engine evaluates JSONata, conditions and callbacks as it does when the whole application runs
on it; it is driven in this process, so that a path through the machine takes milliseconds. A
played function follows a script: a stage it moves the application to, or an error it raises.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest

from tests.statemachines.machine import text

_app: Any = import_module("ministack.app")
_engine: Any = import_module("ministack.services.stepfunctions")

PATIENCE_SECONDS = 2.0
TABLE = "applications"
_ROLE = "arn:aws:iam::000000000000:role/workflow"


@dataclass(frozen=True)
class Fails:
    """An error a played function raises, by its name; meanwhile the application `went` on."""

    error: str
    went: str = ""


@dataclass(frozen=True)
class Moves:
    """A stage a played function moves the application to; it returns it, or what it `said`."""

    stage: str
    said: str = ""


@dataclass(frozen=True)
class Returns:
    """What a played function returns as it is."""

    payload: dict[str, Any]


Act = Moves | Fails | Returns


class StuckError(AssertionError):
    """The execution did not come where the test expected it in time."""


@dataclass
class Bench:
    """One deployed machine, its table, and the script of its functions."""

    machine: str
    calls: list[tuple[str, dict[str, Any]]] = field(
        default_factory=list[tuple[str, dict[str, Any]]]
    )
    _script: dict[str, deque[Act]] = field(default_factory=dict[str, deque[Act]])

    def play(self, function: str, *acts: Act) -> None:
        """Say what a function does, call by call; its last act is repeated."""
        self._script[function] = deque(acts)

    def begin(self, stage: str | None) -> "Execution":
        """Store an application in a stage (or none) and start its execution."""
        application = uuid4().hex
        if stage is not None:
            self.store(application, stage=stage)
        arn = aws(
            "states", "StartExecution",
            stateMachineArn=self.machine, input=json.dumps({"application": application}),
        )["executionArn"]  # fmt: skip
        return Execution(self, application, arn)

    def store(self, application: str, **attributes: str) -> None:
        """Set attributes of an application, as the use cases do."""
        names = {f"#{name}": name for name in attributes}
        aws(
            "dynamodb", "UpdateItem", TableName=TABLE, Key=_key(application),
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in attributes),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={f":{name}": {"S": v} for name, v in attributes.items()},
        )  # fmt: skip

    def forget(self, application: str, attribute: str) -> None:
        """Remove an attribute of an application."""
        aws(
            "dynamodb", "UpdateItem", TableName=TABLE, Key=_key(application),
            UpdateExpression="REMOVE #name", ExpressionAttributeNames={"#name": attribute},
        )  # fmt: skip

    def refuse_reads(self, monkeypatch: pytest.MonkeyPatch, error: str) -> None:
        """Let the table refuse what the machine asks of it."""

        def refuse(resource: str, _: object) -> None:
            raise _engine._ExecutionError(error, resource)

        monkeypatch.setattr(_engine, "_invoke_aws_sdk_integration", refuse)

    def call(self, function: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Do what the script says for a call of a function."""
        self.calls.append((function, payload))
        script = self._script.get(function)
        if not script:
            raise _engine._ExecutionError("NotInTheScript", function)
        act = script.popleft() if len(script) > 1 else script[0]
        match act:
            case Fails(error, went):
                if went:
                    self.store(str(payload["application"]), stage=went)
                raise _engine._ExecutionError(error, "{}")
            case Returns(answer):
                return answer
            case Moves(stage, said):
                application = str(payload["application"])
                self.store(application, stage=stage)
                return {"application": application, "stage": said or stage}


@dataclass
class Execution:
    """One running execution, and what people do to its application."""

    bench: Bench
    application: str
    arn: str

    def item(self) -> dict[str, str]:
        """Return the stored application."""
        found = aws("dynamodb", "GetItem", TableName=TABLE, Key=_key(self.application))
        return {name: value["S"] for name, value in found.get("Item", {}).items()}

    def wait_until_waiting(self, state: str) -> str:
        """Wait until the execution waits in a state, and return its token."""
        seen = ""

        def token() -> str | None:
            nonlocal seen
            entered = self.entered()
            seen = entered[-1] if entered else ""
            stored = self.item().get("wait_token")
            known = _engine._task_tokens
            return stored if seen == state and stored in known else None

        return _soon(token, lambda: f"waits for {state!r}, is in {seen!r}: {self.outcome()}")

    def resume(self, state: str, *, stage: str | None = None) -> None:
        """Move the application, as a person or a date does, and let the wait go on."""
        self._signal(state, stage, "SendTaskSuccess", output="{}")

    def divert(self, state: str, *, stage: str | None = None) -> None:
        """Move the application elsewhere and tell the waiting execution."""
        self._signal(state, stage, "SendTaskFailure", error="Roundtable.ApplicationMoved")

    def fail(self, state: str, error: str) -> None:
        """End a wait with an error."""
        self._signal(state, None, "SendTaskFailure", error=error)

    def _signal(self, state: str, stage: str | None, how: str, **about: str) -> None:
        token = self.wait_until_waiting(state)
        if stage is not None:
            self.bench.store(self.application, stage=stage)
        aws("states", how, taskToken=token, **about)

    def finish(self) -> list[str]:
        """Wait for the end and return the names of the states entered, in order."""
        ended = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}
        _soon(
            lambda: self.outcome()["status"] in ended or None,
            lambda: f"does not end; entered {self.entered()}",
        )
        return self.entered()

    def outcome(self) -> dict[str, Any]:
        """Return what Step Functions says of the execution."""
        return aws("states", "DescribeExecution", executionArn=self.arn)

    def entered(self) -> list[str]:
        """Return the names of the states entered so far; each is a transition that is billed."""
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in self.history()
            if event["type"].endswith("StateEntered")
        ]

    def history(self) -> list[dict[str, Any]]:
        """Return the events of the execution so far."""
        return aws("states", "GetExecutionHistory", executionArn=self.arn, maxResults=1000)[
            "events"
        ]

    def stop(self) -> None:
        """End an execution that a test leaves waiting."""
        aws("states", "StopExecution", executionArn=self.arn)


def deploy(functions: Iterable[str]) -> Bench:
    """Create the table and the machine; each function gets an address of its own."""
    definition = text().replace("${TableName}", TABLE)
    for function in functions:
        definition = definition.replace(f"${{{function}FunctionArn}}", _address(function))
    aws(
        "dynamodb", "CreateTable", TableName=TABLE, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )  # fmt: skip
    made = aws(
        "states", "CreateStateMachine",
        name="application", roleArn=_ROLE, definition=json.dumps(_as_data(definition)),
    )  # fmt: skip
    return Bench(made["stateMachineArn"])


def take_down(bench: Bench) -> None:
    """Remove what `deploy` made."""
    aws("states", "DeleteStateMachine", stateMachineArn=bench.machine)
    aws("dynamodb", "DeleteTable", TableName=TABLE)


def function_at(address: str) -> str:
    """Return the name of the function at an address."""
    return address.rpartition(":")[2]


def aws(service: str, action: str, **request: object) -> dict[str, Any]:
    """Call a service of the embedded AWS in this process."""
    prefix = {"states": "AWSStepFunctions", "dynamodb": "DynamoDB_20120810"}[service]
    answer: list[Any] = []

    def call() -> None:
        answer.extend(
            _app.call_service_handler_sync(
                _app.SERVICE_HANDLERS[service], "POST", "/",
                {"x-amz-target": f"{prefix}.{action}"}, json.dumps(request).encode(), {},
            )
        )  # fmt: skip

    # A loop of its own, whatever loop the caller may run in.
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    status, _, body = answer
    content: dict[str, Any] = json.loads(body or b"{}")
    if status != 200:
        raise RuntimeError(f"{service}:{action} answers {status}: {content}")
    return content


def _address(function: str) -> str:
    return f"arn:aws:lambda:us-east-1:000000000000:function:{function}"


def _as_data(definition: str) -> object:
    from ruamel.yaml import YAML  # noqa: PLC0415

    return YAML(typ="safe", pure=True).load(definition)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _key(application: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": f"APP#{application}"}, "sk": {"S": "META"}}


def _soon(look: Any, otherwise: Any) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.003)
    raise StuckError(otherwise())
