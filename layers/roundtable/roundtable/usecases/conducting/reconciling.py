"""Finding applications whose execution was lost, and giving them a new one."""

from roundtable.domain.application import Application
from roundtable.domain.stages import WAITING, Stage
from roundtable.ports import Conflict, ExecutionStatus, NotFound, Page, Ports, Unavailable
from roundtable.usecases.step import Step, program_of, signal, system

CURSOR = "reconcile"


def revive(ports: Ports, application: Application) -> bool:
    """Start what was never started, replace what was lost; return whether something was done.

    A new execution picks up from the stage stored in the table. One that waits for what
    happened already (its signal was lost) is signalled again.
    """
    if not application.run or application.stage is Stage.DRAFT:
        return False
    match ports.conductor.status(application.id, application.run):
        case ExecutionStatus.RUNNING:
            return _wake(ports, application)
        case _ if not application.is_open:
            return False
        case ExecutionStatus.UNKNOWN:
            ports.conductor.start(application.id, application.run)
        case ExecutionStatus.LOST | ExecutionStatus.ENDED:
            step = Step(ports, application, system("clock"))
            step.set(run=application.run + 1)
            step.record("execution_replaced", run=step.after.run)
            step.commit()
            # The event `ExecutionWanted` has it started, too; whoever comes second finds it there.
            ports.conductor.start(application.id, application.run + 1)
    return True


def _wake(ports: Ports, application: Application) -> bool:
    """Signal an execution that waits for something else than its application does.

    The callback kept may be an old one that was used; then the conductor says so.
    """
    waiting = ports.applications.waiting(application.id)
    if waiting is None:
        return False
    if waiting.stage is not application.stage:
        return signal(ports, application, waiting.stage)
    if application.help is None and _not_entered(ports, application):
        return ports.conductor.divert(waiting.token)
    return False


def _not_entered(ports: Ports, application: Application) -> bool:
    """Whether the present stage's own step is still to be done: nothing is waited for yet."""
    match application.stage:
        case Stage.CORRECTIONS:
            return application.corrections is None
        case Stage.REVIEW:
            track = program_of(ports, application).track(application.track)
            return len(application.panel) < track.review.needed
        case stage:
            return stage not in WAITING


def sweep(ports: Ports, budget: int) -> int:
    """Look after the executions of up to `budget` open applications; return how many revived.

    Goes on where the last sweep ended, so that every application has its turn.
    """
    places = [
        (program, stage)
        for program in ports.rounds.programs()
        for stage in Stage
        if stage not in {Stage.DRAFT, Stage.CLOSED}
    ]
    if not places or budget < 1:
        return 0
    at, _, cursor = ports.rounds.cursor(CURSOR).partition("|")
    start = int(at) % len(places) if at.isdigit() else 0
    page_cursor = cursor or None
    revived = looked = 0
    for place in range(start, len(places)):
        while True:
            page = _page(ports, *places[place], page_cursor)
            looked += len(page.items)
            revived += sum(_revived(ports, item.id) for item in page.items)
            page_cursor = page.cursor
            if looked >= budget:
                following = place if page_cursor else place + 1
                ports.rounds.keep_cursor(CURSOR, f"{following}|{page_cursor or ''}")
                return revived
            if page_cursor is None:
                break
    ports.rounds.keep_cursor(CURSOR, "")
    return revived


def _page(ports: Ports, program: str, stage: Stage, cursor: str | None) -> Page[Application]:
    """Return a page, the first one where the cursor is of another list (a program is new)."""
    try:
        return ports.applications.in_stage(program, stage, limit=50, cursor=cursor)
    except ValueError:
        return ports.applications.in_stage(program, stage, limit=50)


def _revived(ports: Ports, application: str) -> bool:
    try:
        return revive(ports, ports.applications.get(application))
    except (Conflict, NotFound, Unavailable):
        return False
