"""What is to be done for an application, task by task, and how far each is. Facts, no words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from roundtable.domain.application import Application, Finding, Form
from roundtable.domain.deadlines import close_for, enterable_tracks
from roundtable.domain.documents import current
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    Program,
    Requirement,
    TeamRequirement,
    VideoRequirement,
)
from roundtable.domain.requirements import FieldProblem, form_problems, present_findings
from roundtable.messages.dates import days_left
from roundtable.usecases.applying.form_pages import (
    FormPage,
    PageKind,
    asked_by,
    chosen_tracks,
    form_pages,
    requirements_of,
)
from roundtable.usecases.applying.parts import pointer, values_at
from roundtable.usecases.following.standing import Standing


class Group(StrEnum):
    """The headings under which tasks stand, in their order."""

    PREPARE = "prepare"
    ABOUT_YOU = "about_you"
    ANSWERS = "answers"
    DOCUMENTS = "documents"
    COMMITMENTS = "commitments"
    CHECK = "check"


class TaskState(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    """Begun, and something is missing or not right."""
    RETURNED = "returned"
    """A document is there that does not do."""
    RECEIVED = "received"
    """A document is there that is still being looked at."""
    DONE = "done"
    OPTIONAL = "optional"
    """Nothing is given, and nothing has to be."""
    NOT_READY = "not_ready"
    """Something else comes first."""


class Task(Record):
    """One thing to do, on a page of its own."""

    group: Group
    kind: PageKind | Literal["document", "check"]
    path: str
    """Of its page, below the application's."""
    title: str = ""
    """The program's own words; empty for tasks that every program has."""
    state: TaskState
    problems: tuple[FieldProblem, ...] = ()
    """What the form lacks or has wrong here."""
    missing: int = 0
    """How many statements, or people of a team, are missing."""
    too_many: int = 0
    """How many people a team has above what it should."""
    finding: Finding | None = None
    """What was found about the requirement that the task fulfils."""


class TrackChosen(Record):
    """A track that the application is for, and until when it can be submitted to it."""

    key: Key
    name: str
    until: Instant
    """The first instant that is too late."""
    days_left: int
    """Calendar days of the program's zone that remain after today."""
    closed: bool


class TaskList(Record):
    """Everything to be done, and until when."""

    tasks: tuple[Task, ...]
    tracks: tuple[TrackChosen, ...]
    open_elsewhere: tuple[str, ...]
    """Names of tracks not chosen that still take applications."""

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What stands between the draft and its submission, in the form's order."""
        return tuple(problem for task in self.tasks for problem in task.problems)

    @property
    def in_time(self) -> bool:
        """Whether a track that was chosen still takes applications."""
        return any(not track.closed for track in self.tracks)

    def after(self, path: str) -> str:
        """Return the path of the task that follows another one."""
        paths = [task.path for task in self.tasks]
        place = paths.index(path) + 1 if path in paths else len(paths)
        return paths[place] if place < len(paths) else ""


def task_list(view: Standing) -> TaskList:
    """Return the tasks of an application with their state at this moment."""
    application, program = view.application, view.program
    problems = form_problems(program, application.form)
    found = _findings(view)
    requirements = {item.key: item for item in requirements_of(program, application)}
    pages = form_pages(program, application)
    team = next((it for it in requirements.values() if isinstance(it, TeamRequirement)), None)
    tasks = [
        *(_form_task(program, application.form, page, problems, requirements, team)
          for page in pages if page.kind != "commitments"),
        *(_document_task(view, item, found.get(item.key)) for item in requirements.values()
          if isinstance(item, LetterRequirement | VideoRequirement)),
        *(_form_task(program, application.form, page, problems, requirements, team)
          for page in pages if page.kind == "commitments"),
    ]  # fmt: skip
    ready = not problems and not any(task.problems for task in tasks)
    check = TaskState.NOT_STARTED if ready else TaskState.NOT_READY
    tasks.append(Task(group=Group.CHECK, kind="check", path="check", state=check))
    open_now = enterable_tracks(program, view.now, application)
    chosen = chosen_tracks(program, application.form)
    return TaskList(
        tasks=tuple(tasks),
        tracks=tuple(
            TrackChosen(
                key=track.key,
                name=track.name,
                until=(until := close_for(program, track, application)),
                days_left=days_left(until, view.now, program.zone),
                closed=view.now >= until,
            )
            for track in chosen
        ),
        open_elsewhere=tuple(track.name for track in open_now if track not in chosen),
    )


def problems_of(page: FormPage, problems: Iterable[FieldProblem]) -> tuple[FieldProblem, ...]:
    """Return the problems that belong to a page."""
    of_page = [pointer(place) for place in page.places]
    return tuple(
        problem
        for problem in problems
        if any(problem.path == name or problem.path.startswith(f"{name}/") for name in of_page)
    )


_GROUPS: dict[PageKind, Group] = {
    "eligibility": Group.PREPARE,
    "tracks": Group.PREPARE,
    "contact": Group.ABOUT_YOU,
    "organization": Group.ABOUT_YOU,
    "team": Group.ABOUT_YOU,
    "answers": Group.ANSWERS,
    "commitments": Group.COMMITMENTS,
}


def _form_task(
    program: Program,
    form: Form,
    page: FormPage,
    problems: tuple[FieldProblem, ...],
    requirements: dict[str, Requirement],
    team: TeamRequirement | None,
) -> Task:
    own = problems_of(page, problems)
    missing = too_many = 0
    title = ""
    requirement = requirements.get(page.key)
    if page.kind == "answers":
        title = next(section.title for section in program.sections if section.key == page.key)
    elif isinstance(requirement, AttestationRequirement):
        title = requirement.title
        affirmed = form.attestations.get(requirement.key, ())
        missing = sum(text not in affirmed for text in program.statements_of(requirement))
    elif page.kind == "team" and team is not None:
        people = len(form.team)
        missing, too_many = max(team.min_members - people, 0), max(people - team.max_members, 0)
    shown = page.places if page.kind != "answers" else [("answers", key) for key in page.asked]
    begun = bool(values_at(form, shown))
    if own or missing or too_many:
        state = TaskState.IN_PROGRESS if begun else TaskState.NOT_STARTED
    elif begun:
        state = TaskState.DONE
    else:
        # Whether a team is asked for is not known before a track is chosen.
        asked_later = page.kind == "team" and not form.tracks
        state = TaskState.NOT_STARTED if asked_later else TaskState.OPTIONAL
    return Task(
        group=_GROUPS[page.kind],
        kind=page.kind,
        path=page.path,
        title=title,
        state=state,
        problems=own,
        missing=missing,
        too_many=too_many,
    )


def _document_task(view: Standing, requirement: Requirement, finding: Finding | None) -> Task:
    if not current(view.documents, requirement.key):
        state = TaskState.NOT_STARTED
    elif finding is None or finding.verdict is Verdict.LOOK:
        state = TaskState.RECEIVED
    else:
        state = TaskState.RETURNED if finding.verdict is Verdict.FAIL else TaskState.DONE
    return Task(
        group=Group.DOCUMENTS,
        kind="document",
        path=f"documents/{requirement.key}",
        title=requirement.title,
        state=state,
        finding=finding,
    )


def _findings(view: Standing) -> dict[str, Finding]:
    """Return what is found of each requirement; of a draft for every track that was chosen."""
    application: Application = view.application
    if application.submitted:
        return {item.requirement: item for item in view.findings()}
    found: dict[str, Finding] = {}
    for track in asked_by(view.program, application):
        for item in present_findings(view.program, track, application, view.documents):
            found.setdefault(item.requirement, item)
    return found
