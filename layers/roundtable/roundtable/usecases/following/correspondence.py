"""What was sent to who applies, as it was sent, and whether it arrived."""

from roundtable.domain.application import Application
from roundtable.domain.model import Instant, Record
from roundtable.domain.notices import Notice, NoticeKind, NoticeStatus, SentWords
from roundtable.ports import Ports
from roundtable.usecases.conducting.sending import applicants_address
from roundtable.usecases.errors import Unknown

_APPLICANTS = frozenset({"applicant", "second_contact"})
_LEFT = frozenset({NoticeStatus.SENT, NoticeStatus.DELIVERED, NoticeStatus.UNDELIVERED})


class MessageSent(Record):
    """A notice that left for the applicant or their second contact."""

    kind: NoticeKind
    number: str
    to: str
    """The address it was sent to."""
    sent_at: Instant
    arrived: bool
    """False once it came back; mail that was not told to have arrived counts as arrived."""
    words: SentWords | None
    """None where they were not kept."""


def messages_sent(ports: Ports, application: Application) -> tuple[MessageSent, ...]:
    """Return what was sent about an application to who applies, the newest first.

    What waits, is held or was never sent is not among them: it could tell what is not told yet.
    """
    found = (_sent(item, application) for item in ports.applications.notices(application.id))
    sent = (message for message in found if message is not None)
    return tuple(sorted(sent, key=lambda message: message.sent_at, reverse=True))


def message_sent(ports: Ports, application: Application, kind: str, number: str) -> MessageSent:
    """Return one message with its words; raises Unknown where none was sent or kept."""
    for message in messages_sent(ports, application):
        if (message.kind, message.number) == (kind, number) and message.words is not None:
            return message
    raise Unknown("unknown-message", "There is no such message to you.")


def _sent(notice: Notice, application: Application) -> MessageSent | None:
    to = notice.words.to if notice.words else applicants_address(notice, application)
    if (
        notice.to not in _APPLICANTS
        or not to
        or notice.sent_at is None
        or notice.status not in _LEFT
    ):
        return None
    return MessageSent(
        kind=notice.kind,
        number=notice.number,
        to=to,
        sent_at=notice.sent_at,
        arrived=notice.status is not NoticeStatus.UNDELIVERED,
        words=notice.words,
    )
