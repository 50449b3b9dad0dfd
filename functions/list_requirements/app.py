"""Lists what the workflow has to check now."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Task
from roundtable.usecases.checking.verdicts import list_requirements


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer the documents and affirmations that still need a check."""
    del context
    task = Task.model_validate(event)
    items = list_requirements(composition.ports(), task.application)
    return {"documents": [item.model_dump(mode="json") for item in items]}
