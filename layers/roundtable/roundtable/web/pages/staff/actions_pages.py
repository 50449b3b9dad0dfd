"""The page on which staff do one thing to an application, and what came of it."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Application
from roundtable.usecases.errors import Invalid, NotNow, Refused, Stale
from roundtable.usecases.staff.desk import Subject, subject
from roundtable.usecases.staff.portfolio import portfolio
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.fields import Field, SummaryError, summary, with_errors
from roundtable.web.pages.members import STAFF, Member, members_layout, members_page
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.staff import history_words, story_words
from roundtable.web.pages.staff.action_forms import UNTIL, action_form
from roundtable.web.pages.staff.addresses import application_path, applications_path
from roundtable.web.pages.staff.history_words import HistoryWords
from roundtable.web.pages.staff.mix_bars import mix_bars
from roundtable.web.pages.staff.performing import perform
from roundtable.web.pages.texts import gettext as _

VERSION, SEEN = "version", "seen"
"""Hidden fields: the version, and how many audit events, the person had read."""
_DECIDING = frozenset({StaffAction.DECIDE, StaffAction.CORRECT_DECISION})
_STATUS: dict[type[Refused], HTTPStatus] = {
    Stale: HTTPStatus.PRECONDITION_FAILED,
    NotNow: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def action_page(
    present: Member,
    about: Subject,
    action: StaffAction,
    *,
    filled: Posted | None = None,
    refusal: Refused | None = None,
) -> Response[str]:
    """Return the page of an action; with what was filled in and why it was refused."""
    application = about.application
    possible = action in about.actions
    form = action_form(action, about) if possible else None
    fields = _filled(form.fields, filled) if form and filled else (form.fields if form else ())
    problems = refusal.problems if refusal else ()
    fields = with_errors(fields, problems)
    errors = summary(fields, problems)
    if isinstance(refusal, NotNow):
        errors = (SummaryError(text=refusal.sentence),)
    if isinstance(refusal, Stale):
        errors = (SummaryError(text=_stale(possible=possible), href="#since"),)
    layout = members_layout(
        present,
        STAFF,
        story_words.action(action),
        application_path(application.reference, f"/{action}"),
        program=about.program,
        current=applications_path(application.program),
        back=application_path(application.reference),
        errors=errors,
    )
    return members_page(
        present,
        "staff/action.html",
        layout,
        status=_STATUS.get(type(refusal), HTTPStatus.OK) if refusal else HTTPStatus.OK,
        about=about,
        form=form,
        fields=fields,
        date_field=UNTIL,
        mix=mix_bars(portfolio(present.ports, about.program, application.track, (application,)))
        if action in _DECIDING and possible
        else None,
        history=HistoryWords(about.program, about.reviewers, str(present.caller.as_staff)),
        reason_of=history_words.reason,
    )


def carry_out(present: Member, name: str, action: StaffAction, form: Posted) -> Response[str]:
    """Do what a form asks for, and go back to the application; or tell why not."""
    seen = form.one(SEEN)
    about = subject(present.ports, name, seen=int(seen) if _is_number(seen) else None)
    application = about.application
    try:
        _check_version(application, form)
        perform(present.ports, action, about, present.caller.as_staff, form)
    except (Stale, Invalid, NotNow) as refusal:
        newer = subject(present.ports, name, seen=int(seen) if _is_number(seen) else None)
        return action_page(present, newer, action, filled=form, refusal=refusal)
    return see_other(f"{application_path(application.reference)}?done={action}")


def _check_version(application: Application, form: Posted) -> None:
    """Raise Stale where the application is not as the sender of a form had read it."""
    if form.one(VERSION) != str(application.version):
        raise Stale("application-changed", _stale(possible=True))


def version_in(form: Posted) -> int:
    """Return the version that the sender of a form had read; 0, which none has, without one."""
    version = form.one(VERSION)
    return int(version) if _is_number(version) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 (no history is longer)


def _filled(fields: tuple[Field, ...], filled: Posted) -> tuple[Field, ...]:
    return tuple(field.with_(values=filled.all(field.name)) for field in fields)


def _stale(*, possible: bool) -> str:
    if possible:
        return _(
            "This application changed while you had the page open. Nothing was done. Read what "
            "changed, then decide again."
        )
    return _(
        "This application changed while you had the page open, and this cannot be done any more."
    )
