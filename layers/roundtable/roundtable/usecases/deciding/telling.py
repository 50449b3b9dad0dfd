"""Telling decisions: together on a day, after a preview, or at once; and what follows."""

from datetime import timedelta

from roundtable.domain.application import Application, Offer
from roundtable.domain.audit import Actor
from roundtable.domain.decisions import decision_notice, stage_after_notice
from roundtable.domain.due import DueAction
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict, NotFound, Ports
from roundtable.usecases.conducting.sending import send
from roundtable.usecases.errors import ApplicationMoved, NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def announce(ports: Ports, application_id: str, actor: Actor, *, reason: str = "") -> Application:
    """Let the decision notice of an application go out now.

    Raises NotNow if it does not wait for its announcement.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        if step.after.stage is not Stage.ANNOUNCING:
            raise NotNow("not-announcing", "This application does not wait for an announcement.")
        notice = decision_row(ports, step.after)
        if notice is not None and notice.held_by:
            step.put_notice(notice.with_(held_by=""))
        step.move(Stage.NOTIFYING)
        because = {"reason": reason} if reason else {}
        step.record("decision_announced", track=step.after.track, **because)
        return step.commit_and_signal()

    return again_on_conflict(attempt)


def announce_when_due(ports: Ports, application: Application) -> Application:
    """Announce on the day, unless a person holds the notice back."""
    notice = decision_row(ports, application)
    if notice is None or not notice.held_by:
        return announce(ports, application.id, system("clock"))
    step = Step(ports, application, system("clock"))
    step.mark_due_done(DueAction.ANNOUNCE)
    return step.commit()


def send_decision_notice(ports: Ports, application_id: str) -> Application:
    """Send the one notice of the present decision and go on to what follows from it.

    A notice that staff hold goes back to waiting for its release. Raises ApplicationMoved if
    nothing is being told any more.
    """
    application = ports.applications.get(application_id)
    if application.stage is not Stage.NOTIFYING:
        raise ApplicationMoved(application_id)
    send(ports, application_id, _row(ports, application).key, release=True)

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("send_notice"))
        if step.after.stage is not Stage.NOTIFYING:
            raise ApplicationMoved(application_id)
        notice = _row(ports, step.after)
        if notice.status is not NoticeStatus.HELD:
            _go_on(step, notice)
        elif notice.held_by:
            step.move(Stage.ANNOUNCING)
            step.record("notice_held", notice=notice.key)
        else:
            raise Conflict("the notice was changed while it was to be sent")
        return step.commit()

    return again_on_conflict(attempt)


def _row(ports: Ports, application: Application) -> Notice:
    """Return the row of the present decision's notice; raises LookupError where it is missing.

    Looking again where the application stands would not find it either: staff must.
    """
    notice = decision_row(ports, application)
    if notice is None:
        raise LookupError(f"the notice of the decision about {application.id} is missing")
    return notice


def decision_row(ports: Ports, application: Application) -> Notice | None:
    """Return the row of the present decision's notice, if there is one."""
    if application.present_outcome is None:
        return None
    kind, number = decision_notice(application)
    try:
        return ports.applications.notice(application.id, f"{kind}#{number}")
    except NotFound:
        return None


def _go_on(step: Step, notice: Notice) -> None:
    stage = stage_after_notice(step.after, step.program)
    step.set(answered_on=step.after.answered_on or step.now)
    step.record("decision_told", track=step.after.track, notice=notice.key)
    match stage:
        case Stage.OFFER if step.track.offer is not None:
            days = timedelta(days=step.track.offer.answer_within_days)
            answer_by = step.program.end_of(step.program.local_date(step.now) + days)
            offer = Offer(track=step.after.track, made_at=step.now, answer_by=answer_by)
            step.move(stage, offer=offer)
        case Stage.WAITLIST:
            step.move(stage, waitlisted_at=step.now)
        case Stage.CLOSED:
            step.move(stage, closed_as=ClosedAs.NOT_SELECTED, closed_at=step.now)
        case _:
            step.move(stage)


def cancel_waiting_notices(step: Step) -> None:
    """Cancel what was to be told about a decision that no longer stands."""
    for notice in step.ports.applications.notices(step.after.id):
        if notice.status is NoticeStatus.HELD:
            step.put_notice(notice.with_(status=NoticeStatus.CANCELLED, due=None))
