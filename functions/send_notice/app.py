"""Sends the one notice of the present decision."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.telling import send_decision_notice


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Send the decision notice, once. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(send_decision_notice(composition.ports(), task.application))
