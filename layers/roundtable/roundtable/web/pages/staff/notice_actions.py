"""What staff do about one notice: a page for each action, and what came of it."""

from enum import StrEnum
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Application
from roundtable.domain.model import Record
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.program import Program
from roundtable.usecases.errors import Invalid, NotNow, Refused, Stale
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.staff.notices import WAITING, find_notice, hold, regenerate, release
from roundtable.usecases.staff.sending_again import check_sendable, send_again
from roundtable.usecases.step import program_of
from roundtable.web.pages.fields import Field, SummaryError, summary, with_errors
from roundtable.web.pages.members import STAFF, Member, members_layout, members_page
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.staff import story_words
from roundtable.web.pages.staff.action_form import reason_field
from roundtable.web.pages.staff.actions_pages import version_in
from roundtable.web.pages.staff.addresses import application_path
from roundtable.web.pages.staff.performing import reason_in
from roundtable.web.pages.texts import gettext as _

ADDRESS = "/address"
_STATUS: dict[type[Refused], HTTPStatus] = {
    Stale: HTTPStatus.PRECONDITION_FAILED,
    NotNow: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class NoticeAction(StrEnum):
    """What staff do about one notice."""

    HOLD = "hold"
    RELEASE = "release"
    REGENERATE = "regenerate"
    SEND_AGAIN = "send-again"


class About(Record):
    """One notice with its application and program."""

    application: Application
    program: Program
    notice: Notice
    actions: tuple[NoticeAction, ...]

    @property
    def path(self) -> str:
        """The path of the notice's page."""
        number = f"/notices/{self.notice.kind}/{self.notice.number}"
        return application_path(self.application.reference, number)


def about_notice(present: Member, name: str, kind: str, number: str) -> About:
    """Return one notice and what can be done about it; raises Unknown."""
    application = find_application(present.ports, name)
    notice = find_notice(present.ports, application, f"{kind}#{number}")
    return About(
        application=application,
        program=program_of(present.ports, application),
        notice=notice,
        actions=tuple(_possible(application, notice)),
    )


def _possible(application: Application, notice: Notice) -> list[NoticeAction]:
    if notice.status in WAITING:
        held = notice.status is NoticeStatus.HELD
        first = [] if notice.held_by else [NoticeAction.HOLD]
        return [*first, *([NoticeAction.RELEASE] if held else []), NoticeAction.REGENERATE]
    try:
        check_sendable(application, notice)
    except NotNow:
        return []
    return [NoticeAction.SEND_AGAIN]


def action_titles() -> dict[NoticeAction, str]:
    """Return what can be done about a notice, as links say it."""
    return {
        NoticeAction.HOLD: _("Hold this notice"),
        NoticeAction.RELEASE: _("Release this notice"),
        NoticeAction.REGENERATE: _("Make it anew"),
        NoticeAction.SEND_AGAIN: _("Send it once more"),
    }


def _consequences() -> dict[NoticeAction, tuple[str, ...]]:
    return {
        NoticeAction.HOLD: (
            _("The notice does not leave until somebody releases it, also not on its day."),
        ),
        NoticeAction.RELEASE: (
            _("The notice leaves within a minute."),
            _("That of a decision leaves at its announcement, which may be now."),
        ),
        NoticeAction.REGENERATE: (
            _("It is written anew in the program's present words. Facts and dates stay."),
            _("Notices that were sent stay as they were."),
        ),
        NoticeAction.SEND_AGAIN: (
            _("A copy leaves within a minute, in the words the notice has now."),
            _("The first notice stays in the story as it was."),
        ),
    }


def notice_action_page(
    present: Member,
    about: About,
    action: NoticeAction,
    *,
    filled: Posted | None = None,
    refusal: Refused | None = None,
) -> Response[str]:
    """Return the page on which something is done about a notice."""
    problems = refusal.problems if refusal else ()
    fields = _fields(about, action)
    if filled:
        fields = tuple(field.with_(values=filled.all(field.name)) for field in fields)
    fields = with_errors(fields, problems)
    errors = summary(fields, problems)
    if isinstance(refusal, NotNow | Stale):
        errors = (SummaryError(text=refusal.sentence),)
    layout = members_layout(
        present,
        STAFF,
        action_titles()[action],
        f"{about.path}/{action}",
        program=about.program,
        current=f"/staff/programs/{about.program.key}/notices",
        back=about.path,
        errors=errors,
    )
    return members_page(
        present,
        "staff/notice_action.html",
        layout,
        status=_STATUS.get(type(refusal), HTTPStatus.OK) if refusal else HTTPStatus.OK,
        about=about,
        fields=fields,
        consequences=_consequences()[action],
        possible=action in about.actions,
        words=story_words,
    )


def _fields(about: About, action: NoticeAction) -> tuple[Field, ...]:
    to_team = about.notice.to in {"applicant", "second_contact"}
    if action is not NoticeAction.SEND_AGAIN or not to_team:
        return (reason_field(),)
    form = about.application.form
    contact = form.contact if about.notice.to == "applicant" else form.second_contact
    if contact is None:
        return (reason_field(),)
    address = Field(
        name=ADDRESS,
        label=_("Corrected address"),
        kind="email",
        optional=True,
        hint=_("Leave it empty to send it to %(address)s again. A corrected one is kept.")
        % {"address": contact.email},
    )
    return address, reason_field()


def do_about_notice(
    present: Member, about: About, action: NoticeAction, form: Posted
) -> Response[str]:
    """Do what a form asks for, and show the notice; or tell why not."""
    ports, key, actor = present.ports, about.notice.key, present.caller.as_staff
    identity, path = about.application.id, about.path
    try:
        reason = reason_in(form)
        match action:
            case NoticeAction.HOLD:
                hold(ports, identity, key, actor, reason=reason)
            case NoticeAction.RELEASE:
                release(ports, identity, key, actor, reason=reason)
            case NoticeAction.REGENERATE:
                regenerate(ports, identity, key, actor, reason=reason)
            case NoticeAction.SEND_AGAIN:
                copy = send_again(
                    ports,
                    identity,
                    key,
                    actor,
                    reason=reason,
                    address=form.one(ADDRESS),
                    version=version_in(form),
                )
                number = f"/notices/{copy.kind}/{copy.number}"
                path = application_path(about.application.reference, number)
    except (Stale, Invalid, NotNow) as refusal:
        kind, number = about.notice.kind, about.notice.number
        newer = about_notice(present, identity, kind, number)
        return notice_action_page(present, newer, action, filled=form, refusal=refusal)
    return see_other(f"{path}?done={action}")
