"""Takes the decision that the track's rule makes, with its seat, or hands it to staff."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import Stands, Task, stands
from roundtable.usecases.deciding.decisions import decide


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Take the decision, or hand it to staff. Answers where the application stands."""
    del context
    task = Task.model_validate(event)
    return stands(decide(composition.ports(), task.application))
