"""Enrols a team that said yes."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.concluding import enrol_team


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Enrol the team. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(enrol_team(composition.ports(), task.application))
