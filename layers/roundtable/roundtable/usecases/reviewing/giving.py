"""A reviewer's work: noting, giving a review bound to what was read, and returning documents."""

from pydantic import Field

from roundtable.domain.application import Application, Finding
from roundtable.domain.audit import Actor
from roundtable.domain.checklists import VideoTicks, checklist_problems, left_unticked
from roundtable.domain.documents import Document, DocumentBinding, bindings, current
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Key, LongText, Record
from roundtable.domain.program import LetterRequirement, Track, VideoRequirement
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Recommendation, ReturnedDocument, Review, ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.ports import Ports
from roundtable.usecases.checking.correcting import return_to_applicant
from roundtable.usecases.errors import Invalid, Stale
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.reviewing.access import asked, check_open
from roundtable.usecases.reviewing.documents import what_changed
from roundtable.usecases.step import Step, program_of


class ReviewNotes(Record):
    """What a reviewer has noted so far; every part may be missing."""

    scores: dict[Key, int] = Field(default_factory=dict)
    recommendation: Recommendation | None = None
    comment: LongText = ""
    feedback: LongText = ""
    checklist: tuple[VideoTicks, ...] = ()
    """What the reviewer saw in the videos; nothing need be ticked."""
    returns: tuple[ReturnedDocument, ...] = ()
    """What is returned to the applicant, with the recommendation `return`."""


class ReviewGiven(ReviewNotes):
    """A review as it is given."""

    seen: tuple[DocumentBinding, ...]
    """The documents read, as the page gave them."""


class ReviewReceipt(Record):
    """What a review did."""

    application: str
    reference: str
    recommendation: Recommendation | None
    given_at: Instant | None
    stage: Stage
    """Where the application stands now."""
    unticked: tuple[str, ...] = ()
    """With an approval: what a video must include and was not ticked off. Staff see it, too."""


class _Returning(Step):
    """A step that ends a review with its reviewer's words kept in it."""

    mine: Review | None = None

    def put_review(self, review: Review) -> None:
        """Write the next version of a review; one's own keeps what was said."""
        mine = self.mine
        if mine is not None and review.reviewer == mine.reviewer and review.round == mine.round:
            review = mine.with_(status=review.status, closed_reason=review.closed_reason)
        super().put_review(review)


def keep_notes(
    ports: Ports, application_id: str, reviewer_id: str, notes: ReviewNotes
) -> ReviewReceipt:
    """Keep what a reviewer has noted so far; it counts for nothing until it is given.

    The same notes again change nothing. Raises Unknown, NotAllowed and NotNow as `give_review`
    does, Invalid for a score outside its scale and for a tick that the program's checklist does
    not have.
    """

    def attempt() -> ReviewReceipt:
        _, application, review = asked(ports, application_id, reviewer_id)
        step = Step(ports, application, Actor(kind="reviewer", id=reviewer_id))
        check_open(step.program, application, review)
        problems = _score_problems(step.track, notes.scores, whole=False)
        _refuse(problems + checklist_problems(step.track, notes.checklist))
        noted = review.with_(**_words(notes))
        if noted == review:
            return _receipt(application, review)
        review = noted
        step.put_review(review)
        step.record("review_noted", reviewer=reviewer_id, track=review.track)
        return _receipt(step.commit(), review)

    return again_on_conflict(attempt)


def give_review(
    ports: Ports, application_id: str, reviewer_id: str, given: ReviewGiven
) -> ReviewReceipt:
    """Submit a review, bound to the exact documents read; the first one stands.

    The last review of a panel hands the application over to be decided; a return sends it
    back to the applicant. Raises Unknown for whoever was never asked or has a conflict,
    NotNow for a second review or one too late, Stale where documents changed since they were
    read (saying which), Invalid with every problem. What an approval leaves unticked of a
    video's checklist is no problem: it is kept with the review for staff.
    """

    def attempt() -> ReviewReceipt:
        _, application, review = asked(ports, application_id, reviewer_id)
        program = program_of(ports, application)
        check_open(program, application, review)
        documents = ports.applications.documents(application_id)
        track = program.track(application.track)
        _check_seen(track, given.seen, documents)
        problems = _problems(track, given, documents)
        _refuse(problems + checklist_problems(track, given.checklist))
        step = _Returning(ports, application, Actor(kind="reviewer", id=reviewer_id))
        approves = given.recommendation is Recommendation.APPROVE
        review = review.with_(
            **_words(given),
            unticked=left_unticked(track, given.checklist) if approves else (),
            documents=bindings(documents),
            submitted_at=step.now,
        )
        if given.recommendation is Recommendation.RETURN:
            _return(step, review, given, documents)
        else:
            _submit(step, review)
        return _receipt(step.commit_and_signal(), review)

    return again_on_conflict(attempt)


def _words(notes: ReviewNotes) -> dict[str, object]:
    return {
        "scores": notes.scores,
        "recommendation": notes.recommendation,
        "comment": notes.comment,
        "feedback": notes.feedback,
        "checklist": notes.checklist,
        "returns": notes.returns,
    }


