"""Assigning reviewers without conflicts of interest, and replacing those who cannot or do not."""

from datetime import datetime, timedelta

from roundtable.domain.application import Application, PanelSeat
from roundtable.domain.audit import Actor
from roundtable.domain.due import DueAction
from roundtable.domain.notices import NoticeKind, fitting
from roundtable.domain.reviews import Review, Reviewer, ReviewStatus, choose_reviewers
from roundtable.domain.schedule import all_due
from roundtable.domain.stages import Stage
from roundtable.messages.facts import ReviewFacts, StaffAlertFacts
from roundtable.ports import NotFound, Ports
from roundtable.usecases.errors import ApplicationMoved, NotNow, Unknown
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


class NotEnoughReviewers(NotFound):
    """Nobody without a conflict is left: staff must find a reviewer. Nothing passes by itself.

    As one of the expected failures, the workflow hears its name and staff read the reason.
    """


def assign_reviewers(ports: Ports, application_id: str) -> Application:
    """Fill the panel of the present track; a repeated call assigns nobody twice.

    Raises ApplicationMoved if the application is not in review, NotEnoughReviewers after
    assigning those there are.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("assign_reviewers"))
        if step.after.stage is not Stage.REVIEW:
            raise ApplicationMoved(application_id)
        lacking = step.track.review.needed - len(step.after.panel)
        if lacking > 0:
            found = _fill(step, lacking, leaving=frozenset())
            lacking -= found
            if not lacking:
                step.set(help=None)
            if found:
                step.commit()
        elif all(seat.done for seat in step.after.panel):
            # Signalled for the case that staff asked, while the execution waits for reviews.
            step.move(Stage.DECIDING)
            step.commit_and_signal()
        if lacking > 0:
            raise NotEnoughReviewers(application_id)
        return step.after

    return again_on_conflict(attempt)


def replace_reviewer(
    ports: Ports,
    application_id: str,
    reviewer_id: str,
    actor: Actor,
    *,
    reason: str,
    status: ReviewStatus,
    keep_if_nobody: bool = False,
) -> Application:
    """Take a review back (`released`) or end it (`recused`) and ask another reviewer.

    A submitted review of who recuses does not count any more. If nobody without a conflict
    is left, staff are alerted and the place stays empty, or with the one who has it where
    `keep_if_nobody`. Raises Unknown if there is no such review, NotNow if the application is
    not in review.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        if step.after.stage is not Stage.REVIEW:
            raise NotNow("not-in-review", "This application is not in review any more.")
        review = present_review(ports, step.after, reviewer_id)
        _mark_replacement_done(step, reviewer_id)
        panel = step.after.panel
        step.set(panel=tuple(seat for seat in panel if seat.reviewer != reviewer_id))
        found = _fill(step, 1, leaving=frozenset({reviewer_id}))
        if not found:
            _tell_staff_nobody_is_left(step)
        if found or not keep_if_nobody:
            step.put_review(
                review.with_(
                    status=status,
                    closed_reason=reason,
                    recommendation=None,
                    submitted_at=None,
                )
            )
            step.record("reviewer_replaced", reviewer=reviewer_id, how=status.value)
        else:
            step.set(panel=panel)
            step.record("reviewer_kept", reviewer=reviewer_id)
        return step.commit_and_signal()

    return again_on_conflict(attempt)


def _mark_replacement_done(step: Step, reviewer_id: str) -> None:
    """Do not try again to replace who stays for want of others."""
    step.mark_done(
        *(
            due.mark
            for due in all_due(step.after, step.program, step.holidays_of)
            if due.action is DueAction.REPLACE_REVIEWERS
            and due.at <= step.now
            and due.mark.partition("@")[0].endswith(f":{reviewer_id}")
        )
    )


def _tell_staff_nobody_is_left(step: Step) -> None:
    step.notify(
        NoticeKind.STAFF_ALERT,
        StaffAlertFacts(
            reason="No reviewer without a conflict is left",
            detail="Add a reviewer, then assign this application again.",
        ),
        number=f"no-reviewer:{step.once}",
        to="staff",
    )


def present_review(ports: Ports, application: Application, reviewer_id: str) -> Review:
    """Return a reviewer's review of the present track and round; raises Unknown."""
    for review in ports.applications.reviews(application.id):
        if (review.track, review.round, review.reviewer) == (
            application.track,
            application.review_round,
            reviewer_id,
        ) and review.status in {ReviewStatus.ASSIGNED, ReviewStatus.SUBMITTED}:
            return review
    raise Unknown("unknown-review", "There is no such review.")


def _fill(step: Step, places: int, *, leaving: frozenset[str]) -> int:
    """Assign up to this many reviewers; return how many were found.

    Who reviewed the application for an earlier track or round is asked first: they know it.
    """
    application = step.after
    reviewers = step.ports.rounds.reviewers()
    reviews = step.ports.applications.reviews(application.id)
    excluded = {review.reviewer for review in reviews if review.status is ReviewStatus.RECUSED}
    excluded |= {
        review.reviewer
        for review in reviews
        if (review.track, review.round) == (application.track, application.review_round)
    }
    excluded |= {seat.reviewer for seat in application.panel} | leaving
    preferred = tuple(review.reviewer for review in reviews if review.reviewer not in excluded)
    chosen = choose_reviewers(
        application,
        places,
        reviewers,
        step.ports.applications.open_reviews([reviewer.id for reviewer in reviewers]),
        frozenset(excluded),
        preferred,
    )
    for reviewer in chosen:
        _assign(step, reviewer)
    return len(chosen)


def _assign(step: Step, reviewer: Reviewer) -> None:
    rule = step.track.review
    due_at = _days_after(step, rule.due_after_days)
    seat = PanelSeat(
        reviewer=reviewer.id,
        assigned_at=step.now,
        remind_at=_days_after(step, rule.remind_after_days),
        replace_at=_days_after(step, rule.replace_after_days),
        due_at=due_at,
    )
    step.set(panel=(*step.after.panel, seat))
    step.put_review(
        Review(
            application=step.after.id,
            reference=step.after.reference,
            program=step.after.program,
            track=step.after.track,
            reviewer=reviewer.id,
            round=step.after.review_round,
            assigned_at=step.now,
            due_at=due_at,
        )
    )
    step.record("reviewer_assigned", reviewer=reviewer.id, track=step.after.track)
    step.notify(
        NoticeKind.REVIEW_ASKED,
        ReviewFacts(track=step.after.track, due_at=due_at),
        number=review_number(step.after, reviewer.id),
        to="reviewer",
        reviewer=reviewer.id,
    )


def review_number(application: Application, reviewer_id: str) -> str:
    """Return the number of the notices about one reviewer's place in a panel."""
    return fitting(f"{application.track}:{application.review_round}:{reviewer_id}".lower())


def _days_after(step: Step, days: int) -> datetime:
    """Return the end of the local day some days from now."""
    return step.program.end_of(step.program.local_date(step.now) + timedelta(days=days))
