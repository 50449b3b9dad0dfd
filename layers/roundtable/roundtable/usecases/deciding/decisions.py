"""Decisions: one for an application and track, with its seat, in one transaction."""

from collections.abc import Callable

from pydantic import JsonValue

from roundtable.domain.application import Application, Decision, Outcome
from roundtable.domain.audit import Actor
from roundtable.domain.decisions import (
    decision_notice,
    falls_back,
    fell_back,
    proposed,
    stage_after_decision,
)
from roundtable.domain.documents import bindings
from roundtable.domain.evidence import Verdict
from roundtable.domain.notices import NoticeKind
from roundtable.domain.program import DecidedBy
from roundtable.domain.reviews import counted, panel_score
from roundtable.domain.schedule import ranked
from roundtable.domain.seats import Pool, pool_for
from roundtable.domain.stages import Stage
from roundtable.messages.facts import DecisionFacts, MovedFacts, StaffAlertFacts
from roundtable.ports import AlreadyThere, Conflict, Ports, SeatsFull
from roundtable.usecases.errors import ApplicationMoved, NotNow
from roundtable.usecases.retry import ATTEMPTS, again_on_conflict
from roundtable.usecases.step import Step, system


def decide(ports: Ports, application_id: str) -> Application:
    """Take the decision that the track's own rule makes, or hand it to staff.

    An approval without a free seat waits for one. Completeness alone decides nothing that a
    person must look at. Raises ApplicationMoved if nothing is to be decided any more.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("decide"))
        if step.after.stage is not Stage.DECIDING:
            raise ApplicationMoved(application_id)
        reviews = ports.applications.reviews(application_id)
        decision = proposed(step.track, reviews)
        unseen = step.track.decided_by is DecidedBy.COMPLETENESS and _must_be_looked_at(step)
        if unseen:
            decision = None
        step.set(score=panel_score(reviews, step.track))
        if decision is None:
            step.move(Stage.WITH_STAFF)
            step.record("staff_asked_to_decide", track=step.after.track)
            if unseen:
                _ask_staff(step, "A person must look at a document before it is decided", "look")
            elif step.track.decided_by is DecidedBy.REVIEWS:
                _ask_staff(step, "Reviewers differ: a lead must decide", "dissent")
            return step.commit()
        _decide(step, decision, feedback=_feedback(step), waitlist_if_full=True)
        return step.commit()

    return with_seats(attempt)


def decide_by_staff(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    decision: Decision,
    feedback: str,
    reason: str = "",
    proposal: str = "",
) -> Application:
    """Record the decision of a person and take its seat; the first one stands.

    `proposal` names the one by which it was decided together with others. Raises NotNow if it is
    decided already (saying who did) or not yet to be decided, or if the track is full.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        if step.after.stage is not Stage.WITH_STAFF:
            standing = step.after.present_outcome
            if standing is not None:
                raise NotNow(
                    "already-decided",
                    f"This application was decided already: {standing.decision.value} "
                    f"by {standing.decided_by} on {standing.decided_at:%Y-%m-%d %H:%M} UTC.",
                )
            raise NotNow("not-yet", "This application is not waiting for a decision of staff.")
        because: dict[str, JsonValue] = {"reason": reason, "proposal": proposal}
        _decide(
            step,
            decision,
            feedback=feedback or _feedback(step),
            waitlist_if_full=False,
            because={name: said for name, said in because.items() if said},
        )
        return step.commit_and_signal()

    return with_seats(attempt)


def move_to_fallback(ports: Ports, application_id: str) -> Application:
    """Let an application be considered for its track's fallback, with its receipt time kept."""

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("move_to_fallback"))
        rule = step.track.fallback
        if step.after.stage is not Stage.FALLBACK:
            raise ApplicationMoved(application_id)
        if rule is None:
            raise ValueError(f"{step.after.track} has no fallback track")
        left = step.after.track
        undecided = step.after.outcome(left) is None
        # The round goes on: reviewers of an earlier time in that track may be asked again.
        step.move(
            Stage.CHECKING,
            track=rule.track,
            panel=(),
            review_round=step.after.review_round + 1,
            score=None,
            findings=(),
        )
        step.record("moved_to_fallback", left=left, track=rule.track)
        if undecided:
            step.notify(
                NoticeKind.MOVED,
                MovedFacts(from_track=left, to_track=rule.track, because="incomplete"),
                number=rule.track,
            )
        return step.commit()

    return again_on_conflict(attempt)


