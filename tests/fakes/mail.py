"""The mail service and the event bus: both keep what they are given."""

from collections.abc import Sequence

from pydantic import JsonValue

from roundtable.ports import EventBus, Mailer, Message


class FakeMailer(Mailer):
    """Messages sent, in order. Each of `failures` is raised once, before anything is sent."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.failures: list[Exception] = []

    def send(self, message: Message) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        return f"message-{len(self.sent)}"


class FakeEventBus(EventBus):
    """Events published, in order. Each of `failures` is raised once, and nothing published."""

    def __init__(self) -> None:
        self.published: list[tuple[str, dict[str, JsonValue]]] = []
        self.failures: list[Exception] = []

    def publish(self, events: Sequence[tuple[str, dict[str, JsonValue]]]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.published.extend(events)
