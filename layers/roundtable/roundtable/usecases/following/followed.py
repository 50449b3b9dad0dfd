"""All that an applicant's pages say of an application that was submitted, and of leaving it."""

from datetime import date

from roundtable.domain.application import Application
from roundtable.domain.deadlines import close_for, promised_day
from roundtable.domain.documents import DocumentStatus
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import Program, Track
from roundtable.domain.requirements import form_problems
from roundtable.domain.stages import ClosedAs
from roundtable.ports import Ports
from roundtable.usecases.applying.switching import with_track
from roundtable.usecases.following.correspondence import MessageSent, messages_sent
from roundtable.usecases.following.documents import Shown, progress_of
from roundtable.usecases.following.records import Status
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.status import status_in
from roundtable.usecases.following.view import State

_HOLDS_A_PLACE = frozenset({State.OFFERED, State.ACCEPTED, State.ENROLLED})


class TrackToChangeTo(Record):
    """Another track that is still open, and what a change to it would bring."""

    key: Key
    name: str
    closes: Instant
    """The first instant that is too late to bring what it needs."""
    promise: date
    """The day by whose end the applicant hears there."""
    also_needed: tuple[str, ...]
    """Titles of its requirements that the present track does not have."""
    open_questions: tuple[str, ...]
    """What it asks and the form does not answer; the change is not possible then."""


class Followed(Record):
    """Where an application stands, with everything around it that its applicant may know."""

    now: Instant
    program: Program
    status: Status
    organization: str
    documents: tuple[Shown, ...]
    """Every version that something was sent for, by requirement and number."""
    messages: tuple[MessageSent, ...]
    tracks: tuple[TrackToChangeTo, ...]
    holds_place: bool
    """Whether leaving gives a place to somebody else."""
    late: bool
    """Whether the time to answer the offer is over: a yes joins the waitlist now."""
    waitlist_ends: Instant
    """When the waitlist of its track ends; the first instant too late."""


def follow(ports: Ports, application: Application) -> Followed:
    """Return where an application stands and what can be done, as its applicant may know it."""
    view = Standing(ports, application)
    now, program, status = view.now, view.program, status_in(view)
    track = program.track(status.track)
    organization = application.form.organization
    offer = application.offer
    late = "answer" in status.can and (
        application.closed_as is ClosedAs.LAPSED or (offer is not None and now >= offer.answer_by)
    )
    return Followed(
        now=now,
        program=program,
        status=status,
        organization=organization.name if organization else "",
        documents=tuple(
            Shown(document=document, progress=progress_of(document))
            for document in view.documents
            if document.status is not DocumentStatus.EXPECTED
        ),
        messages=messages_sent(ports, application),
        tracks=tuple(
            _to_change_to(program, track, program.track(key), application)
            for key in status.tracks_open
        ),
        holds_place=status.state in _HOLDS_A_PLACE,
        late=late,
        waitlist_ends=program.waitlist_ends_at(track),
    )


def _to_change_to(
    program: Program, present: Track, wanted: Track, application: Application
) -> TrackToChangeTo:
    known = {requirement.key for requirement in present.requirements}
    problems = form_problems(program, with_track(application.form, wanted.key))
    labels = {f"/answers/{q.key}": q.label for part in program.sections for q in part.questions}
    received_at = application.received_at or application.created_at
    return TrackToChangeTo(
        key=wanted.key,
        name=wanted.name,
        closes=close_for(program, wanted, application),
        promise=promised_day(program, wanted, received_at),
        also_needed=tuple(
            requirement.title for requirement in wanted.requirements if requirement.key not in known
        ),
        open_questions=tuple(labels.get(problem.path, problem.reason) for problem in problems),
    )
