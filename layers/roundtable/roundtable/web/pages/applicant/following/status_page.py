"""Where an application stands, and the messages about it."""

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Application
from roundtable.domain.model import Record
from roundtable.domain.program import Program
from roundtable.usecases.following.correspondence import MessageSent
from roundtable.usecases.following.documents import Shown
from roundtable.usecases.following.followed import Followed
from roundtable.usecases.following.records import RequirementStatus
from roundtable.web.pages.applicant import state_words
from roundtable.web.pages.applicant.addresses import applications_path
from roundtable.web.pages.applicant.documents import document_words
from roundtable.web.pages.applicant.following import status_words
from roundtable.web.pages.applicant.following.told import status_path, told
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _
from roundtable.web.reading import Event

_PARTS_OF_THE_FORM = {"team": "team", "attestation": "commitments/{}"}


class RequirementLine(Record):
    """One requirement with what was sent for it."""

    requirement: RequirementStatus
    present: tuple[Shown, ...]
    earlier: tuple[Shown, ...]
    mend: str
    """Where it is mended; empty where nothing can change now."""


def status_page(
    visitor: Visitor, application: Application, followed: Followed, event: Event
) -> Response[str]:
    """Return where an application stands: what to do, what was decided, what was sent."""
    banner, cookies = told(event, followed)
    path = application_path(application)
    layout = applicants_layout(
        visitor,
        followed.program,
        _("Your application"),
        status_path(application),
        back=applications_path(followed.program.key),
        banner=banner,
    )
    return page(
        "applicant/status.html",
        layout,
        cookies=cookies,
        followed=followed,
        path=path,
        lines={line.requirement.requirement: line for line in _lines(followed, path)},
        words=status_words,
        state_words=state_words,
        document_words=document_words,
    )


def message_page(
    visitor: Visitor, program: Program, application: Application, message: MessageSent
) -> Response[str]:
    """Return a message as it was sent, as text."""
    path = application_path(application)
    layout = applicants_layout(
        visitor,
        program,
        status_words.subject(message),
        f"{path}/messages/{message.kind}/{message.number}",
        back=status_path(application),
    )
    return page("applicant/message.html", layout, message=message, program=program)


def _lines(followed: Followed, path: str) -> list[RequirementLine]:
    return [_line(followed, requirement, path) for requirement in followed.status.requirements]


def _line(followed: Followed, requirement: RequirementStatus, path: str) -> RequirementLine:
    theirs = [
        shown
        for shown in followed.documents
        if shown.document.requirement == requirement.requirement
    ]
    return RequirementLine(
        requirement=requirement,
        present=tuple(shown for shown in theirs if shown.document.counts),
        earlier=tuple(shown for shown in theirs if not shown.document.counts),
        mend=_mend(followed, requirement, path),
    )


def _mend(followed: Followed, requirement: RequirementStatus, path: str) -> str:
    missing = {item.requirement for item in followed.status.missing}
    if requirement.requirement not in missing:
        return ""
    if part := _PARTS_OF_THE_FORM.get(requirement.kind):
        editable = "edit" in followed.status.can
        return f"{path}/{part.format(requirement.requirement)}" if editable else ""
    return f"{path}/documents/{requirement.requirement}" if "upload" in followed.status.can else ""
