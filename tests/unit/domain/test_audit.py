import pytest

from roundtable.domain.audit import Actor, AuditEvent, verify
from tests.factories import make_event


def chain(length: int = 3) -> list[AuditEvent]:
    events: list[AuditEvent] = []
    for number in range(1, length + 1):
        previous = events[-1].hash if events else ""
        events.append(make_event(sequence=number, previous=previous, detail={"n": number}))
    return events


def test_actor_is_printed_with_its_kind() -> None:
    assert str(Actor(kind="staff", id="subject-1")) == "staff:subject-1"


def test_verify_a_whole_chain_in_any_order() -> None:
    events = chain()
    assert verify(events, 3, events[-1].hash)
    assert verify(reversed(events), 3, events[-1].hash)
    assert verify([], 0, "")


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"detail": {"n": 99}},
        {"actor": Actor(kind="staff", id="somebody")},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_verify_an_altered_event_fails(place: int, change: dict[str, object]) -> None:
    events = chain()
    head = events[-1].hash
    events[place] = events[place].with_(**change)
    assert not verify(events, 3, head)


def test_verify_a_missing_or_added_event_fails() -> None:
    events = chain()
    assert not verify(events[:2], 3, events[-1].hash)
    assert not verify(events[1:], 3, events[-1].hash)
    assert not verify(events[:2], 2, events[-1].hash)
    assert not verify([*events, make_event(sequence=4)], 3, events[-1].hash)
