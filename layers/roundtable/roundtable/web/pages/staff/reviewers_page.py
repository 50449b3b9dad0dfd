"""Reviewers: what they have to do, how they get on, who is new."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.staff.overview import ProgramRow
from roundtable.usecases.staff.reviewers import ReviewerRow, Workload
from roundtable.web.pages.fields import Field, summary, with_errors
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import members_page
from roundtable.web.pages.staff import reviewer_fields, stage_words
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.reviewer_fields import Answers
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

REVIEWERS = "/reviewers"
INVITING = f"{REVIEWERS}/invite"
INVITED, CHANGED = "invited", "changed"
"""What may have been done just before the list is shown."""


def entry_path(reviewer: str) -> str:
    """Return where an entry is changed, below the program's own path."""
    return f"{REVIEWERS}/entries/{reviewer}"


def reviewers_page(at: AtProgram, rows: Sequence[Workload], *, done: str = "") -> Response[str]:
    """Return all reviewers of the program with their load."""
    told = {INVITED: _("The invitation is on its way."), CHANGED: _("The entry was changed.")}
    banner = Banner(text=told[done], success=True) if done in told else None
    return members_page(
        at.present,
        "staff/reviewers.html",
        at.layout(_("Reviewers"), REVIEWERS, banner=banner, wide=True),
        at=at,
        rows=rows,
        now=at.present.ports.clock.now(),
        track_names={track.key: track.name for track in at.program.tracks},
        open_reviews=sum(row.open_reviews for row in rows),
        overdue=sum(row.overdue for row in rows),
        inviting=at.path(INVITING),
        addresses={row.reviewer.id: at.path(entry_path(row.reviewer.id)) for row in rows},
        pace=pace,
        words=stage_words,
    )


def invite_page(
    at: AtProgram,
    programs: Sequence[ProgramRow],
    answers: Answers,
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return the form by which somebody is invited."""
    fields = reviewer_fields.fields_of(at.program, programs, answers, known=False)
    return _form_page(at, _("Invite a reviewer"), INVITING, fields, problems, _("Invite"))


def entry_page(
    at: AtProgram,
    programs: Sequence[ProgramRow],
    row: ReviewerRow,
    answers: Answers | None = None,
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return the form by which an entry is changed."""
    shown = reviewer_fields.answers_of(row.reviewer) if answers is None else answers
    fields = reviewer_fields.fields_of(at.program, programs, shown, known=True)
    below = entry_path(row.reviewer.id)
    return _form_page(at, row.reviewer.name, below, fields, problems, _("Save"), row)


def pace(days: float | None) -> str:
    """Return how long somebody's reviews took, as a median."""
    if days is None:
        return ""
    whole = round(days)
    return ngettext("%(num)s day", "%(num)s days", whole) % {"num": whole}


def _form_page(
    at: AtProgram,
    title: str,
    below: str,
    fields: Sequence[Field],
    problems: Sequence[FieldProblem],
    button: str,
    row: ReviewerRow | None = None,
) -> Response[str]:
    shown = with_errors(fields, problems)
    return members_page(
        at.present,
        "staff/reviewer_form.html",
        at.layout(title, below, back=at.path(REVIEWERS), errors=summary(shown, problems)),
        status=422 if problems else 200,
        fields=shown,
        action=at.path(below),
        button=button,
        row=row,
    )
