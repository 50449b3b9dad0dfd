"""Applications in memory, with the transaction's conditions and the order of its failures."""

from collections.abc import Callable, Sequence
from datetime import datetime

from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document, DocumentStatus
from roundtable.domain.evidence import Evidence
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.reviews import Review
from roundtable.domain.seats import NoSeat, Seats, give_back, take
from roundtable.domain.stages import Stage
from roundtable.ports import (
    AlreadyThere,
    Applications,
    Changes,
    Conflict,
    IdempotencyRecord,
    NotFound,
    SeatChange,
    SeatsFull,
    Waiting,
)
from tests.fakes.lists import FakeLists
from tests.fakes.rounds import FakeRounds

NOT_LISTED = frozenset({NoticeStatus.SENT, NoticeStatus.DELIVERED})


class FakeApplications(FakeLists, Applications):
    """Applications in dictionaries. `interleave` runs something once, just before a commit."""

    def __init__(self, rounds: FakeRounds | None = None) -> None:
        super().__init__()
        self.rounds = rounds or FakeRounds()
        self.interleave: list[Callable[[], None]] = []
        self.commits: list[Changes] = []
        """Every change written, in order."""
        self._owners: dict[str, tuple[str, str]] = {}
        self._references: dict[str, str] = {}
        self._idempotency: dict[str, IdempotencyRecord] = {}
        self._documents: dict[tuple[str, str, int], Document] = {}
        self._events: dict[tuple[str, int], AuditEvent] = {}
        self._waiting: dict[str, Waiting] = {}

    # --- what only tests do ---

    def given(
        self,
        application: Application,
        *,
        documents: Sequence[Document] = (),
        reviews: Sequence[Review] = (),
        notices: Sequence[Notice] = (),
    ) -> Application:
        """Store an application and what belongs to it as they are, whatever their versions."""
        self._applications[application.id] = application
        self._references[application.reference] = application.id
        self._owners.setdefault(application.id, (application.program, application.owner))
        for document in documents:
            self._put_document(document)
        self._reviews.update({_review_key(item): item for item in reviews})
        self._notices.update({(item.application, item.key): item for item in notices})
        return application

    def wait(self, application: str, token: str, stage: Stage | None = None) -> None:
        """Store a callback, as the state machine does."""
        self._waiting[application] = Waiting(token, stage or self.get(application).stage)

    # --- one application ---

    def get(self, application: str) -> Application:
        try:
            return self._applications[application]
        except KeyError:
            raise NotFound("there is no such application") from None

    def by_reference(self, reference: str) -> Application:
        try:
            return self.get(self._references[reference])
        except KeyError:
            raise NotFound("there is no application with this reference") from None

    def of_owner(self, program: str, owner: str) -> tuple[Application, ...]:
        mine = [
            self._applications[key]
            for key, claim in self._owners.items()
            if claim == (program, owner.lower())
        ]
        return tuple(sorted(mine, key=lambda item: (item.created_at, item.id), reverse=True))

    def answered(self, key: str) -> IdempotencyRecord | None:
        return self._idempotency.get(key)

    def documents(self, application: str) -> tuple[Document, ...]:
        return tuple(item for key, item in sorted(self._documents.items()) if key[0] == application)

    def keep_evidence(self, document: Document, evidence: Evidence, checked_at: datetime) -> None:
        key = (document.application, document.requirement, document.number)
        stored = self._documents.get(key)
        if stored is None or stored.sha256 != document.sha256:
            raise Conflict("the document has another content by now")
        self._documents[key] = _checked(stored.with_(evidence=evidence, checked_at=checked_at))

    def reviews(self, application: str) -> tuple[Review, ...]:
        return tuple(item for key, item in sorted(self._reviews.items()) if key[0] == application)

    def notices(self, application: str) -> tuple[Notice, ...]:
        mine = [item for key, item in self._notices.items() if key[0] == application]
        return tuple(sorted(mine, key=lambda item: (item.created_at, item.key)))

    def notice(self, application: str, key: str) -> Notice:
        try:
            return self._notices[application, key]
        except KeyError:
            raise NotFound("there is no such notice") from None

    def keep_notice(self, notice: Notice) -> None:
        self._fence_notice(notice)
        self._notices[notice.application, notice.key] = notice

    def events(self, application: str) -> tuple[AuditEvent, ...]:
        return tuple(item for key, item in sorted(self._events.items()) if key[0] == application)

    def waiting(self, application: str) -> Waiting | None:
        return self._waiting.get(application)

    # --- the transaction ---

    def commit(self, changes: Changes) -> None:
        while self.interleave:
            self.interleave.pop(0)()
        self._refuse_conflicts(changes)
        self._refuse_existing(changes)
        seats = self._seats_after(changes.seat) if changes.seat else None
        application = changes.application
        self._applications[application.id] = application
        if application.version == 1:
            self._references[application.reference] = application.id
            self._owners[application.id] = (application.program, application.owner.lower())
        self._events.update({(item.application, item.sequence): item for item in changes.events})
        for document in changes.documents:
            self._put_document(document)
        self._reviews.update({_review_key(item): item for item in changes.reviews})
        self._notices.update({(item.application, item.key): item for item in changes.notices})
        if seats:
            self.rounds.put_seats(seats)
        if changes.idempotency:
            self._idempotency[changes.idempotency.key] = changes.idempotency
        self.commits.append(changes)

    def _refuse_conflicts(self, changes: Changes) -> None:
        application = changes.application
        stored = self._applications.get(application.id)
        if application.version != (stored.version if stored else 0) + 1:
            raise Conflict("the application was changed meanwhile")
        if any((item.application, item.sequence) in self._events for item in changes.events):
            raise Conflict("the audit trail went on meanwhile")
        for review in changes.reviews:
            before = self._reviews.get(_review_key(review))
            if review.version != (before.version if before else 0) + 1:
                raise Conflict("a review was changed meanwhile")
        for notice in changes.notices:
            if notice.version != 1:
                self._fence_notice(notice)
        if changes.seat and changes.seat.change == "give_back":
            seats = self.rounds.find_seats(changes.seat.program, changes.seat.track)
            if seats is None or not seats.taken:
                raise Conflict("no seat of the track is taken")

    def _refuse_existing(self, changes: Changes) -> None:
        if changes.application.version == 1 and changes.application.reference in self._references:
            raise AlreadyThere("the reference number is taken")
        for notice in changes.notices:
            self._fence_notice(notice)
        if changes.idempotency:
            kept = self._idempotency.get(changes.idempotency.key)
            if kept and kept.expires_at > changes.application.updated_at:
                raise AlreadyThere("the idempotency key was used")

    def _fence_notice(self, notice: Notice) -> None:
        before = self._notices.get((notice.application, notice.key))
        if notice.version == 1 and before:
            raise AlreadyThere("the notice exists")
        if notice.version != (before.version if before else 0) + 1:
            raise Conflict("the notice was changed meanwhile")

    def _seats_after(self, change: SeatChange) -> Seats:
        before = self.rounds.find_seats(change.program, change.track)
        if before is None:
            raise SeatsFull("no seat is left in the pool")
        if change.change == "give_back":
            return give_back(before)
        try:
            return take(before, change.pool)
        except NoSeat:
            raise SeatsFull("no seat is left in the pool") from None

    def _put_document(self, document: Document) -> None:
        """Store a document; evidence about the same content stays."""
        key = (document.application, document.requirement, document.number)
        stored = self._documents.get(key)
        if document.evidence is None and stored and stored.sha256 == document.sha256:
            document = document.with_(evidence=stored.evidence, checked_at=stored.checked_at)
        self._documents[key] = _checked(document)


def _review_key(review: Review) -> tuple[str, str, int, str]:
    return (review.application, review.track, review.round, review.reviewer)


def _checked(document: Document) -> Document:
    if document.evidence is not None and document.status is DocumentStatus.RECEIVED:
        return document.with_(status=DocumentStatus.CHECKED)
    return document
