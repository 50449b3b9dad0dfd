"""Mending the form after it was submitted: only what was returned, and nothing else."""

from roundtable.domain.application import Application, Form
from roundtable.domain.program import AttestationRequirement, TeamRequirement, Track
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.schedule import correction_end
from roundtable.usecases.checking.correcting import resubmit_if_complete
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.following.moments import deadline
from roundtable.usecases.step import Step

_ONLY_RETURNED = "After the submission only what was returned can change."


def mend(step: Step, form: Form) -> Application:
    """Take attestations and team members that were asked for, and go on once all is there.

    The receipt time stays. Raises Invalid for changes of anything else, NotNow after the
    correction window.
    """
    application = step.after
    until = correction_end(application, step.program)
    if step.now >= until:
        raise NotNow(
            "closed", f"Corrections were possible until: {deadline(step.program, until).local}."
        )
    returned = mendable(application, step.track)
    problems = _problems(step, form, returned)
    if problems:
        raise Invalid("not-returned", _ONLY_RETURNED, problems)
    step.set(form=form, form_revision=application.form_revision + 1)
    step.record("form_mended", requirements=[*sorted(returned)])
    resubmit_if_complete(step, step.ports.applications.documents(application.id))
    return step.commit_and_signal()


def mendable(application: Application, track: Track) -> frozenset[str]:
    """Return the requirements among what was asked for that the form itself fulfils."""
    corrections = application.corrections
    asked = {item.requirement for item in corrections.items} if corrections else set[str]()
    return frozenset(
        requirement.key
        for requirement in track.requirements
        if isinstance(requirement, AttestationRequirement | TeamRequirement)
        and requirement.key in asked
    )


def _problems(step: Step, form: Form, returned: frozenset[str]) -> list[FieldProblem]:
    now = step.after.form
    team = any(
        isinstance(item, TeamRequirement) and item.key in returned
        for item in step.track.requirements
    )
    allowed = {"attestations"} | ({"team"} if team else set[str]())
    problems = [
        FieldProblem(path=f"/form/{name}", reason=_ONLY_RETURNED)
        for name in Form.model_fields
        if name not in allowed and getattr(form, name) != getattr(now, name)
    ]
    changed = {
        key
        for key in form.attestations.keys() | now.attestations.keys()
        if form.attestations.get(key) != now.attestations.get(key)
    }
    return problems + [
        FieldProblem(path=f"/form/attestations/{key}", reason=_ONLY_RETURNED)
        for key in sorted(changed - returned)
    ]
