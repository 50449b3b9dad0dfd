"""The event bus: the fake and EventBridge (moto)."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws

from roundtable.adapters.event_bus import EventBridgeBus
from roundtable.ports import EventBus, Unavailable
from tests.fakes import FakeEventBus

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

BUS = "roundtable"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> "Iterator[EventBridgeClient]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        client = boto3.client("events", region_name="us-east-1")  # pyright: ignore[reportUnknownMemberType]
        client.create_event_bus(Name=BUS)
        yield client
        client.delete_event_bus(Name=BUS)


@pytest.fixture(params=["fake", "eventbridge"])
def event_bus(request: pytest.FixtureRequest) -> EventBus:
    if request.param == "fake":
        return FakeEventBus()
    return EventBridgeBus(request.getfixturevalue("client"), BUS)


def test_any_number_of_events_is_taken(event_bus: EventBus) -> None:
    event_bus.publish([])
    event_bus.publish([("DecisionMade", {"application": str(number)}) for number in range(25)])


def test_fake_event_bus_fails_as_told_and_publishes_nothing() -> None:
    fake = FakeEventBus()
    fake.failures.append(Unavailable("for now"))
    with pytest.raises(Unavailable):
        fake.publish([("DecisionMade", {})])

    assert fake.published == []


def test_events_go_out_ten_at_a_time_in_order(client: "EventBridgeClient") -> None:
    events: list[tuple[str, dict[str, Any]]] = [
        ("NoticeSent", {"number": number}) for number in range(12)
    ]
    with Stubber(client) as stub:
        for part in (events[:10], events[10:]):
            entries = [
                {
                    "EventBusName": BUS,
                    "Source": "roundtable",
                    "DetailType": kind,
                    "Detail": json.dumps(detail),
                }
                for kind, detail in part
            ]
            stub.add_response(
                "put_events", {"FailedEntryCount": 0, "Entries": []}, {"Entries": entries}
            )
        EventBridgeBus(client, BUS).publish(events)
        stub.assert_no_pending_responses()


def test_event_not_taken_is_unavailable(client: "EventBridgeClient") -> None:
    answer = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "InternalFailure"}]}
    with Stubber(client) as stub:
        stub.add_response("put_events", answer, {"Entries": ANY})
        with pytest.raises(Unavailable, match="1 events: InternalFailure"):
            EventBridgeBus(client, BUS).publish([("DecisionMade", {})])
