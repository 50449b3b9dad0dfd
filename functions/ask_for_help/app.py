"""Asks staff for help with an application that cannot go on by itself."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import HelpTask, Stands, stands
from roundtable.usecases.conducting.helping import ask_for_help


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Mark the application as stuck. Answers where it stands."""
    del context
    task = HelpTask.model_validate(event)
    return stands(
        ask_for_help(
            composition.ports(),
            task.application,
            state=task.error.state,
            error=task.error.error,
        )
    )
