"""Document checks: what to look into, and whether what was found makes it complete."""

from typing import Literal

from roundtable.domain.application import Application
from roundtable.domain.documents import unchecked
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Record
from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    VideoRequirement,
)
from roundtable.domain.requirements import is_complete, present_findings
from roundtable.domain.stages import Stage
from roundtable.ports import Ports
from roundtable.usecases.errors import ApplicationMoved
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, program_of, system


class CheckItem(Record):
    """One thing that the workflow has checked: a document, or the affirmations (number 0)."""

    application: str
    requirement: str
    number: int
    kind: Literal["letter", "video", "attestation"]


def list_requirements(ports: Ports, application_id: str) -> tuple[CheckItem, ...]:
    """Return what needs a check now; what passed for the same content before does not.

    Raises ApplicationMoved if the application is not being checked any more.
    """
    application = ports.applications.get(application_id)
    if application.stage is not Stage.CHECKING:
        raise ApplicationMoved(application_id)
    track = program_of(ports, application).track(application.track)
    passed = {
        finding.requirement for finding in application.findings if finding.verdict is Verdict.PASS
    }
    waiting = unchecked(ports.applications.documents(application_id))
    items: list[CheckItem] = []
    for requirement in track.requirements:
        if isinstance(requirement, LetterRequirement | VideoRequirement):
            items += [
                CheckItem(
                    application=application_id,
                    requirement=document.requirement,
                    number=document.number,
                    kind=document.kind,
                )
                for document in waiting
                if document.requirement == requirement.key
            ]
        elif isinstance(requirement, AttestationRequirement) and requirement.key not in passed:
            items.append(
                CheckItem(
                    application=application_id,
                    requirement=requirement.key,
                    number=0,
                    kind="attestation",
                )
            )
    return tuple(items)


def check_attestation(ports: Ports, application_id: str, requirement: str) -> Verdict:
    """Return the verdict on what the team affirmed."""
    application = ports.applications.get(application_id)
    program = program_of(ports, application)
    findings = present_findings(program, program.track(application.track), application, ())
    return next(item.verdict for item in findings if item.requirement == requirement)


def record_checks(
    ports: Ports, application_id: str, looked_into: tuple[tuple[str, int], ...]
) -> Application:
    """Record the verdicts: complete, incomplete, or something a person must look at.

    A document that no check could be made of (it was tried: `looked_into`) is a person's to
    look at; one that arrived since is checked first. Raises ApplicationMoved if the
    application is not being checked any more.
    """

    def attempt() -> Application:
        step = Step(ports, ports.applications.get(application_id), system("record_checks"))
        if step.after.stage is not Stage.CHECKING:
            raise ApplicationMoved(application_id)
        documents = ports.applications.documents(application_id)
        needed = {requirement.key for requirement in step.track.requirements}
        arrived = [
            item
            for item in unchecked(documents)
            if item.requirement in needed and (item.requirement, item.number) not in looked_into
        ]
        if arrived:
            return step.after
        findings = present_findings(step.program, step.track, step.after, documents)
        step.set(findings=findings)
        for finding in findings:
            step.record(
                "requirement_checked",
                track=step.after.track,
                requirement=finding.requirement,
                verdict=finding.verdict.value,
                documents=list(finding.documents),
            )
        if not is_complete(findings):
            step.move(Stage.CORRECTIONS, corrections=None)
        elif step.track.review.needed:
            step.move(Stage.REVIEW)
        else:
            step.move(Stage.DECIDING)
        return step.commit()

    return again_on_conflict(attempt)
