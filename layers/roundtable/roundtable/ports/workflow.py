"""The executions that conduct applications."""

from enum import StrEnum
from typing import Protocol


class ExecutionStatus(StrEnum):
    """Where the execution that conducts an application stands."""

    RUNNING = "running"
    ENDED = "ended"
    LOST = "lost"
    """It failed, timed out or was stopped."""
    UNKNOWN = "unknown"
    """There is no such execution (any more)."""


class Conductor(Protocol):
    """The state machine's executions, one for an application and run."""

    def start(self, application: str, run: int) -> None:
        """Start the execution of a run; one that exists already is left alone."""
        ...

    def status(self, application: str, run: int) -> ExecutionStatus:
        """Return where the execution of a run stands."""
        ...

    def link(self, application: str, run: int) -> str:
        """Return the console address of the execution of a run."""
        ...

    def resume(self, token: str) -> bool:
        """Let a waiting execution go on; False where it has already moved on."""
        ...

    def divert(self, token: str) -> bool:
        """Tell a waiting execution that the application went elsewhere; False as above."""
        ...
