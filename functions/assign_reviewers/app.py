"""Asks reviewers without a conflict of interest."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.reviewing.assigning import assign_reviewers


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Fill the panel. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(assign_reviewers(composition.ports(), task.application))
