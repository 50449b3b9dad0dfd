"""Events for others, on an EventBridge bus."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from roundtable.adapters.aws_errors import service
from roundtable.ports import EventBus, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "roundtable"
_AT_ONCE = 10


class EventBridgeBus(EventBus):
    """Publishes ten events at a time, which is what EventBridge takes."""

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def publish(self, events: Sequence[tuple[str, dict[str, JsonValue]]]) -> None:
        """Publish (detail type, detail) pairs in order; raises Unavailable if any was not taken.

        Publish them all again then: whoever subscribes gets each event at least once.
        """
        for start in range(0, len(events), _AT_ONCE):
            with service("EventBridge"):
                answer = self._client.put_events(
                    Entries=[
                        {
                            "EventBusName": self._bus,
                            "Source": SOURCE,
                            "DetailType": kind,
                            "Detail": json.dumps(detail),
                        }
                        for kind, detail in events[start : start + _AT_ONCE]
                    ]
                )
            if answer["FailedEntryCount"]:
                codes = {entry["ErrorCode"] for entry in answer["Entries"] if "ErrorCode" in entry}
                raise Unavailable(
                    f"EventBridge did not take {answer['FailedEntryCount']} events: "
                    f"{', '.join(sorted(codes))}"
                )
