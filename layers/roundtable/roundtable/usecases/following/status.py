"""The applicant's pages: their applications, one with its form, and where it stands."""

from roundtable.domain.application import Application
from roundtable.domain.deadlines import last_close
from roundtable.domain.documents import Document
from roundtable.domain.quarantine import in_words
from roundtable.domain.requirements import form_problems
from roundtable.domain.stages import Stage
from roundtable.ports import Ports, Session
from roundtable.usecases.applying.drafts import mine, own
from roundtable.usecases.following.moments import day, deadline, moment
from roundtable.usecases.following.records import (
    ApplicationRead,
    DecisionTold,
    DocumentVersion,
    MyApplication,
    MyApplications,
    OfferTold,
    PromiseTold,
    Status,
)
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.timeline import happenings, phases


def list_mine(ports: Ports, session: Session) -> MyApplications:
    """Return the caller's applications to the program signed in for."""
    lines: list[MyApplication] = []
    for application in mine(ports, session):
        view = Standing(ports, application)
        organization = application.form.organization
        lines.append(
            MyApplication(
                id=application.id,
                reference=application.reference,
                program=application.program,
                track=view.track.key,
                state=view.state,
                organization=organization.name if organization else "",
                updated_at=application.received_at or application.updated_at,
                revision=application.form_revision,
            )
        )
    return MyApplications(applications=tuple(lines))


def read(ports: Ports, session: Session, application_id: str) -> ApplicationRead:
    """Return the caller's application with its form; another's is Unknown."""
    return read_application(ports, own(ports, session, application_id))


def read_application(ports: Ports, application: Application) -> ApplicationRead:
    """Return an application with its form, as its applicant may see it."""
    view = Standing(ports, application)
    draft = application.stage is Stage.DRAFT
    return ApplicationRead(
        id=application.id,
        reference=application.reference,
        program=application.program,
        track=view.track.key,
        state=view.state,
        revision=application.form_revision,
        form=application.form,
        problems=form_problems(view.program, application.form) if draft else (),
        missing=view.missing(),
        submit_until=deadline(view.program, last_close(view.program, application))
        if draft
        else None,
        can=view.can(),
    )


def read_status(ports: Ports, session: Session, application_id: str) -> Status:
    """Return where the caller's application stands; another's is Unknown."""
    return status_of(ports, own(ports, session, application_id))


def status_of(ports: Ports, application: Application) -> Status:
    """Return where an application stands, as its applicant may see it."""
    return status_in(Standing(ports, application))


def status_in(view: Standing) -> Status:
    """Return where an application stands, from what was read of it already."""
    application, program = view.application, view.program
    names = {track.key: track.name for track in program.tracks}
    promise, extension = application.promise, application.extension
    offer = application.offer if view.told else None
    return Status(
        id=application.id,
        reference=application.reference,
        program=application.program,
        track=view.track.key,
        track_name=view.track.name,
        state=view.state,
        received_at=moment(program, application.received_at) if application.received_at else None,
        promise=PromiseTold(by=promise, local=day(promise)) if promise else None,
        phases=phases(
            application,
            program,
            view.track,
            view.events,
            state=view.state,
            told=bool(view.told),
        ),
        timeline=happenings(program, view.events),
        missing=view.missing(),
        missing_until=view.missing_until(),
        requirements=view.requirements(),
        documents=tuple(document_version(item) for item in view.documents),
        decisions=tuple(
            DecisionTold(
                track=item.track,
                track_name=names.get(item.track, item.track),
                decision=item.decision,
                feedback=item.feedback,
            )
            for item in view.told
        ),
        offer=OfferTold(
            track=offer.track, answer_by=deadline(program, offer.answer_by), answer=offer.answer
        )
        if offer
        else None,
        extended_until=deadline(program, extension.until) if extension else None,
        tracks_open=view.tracks_open(),
        can=view.can(),
    )


def document_version(document: Document) -> DocumentVersion:
    """Return one version of a document as its applicant sees it."""
    return DocumentVersion(
        requirement=document.requirement,
        number=document.number,
        kind=document.kind,
        source=document.source,
        name=document.file_name,
        status=document.status,
        received_at=document.received_at,
        in_grace=document.in_grace,
        virus_check=in_words(document) if document.counts else "",
        returned=document.rejected,
        replaces=document.replaces,
    )
