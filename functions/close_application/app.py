"""Tidies up after the end of an application."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.concluding import close_application


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Tidy up. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(close_application(composition.ports(), task.application))
