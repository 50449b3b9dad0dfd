"""Sends a notice from the outbox as soon as it is queued."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.events import QueuedNotice
from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.usecases.conducting.sending import send


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Send what a `NoticeQueued` event tells of; one that was sent is left alone."""
    del context
    queued = QueuedNotice.model_validate(event["detail"])
    about(queued.application)
    send(composition.ports(), queued.application, queued.notice)
