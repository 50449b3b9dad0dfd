"""Records the verdicts of the checks: complete, incomplete, or for a person to look at."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import RecordChecksTask, Stands, stands
from roundtable.usecases.checking.verdicts import record_checks


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> Stands:
    """Weigh all verdicts. Answers where the application stands."""
    del context
    task = RecordChecksTask.model_validate(event)
    looked_into = tuple((item.requirement, item.number) for item in task.looked_into)
    return stands(record_checks(composition.ports(), task.application, looked_into))
