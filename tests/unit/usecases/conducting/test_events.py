import pytest

from roundtable.ports import Unavailable
from roundtable.usecases.conducting.events import publish_event, publish_queued_notice
from tests.factories import APPLICATION, PROGRAM, RESIDENCY, make_event, make_notice
from tests.fakes import FakePorts


def test_publish_event_for_others() -> None:
    ports = FakePorts()
    event = make_event(kind="decision_made", detail={"track": RESIDENCY, "reason": "Private."})
    publish_event(ports, event, PROGRAM)
    ((name, content),) = ports.event_bus.published
    assert name == "DecisionMade"
    assert content == {
        "schema_version": 1,
        "application": APPLICATION,
        "program": PROGRAM,
        "sequence": 1,
        "at": "2022-10-03T14:00:00Z",
        "actor_kind": "system",
        "detail": {"track": RESIDENCY},
    }


def test_publish_event_that_stays_inside_publishes_nothing() -> None:
    ports = FakePorts()
    publish_event(ports, make_event(kind="review_noted"), PROGRAM)
    assert ports.event_bus.published == []


def test_publish_event_while_the_bus_is_away_is_told() -> None:
    ports = FakePorts()
    ports.event_bus.failures.append(Unavailable())
    with pytest.raises(Unavailable):
        publish_event(ports, make_event(kind="decision_made"), PROGRAM)


def test_publish_queued_notice_names_it_and_nothing_else() -> None:
    ports = FakePorts()
    publish_queued_notice(ports, make_notice(facts={"missing": []}))
    assert ports.event_bus.published == [
        (
            "NoticeQueued",
            {
                "schema_version": 1,
                "application": APPLICATION,
                "program": PROGRAM,
                "notice": "receipt#1",
            },
        )
    ]
