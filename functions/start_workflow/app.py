"""Starts the execution that conducts an application, when one is wanted."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.events import PublishedEvent
from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.usecases.conducting.starting import start_workflow


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Start what an `ExecutionWanted` event asks for; one that runs already is left alone."""
    del context
    wanted = PublishedEvent.model_validate(event["detail"])
    about(wanted.application)
    start_workflow(composition.ports(), wanted.application)