def promote(ports: Ports, program_key: str, track_key: str) -> tuple[str, ...]:
    """Give free seats of a track to its waitlist, in rank order; return who got one.

    Where only reserved seats are left, those who may not take one are passed over.
    """
    waiting: list[Application] = []
    cursor: str | None = None
    while True:
        page = ports.applications.in_stage(
            program_key, Stage.WAITLIST, track=track_key, limit=100, cursor=cursor
        )
        waiting += page.items
        cursor = page.cursor
        if cursor is None:
            break
    promoted: list[str] = []
    for application in ranked(tuple(waiting)):
        seats = ports.rounds.seats(program_key, track_key)
        pool = pool_for(seats, fell_back=fell_back(application))
        if not seats.open and not seats.reserved:
            break
        if pool is None:
            continue
        step = Step(ports, ports.applications.get(application.id), system("promote"))
        outcome = step.after.present_outcome
        if step.after.stage is not Stage.WAITLIST or outcome is None:
            continue
        given = outcome.with_(decision=Decision.ACCEPTED, promoted_at=step.now, seat=pool)
        others = tuple(item for item in step.after.outcomes if item.track != outcome.track)
        step.set(outcomes=(*others, given))
        step.take_seat(track_key, pool)
        step.move(Stage.NOTIFYING)
        step.record("seat_offered", track=track_key, pool=pool)
        _prepare_notice(step)
        try:
            step.commit_and_signal()
        except (AlreadyThere, Conflict, SeatsFull):
            continue
        promoted.append(application.id)
    return tuple(promoted)


def free_pool(step: Step) -> Pool | None:
    """Return the pool from which an application may take a seat now; None where none is left."""
    seats = step.ports.rounds.seats(step.after.program, step.after.track)
    return pool_for(seats, fell_back=fell_back(step.after))


def track_full(step: Step) -> NotNow:
    """Return the refusal of an acceptance for which no seat is left."""
    seats = step.ports.rounds.seats(step.after.program, step.after.track)
    return NotNow(
        "track-full",
        f"All {seats.capacity} seats of {step.track.name} are taken. Waitlist this "
        "application, or free a seat first.",
    )


def with_seats(attempt: Callable[[], Application]) -> Application:
    """Decide again when the seat seen was taken meanwhile: then there may be none.

    Raises Conflict where the seats seen are always gone when they are taken.
    """
    for _ in range(ATTEMPTS):
        try:
            return again_on_conflict(attempt)
        except SeatsFull:
            continue
    raise Conflict("the seats seen were taken each time")


def _must_be_looked_at(step: Step) -> bool:
    return any(finding.verdict is Verdict.LOOK for finding in step.after.findings)


def _ask_staff(step: Step, reason: str, what: str) -> None:
    step.notify(
        NoticeKind.STAFF_ALERT,
        StaffAlertFacts(reason=reason),
        number=f"{what}:{step.after.track}:{step.after.review_round}",
        to="staff",
    )


def _decide(
    step: Step,
    decision: Decision,
    *,
    feedback: str,
    waitlist_if_full: bool,
    because: dict[str, JsonValue] | None = None,
) -> None:
    application = step.after
    pool = None
    if decision is Decision.ACCEPTED:
        pool = free_pool(step)
        if pool is not None:
            step.take_seat(application.track, pool)
        elif waitlist_if_full:
            decision = Decision.WAITLISTED
        else:
            raise track_full(step)
    documents = step.ports.applications.documents(application.id)
    outcome = Outcome(
        track=application.track,
        decision=decision,
        decided_at=step.now,
        decided_by=str(step.actor),
        feedback=feedback,
        documents=bindings(documents),
        seat=pool or "",
    )
    step.set(outcomes=(*application.outcomes, outcome))
    step.record(
        "decision_made",
        track=application.track,
        decision=decision.value,
        seat=pool or "",
        **(because or {}),
    )
    stage = stage_after_decision(step.after, step.program, decision, step.now)
    step.move(stage)
    if not falls_back(step.before, step.track, decision):
        _prepare_notice(step)


def _prepare_notice(step: Step) -> None:
    """Put the one notice of the decision into the outbox; the workflow sends it in its time."""
    kind, number = decision_notice(step.after)
    step.notify(kind, DecisionFacts(track=step.after.track), number=number, held=True)


def _feedback(step: Step) -> str:
    """Return the reviewers' words for the applicant, one paragraph each."""
    reviews = counted(step.ports.applications.reviews(step.after.id), step.after.track)
    return "\n\n".join(review.feedback for review in reviews if review.feedback)
