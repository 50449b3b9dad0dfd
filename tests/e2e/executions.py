"""The executions of the state machine, as its console shows them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from local.cloud import Cloud
from tests.e2e.waiting import until


class Executions:
    """What became of the executions; an application and a run name one."""

    def __init__(self, cloud: Cloud) -> None:
        self.machine = cloud.outputs["StateMachineArn"]
        self._cloud = cloud

    @cached_property
    def states(self) -> Any:
        """An administrator's client."""
        return self._cloud.client("stepfunctions")

    def of(self, application: str, run: int = 1) -> str:
        """Return the address of the execution of a run."""
        return f"{self.machine.replace(':stateMachine:', ':execution:')}:{application}-r{run}"

    def status(self, application: str, run: int = 1) -> str:
        """Return where an execution stands; `NEVER STARTED` if there is none."""
        try:
            found = self.states.describe_execution(executionArn=self.of(application, run))
        except self.states.exceptions.ExecutionDoesNotExist:
            return "NEVER STARTED"
        return str(found["status"])

    def ends(self, application: str, run: int = 1) -> str:
        """Wait until an execution has ended, and return how."""

        def look() -> str | None:
            status = self.status(application, run)
            return None if status in {"RUNNING", "NEVER STARTED"} else status

        return until(f"run {run} of {application} has ended", look)

    def stop(self, application: str, run: int = 1) -> None:
        """End an execution from outside, as if it were lost."""
        self.states.stop_execution(executionArn=self.of(application, run), error="Lost")

    def names(self) -> list[str]:
        """Return the addresses of all executions there are."""
        pages = self.states.get_paginator("list_executions").paginate(stateMachineArn=self.machine)
        return [one["executionArn"] for page in pages for one in page["executions"]]

    def history(self, execution: str) -> list[dict[str, Any]]:
        """Return all events of an execution, with what went in and out."""
        pages = self.states.get_paginator("get_execution_history").paginate(
            executionArn=execution, PaginationConfig={"PageSize": 1000}
        )
        return [event for page in pages for event in page["events"]]

    def entered(self, application: str, run: int = 1) -> list[str]:
        """Return the names of the states an execution entered; each one is a transition."""
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in self.history(self.of(application, run))
            if event["type"].endswith("StateEntered")
        ]

    def definition(self) -> dict[str, Any]:
        """Return the definition that new executions follow."""
        found = self.states.describe_state_machine(stateMachineArn=self.machine)
        definition: dict[str, Any] = json.loads(found["definition"])
        return definition

    def redefine(self, definition: dict[str, Any]) -> None:
        """Deploy another definition."""
        self.states.update_state_machine(
            stateMachineArn=self.machine, definition=json.dumps(definition)
        )
