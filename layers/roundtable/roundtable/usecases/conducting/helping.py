"""When the workflow cannot go on: staff are asked, and can let it go on."""

from contextlib import suppress
from datetime import timedelta

from roundtable.domain.application import Application, HelpNeeded
from roundtable.domain.audit import Actor
from roundtable.domain.notices import NoticeKind
from roundtable.messages.facts import StaffAlertFacts
from roundtable.ports import ExecutionStatus, Ports, Unavailable
from roundtable.usecases.errors import NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system

REASONS = {
    "NotEnoughReviewers": "No reviewer without a conflict is left",
    "States.Timeout": "Waited longer than it should",
    "Roundtable.UnknownStage": "Its stage is not known to the workflow",
}


ONE_CALL_WITHIN = timedelta(minutes=10)
"""Longer than all retries of one call."""


def ask_for_help(ports: Ports, application_id: str, *, state: str, error: str) -> Application:
    """Mark an application as stuck and tell staff; its stage stays, so that it can go on.

    Asked again for the same within minutes (the answer to the first call was lost), nothing
    changes.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("ask_for_help"))
        reason = REASONS.get(error, f"The step failed: {error}"[:200])
        asked = step.after.help
        if (
            asked is not None
            and (asked.reason, asked.state) == (reason, state[:200])
            and step.now < asked.since + ONE_CALL_WITHIN
        ):
            return step.after
        step.set(help=HelpNeeded(since=step.now, reason=reason, state=state[:200]))
        step.record("help_asked", state=state[:200], error=error[:200])
        step.notify(
            NoticeKind.STAFF_ALERT,
            StaffAlertFacts(reason=reason, detail=f"It stopped at the step “{state}”."),
            number=f"help:{step.once}",
            to="staff",
        )
        return step.commit()

    return again_on_conflict(attempt)


def restart(ports: Ports, application_id: str, actor: Actor, *, reason: str = "") -> Application:
    """Let a stuck application go on from its stage; a lost execution is replaced by a new one.

    Raises NotNow for one whose execution is running and asked for nothing.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), actor)
        application = step.after
        status = ports.conductor.status(application.id, application.run)
        running = status is ExecutionStatus.RUNNING
        if application.help is None and (running or not application.is_open):
            raise NotNow("not-stuck", "This application is not stuck.")
        step.set(help=None)
        because = {"reason": reason} if reason else {}
        step.record("restarted", run=application.run, execution=status.value, **because)
        waiting = ports.applications.waiting(application_id) if running else None
        if not running:
            step.set(run=application.run + 1)
        after = step.commit()
        if waiting is not None:
            with suppress(Unavailable):  # the clock makes up for it
                ports.conductor.resume(waiting.token)
        return after

    return again_on_conflict(attempt)
