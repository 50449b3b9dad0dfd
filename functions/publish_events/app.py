"""Publishes each change of an application, and each notice that is ready to leave."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.audit import AuditEvent
from roundtable.domain.notices import Notice
from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.streams import each_record, new_program, new_record, sort_key
from roundtable.usecases.conducting.events import publish_event, publish_queued_notice


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Publish what the stream tells of; answers the records to deliver again."""
    return each_record(event, context, _publish)


def _publish(record: DynamoDBRecord) -> None:
    ports = composition.ports()
    if sort_key(record).startswith("NOTICE#"):
        publish_queued_notice(ports, Notice.model_validate_json(new_record(record)))
    else:
        event = AuditEvent.model_validate_json(new_record(record))
        publish_event(ports, event, new_program(record))
