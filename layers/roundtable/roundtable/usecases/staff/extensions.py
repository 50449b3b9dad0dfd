"""Extensions: a later close for one application alone, with a reason."""

from datetime import datetime

from roundtable.domain.application import Application, Corrections, Extension
from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import close_for, enterable_tracks, last_close
from roundtable.domain.notices import NoticeKind
from roundtable.domain.requirements import FieldProblem, present_findings
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import CorrectionsFacts, ReminderFacts
from roundtable.ports import Ports
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.findings import failing, items
from roundtable.usecases.following.moments import moment
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.step import Step

EXTENDABLE = frozenset({Stage.DRAFT, Stage.CHECKING, Stage.CORRECTIONS})


def extend(
    ports: Ports,
    name: str,
    actor: Actor,
    *,
    until: datetime,
    reason: str,
    version: int | None = None,
) -> Application:
    """Give one application until a later instant (UTC), and open it again if it was closed.

    A draft not submitted in time becomes a draft again; one closed as incomplete goes back to
    its corrections with a new execution. The applicant is told. Nobody else is affected.
    Raises Unknown, Stale, Invalid for an instant that is no extension, NotNow where there is
    nothing to extend.
    """

    def attempt() -> Application:
        step = Step(ports, find_application(ports, name, version=version), actor)
        reopened = _closed_by_the_deadline(step.after)
        if step.after.stage not in EXTENDABLE and not reopened:
            raise NotNow(
                "nothing-to-extend",
                f"{step.after.reference} is in '{step.after.stage.value}': it waits for nothing "
                "that a later deadline would help.",
            )
        _check_later(step, until)
        step.set(extension=Extension(until=until, reason=reason, granted_by=str(actor)))
        step.record("extension_granted", until=until.isoformat(), reason=reason, reopened=reopened)
        if reopened:
            _reopen(step)
        _tell(step)
        return step.commit()

    return again_on_conflict(attempt)


def _closed_by_the_deadline(application: Application) -> bool:
    return application.stage is Stage.CLOSED and application.closed_as in {
        ClosedAs.NOT_SUBMITTED,
        ClosedAs.INCOMPLETE,
    }


def _check_later(step: Step, until: datetime) -> None:
    application, program = step.after, step.program
    if application.stage is Stage.CORRECTIONS and application.corrections is not None:
        present = correction_end(application, program)
    elif application.submitted:
        present = close_for(program, step.track, application)
    else:
        present = last_close(program, application)
    latest = max(present, step.now)
    if until > latest:
        return
    reason = (
        f"Give an instant after {moment(program, latest).local}: "
        "until then this application may be worked on without it."
        if present > step.now
        else "Give an instant that is still to come."
    )
    problem = FieldProblem(path="/until", reason=reason)
    raise Invalid("no-extension", "This date extends nothing.", [problem])


def _reopen(step: Step) -> None:
    if step.after.closed_as is ClosedAs.NOT_SUBMITTED:
        step.move(Stage.DRAFT, closed_as=None, closed_at=None)
        return
    if step.after.extension is None:
        raise ValueError("an application is reopened by an extension")
    documents = step.ports.applications.documents(step.after.id)
    findings = present_findings(step.program, step.track, step.after, documents)
    step.move(
        Stage.CORRECTIONS,
        closed_as=None,
        closed_at=None,
        run=step.after.run + 1,
        findings=findings,
        corrections=Corrections(
            asked_at=step.now, until=step.after.extension.until, items=failing(findings)
        ),
    )
    if not step.after.outcomes:
        step.set(answered_on=None)


def _tell(step: Step) -> None:
    """Tell the applicant of the later date; one whose checks are running hears from these."""
    application = step.after
    number = f"extension:{step.now:%Y%m%d%H%M%S%f}"
    if application.stage is Stage.DRAFT:
        until = max(
            close_for(step.program, track, application)
            for track in enterable_tracks(step.program, step.now, application) or (step.track,)
        )
        step.notify(NoticeKind.REMINDER, ReminderFacts(about="draft", until=until), number=number)
    elif application.stage is Stage.CORRECTIONS and application.corrections is not None:
        until = correction_end(application, step.program)
        missing = items(step.track, application.corrections.items)
        if missing:
            step.notify(
                NoticeKind.CORRECTIONS, CorrectionsFacts(until=until, items=missing), number=number
            )
