"""The page of one requirement for documents: what is there, what was found, and what to bring."""

from collections.abc import Mapping, Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Refused
from roundtable.usecases.following.documents import RequirementShown, Shown
from roundtable.web.pages import program_words
from roundtable.web.pages.applicant.documents import document_words, file_kinds
from roundtable.web.pages.applicant.documents.document_forms import (
    NOTHING,
    REPLACES,
    link_fields,
    only_place,
    place_field,
)
from roundtable.web.pages.applicant.documents.documents_place import Place
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.fields import Field, summary, with_errors
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.page import page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _


def documents_page(at: Place, *, done: Mapping[str, str]) -> Response[str]:
    """Return the page; `done` is what its query says has just been done, if it is so."""
    return _page(at, banner=_what_happened(at.shown, done))


def refused_page(at: Place, refused: Refused, form: Posted) -> Response[str]:
    """Return the page with why something was not done: what to correct, or that time is over."""
    if refused.problems:
        problems = [
            item.with_(reason=_reason(at.shown, item, refused.code)) for item in refused.problems
        ]
        return _page(at, status=422, form=form, problems=problems)
    text = document_words.refusal(refused.code)
    # The page itself says why nothing can change; what else was refused is said once, here.
    banner = None if at.shown.refusal else Banner(text=text)
    return _page(at, status=409, banner=banner)


def _page(
    at: Place,
    *,
    status: int = 200,
    banner: Banner | None = None,
    form: Posted = NOTHING,
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    shown = at.shown
    place = place_field(shown, form)
    link = with_errors(link_fields(shown, form), problems)
    places = with_errors((place,) if place else (), problems)
    return page(
        "applicant/documents.html",
        applicants_layout(
            at.visitor,
            shown.program,
            shown.requirement.title,
            at.path,
            back=at.home,
            banner=banner,
            errors=() if shown.refusal else summary((*link, *places), problems),
        ),
        status=status,
        headers=page_headers(bucket=at.ports.documents.origin),
        program=shown.program,
        requirement=shown.requirement,
        shown=shown,
        path=at.path,
        home=at.home,
        link=link,
        places=places,
        only_place=only_place(shown),
        file=Field(
            name="file",
            label=_("Choose a file"),
            kind="file",
            accept=file_kinds.accepted(shown.requirement),
        ),
        words=document_words,
        program_words=program_words,
        kinds=file_kinds,
    )


def _what_happened(shown: RequirementShown, done: Mapping[str, str]) -> Banner | None:
    for item in (*shown.present, *shown.arriving):
        if str(item.document.number) == done.get("done"):
            return _arrived(item)
    for item in shown.earlier:
        if str(item.document.number) == done.get("removed"):
            name = document_words.named(item.document)
            return Banner(text=_("“%(name)s” was removed.") % {"name": name}, success=True)
    return None


def _arrived(shown: Shown) -> Banner:
    if shown.progress.wrong:
        return Banner(text=_("There is a problem with what you gave us: please read below."))
    if shown.document.source == "link":
        return Banner(text=_("We have the link to your video."), success=True)
    name = document_words.named(shown.document)
    return Banner(text=_("“%(name)s” is here.") % {"name": name}, success=True)


def _reason(shown: RequirementShown, problem: FieldProblem, code: str) -> str:
    if problem.path == REPLACES:
        return _("Say which of the documents the new one takes the place of.")
    return document_words.unfit(shown.requirement, problem.path, code, problem.reason)
