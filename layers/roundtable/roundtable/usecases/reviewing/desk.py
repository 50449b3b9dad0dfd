"""A reviewer's desk: one application with all that the page of its review says and asks."""

from typing import Literal
from zoneinfo import ZoneInfo

from roundtable.domain.application import Application, Organization
from roundtable.domain.documents import DocumentBinding
from roundtable.domain.model import Record
from roundtable.domain.program import (
    DocumentRequirement,
    LetterRequirement,
    Option,
    Organizer,
    Program,
    Track,
    VideoRequirement,
)
from roundtable.domain.reviews import ReturnedDocument, Review, ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.ports import Ports
from roundtable.usecases.errors import Unknown
from roundtable.usecases.reviewing.access import asked, check_readable
from roundtable.usecases.reviewing.documents import (
    DocumentChange,
    ReadDocument,
    changes_since,
    title_of,
)
from roundtable.usecases.reviewing.forms import ReadAnswer, ReadForm
from roundtable.usecases.reviewing.queue import days_late
from roundtable.usecases.reviewing.reading import ReviewPage, page_for_review
from roundtable.usecases.step import program_of


class DeskOrganization(Record):
    """Who applies, choices by their labels."""

    name: str
    type: str
    city: str
    region: str
    size: str
    population: str
    website: str


class DeskSection(Record):
    """Answers below the title of their section."""

    title: str
    answers: tuple[ReadAnswer, ...]


class DeskAnswer(Record):
    """A question with the answer that was chosen."""

    question: str
    answer: str


class DeskPromise(Record):
    """Statements that the team affirmed, in the words shown to it."""

    title: str
    statements: tuple[str, ...]


class DeskRequirement(Record):
    """A letter or video that is asked for, with what was sent in for it."""

    asked: DocumentRequirement
    documents: tuple[ReadDocument, ...]


class Desk(Record):
    """All that the page of a review says and asks."""

    review: ReviewPage
    language: str
    """Of the program's own texts."""
    timezone: str
    organizer: Organizer
    days_late: int
    state: Literal["open", "given", "waiting"]
    """Whether the review can be given, was given, or waits: the application is with its team."""
    organization: DeskOrganization
    eligibility: tuple[DeskAnswer, ...]
    sections: tuple[DeskSection, ...]
    promises: tuple[DeskPromise, ...]
    requirements: tuple[DeskRequirement, ...]
    """Letters and videos of the track, in its order."""
    returns: tuple[ReturnedDocument, ...]
    """What was noted of what is to be mended."""
    changes: tuple[DocumentChange, ...]
    """What is other than it was seen before."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the dates are meant."""
        return ZoneInfo(self.timezone)

    @property
    def returnable(self) -> tuple[DeskRequirement, ...]:
        """What could be returned to the applicant: what was sent in."""
        return tuple(item for item in self.requirements if item.documents)


def desk(
    ports: Ports,
    application_id: str,
    reviewer_id: str,
    *,
    seen: tuple[DocumentBinding, ...] | None = None,
) -> Desk:
    """Return one application to its reviewer, and what changed since `seen` was shown.

    Raises Unknown, NotNow and NotAllowed as `read_for_review` does.
    """
    _, application, review = asked(ports, application_id, reviewer_id)
    program = program_of(ports, application)
    check_readable(program, application, review)
    track = program.track(application.track)
    page = page_for_review(ports, program, application, review)
    documents = ports.applications.documents(application_id)
    return Desk(
        review=page,
        language=program.language,
        timezone=program.timezone,
        organizer=program.organizer,
        days_late=days_late(review.due_at, ports.clock.now(), program.zone),
        state=_state(application, review),
        organization=_organization(program, page.form.organization),
        eligibility=_eligibility(program, page.form),
        sections=_sections(program, page.form),
        promises=_promises(track, page.form),
        requirements=_requirements(track, page.documents),
        returns=review.returns,
        changes=changes_since(track, seen, documents) if seen is not None else (),
    )


def document_address(
    ports: Ports, application_id: str, reviewer_id: str, requirement: str, number: int
) -> str:
    """Return a fresh short-lived address of one document; raises Unknown where there is none."""
    _, application, review = asked(ports, application_id, reviewer_id)
    program = program_of(ports, application)
    check_readable(program, application, review)
    for document in page_for_review(ports, program, application, review).documents:
        if (document.requirement, document.number) == (requirement, number) and document.address:
            return document.address
    raise Unknown("unknown-document", "There is no such document that can be opened.")


def _state(application: Application, review: Review) -> Literal["open", "given", "waiting"]:
    if review.status is ReviewStatus.SUBMITTED:
        return "given"
    return "open" if application.stage is Stage.REVIEW else "waiting"


def _organization(program: Program, organization: Organization | None) -> DeskOrganization:
    said = organization.model_dump() if organization else {}
    return DeskOrganization(
        name=said.get("name", ""),
        type=_label(program.organization_types, said.get("type", "")),
        city=said.get("city", ""),
        region=_label(program.regions, said.get("region", "")),
        size=_label(program.organization_sizes, said.get("size", "")),
        population=said.get("population", ""),
        website=said.get("website", ""),
    )


def _eligibility(program: Program, form: ReadForm) -> tuple[DeskAnswer, ...]:
    return tuple(
        DeskAnswer(question=rule.question, answer=_label(rule.options, form.eligibility[rule.key]))
        for rule in program.eligibility
        if rule.key in form.eligibility
    )


def _sections(program: Program, form: ReadForm) -> tuple[DeskSection, ...]:
    answers = {answer.question: answer for answer in form.answers}
    found = (
        DeskSection(
            title=section.title,
            answers=tuple(answers[item.key] for item in section.questions if item.key in answers),
        )
        for section in program.sections
    )
    return tuple(section for section in found if section.answers)


def _promises(track: Track, form: ReadForm) -> tuple[DeskPromise, ...]:
    return tuple(
        DeskPromise(title=title_of(track, key), statements=statements)
        for key, statements in form.attestations.items()
        if track.requirement(key) is not None
    )


def _requirements(track: Track, documents: tuple[ReadDocument, ...]) -> tuple[DeskRequirement, ...]:
    return tuple(
        DeskRequirement(
            asked=item,
            documents=tuple(one for one in documents if one.requirement == item.key),
        )
        for item in track.requirements
        if isinstance(item, LetterRequirement | VideoRequirement)
    )


def _label(options: tuple[Option, ...], value: str) -> str:
    return next((option.label for option in options if option.value == value), value)
