"""Takes note of an uploaded file and has it checked."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.data_classes import EventBridgeEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.ports import StoredObject
from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.usecases.applying.arrivals import parse_object_key, receive_upload


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Receive the upload that an `Object Created` event tells of."""
    del context
    told = EventBridgeEvent(event)
    stored = told.detail["object"]
    about(parse_object_key(stored["key"]).application)
    receive_upload(
        composition.ports(),
        StoredObject(
            key=stored["key"],
            version=stored["version-id"],
            size=stored["size"],
            content_type="",
            stored_at=datetime.fromisoformat(told.time),
        ),
    )
