"""The page with everything that is to be done for an application."""

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Record
from roundtable.usecases.applying.form_pages import open_pages
from roundtable.usecases.applying.task_list import Group, Task, TaskList, TaskState
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.view import State
from roundtable.web.pages import program_words
from roundtable.web.pages.applicant.addresses import applications_path
from roundtable.web.pages.applicant.filling_in.form_words import (
    group_title,
    missing_words,
    state_words,
    task_title,
)
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _

_COLOURS = {
    TaskState.NOT_STARTED: "",
    TaskState.IN_PROGRESS: "govuk-tag--yellow",
    TaskState.RETURNED: "govuk-tag--red",
    TaskState.NOT_READY: "govuk-tag--grey",
    TaskState.OPTIONAL: "govuk-tag--grey",
}
"""Of what is not done; what is done needs no colour."""


class TaskShown(Record):
    """A line of the list."""

    title: str
    of_program: bool
    href: str
    hint: str = ""
    reason: str = ""
    """What was found about a document, in the words of the check, which are English."""
    status: str
    colour: str | None = None
    """None: plain text."""


class TasksShown(Record):
    """A heading with its tasks."""

    title: str
    tasks: tuple[TaskShown, ...]


def task_list_page(visitor: Visitor, view: Standing, tasks: TaskList) -> Response[str]:
    """Return the tasks of a draft; of what was returned, only those that can be mended."""
    application, program = view.application, view.program
    base = application_path(application)
    layout = applicants_layout(
        visitor, program, _("Your application"), base, back=applications_path(program.key)
    )
    organization = application.form.organization
    until = view.missing_until()
    return page(
        "applicant/task_list.html",
        layout,
        program=program,
        reference=application.reference,
        organization=organization.name if organization else "",
        updated_at=application.updated_at,
        state=view.state,
        late=view.state is State.NOT_SUBMITTED,
        mending=application.submitted,
        mend_until=until.at if until else None,
        base=base,
        tasks=tasks,
        groups=_groups(view, tasks, base),
        words=program_words,
    )


def _groups(view: Standing, tasks: TaskList, base: str) -> tuple[TasksShown, ...]:
    editable = open_pages(view)
    shown: list[TasksShown] = []
    for group in Group:
        of_group = [
            _shown(task, base)
            for task in tasks.tasks
            if task.group is group
            and (not view.application.submitted or task.path in editable or _is_returned(task))
        ]
        if of_group:
            shown.append(TasksShown(title=group_title(group), tasks=tuple(of_group)))
    return tuple(shown)


def _is_returned(task: Task) -> bool:
    """Return whether a received application waits for another document here."""
    found = task.finding
    return task.kind == "document" and found is not None and found.verdict is Verdict.FAIL


def _shown(task: Task, base: str) -> TaskShown:
    returned = task.state is TaskState.RETURNED and task.finding is not None
    return TaskShown(
        title=task_title(task),
        of_program=bool(task.title),
        href=f"{base}/{task.path}",
        hint=missing_words(task),
        reason=task.finding.reason if returned and task.finding else "",
        status=state_words(task.state),
        colour=_COLOURS.get(task.state),
    )
