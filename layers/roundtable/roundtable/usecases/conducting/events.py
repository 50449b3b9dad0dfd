"""Telling subscribers, our own functions among them, what happened to an application."""

from roundtable.domain.audit import AuditEvent
from roundtable.domain.events import NOTICE_QUEUED, QueuedNotice, published
from roundtable.domain.notices import Notice
from roundtable.ports import Ports


def publish_event(ports: Ports, event: AuditEvent, program: str) -> None:
    """Publish one audit event if it is one for others; raises Unavailable."""
    pair = published(event, program)
    if pair is not None:
        name, content = pair
        ports.event_bus.publish([(name, content.model_dump(mode="json"))])


def publish_queued_notice(ports: Ports, notice: Notice) -> None:
    """Tell that a notice is ready to leave; raises Unavailable."""
    content = QueuedNotice(
        application=notice.application, program=notice.program, notice=notice.key
    )
    ports.event_bus.publish([(NOTICE_QUEUED, content.model_dump(mode="json"))])
