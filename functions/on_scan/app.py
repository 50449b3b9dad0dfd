"""Takes note of what the search of a file for malware found."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes import EventBridgeEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.adapters.scanner_guardduty import status_told
from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.usecases.applying.object_names import parse_object_key
from roundtable.usecases.checking.quarantine import receive_scan


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Record the result that GuardDuty's `Object Scan Result` event tells of."""
    del context
    detail = EventBridgeEvent(event).detail
    searched = detail["s3ObjectDetails"]
    key = searched["objectKey"]
    about(parse_object_key(key).application)
    receive_scan(composition.ports(), key, searched["versionId"], status_told(detail))
