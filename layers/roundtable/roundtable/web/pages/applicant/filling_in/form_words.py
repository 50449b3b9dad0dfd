"""Names of the tasks of an application, and how far each is, in the language spoken now."""

from roundtable.domain.program import Program, TeamRequirement
from roundtable.usecases.applying.form_pages import FormPage
from roundtable.usecases.applying.task_list import Group, Task, TaskState
from roundtable.web.pages import program_words
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext


def group_title(group: Group) -> str:
    """Return the heading of a group of tasks."""
    match group:
        case Group.PREPARE:
            return _("Prepare")
        case Group.ABOUT_YOU:
            return _("About you")
        case Group.ANSWERS:
            return _("Answers")
        case Group.DOCUMENTS:
            return _("Documents")
        case Group.COMMITMENTS:
            return _("Commitments")
        case Group.CHECK:
            return _("Check and submit")


def task_title(task: Task) -> str:
    """Return the name of a task."""
    return task.title or _named(task.kind)


def page_title(program: Program, page: FormPage) -> str:
    """Return the heading of a page of the form."""
    if page.kind == "answers":
        return next(section.title for section in program.sections if section.key == page.key)
    if page.kind == "commitments":
        found = (track.requirement(page.key) for track in program.tracks)
        return next(requirement.title for requirement in found if requirement)
    return _named(page.kind)


def state_words(state: TaskState) -> str:
    """Return how far a task is."""
    words = {
        TaskState.NOT_STARTED: _("Not started"),
        TaskState.IN_PROGRESS: _("In progress"),
        TaskState.RETURNED: _("To be mended"),
        TaskState.RECEIVED: _("Received"),
        TaskState.DONE: _("Done"),
        TaskState.OPTIONAL: _("Optional"),
        TaskState.NOT_READY: _("Not ready yet"),
    }
    return words[state]


def missing_words(task: Task) -> str:
    """Return what a task that was begun still lacks; empty where that is said elsewhere."""
    if task.state is not TaskState.IN_PROGRESS:
        return ""
    num = task.missing or len(task.problems)
    match task.kind:
        case "team" if task.too_many:
            said = ngettext("%(num)s person too many", "%(num)s people too many", task.too_many)
            return said % {"num": task.too_many}
        case "team":
            said = ngettext("Missing: %(num)s person", "Missing: %(num)s people", num)
        case "commitments":
            said = ngettext("Missing: %(num)s statement", "Missing: %(num)s statements", num)
        case "answers":
            said = ngettext("To do: %(num)s answer", "To do: %(num)s answers", num)
        case "organization":
            return _("Missing: %(what)s") % {"what": ", ".join(_parts(task))}
        case "eligibility":
            return _("Please look at this again")
        case _:
            return ""
    return said % {"num": num}


def lacking_words(task: Task, count: int) -> str:
    """Return what a task lacks before the application can be submitted: `count` answers."""
    match task.kind:
        case "tracks":
            return _("Choose what you apply for")
        case "contact":
            return _("Give a name and an e-mail address")
        case "organization":
            return _("Missing: %(what)s") % {"what": ", ".join(_parts(task))}
        case _:
            said = ngettext("%(num)s answer is missing", "%(num)s answers are missing", count)
            return said % {"num": count}


def team_words(team: TeamRequirement, people: int) -> str:
    """Return what is unusual about a team's size; empty where nothing is."""
    missing, too_many = team.min_members - people, people - team.max_members
    if missing <= 0 and too_many <= 0:
        return ""
    said = ngettext(
        "Your team has %(num)s person so far. It should be %(size)s.",
        "Your team has %(num)s people so far. It should be %(size)s.",
        people,
    )
    return said % {"num": people, "size": program_words.people(team)}


def _named(kind: str) -> str:
    match kind:
        case "eligibility":
            return _("Who can take part")
        case "tracks":
            return _("How you would like to take part")
        case "contact":
            return _("Contacts")
        case "organization":
            return _("Your organization")
        case "team":
            return _("Team members")
        case _:
            return _("Check your answers and submit")


def _parts(task: Task) -> list[str]:
    names = {"type": _("type"), "size": _("size"), "region": _("region")}
    keys = (problem.path.rpartition("/")[2] for problem in task.problems)
    return [names.get(key, _("name")) for key in keys]
