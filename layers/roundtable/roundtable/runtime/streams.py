"""Records of the table's stream, one by one: a poisoned one does not hold up the others."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType] (untyped upstream)
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.application import Application
from roundtable.runtime.observability import about, logger


def each_record(
    event: Mapping[str, Any], context: LambdaContext, handle: Callable[[DynamoDBRecord], None]
) -> dict[str, Any]:
    """Handle every record of a batch; return those that failed, to be delivered again.

    Records that keep failing go to the dead letters of the mapping.
    """

    def handle_one(record: DynamoDBRecord) -> None:
        about(application_of(record))
        try:
            handle(record)
        except Exception:
            logger.exception("a record of the stream could not be handled")
            raise

    processor = BatchProcessor(
        event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False
    )
    answer = process_partial_response(
        event=dict(event), record_handler=handle_one, processor=processor, context=context
    )
    return cast("dict[str, Any]", answer)


def application_of(record: DynamoDBRecord) -> str:
    """Return the id of the application that a record belongs to."""
    return _text(record, "keys", "pk").removeprefix("APP#")


def sort_key(record: DynamoDBRecord) -> str:
    """Return the second part of a record's key."""
    return _text(record, "keys", "sk")


def old_application(record: DynamoDBRecord) -> Application | None:
    """Return the application before the change; None if there was none."""
    return _application(_image(record, "old_image"))


def new_application(record: DynamoDBRecord) -> Application | None:
    """Return the application after the change; None if it is gone."""
    return _application(_image(record, "new_image"))


def new_record(record: DynamoDBRecord) -> str:
    """Return the JSON of the item after the change."""
    return str(_image(record, "new_image")["record"])


def new_program(record: DynamoDBRecord) -> str:
    """Return the program that the item after the change belongs to."""
    return str(_image(record, "new_image")["program"])


def _application(image: Mapping[str, Any]) -> Application | None:
    return Application.model_validate_json(image["record"]) if "record" in image else None


def _image(record: DynamoDBRecord, name: str) -> Mapping[str, Any]:
    dynamodb = record.dynamodb
    return (getattr(dynamodb, name) or {}) if dynamodb is not None else {}


def _text(record: DynamoDBRecord, part: str, name: str) -> str:
    return str(_image(record, part)[name])
