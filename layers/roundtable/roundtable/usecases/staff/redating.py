"""Moving what is due with the dates of a program that moved."""

from roundtable.domain.application import Application
from roundtable.domain.schedule import next_due
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, Ports
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def redate(ports: Ports, program_key: str) -> int:
    """Compute anew what is due for every open application of a program; return how many moved.

    Nothing is written for an application whose next due action stays as it is, so that a
    second call does nothing. One that others keep changing is left to its next step.
    """
    moved = 0
    for stage in Stage:
        cursor: str | None = None
        while stage is not Stage.CLOSED:
            page = ports.applications.in_stage(program_key, stage, limit=100, cursor=cursor)
            moved += sum(_moved(ports, item) for item in page.items)
            cursor = page.cursor
            if cursor is None:
                break
    return moved


def move_date(ports: Ports, application_id: str) -> bool:
    """Write an application's next due action anew if its dates moved; return whether they did."""

    def attempt() -> bool:
        step = Step(ports, ports.applications.get(application_id), system("redate"))
        if not _differs(step):
            return False
        due = next_due(step.after, step.program, step.holidays_of)
        step.record("dates_moved", action=due.action.value if due else "")
        step.commit()
        return True

    return again_on_conflict(attempt)


def _moved(ports: Ports, application: Application) -> bool:
    if not _differs(Step(ports, application, system("redate"))):
        return False
    try:
        return move_date(ports, application.id)
    except Conflict:
        return False


def _differs(step: Step) -> bool:
    return next_due(step.after, step.program, step.holidays_of) != step.after.due
