"""Mail and events on their way out."""

from collections.abc import Sequence
from typing import Protocol

from pydantic import JsonValue

from roundtable.domain.model import Record


class Attachment(Record):
    """A file sent with a message."""

    file_name: str
    content_type: str
    content: bytes


class Message(Record):
    """A mail ready to send, as text and as HTML."""

    to: tuple[str, ...]
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    tags: dict[str, str]
    """Returned with delivery events: `application`, `notice`."""


class Mailer(Protocol):
    """Hands messages to the mail service."""

    def send(self, message: Message) -> str:
        """Send a message and return the service's id; raises Unavailable, or ValueError."""
        ...


class EventBus(Protocol):
    """Tells others what happened."""

    def publish(self, events: Sequence[tuple[str, dict[str, JsonValue]]]) -> None:
        """Publish (detail type, detail) pairs; raises Unavailable if any was not taken."""
        ...
