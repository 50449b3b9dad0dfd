"""One application as its reviewer reads it."""

from roundtable.domain.application import Application
from roundtable.domain.checklists import VideoTicks
from roundtable.domain.documents import DocumentBinding, bindings
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import Criterion, Program, Track, VideoRequirement
from roundtable.domain.reviews import Recommendation, Review, ReviewStatus, counted
from roundtable.domain.stages import Stage
from roundtable.messages.dates import days_left
from roundtable.ports import Ports
from roundtable.usecases.reviewing.access import asked, check_readable
from roundtable.usecases.reviewing.documents import (
    ReadCheck,
    ReadDocument,
    read_checks,
    read_documents,
)
from roundtable.usecases.reviewing.forms import ReadForm, read_form
from roundtable.usecases.step import program_of


class VideoChecklist(Record):
    """What a video must include, to tick off while watching, in the words to send back."""

    requirement: Key
    title: str
    must_include: tuple[str, ...]
    choose_from: tuple[str, ...]
    choose_at_least: int
    choose_at_most: int


class GivenReview(Record):
    """What a reviewer said, or has noted so far."""

    status: ReviewStatus
    scores: dict[Key, int]
    recommendation: Recommendation | None
    comment: str
    feedback: str
    checklist: tuple[VideoTicks, ...]
    submitted_at: Instant | None


class ReviewPage(Record):
    """All a reviewer needs for one application."""

    application: str
    reference: str
    program: Key
    program_name: str
    track: Key
    track_name: str
    stage: Stage
    due_at: Instant
    days_left: int
    form: ReadForm
    checks: tuple[ReadCheck, ...]
    documents: tuple[ReadDocument, ...]
    seen: tuple[DocumentBinding, ...]
    """The exact documents shown here; a review sends them back and is bound to them."""
    video: tuple[VideoChecklist, ...]
    rubric: tuple[Criterion, ...]
    mine: GivenReview
    others: tuple[GivenReview, ...]
    """Colleagues' reviews, without names; empty until one's own is in."""


def read_for_review(ports: Ports, application_id: str, reviewer_id: str) -> ReviewPage:
    """Return one application to its reviewer: no restricted answers, no addresses.

    Raises Unknown for whoever was never asked or has a conflict, NotNow with what happened
    where a review is over, NotAllowed for who is not in the register.
    """
    _, application, review = asked(ports, application_id, reviewer_id)
    program = program_of(ports, application)
    check_readable(program, application, review)
    return page_for_review(ports, program, application, review)


def page_for_review(
    ports: Ports, program: Program, application: Application, review: Review
) -> ReviewPage:
    """Return an application to a reviewer who was found to be one."""
    track = program.track(application.track)
    documents = ports.applications.documents(application.id)
    asked_for = {requirement.key for requirement in track.requirements}
    return ReviewPage(
        application=application.id,
        reference=application.reference,
        program=program.key,
        program_name=program.name,
        track=track.key,
        track_name=track.name,
        stage=application.stage,
        due_at=review.due_at,
        days_left=days_left(review.due_at, ports.clock.now(), program.zone),
        form=read_form(ports, application),
        checks=read_checks(application, track),
        documents=read_documents(
            ports,
            tuple(item for item in documents if item.counts and item.requirement in asked_for),
        ),
        seen=bindings(documents),
        video=_checklists(track),
        rubric=track.rubric,
        mine=given_of(review),
        others=others_reviews(ports, review),
    )


def _checklists(track: Track) -> tuple[VideoChecklist, ...]:
    return tuple(
        VideoChecklist(
            requirement=item.key,
            title=item.title,
            must_include=item.must_include,
            choose_from=item.choose_from,
            choose_at_least=item.choose_at_least,
            choose_at_most=item.choose_at_most,
        )
        for item in track.requirements
        if isinstance(item, VideoRequirement)
    )


def others_reviews(ports: Ports, mine: Review) -> tuple[GivenReview, ...]:
    """Return colleagues' reviews of the same panel; none until one's own is in."""
    if mine.status is not ReviewStatus.SUBMITTED:
        return ()
    reviews = counted(ports.applications.reviews(mine.application), mine.track)
    return tuple(
        given_of(review)
        for review in reviews
        if review.round == mine.round and review.reviewer != mine.reviewer
    )


def given_of(review: Review) -> GivenReview:
    """Return what a review says, without its reviewer."""
    return GivenReview(
        status=review.status,
        scores=review.scores,
        recommendation=review.recommendation,
        comment=review.comment,
        feedback=review.feedback,
        checklist=review.checklist,
        submitted_at=review.submitted_at,
    )
