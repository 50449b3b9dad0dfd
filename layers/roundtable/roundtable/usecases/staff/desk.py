"""One application on the desk of staff: its story, in the names of its program and reviewers."""

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document
from roundtable.domain.program import Program, Track
from roundtable.domain.seats import Seats
from roundtable.ports import Ports
from roundtable.usecases.errors import NotNow, Unknown
from roundtable.usecases.reviewing.documents import read_documents
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.staff.possible import StaffAction, possible_actions
from roundtable.usecases.staff.story import HistoryEvent, Story, history_event, story
from roundtable.usecases.step import program_of


@dataclass(frozen=True)
class Desk:
    """What a page about one application stands on."""

    story: Story
    application: Application
    program: Program
    """By which it is treated (see `effective`)."""
    reviewers: Mapping[str, str]
    """The names of reviewers, by id."""
    actions: tuple[StaffAction, ...]

    @property
    def track(self) -> Track:
        """The track it is considered for now."""
        return self.program.track(self.application.track)


@dataclass(frozen=True)
class Subject:
    """What a form about one application needs: less than its whole story."""

    application: Application
    program: Program
    documents: tuple[Document, ...]
    reviewers: Mapping[str, str]
    seats: Seats
    """Of its track."""
    actions: tuple[StaffAction, ...]
    since: tuple[HistoryEvent, ...]
    """What happened since somebody read it."""

    @property
    def track(self) -> Track:
        """The track it is considered for now."""
        return self.program.track(self.application.track)


def desk(ports: Ports, name: str, *, identity: bool) -> Desk:
    """Return one application's story with what can be done; raises Unknown."""
    application = find_application(ports, name)
    program = program_of(ports, application)
    told = story(ports, application.id, identity=identity)
    return Desk(
        story=told,
        application=application,
        program=program,
        reviewers=_names(ports),
        actions=possible_actions(application, program, told.execution.status),
    )


def subject(ports: Ports, name: str, *, seen: int | None = None) -> Subject:
    """Return what a form about an application needs; raises Unknown.

    `seen` is the number of audit events that the person had read.
    """
    application = find_application(ports, name)
    program = program_of(ports, application)
    execution = ports.conductor.status(application.id, application.run)
    events: tuple[AuditEvent, ...] = ()
    if seen is not None and seen < application.audit_length:
        events = ports.applications.events(application.id)[seen:]
    return Subject(
        application=application,
        program=program,
        documents=ports.applications.documents(application.id),
        reviewers=_names(ports),
        seats=ports.rounds.seats(application.program, application.track),
        actions=possible_actions(application, program, execution),
        since=tuple(map(history_event, events)),
    )


def document_address(ports: Ports, name: str, requirement: str, number: int) -> str:
    """Return a short-lived address of one version of a document.

    Raises Unknown, and NotNow for one that must not be opened.
    """
    application = find_application(ports, name)
    wanted = [
        item
        for item in ports.applications.documents(application.id)
        if (item.requirement, item.number) == (requirement, number)
    ]
    if not wanted:
        raise Unknown("unknown-document", "This application has no such document.")
    (read,) = read_documents(ports, tuple(wanted))
    if not read.address:
        raise NotNow("not-open", "This document cannot be opened.")
    return read.address


def _names(ports: Ports) -> dict[str, str]:
    return {item.id: item.name for item in ports.rounds.reviewers()}
