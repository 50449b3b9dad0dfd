"""From a form of staff to the use case that it asks for."""

from datetime import date, datetime

from pydantic import ValidationError

from roundtable.domain.application import Decision
from roundtable.domain.audit import Actor
from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import Ports
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.applying.switching import transfer
from roundtable.usecases.conducting.helping import restart
from roundtable.usecases.deciding.correcting import correct_decision
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.deciding.telling import announce
from roundtable.usecases.errors import Invalid
from roundtable.usecases.reviewing.giving import ReturnedDocument
from roundtable.usecases.staff.actions import admit, assign, reassign, return_by_staff
from roundtable.usecases.staff.desk import Subject
from roundtable.usecases.staff.extensions import extend
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.staff.action_form import LONGEST_REASON, REASON
from roundtable.web.pages.staff.action_forms import RETURNS, UNTIL, action_form
from roundtable.web.pages.texts import gettext as _

LONGEST_TEXT = 20_000


def perform(ports: Ports, action: StaffAction, about: Subject, actor: Actor, form: Posted) -> None:
    """Do to an application what a form asks for, at the version that its sender read.

    Raises Stale, Invalid with each problem at its field, or NotNow.
    """
    fields = action_form(action, about).fields
    check_filled(form, *(field.name for field in fields if not field.optional))
    # What is returned has a reason of its own for each document.
    reason = "" if action is StaffAction.RETURN else reason_in(form)
    identity, version = about.application.id, about.application.version
    match action:
        case StaffAction.EXTEND:
            until = _until(form, about.program)
            extend(ports, identity, actor, until=until, reason=reason, version=version)
        case StaffAction.RETURN:
            returns = _returns(form, about)
            return_by_staff(ports, identity, actor, returns=returns, version=version)
        case StaffAction.ADMIT:
            wanted = form.one("/requirement")
            admit(ports, identity, actor, requirement=wanted, reason=reason, version=version)
        case StaffAction.REPLACE_REVIEWER:
            who = form.one("/reviewer")
            reassign(ports, identity, actor, reviewer=who, reason=reason, version=version)
        case StaffAction.ASSIGN:
            assign(ports, identity, actor, reason=reason, version=version)
        case StaffAction.TRANSFER:
            track = form.one("/track")
            transfer(ports, identity, actor, track=track, reason=reason)
        case StaffAction.RESTART:
            restart(ports, identity, actor, reason=reason)
        case StaffAction.WITHDRAW:
            withdraw(ports, identity, actor, reason=reason)
        case StaffAction.ANNOUNCE:
            announce(ports, identity, actor, reason=reason)
        case StaffAction.DECIDE:
            decision, feedback = decision_in(form), _text(form, "/feedback")
            decide_by_staff(
                ports, identity, actor, decision=decision, feedback=feedback, reason=reason
            )
        case StaffAction.CORRECT_DECISION:
            correct_decision(
                ports,
                identity,
                actor,
                decision=decision_in(form),
                feedback=_text(form, "/feedback"),
                reason=reason,
                version=version,
            )


def check_filled(form: Posted, *names: str) -> None:
    """Raise Invalid with what is missing of fields that must be filled in."""
    asked = {
        REASON: _("Say why, in a sentence."),
        UNTIL: _("Give the last day, such as 2022-10-28."),
        "/decision": _("Choose a decision."),
        "/requirement": _("Choose the requirement to admit."),
        "/reviewer": _("Choose the reviewer to replace."),
        "/track": _("Choose a track."),
    }
    missing = [FieldProblem(path=name, reason=asked[name]) for name in names if not form.one(name)]
    if missing:
        raise Invalid("invalid-form", missing[0].reason, missing)


def reason_in(form: Posted) -> str:
    """Return why something is done; raises Invalid where nothing, or too much, is said."""
    check_filled(form, REASON)
    reason = " ".join(form.one(REASON).split())
    if len(reason) > LONGEST_REASON:
        raise problem(
            REASON, _("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON}
        )
    return reason


def decision_in(form: Posted) -> Decision:
    """Return the decision that was chosen; raises Invalid."""
    try:
        return Decision(form.one("/decision"))
    except ValueError:
        raise problem("/decision", _("Choose a decision.")) from None


def problem(name: str, reason: str) -> Invalid:
    """Return the refusal of one field."""
    return Invalid("invalid-form", reason, [FieldProblem(path=name, reason=reason)])


def _text(form: Posted, name: str) -> str:
    said = form.one(name).replace("\r\n", "\n")
    if len(said) > LONGEST_TEXT:
        raise problem(name, _("Say it in at most %(most)s characters.") % {"most": LONGEST_TEXT})
    return said


def _until(form: Posted, program: Program) -> datetime:
    """Return the end of the day that was chosen, in the program's zone."""
    try:
        day = date.fromisoformat(form.one(UNTIL))
        return program.end_of(day)
    except (ValueError, OverflowError):
        raise problem(UNTIL, _("Give the last day, such as 2022-10-28.")) from None


def _returns(form: Posted, about: Subject) -> tuple[ReturnedDocument, ...]:
    found: list[ReturnedDocument] = []
    for requirement in about.track.requirements:
        name = f"{RETURNS}/{requirement.key}"
        if reason := _text(form, name):
            try:
                found.append(ReturnedDocument(requirement=requirement.key, reason=reason))
            except ValidationError:
                raise problem(name, _("Say it shorter.")) from None
    if not found:
        first = next((item for item in form.fields if item.startswith(RETURNS)), RETURNS)
        raise problem(first, _("Say what is to be mended, about at least one document."))
    return tuple(found)
