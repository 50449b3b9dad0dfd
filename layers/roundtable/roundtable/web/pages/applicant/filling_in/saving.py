"""Saving what was typed into a page, by a button or by itself; what became of it."""

from dataclasses import dataclass, field

from roundtable.domain.application import Application
from roundtable.domain.requirements import FieldProblem, form_problems
from roundtable.usecases.applying.form_pages import FormPage, form_pages, open_pages
from roundtable.usecases.applying.parts import ChangedMeanwhile, revision_of, save_part
from roundtable.usecases.applying.task_list import problems_of
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.filling_in.form_texts import Texts, texts_of, typed_texts
from roundtable.web.pages.applicant.filling_in.members_typed import (
    MOST_ROWS,
    Row,
    rows_of,
    texts_of_rows,
)
from roundtable.web.pages.applicant.filling_in.problem_words import in_words
from roundtable.web.pages.applicant.filling_in.typed import typed
from roundtable.web.pages.applicant.visitors import Visitor
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import language


@dataclass
class Shown:
    """What a page of the form shows, and how it came to that."""

    texts: Texts
    """What stands in the fields: what is saved, or what was typed just now."""
    revision: str
    """The mark of what was saved when the page was read (see `revision_of`)."""
    rows: int = 0
    """At least so many rows of a team."""
    new_row: bool = False
    problems: list[FieldProblem] = field(default_factory=list[FieldProblem])
    newest: Texts | None = None
    """What was saved from elsewhere meanwhile, where that kept this from being saved."""
    refused: str = ""
    """Why nothing could be saved at all."""
    saved: bool = False


def page_at(view: Standing, path: str) -> FormPage:
    """Return a page of an application's form; raises Unknown where it has no such page."""
    for page in form_pages(view.program, view.application):
        if page.path == path:
            return page
    raise Unknown("unknown-page", "This application's form has no such page.")


def shown(view: Standing, page: FormPage) -> Shown:
    """Return what is saved of a page, with what is wrong (not what is still missing)."""
    form = view.application.form
    texts = texts_of(form, page.places)
    return Shown(
        texts, revision_of(form, page.places), problems=wrong(view, page), rows=_blank_rows(view)
    )


def wrong(view: Standing, page: FormPage) -> list[FieldProblem]:
    """Return what was given on a page and is not right."""
    form = view.application.form
    texts = texts_of(form, page.places)
    problems = problems_of(page, form_problems(view.program, form))
    return [in_words(view.program, form, item) for item in problems if item.path in texts]


def save_typed(
    visitor: Visitor, view: Standing, page: FormPage, form: Posted
) -> tuple[Application, Shown]:
    """Save what was typed into a page, as far as it can be; nothing typed is taken away.

    Returns the newest application, and what the page is to show now.
    """
    application = view.application
    texts = _with_rows(page, form, typed_texts(form))
    read = typed(page, view.program, application.form, texts, visitor.session.email)
    after = Shown(texts, form.one("revision"), rows=_rows_wanted(form))
    after.new_row = bool(form.one("add"))
    after.problems = read.problems
    if page.path not in open_pages(view):
        after.refused = _too_late(application)
        return application, after
    try:
        application = save_part(
            visitor.ports,
            visitor.session,
            application.id,
            read.values,
            places=page.places,
            revision=after.revision,
            language=language(),
        )
        after.saved = True
    except ChangedMeanwhile as error:
        application = error.newest
        after.newest = texts_of(application.form, page.places)
    except NotNow:
        after.refused = _too_late(application)
        return application, after
    except Invalid:
        after.refused = _("Your form holds more text than we can keep. Please shorten this page.")
        return application, after
    after.revision = revision_of(application.form, page.places)
    return application, after


def _too_late(application: Application) -> str:
    if application.submitted:
        return _("After you submitted, only what we asked you to mend can change.")
    return _(
        "The time for changes is over, so this could not be saved. What you saved before is kept "
        "as it was."
    )


def _blank_rows(view: Standing) -> int:
    return min(
        (
            item.min_members
            for track in view.program.tracks
            for item in track.requirements
            if item.kind == "team"
        ),
        default=1,
    )


def _with_rows(page: FormPage, form: Posted, texts: Texts) -> Texts:
    """Return the texts without the row of a team that is to be removed."""
    if page.kind != "team":
        return texts
    rows: list[Row] = rows_of(texts, _number(form.one("rows")))
    removed = _number(form.one("remove"), default=-1)
    return texts_of_rows([row for number, row in enumerate(rows) if number != removed])


def _rows_wanted(form: Posted) -> int:
    count = _number(form.one("rows"))
    if form.one("remove"):
        count -= 1
    return min(max(count + bool(form.one("add")), 1), MOST_ROWS)


def _number(text: str, default: int = 0) -> int:
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_ROWS))
    return min(int(text), MOST_ROWS) if plain else default
