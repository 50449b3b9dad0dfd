"""Compares what a team affirmed with what the program asks."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.tasks import CheckTask
from roundtable.usecases.checking.verdicts import check_attestation


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer the verdict on the affirmations."""
    del context
    task = CheckTask.model_validate(event)
    verdict = check_attestation(composition.ports(), task.application, task.requirement)
    return {**task.model_dump(mode="json"), "verdict": verdict.value}
