"""Sending a notice once more: it never arrived, or the address was wrong."""

from pydantic import EmailStr, TypeAdapter, ValidationError

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.decisions import decision_notice
from roundtable.domain.notices import DECISION_NOTICES, Notice, NoticeStatus, fitting
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import Ports
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.staff.notices import find_notice
from roundtable.usecases.staff.story import NoticeRow, notice_row
from roundtable.usecases.step import Step, confirm_due

LEFT = frozenset({NoticeStatus.SENT, NoticeStatus.DELIVERED, NoticeStatus.UNDELIVERED})
"""Statuses of notices that left; what waits is released instead."""

_email: TypeAdapter[str] = TypeAdapter(EmailStr)
_AGAIN = ":again"


def send_again(
    ports: Ports,
    name: str,
    key: str,
    actor: Actor,
    *,
    reason: str,
    address: str = "",
    version: int | None = None,
) -> NoticeRow:
    """Queue a copy of a notice that left, as a row of its own; the first row stays as it was.

    With an `address` the contact that the notice goes to is corrected at once, for every later
    notice, too. The copy is in the words the notice has now. Raises Unknown, Stale, Invalid for
    no address, NotNow for a notice that did not leave or that tells a decision no longer standing.
    """

    def attempt() -> NoticeRow:
        application = find_application(ports, name, version=version)
        notice = find_notice(ports, application, key)
        check_sendable(application, notice)
        step = Step(ports, application, actor)
        if address:
            _correct(step, notice, _checked(address))
        again = Notice(
            application=application.id,
            program=application.program,
            kind=notice.kind,
            number=_number(ports, application, notice),
            to=notice.to,
            reviewer=notice.reviewer,
            facts=notice.facts,
            created_at=step.now,
            template=notice.template,
            due=confirm_due(step.now),
        )
        step.put_notice(again)
        step.record("notice_sent_again", notice=again.key, first=notice.key, reason=reason)
        step.commit()
        return notice_row(ports.applications.notice(application.id, again.key))

    return again_on_conflict(attempt)


def check_sendable(application: Application, notice: Notice) -> None:
    """Raise NotNow for a notice that cannot be sent once more."""
    if notice.status not in LEFT:
        raise NotNow(
            "not-sent-yet",
            f"This notice did not leave yet: it is '{notice.status.value}'.",
        )
    if notice.kind not in DECISION_NOTICES:
        return
    standing = None
    if application.present_outcome is not None:
        kind, number = decision_notice(application)
        standing = f"{kind}#{number}"
    if standing is None or _first(notice) != standing:
        raise NotNow(
            "decision-changed",
            "This notice tells a decision that does not stand any more; it is not sent again.",
        )


def _first(notice: Notice) -> str:
    """Return the key of the notice that a copy was made of."""
    number = notice.number.partition(_AGAIN)[0].removesuffix(":second")
    return f"{notice.kind}#{number}"


def _number(ports: Ports, application: Application, notice: Notice) -> str:
    base = notice.number.partition(_AGAIN)[0]
    copies = [
        item
        for item in ports.applications.notices(application.id)
        if item.kind is notice.kind and item.number.startswith(fitting(f"{base}{_AGAIN}")[:60])
    ]
    return fitting(f"{base}{_AGAIN}{len(copies) + 1}")


def _checked(address: str) -> str:
    try:
        return _email.validate_python(address)
    except ValidationError:
        reason = "Enter an e-mail address, such as name@example.org."
        problem = FieldProblem(path="/address", reason=reason)
        raise Invalid("invalid-address", reason, [problem]) from None


def _correct(step: Step, notice: Notice, address: str) -> None:
    """Correct the address of the contact that a notice goes to; the audit keeps no address."""
    form = step.after.form
    if notice.to == "applicant" and form.contact is not None:
        form = form.with_(contact=form.contact.with_(email=address))
    elif notice.to == "second_contact" and form.second_contact is not None:
        form = form.with_(second_contact=form.second_contact.with_(email=address))
    else:
        reason = "The address of this notice is not kept with the application."
        problem = FieldProblem(path="/address", reason=reason)
        raise Invalid("no-contact", reason, [problem])
    step.set(form=form, form_revision=step.after.form_revision + 1)
    step.record("contact_corrected", contact=notice.to)
