"""Everything that was filled in, on one page: before it is submitted, and afterwards to be read."""

from collections.abc import Iterable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.documents import current
from roundtable.domain.model import Record
from roundtable.usecases.applying.form_pages import form_pages, open_pages
from roundtable.usecases.applying.task_list import Task, TaskList, TaskState
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.view import State
from roundtable.web.pages import program_words
from roundtable.web.pages.applicant.filling_in.answers import SummaryRow, summary_of
from roundtable.web.pages.applicant.filling_in.form_words import (
    lacking_words,
    missing_words,
    state_words,
    task_title,
)
from roundtable.web.pages.applicant.filling_in.saving import wrong
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.fields import Field, SummaryError
from roundtable.web.pages.page import page as html
from roundtable.web.pages.texts import gettext as _

_FIRST_FIELDS = {"/contact": "/contact/name", "/organization": "/organization/name"}
"""Where to begin with what has several fields."""


class Part(Record):
    """A page of the form, or a document, with what it holds."""

    title: str
    of_program: bool
    href: str
    change: bool
    rows: tuple[SummaryRow, ...] = ()
    documents: tuple[str, ...] = ()
    """Names of the files and addresses that are there."""
    status: str = ""
    """How a document stands; empty for a page of the form."""
    is_document: bool = False


class ToDo(Record):
    """What is missing or not right, and where to mend it."""

    text: str
    href: str
    page: str
    of_program: bool = False


def check_page(
    visitor: Visitor, view: Standing, tasks: TaskList, *, status: int = 200, refused: bool = False
) -> Response[str]:
    """Return everything for a last look, with what stands in the way of submitting.

    `refused` where it was tried just now and could not be received.
    """
    application, program = view.application, view.program
    base = application_path(application)
    draft = view.state is State.DRAFT
    to_do = tuple(_to_do(view, tasks, base)) if draft else ()
    title = _("Check your answers and submit") if draft else _("Your answers")
    layout = applicants_layout(
        visitor,
        program,
        title,
        f"{base}/check",
        back=base,
        errors=_refusal(tasks, to_do) if refused else (),
    )
    return html(
        "applicant/check.html",
        layout,
        status=status,
        program=program,
        reference=application.reference,
        base=base,
        draft=draft,
        late=view.state is State.NOT_SUBMITTED,
        tasks=tasks,
        to_do=to_do,
        to_follow=tuple(_to_follow(tasks, base)) if draft else (),
        parts=tuple(_parts(view, tasks, base)),
        revision=application.form_revision,
        words=program_words,
    )


def refused_status(tasks: TaskList) -> int:
    """Return the status of a submission that could not be received."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if tasks.problems else HTTPStatus.CONFLICT


def _to_do(view: Standing, tasks: TaskList, base: str) -> Iterable[ToDo]:
    """Return one line for all that a page lacks, and one for each thing that is not right."""
    for page in form_pages(view.program, view.application):
        task = next(item for item in tasks.tasks if item.path == page.path)
        others = wrong(view, page)
        lacking = [it for it in task.problems if it.path not in {other.path for other in others}]
        lines = [(lacking[0].path, lacking_words(task, len(lacking)))] if lacking else []
        for path, text in [*lines, *((other.path, other.reason) for other in others)]:
            field = Field(name=_FIRST_FIELDS.get(path, path), label="")
            yield ToDo(
                text=text,
                page=task_title(task),
                of_program=bool(task.title),
                href=f"{base}/{task.path}#{field.id}",
            )


def _to_follow(tasks: TaskList, base: str) -> Iterable[ToDo]:
    """Return what the application can be received without, and needs all the same."""
    for task in tasks.tasks:
        lacking = task.kind in {"document", "commitments"} and task.state in {
            TaskState.NOT_STARTED,
            TaskState.IN_PROGRESS,
            TaskState.RETURNED,
        }
        if lacking or task.missing or task.too_many:
            yield ToDo(
                text=missing_words(task) or state_words(task.state),
                page=task_title(task),
                of_program=bool(task.title),
                href=f"{base}/{task.path}",
            )


def _refusal(tasks: TaskList, to_do: tuple[ToDo, ...]) -> tuple[SummaryError, ...]:
    if to_do:
        return tuple(
            SummaryError(text=f"{item.page}: {item.text}", href=item.href) for item in to_do
        )
    if tasks.tracks and not tasks.in_time:
        words = _("What you chose is closed, so we could not receive your application")
        return (SummaryError(text=words, href="#submit"),)
    words = _("We could not receive your application. It is kept as it is. Please try again.")
    return (SummaryError(text=words, href="#submit"),)


def _parts(view: Standing, tasks: TaskList, base: str) -> Iterable[Part]:
    editable = open_pages(view)
    pages = {page.path: page for page in form_pages(view.program, view.application)}
    for task in tasks.tasks:
        if task.kind == "check":
            continue
        part = Part(
            title=task_title(task),
            of_program=bool(task.title),
            href=f"{base}/{task.path}",
            change=task.path in editable,
        )
        if task.path in pages:
            yield part.model_copy(update={"rows": summary_of(view, pages[task.path])})
        else:
            yield part.model_copy(update=_document(view, task))


def _document(view: Standing, task: Task) -> dict[str, object]:
    present = current(view.documents, task.path.partition("/")[2])
    return {
        "is_document": True,
        "change": "upload" in view.can(),
        "documents": tuple(item.file_name for item in present),
        "status": state_words(task.state),
    }
