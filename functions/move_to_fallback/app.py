"""Lets an application be considered for the fallback of its track."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.decisions import move_to_fallback


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Move the application on. Answers where it stands."""
    del context
    task = Task.model_validate(event)
    return stands(move_to_fallback(composition.ports(), task.application))
