"""Looks at one video, a link or a file. Called by the workflow, and by itself after an upload."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import CheckTask
from roundtable.usecases.checking.watching import check_video


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Keep what was found with the document. Answers which document it was."""
    del context
    task = CheckTask.model_validate(event)
    check_video(composition.ports(), task.application, task.requirement, task.number)
    return task.model_dump(mode="json")
