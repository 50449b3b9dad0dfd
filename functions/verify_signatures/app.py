"""Verifies the digital signatures of one letter, apart. Called by `check_letter`, which waits."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.runtime.tasks import VerifyTask
from roundtable.usecases.checking.apart import verify_signatures


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> list[dict[str, Any]]:
    """Answers each digital signature (`DigitalSignature`)."""
    del context
    task = VerifyTask.model_validate(event)
    about(task.document.application)
    found = verify_signatures(composition.ports().documents, task.document)
    return [one.model_dump(mode="json") for one in found]
