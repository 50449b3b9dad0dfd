"""Changing the track of an application that was received; its receipt time stays."""

from roundtable.domain.application import Application, Form
from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import close_for, promised_day
from roundtable.domain.notices import NoticeKind
from roundtable.domain.program import Track
from roundtable.domain.requirements import FieldProblem, form_problems
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.messages.facts import MovedFacts
from roundtable.ports import Ports
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step

SWITCHABLE = frozenset({Stage.CHECKING, Stage.CORRECTIONS, Stage.REVIEW})


def switch_track(ports: Ports, application_id: str, actor: Actor, *, track: str) -> Application:
    """Move an application to another track while that one is open, at the applicant's wish.

    Raises Invalid for an unknown track or answers that the new track needs, NotNow after the
    close of the new track or once it is being decided.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        target = _target(step, track)
        if step.now >= close_for(step.program, target, step.after):
            raise NotNow(
                "closed", f"{target.name} has closed; this application stays in {step.track.name}."
            )
        form = with_track(step.after.form, track)
        problems = form_problems(step.program, form)
        if problems:
            raise Invalid("invalid-form", f"{target.name} asks for more answers.", problems)
        step.set(form=form)
        return _switch(step, target, why="request")

    return again_on_conflict(attempt)


def with_track(form: Form, track: str) -> Form:
    """Return the form with one more track of interest."""
    return form if track in form.tracks else form.with_(tracks=(*form.tracks, track))


def transfer(
    ports: Ports, application_id: str, actor: Actor, *, track: str, reason: str
) -> Application:
    """Move an application to another track by staff, also after its close, with a reason."""

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        return _switch(step, _target(step, track), why="staff", reason=reason)

    return again_on_conflict(attempt)


def _target(step: Step, track: str) -> Track:
    known = {item.key: item for item in step.program.tracks}
    if track not in known:
        reason = f"There is no track '{track}'. Choose one of: {', '.join(known)}."
        raise Invalid("unknown-track", reason, [FieldProblem(path="/track", reason=reason)])
    if step.after.stage not in SWITCHABLE or step.after.outcomes:
        raise NotNow("not-switchable", "The track of this application cannot change any more.")
    if track == step.after.track:
        raise NotNow("same-track", f"This application is for {step.track.name} already.")
    return known[track]


def _switch(step: Step, target: Track, *, why: str, **by: str) -> Application:
    left = step.after.track
    for review in step.ports.applications.reviews(step.after.id):
        if review.status in {ReviewStatus.ASSIGNED, ReviewStatus.SUBMITTED}:
            step.put_review(
                review.with_(status=ReviewStatus.RELEASED, closed_reason="track changed")
            )
    received_at = step.after.received_at
    step.move(
        Stage.CHECKING,
        track=target.key,
        panel=(),
        review_round=step.after.review_round + 1,
        corrections=None,
        findings=(),
        promise=promised_day(step.program, target, received_at) if received_at else None,
    )
    step.record("track_switched", left=left, track=target.key, why=why, **by)
    step.notify(
        NoticeKind.MOVED,
        MovedFacts(from_track=left, to_track=target.key, because="request"),
        number=f"{target.key}:{step.after.review_round}",
    )
    return step.commit_and_signal()
