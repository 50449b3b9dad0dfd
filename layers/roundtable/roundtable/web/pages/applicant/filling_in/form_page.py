"""A page of the form: to be filled in, or to be read where it cannot change any more."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.model import Record
from roundtable.domain.program import Program, TeamRequirement
from roundtable.usecases.applying.form_pages import FormPage, open_pages, requirements_of
from roundtable.usecases.applying.offering import offered
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages import program_words
from roundtable.web.pages.applicant.filling_in.answers import summary_of
from roundtable.web.pages.applicant.filling_in.form_fields import (
    FieldGroup,
    field_groups,
    fields_of_groups,
    said,
)
from roundtable.web.pages.applicant.filling_in.form_texts import Texts
from roundtable.web.pages.applicant.filling_in.form_words import page_title, team_words
from roundtable.web.pages.applicant.filling_in.members_typed import MOST_ROWS, rows_of
from roundtable.web.pages.applicant.filling_in.saving import Shown
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.fields import Field, SummaryError, summary, with_errors
from roundtable.web.pages.page import page as html
from roundtable.web.pages.texts import gettext as _

_TEMPLATES = {"tracks": "tracks", "team": "team"}


class Difference(Record):
    """A field that says something else here than what was saved meanwhile."""

    label: str
    href: str
    saved: tuple[str, ...]


def form_page(
    visitor: Visitor, view: Standing, form_page: FormPage, now: Shown, *, status: int = 200
) -> Response[str]:
    """Return a page of the form with what stands in it now."""
    title = page_title(view.program, form_page)
    base = application_path(view.application)
    path = f"{base}/{form_page.path}"
    if form_page.path not in open_pages(view) and not now.refused:
        layout = applicants_layout(visitor, view.program, title, path, back=base)
        rows = summary_of(view, form_page, own_page=True)
        return html("applicant/read_only.html", layout, program=view.program, rows=rows)
    groups = _with_errors(_groups(visitor, view, form_page, now), now)
    layout = applicants_layout(
        visitor,
        view.program,
        title,
        path,
        back=base,
        errors=_errors(fields_of_groups(groups), now),
        wide=form_page.kind in _TEMPLATES,
    )
    return html(
        f"applicant/{_TEMPLATES.get(form_page.kind, 'form')}.html",
        layout,
        status=status,
        program=view.program,
        page=form_page,
        reference=view.application.reference,
        base=base,
        now=now,
        groups=groups,
        help=_help(view.program, form_page),
        differences=_differences(visitor, view, form_page, now, groups),
        more=_more(view, form_page, now),
    )


def _groups(
    visitor: Visitor, view: Standing, page: FormPage, now: Shown, texts: Texts | None = None
) -> tuple[FieldGroup, ...]:
    shown = now.texts if texts is None else texts
    first_time = not view.application.form.contact and now.newest is None
    owner = visitor.session.email if first_time else ""
    return field_groups(view, page, shown, owner=owner, rows=now.rows)


def _with_errors(groups: Sequence[FieldGroup], now: Shown) -> tuple[FieldGroup, ...]:
    return tuple(
        group.model_copy(update={"fields": with_errors(group.fields, now.problems)})
        for group in groups
    )


def _errors(fields: Sequence[Field], now: Shown) -> tuple[SummaryError, ...]:
    if now.refused:
        return (SummaryError(text=now.refused),)
    first: tuple[SummaryError, ...] = ()
    if now.newest is not None:
        changed = _("This page was changed somewhere else, so it was not saved yet")
        first = (SummaryError(text=changed, href="#changed"),)
    return (*first, *summary(fields, now.problems))


def _differences(
    visitor: Visitor, view: Standing, page: FormPage, now: Shown, groups: Sequence[FieldGroup]
) -> tuple[Difference, ...]:
    """Return what was saved meanwhile, field by field, where it differs from what is typed."""
    if now.newest is None:
        return ()
    here = {field.name: field for field in fields_of_groups(groups)}
    labels = {
        field.name: f"{group.title}: {field.label}" if group.title else field.label
        for group in (*_groups(visitor, view, page, now, now.newest), *groups)
        for field in group.fields
    }
    there = {
        field.name: field
        for field in fields_of_groups(_groups(visitor, view, page, now, now.newest))
    }
    return tuple(
        Difference(
            label=label,
            href=f"#{here[name].id}" if name in here else "",
            saved=said(there[name]) if name in there else (),
        )
        for name, label in labels.items()
        if now.texts.get(name, ()) != now.newest.get(name, ())
    )


def _help(program: Program, page: FormPage) -> str:
    """Return the program's own words at the top of a page."""
    if page.kind != "answers":
        return ""
    return next(section.help for section in program.sections if section.key == page.key)


def _more(view: Standing, page: FormPage, now: Shown) -> dict[str, object]:
    """Return what only pages of one kind tell."""
    match page.kind:
        case "tracks":
            return {"offered": offered(view.program, view.now), "words": program_words}
        case "team":
            found = requirements_of(view.program, view.application)
            team = next((item for item in found if isinstance(item, TeamRequirement)), None)
            people = sum(1 for row in rows_of(now.texts) if row)
            return {
                "team": team,
                "size": program_words.people(team) if team else "",
                "flag": team_words(team, people) if team and people else "",
                "full": len(rows_of(now.texts, now.rows)) >= MOST_ROWS,
            }
        case _:
            return {}