def _submit(step: Step, review: Review) -> None:
    step.put_review(review.with_(status=ReviewStatus.SUBMITTED))
    panel = tuple(
        seat.with_(done=True) if seat.reviewer == review.reviewer else seat
        for seat in step.after.panel
    )
    step.set(panel=panel)
    step.record(
        "review_completed",
        reviewer=review.reviewer,
        track=review.track,
        round=review.round,
        recommendation=str(review.recommendation),
    )
    # A place that nobody could fill is no review: staff find somebody, nothing passes by itself.
    if len(panel) >= step.track.review.needed and all(seat.done for seat in panel):
        step.move(Stage.DECIDING)


def _return(
    step: _Returning, review: Review, given: ReviewGiven, documents: tuple[Document, ...]
) -> None:
    step.mine = review
    step.record(
        "application_returned",
        reviewer=review.reviewer,
        track=review.track,
        requirements=[item.requirement for item in given.returns],
    )
    findings = returned_findings(given.returns, documents)
    return_to_applicant(step, findings, documents, by=str(step.actor))


def returned_findings(
    returns: tuple[ReturnedDocument, ...], documents: tuple[Document, ...]
) -> tuple[Finding, ...]:
    """Return the findings that tell an applicant which documents to mend, and why."""
    return tuple(
        Finding(
            requirement=item.requirement,
            verdict=Verdict.FAIL,
            reason=item.reason,
            documents=item.documents
            or tuple(document.number for document in current(documents, item.requirement)),
        )
        for item in returns
    )


def return_problems(
    track: Track, returns: tuple[ReturnedDocument, ...], documents: tuple[Document, ...]
) -> list[FieldProblem]:
    """Return what is wrong with the documents named to be returned."""
    if not returns:
        return [FieldProblem(path="/returns", reason="Name what is to be mended, and why.")]
    problems: list[FieldProblem] = []
    seen: set[str] = set()
    for place, item in enumerate(returns):
        requirement = track.requirement(item.requirement)
        present = {document.number for document in current(documents, item.requirement)}
        path = f"/returns/{place}"
        if not isinstance(requirement, LetterRequirement | VideoRequirement) or not present:
            reason = "Only a letter or a video that was sent in can be returned."
            problems.append(FieldProblem(path=f"{path}/requirement", reason=reason))
        elif item.requirement in seen:
            problems.append(FieldProblem(path=f"{path}/requirement", reason="Name it once."))
        elif not set(item.documents) <= present:
            known = ", ".join(str(number) for number in sorted(present))
            reason = f"The present documents have the numbers: {known}."
            problems.append(FieldProblem(path=f"{path}/documents", reason=reason))
        if not item.reason:
            reason = "Tell the applicant in a sentence what to mend."
            problems.append(FieldProblem(path=f"{path}/reason", reason=reason))
        seen.add(item.requirement)
    return problems


def _problems(
    track: Track, given: ReviewGiven, documents: tuple[Document, ...]
) -> list[FieldProblem]:
    match given.recommendation:
        case None:
            reason = "Recommend one of: approve, decline, return."
            return [FieldProblem(path="/recommendation", reason=reason)]
        case Recommendation.RETURN:
            problems = _score_problems(track, given.scores, whole=False)
            return problems + return_problems(track, given.returns, documents)
        case _:
            problems = _score_problems(track, given.scores, whole=True)
            if given.returns:
                reason = "Leave this out, or recommend to return the application."
                problems.append(FieldProblem(path="/returns", reason=reason))
            return problems


def _score_problems(track: Track, scores: dict[str, int], *, whole: bool) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    for criterion in track.rubric:
        points = scores.get(criterion.key)
        if (points is None and whole) or (
            points is not None and not 1 <= points <= criterion.scale
        ):
            reason = f"Score “{criterion.title}” from 1 to {criterion.scale}."
            problems.append(FieldProblem(path=f"/scores/{criterion.key}", reason=reason))
    known = {criterion.key for criterion in track.rubric}
    problems += [
        FieldProblem(path=f"/scores/{key}", reason="The rubric has no such criterion.")
        for key in scores
        if key not in known
    ]
    return problems


def _refuse(problems: list[FieldProblem]) -> None:
    if problems:
        raise Invalid("invalid-review", "The review cannot be taken as it is.", problems)


def _check_seen(
    track: Track, seen: tuple[DocumentBinding, ...], documents: tuple[Document, ...]
) -> None:
    changes = what_changed(track, seen, documents)
    if changes:
        raise Stale(
            "documents-changed",
            "Documents changed since you read them. Read the application again; "
            "your notes are kept. " + " ".join(sentence for _, sentence in changes),
        )


def _receipt(application: Application, review: Review) -> ReviewReceipt:
    return ReviewReceipt(
        application=application.id,
        reference=application.reference,
        recommendation=review.recommendation,
        given_at=review.submitted_at,
        stage=application.stage,
        unticked=review.unticked,
    )
