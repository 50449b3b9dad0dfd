"""What was filled in, to be read: before it is submitted, and afterwards."""

from roundtable.domain.model import Record
from roundtable.domain.program import Program
from roundtable.usecases.applying.form_pages import FormPage
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.filling_in.form_fields import (
    field_groups,
    fields_of_groups,
    said,
)
from roundtable.web.pages.applicant.filling_in.form_texts import texts_of


class SummaryRow(Record):
    """A question and what was said to it."""

    label: str
    """The question; of the program's own words where `of_program`."""
    lines: tuple[str, ...] = ()
    """What was said; nothing where nothing was."""
    given: bool = False
    """Whether an answer is there that only its own page shows."""
    of_program: bool = False


def summary_of(view: Standing, page: FormPage, *, own_page: bool = False) -> tuple[SummaryRow, ...]:
    """Return a page's questions with what was said.

    Restricted answers are shown on their `own_page` alone; elsewhere only that they were given.
    """
    texts = texts_of(view.application.form, page.places)
    groups = field_groups(view, page, texts)
    if page.kind in {"team", "contact"}:
        return tuple(
            SummaryRow(
                label=group.title, lines=tuple(one for f in group.fields for one in f.values)
            )
            for group in groups
        )
    hidden = set[str]() if own_page else _restricted(view.program)
    return tuple(
        SummaryRow(
            label=field.label,
            lines=() if field.name in hidden else said(field),
            given=field.name in hidden and bool(field.values),
            of_program=page.kind in {"answers", "eligibility"},
        )
        for field in fields_of_groups(groups)
    )


def _restricted(program: Program) -> set[str]:
    return {
        f"/answers/{question.key}"
        for section in program.sections
        for question in section.questions
        if question.restricted
    }
