"""The state machine that conducts applications."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.ports import Conductor, ExecutionStatus

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

APPLICATION_MOVED = "Roundtable.ApplicationMoved"
"""The error by which the machine knows that the application went elsewhere."""

_MOVED_ON = frozenset({"TaskTimedOut", "InvalidToken", "TaskDoesNotExist"})
_STATUS = {
    "RUNNING": ExecutionStatus.RUNNING,
    "PENDING_REDRIVE": ExecutionStatus.RUNNING,
    "SUCCEEDED": ExecutionStatus.ENDED,
    "FAILED": ExecutionStatus.LOST,
    "TIMED_OUT": ExecutionStatus.LOST,
    "ABORTED": ExecutionStatus.LOST,
}
_CONSOLES = {"aws-us-gov": "console.amazonaws-us-gov.com", "aws-cn": "console.amazonaws.cn"}


class StepFunctionsConductor(Conductor):
    """Executions are named after application and run, so that a repeated start is harmless."""

    def __init__(self, client: "SFNClient", state_machine: str) -> None:
        self._client = client
        self._state_machine = state_machine

    def start(self, application: str, run: int) -> None:
        """Start the execution of a run; one that exists already is left alone."""
        try:
            with service("Step Functions"):
                self._client.start_execution(
                    stateMachineArn=self._state_machine,
                    name=execution_name(application, run),
                    input=f'{{"application": "{application}"}}',
                )
        except ClientError as error:
            if code_of(error) != "ExecutionAlreadyExists":
                raise

    def status(self, application: str, run: int) -> ExecutionStatus:
        """Return where the execution of a run stands."""
        try:
            with service("Step Functions"):
                found = self._client.describe_execution(
                    executionArn=self._execution(application, run)
                )
        except ClientError as error:
            if code_of(error) == "ExecutionDoesNotExist":
                return ExecutionStatus.UNKNOWN
            raise
        return _STATUS[found["status"]]

    def link(self, application: str, run: int) -> str:
        """Return the console address of the execution of a run."""
        execution = self._execution(application, run)
        _, partition, _, region, *_ = execution.split(":")
        console = _CONSOLES.get(partition, "console.aws.amazon.com")
        return (
            f"https://{region}.{console}/states/home?region={region}"
            f"#/v2/executions/details/{execution}"
        )

    def resume(self, token: str) -> bool:
        """Let a waiting execution go on; False where it has already moved on."""
        return self._signal(token, divert=False)

    def divert(self, token: str) -> bool:
        """Tell a waiting execution that the application went elsewhere; False as above."""
        return self._signal(token, divert=True)

    def _signal(self, token: str, *, divert: bool) -> bool:
        try:
            with service("Step Functions"):
                if divert:
                    self._client.send_task_failure(taskToken=token, error=APPLICATION_MOVED)
                else:
                    self._client.send_task_success(taskToken=token, output="{}")
        except ClientError as error:
            if code_of(error) in _MOVED_ON:
                return False
            raise
        return True

    def _execution(self, application: str, run: int) -> str:
        machine = self._state_machine.replace(":stateMachine:", ":execution:", 1)
        return f"{machine}:{execution_name(application, run)}"


def execution_name(application: str, run: int) -> str:
    """Return the name of the execution of a run of an application."""
    return f"{application}-r{run}"
