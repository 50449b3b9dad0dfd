"""Corrections: what is missing or returned, until when, and going on once it is mended."""

from datetime import datetime, timedelta

from roundtable.domain.application import Application, Corrections, Finding
from roundtable.domain.documents import Document, current
from roundtable.domain.due import DueAction
from roundtable.domain.notices import NoticeKind
from roundtable.domain.requirements import is_complete, present_findings
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import ClosedIncompleteFacts, CorrectionsFacts, StaffAlertFacts
from roundtable.ports import Ports
from roundtable.usecases.checking.asking_again import release_reviews
from roundtable.usecases.errors import ApplicationMoved
from roundtable.usecases.findings import failing, items
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def ask_for_corrections(ports: Ports, application_id: str) -> Application:
    """Tell the applicant what is missing, once; a repeated call changes nothing.

    Raises ApplicationMoved if it is no longer in corrections.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("ask_for_corrections"))
        if step.after.stage is not Stage.CORRECTIONS:
            raise ApplicationMoved(application_id)
        if step.after.corrections is not None:
            return step.after
        _ask(step, failing(step.after.findings), by="")
        return step.commit()

    return again_on_conflict(attempt)


def return_to_applicant(
    step: Step, findings: tuple[Finding, ...], documents: tuple[Document, ...], *, by: str
) -> None:
    """Send an application back to be mended, with a person's reason; it is not a rejection.

    The documents named by a finding no longer fulfil their requirement, and no review of them
    counts: they are asked again. The receipt time stays. The caller commits and signals.
    """
    for finding in findings:
        for document in current(documents, finding.requirement):
            if document.number in finding.documents or not finding.documents:
                step.put_document(document.with_(rejected=finding.reason))
    release_reviews(step, "returned to applicant")
    step.move(Stage.CORRECTIONS, panel=(), review_round=step.after.review_round + 1)
    kept = tuple(
        item
        for item in step.after.findings
        if item.requirement not in {finding.requirement for finding in findings}
    )
    step.set(findings=(*kept, *findings))
    _ask(step, findings, by=by)


def _ask(step: Step, findings: tuple[Finding, ...], *, by: str) -> None:
    until = _window_end(step, findings)
    step.set(
        corrections=Corrections(asked_at=step.now, until=until, items=findings, returned_by=by)
    )
    step.record(
        "corrections_asked",
        requirements=[finding.requirement for finding in findings],
        until=correction_end(step.after, step.program).isoformat(),
    )
    step.notify(
        NoticeKind.CORRECTIONS,
        CorrectionsFacts(
            until=correction_end(step.after, step.program), items=items(step.track, findings)
        ),
        number=step.once,
    )


def _window_end(step: Step, findings: tuple[Finding, ...]) -> datetime:
    """Return the end of the window: days for what was given, the close for what never was."""
    if not any(finding.documents for finding in findings):
        return step.now
    day = step.program.local_date(step.now) + timedelta(days=step.track.corrections.within_days)
    return step.program.end_of(day)


def resubmit_if_complete(step: Step, documents: tuple[Document, ...]) -> bool:
    """Send a mended application back to its checks as soon as nothing is missing any more.

    The applicant need not submit again. The caller commits and signals.
    """
    findings = present_findings(step.program, step.track, step.after, documents)
    step.set(findings=findings)
    if not is_complete(findings):
        return False
    step.move(Stage.CHECKING, corrections=None)
    step.record("corrections_made")
    return True


def end_corrections(ports: Ports, application: Application) -> Application:
    """Close the correction window: consider the fallback track where the program says so.

    Otherwise the application is closed as incomplete, and told so.
    """
    step = Step(ports, application, system("clock"))
    documents = ports.applications.documents(application.id)
    if resubmit_if_complete(step, documents):
        return step.commit_and_signal()
    fallback = step.track.fallback
    deadline = correction_end(application, step.program)
    step.mark_due_done(DueAction.END_CORRECTIONS)
    step.set(corrections=None)
    if fallback is not None and fallback.also_incomplete:
        step.move(Stage.FALLBACK)
        step.record("incomplete_at_close", track=application.track, fallback=fallback.track)
    else:
        step.move(
            Stage.CLOSED,
            closed_as=ClosedAs.INCOMPLETE,
            closed_at=step.now,
            answered_on=step.after.answered_on or step.now,
        )
        step.record("closed_incomplete", track=application.track)
        step.notify(
            NoticeKind.CLOSED_INCOMPLETE,
            ClosedIncompleteFacts(
                deadline=deadline, items=items(step.track, failing(step.after.findings))
            ),
            # Closed again after an extension, it is told again.
            number=f"{application.track}:{deadline:%Y%m%d%H%M%S%f}",
        )
        _mind_what_is_untold(step)
    return step.commit_and_signal()


def _mind_what_is_untold(step: Step) -> None:
    """Ask staff to tell a team what was decided for an earlier track: no notice would."""
    if step.after.outcomes:
        step.notify(
            NoticeKind.STAFF_ALERT,
            StaffAlertFacts(
                reason="Closed as incomplete with a decision not told yet",
                detail="It was not selected for its first track and is incomplete for the "
                "second. Tell the team of the decision.",
            ),
            number=f"untold:{step.once}",
            to="staff",
        )
