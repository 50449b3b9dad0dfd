"""Gives a seat back and offers it to the next who waits."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.concluding import release_seat


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Give the seat back. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(release_seat(composition.ports(), task.application))
