"""Applications in the table."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter

from roundtable.adapters.table import indexes, keys
from roundtable.adapters.table.changes import notice_write, writes_of
from roundtable.adapters.table.listings import Listing
from roundtable.adapters.table.marshalling import (
    Item,
    instant,
    iso,
    record,
    record_of,
    text,
    text_of,
)
from roundtable.adapters.table.table import Table
from roundtable.adapters.table.writes import Update
from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document, DocumentStatus
from roundtable.domain.due import DueAction
from roundtable.domain.evidence import Evidence
from roundtable.domain.model import Record
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.reviews import Review
from roundtable.domain.stages import Stage
from roundtable.ports import (
    Applications,
    Changes,
    Conflict,
    DueItem,
    IdempotencyRecord,
    NotFound,
    Page,
    Waiting,
)

R = TypeVar("R", bound=Record)
_evidence: TypeAdapter[Evidence] = TypeAdapter(Evidence)


class TableApplications(Applications):
    """Applications, one partition each; lists over many of them come from the indexes.

    Every method raises Unavailable while the table does not answer.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    # --- one application ---

    def get(self, application: str) -> Application:
        """Return an application; raises NotFound."""
        item = self._table.get(keys.application(application), keys.META)
        if item is None or not text_of(item, "record"):
            raise NotFound("there is no such application")
        return record_of(item, Application)

    def by_reference(self, reference: str) -> Application:
        """Return the application with this reference number; raises NotFound."""
        item = self._table.get(keys.reference(reference), "REFERENCE")
        if item is None:
            raise NotFound("there is no application with this reference")
        return self.get(text_of(item, "application"))

    def of_owner(self, program: str, owner: str) -> tuple[Application, ...]:
        """Return what an address applied for in a program, newest first."""
        mine = [
            (keys.application(text_of(item, "application")), keys.META)
            for item in self._table.under(keys.owner(program, owner))
        ]
        found = [record_of(item, Application) for item in self._table.get_all(mine)]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id), reverse=True))

    def answered(self, key: str) -> IdempotencyRecord | None:
        """Return what was kept for an idempotency key, also where it is over by now."""
        item = self._table.get(keys.idempotency(key), "IDEMPOTENCY")
        return record_of(item, IdempotencyRecord) if item else None

    def documents(self, application: str) -> tuple[Document, ...]:
        """Return every version of every document, by requirement and number.

        A received document whose present content has evidence is a checked one.
        """
        found = [_document(item) for item in self._under(application, "REQ#")]
        return tuple(sorted(found, key=lambda one: (one.requirement, one.number)))

    def reviews(self, application: str) -> tuple[Review, ...]:
        """Return all reviews of all tracks and rounds."""
        found = [record_of(item, Review) for item in self._under(application, "REVIEW#")]
        return tuple(sorted(found, key=lambda one: (one.track, one.round, one.reviewer)))

    def notices(self, application: str) -> tuple[Notice, ...]:
        """Return its rows of the outbox, oldest first."""
        found = [record_of(item, Notice) for item in self._under(application, "NOTICE#")]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.key)))

    def notice(self, application: str, key: str) -> Notice:
        """Return one notice by its key; raises NotFound."""
        item = self._table.get(keys.application(application), keys.notice(key))
        if item is None:
            raise NotFound("there is no such notice")
        return record_of(item, Notice)

    def events(self, application: str) -> tuple[AuditEvent, ...]:
        """Return the audit trail in order."""
        found = [record_of(item, AuditEvent) for item in self._under(application, "EVENT#")]
        return tuple(sorted(found, key=lambda event: event.sequence))

    def waiting(self, application: str) -> Waiting | None:
        """Return the callback that its execution waits for, if one was stored."""
        item = self._table.get(keys.application(application), keys.META) or {}
        token = text_of(item, "wait_token")
        return Waiting(token, Stage(text_of(item, "wait_stage"))) if token else None

    def _under(self, application: str, prefix: str) -> Sequence[Item]:
        return list(self._table.under(keys.application(application), prefix))

    # --- writes ---

    def commit(self, changes: Changes) -> None:
        """Write all changes or none; raises Conflict, else AlreadyThere, else SeatsFull."""
        self._table.transact(writes_of(changes), lambda: self._committed(changes))

    def _committed(self, changes: Changes) -> bool:
        """Return whether exactly these changes stand in the table: they went in all at once.

        An event never changes, so it tells even after others went on.
        """
        application = changes.application
        pk = keys.application(application.id)
        if changes.events:
            last = changes.events[-1]
            return self._holds(pk, keys.event(last.sequence), last)
        return self._holds(pk, keys.META, application)

    def _holds(self, pk: str, sk: str, expected: Record) -> bool:
        item = self._table.get(pk, sk)
        return item is not None and record_of(item, type(expected)) == expected

    def keep_notice(self, notice: Notice) -> None:
        """Write one notice alone, fenced by its version; raises Conflict or AlreadyThere."""
        place = (keys.application(notice.application), keys.notice(notice.key))
        self._table.write(notice_write(notice), lambda: self._holds(*place, notice))

    def keep_evidence(self, document: Document, evidence: Evidence, checked_at: datetime) -> None:
        """Record what a look found; raises Conflict where the content is another by now."""
        self._table.write(
            Update(
                keys.application(document.application),
                keys.document(document.requirement, document.number),
                "SET #evidence = :evidence, #evidence_sha256 = :sha256, #checked_at = :checked_at",
                {
                    ":evidence": record(evidence),
                    ":sha256": text(document.sha256),
                    ":checked_at": text(iso(checked_at)),
                },
                "#sha256 = :sha256",
                Conflict("the document has another content by now"),
            )
        )

    # --- lists ---

    def in_stage(
        self,
        program: str,
        stage: Stage,
        *,
        track: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Application]:
        """Return applications of a stage by receipt time (drafts: by when they were begun)."""
        listing = indexes.in_stage(program, stage, track)
        return self._page(listing, Application, limit, cursor)

    def of_organization(self, program: str, organization_key: str) -> tuple[Application, ...]:
        """Return the submitted applications of one organization, by id."""
        found = self._table.all_of("organization", f"{program}#{organization_key}")
        return tuple(record_of(item, Application) for item in found)

    def due(
        self,
        until: datetime,
        *,
        program: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Page[DueItem]:
        """Return what is due up to and including an instant, the longest due first."""
        listing = indexes.due(iso(until), program)
        items, following = listing.page(self._table, limit, cursor)
        return Page(tuple(_due_item(item) for item in items), following)

    def in_need(
        self, program: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Application]:
        """Return applications that ask staff for help, longest waiting first."""
        listing = Listing("attention", (f"{program}#help",))
        return self._page(listing, Application, limit, cursor)

    def outbox(
        self, program: str, status: NoticeStatus, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Notice]:
        """Return notices in a status, oldest first; raises ValueError for sent or delivered."""
        if status in indexes.NOT_LISTED:
            raise ValueError("notices sent or delivered are not listed")
        listing = Listing("attention", (f"{program}#notice#{status}",))
        return self._page(listing, Notice, limit, cursor)

    def queue(self, reviewer: str, *, limit: int = 50, cursor: str | None = None) -> Page[Review]:
        """Return a reviewer's assigned reviews by due time."""
        return self._page(Listing("reviewer", (reviewer,)), Review, limit, cursor)

    def given_reviews(
        self, reviewer: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Review]:
        """Return the reviews that a reviewer gave, the newest first."""
        listing = Listing("reviewer", (indexes.given_by(reviewer),))
        return self._page(listing, Review, limit, cursor)

    def open_reviews(self, reviewers: Sequence[str]) -> dict[str, int]:
        """Return how many assigned reviews each of these reviewers has."""
        return {reviewer: self._table.count_of("reviewer", reviewer) for reviewer in reviewers}

    def _page(self, listing: Listing, kind: type[R], limit: int, cursor: str | None) -> Page[R]:
        items, following = listing.page(self._table, limit, cursor)
        return Page(tuple(record_of(item, kind) for item in items), following)


def _document(item: Item) -> Document:
    document = record_of(item, Document)
    written = text_of(item, "evidence")
    if not written or text_of(item, "evidence_sha256") != document.sha256:
        return document
    checked_at = text_of(item, "checked_at")
    received = document.status is DocumentStatus.RECEIVED
    return document.with_(
        evidence=_evidence.validate_json(written),
        checked_at=instant(checked_at) if checked_at else None,
        status=DocumentStatus.CHECKED if received else document.status,
    )


def _due_item(item: Item) -> DueItem:
    at, application, notice = text_of(item, "due_sk").split("#", maxsplit=2)
    return DueItem(application, instant(at), DueAction(text_of(item, "due_action")), notice)
