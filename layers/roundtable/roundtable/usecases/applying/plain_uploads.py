"""Uploads of browsers without scripts: a form that is there before the file was chosen.

A policy names one exact type, and nobody knows it yet. Asking for the kind of file beforehand would
be a question that many cannot answer (JPEG or HEIC?) and proves nothing, so these forms are for the
one type that no browser shows or runs (`ANY_FILE`). What a file is, its content says when it is
looked into, as it does for every other upload; key, length and time are bound as always.
"""

from datetime import timedelta

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import upload_timeliness
from roundtable.domain.documents import Document, DocumentStatus
from roundtable.domain.program import MEGABYTE
from roundtable.ports import Ports, UploadForm
from roundtable.usecases.applying.changeable import CHANGEABLE
from roundtable.usecases.applying.uploads import ANY_FILE, give_slot
from roundtable.usecases.checking.to_check import requirement_of
from roundtable.usecases.errors import NotNow, Unknown
from roundtable.usecases.step import program_of

SLOT_LASTS = timedelta(minutes=10)
"""How long a slot gives forms; after that another one is asked for."""


def ask_for_plain_upload(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    requirement: str,
    replaces: int | None = None,
) -> Document:
    """Give a slot for a file that is still to be chosen; its form comes from `plain_form`.

    Raises Invalid for a wrong place, NotNow when the document cannot change any more.
    """
    document, _ = give_slot(
        ports, application_id, actor, requirement=requirement, replaces=replaces, announced=None
    )
    return document


def plain_form(ports: Ports, application: Application, document: Document, then: str) -> UploadForm:
    """Return a fresh form for a slot, which changes nothing; `then` is where it leads.

    Raises Unknown for anything but such a slot, NotNow for one that is over.
    """
    wanted = requirement_of(ports, application, document.requirement)
    slot = document.status is DocumentStatus.EXPECTED and document.content_type == ANY_FILE
    if wanted is None or not slot:
        raise Unknown("unknown-slot", "There is no such place for a file.")
    now = ports.clock.now()
    if now >= document.intent_at + SLOT_LASTS or application.stage not in CHANGEABLE:
        raise NotNow("slot-over", "This page was open for too long. Begin the upload again.")
    until = document.until or document.intent_at + SLOT_LASTS
    grace = program_of(ports, application).upload_grace
    if upload_timeliness(document.intent_at, now, until, grace) == "late":
        raise NotNow("closed", "The time for changes is over.")
    return ports.documents.upload_form(
        document.object_key,
        content_type=ANY_FILE,
        max_bytes=wanted.max_megabytes * MEGABYTE,
        now=now,
        then=then,
    )
