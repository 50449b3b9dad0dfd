"""Keeps the statistics of a round by what the stream tells of its applications."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.statistics import changes, reviews_given
from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.runtime.streams import each_record, new_application, old_application


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Add and take away; answers the records to deliver again."""
    return each_record(event, context, _count)


def _count(record: DynamoDBRecord) -> None:
    before, after = old_application(record), new_application(record)
    either = after or before
    moved = changes(before, after) | reviews_given(before, after)
    if either is not None and moved:
        composition.ports().rounds.count(record.event_id or "", either.program, moved)
