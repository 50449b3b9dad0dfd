"""Reads one letter, apart from everything else. Called by `check_letter`, which waits for it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.runtime.tasks import ReadLetterTask
from roundtable.usecases.checking.apart import read_letter


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Keep the images of its pages. Answers what stands in it (`LetterReading`)."""
    del context
    task = ReadLetterTask.model_validate(event)
    about(task.document.application)
    reading = read_letter(
        composition.ports().documents,
        task.document,
        max_bytes=task.max_bytes,
        max_pages=task.max_pages,
    )
    return reading.model_dump(mode="json", exclude_defaults=True)
