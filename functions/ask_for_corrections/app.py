"""Tells the applicant what is missing, and until when it can be mended."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.checking.correcting import ask_for_corrections


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Ask for what is missing, once. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(ask_for_corrections(composition.ports(), task.application))
