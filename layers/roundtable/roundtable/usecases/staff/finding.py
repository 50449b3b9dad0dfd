"""Finding applications among many: by filters, a page at a time, or by a name that staff type."""

from collections.abc import Iterator, Sequence

from roundtable.domain.application import Application, Decision
from roundtable.domain.model import Key, Record
from roundtable.domain.reference import is_reference
from roundtable.domain.stages import Stage
from roundtable.ports import NotFound, Page, Ports
from roundtable.usecases.paging import check_cursor
from roundtable.usecases.staff.lookups import find_program
from roundtable.usecases.staff.overview import ApplicationRow, by_organization, row

IN_ORDER = (*(stage for stage in Stage if stage is not Stage.DRAFT), Stage.DRAFT)
"""The stages as an application passes through them; what was not received yet comes last."""

LONGEST_NAME = 200


class Wanted(Record):
    """Which applications; what is None narrows nothing."""

    stage: Stage | None = None
    track: Key | None = None
    decision: Decision | None = None
    """Of the track for which it is considered now."""


def find(
    ports: Ports, program_key: str, wanted: Wanted, *, limit: int = 50, cursor: str | None = None
) -> Page[ApplicationRow]:
    """Return applications stage by stage, within one by receipt; a page holds about `limit`.

    Raises Unknown, and Invalid for a cursor of another list.
    """
    find_program(ports, program_key)
    stages = (wanted.stage,) if wanted.stage else IN_ORDER
    with check_cursor():
        here, inner = _place(stages, cursor)
        found: list[Application] = []
        for number, stage in enumerate(stages[here:], here):
            while len(found) < limit:
                # What a filter leaves out is read anyway: then whole pages at once.
                size = limit if wanted.decision else limit - len(found)
                page = ports.applications.in_stage(
                    program_key, stage, track=wanted.track, limit=size, cursor=inner
                )
                found += [item for item in page.items if _fits(item, wanted)]
                inner = page.cursor
                if inner is None:
                    break
            if len(found) >= limit:
                rest = stages[number + 1 :]
                following = f"{stage}.{inner}" if inner else _next(ports, program_key, rest, wanted)
                return Page(tuple(map(row, found)), following)
    return Page(tuple(map(row, found)))


def every(ports: Ports, program_key: str, wanted: Wanted) -> Iterator[ApplicationRow]:
    """Yield all applications that are wanted, in the order of `find`; raises Unknown."""
    cursor: str | None = None
    while True:
        page = find(ports, program_key, wanted, limit=500, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def search(ports: Ports, program_key: str, name: str) -> tuple[ApplicationRow, ...]:
    """Return what has this reference number, or else this organization's; raises Unknown."""
    find_program(ports, program_key)
    name = name.strip()[:LONGEST_NAME]
    if not name:
        return ()
    if is_reference(name):
        try:
            found = ports.applications.by_reference(name.upper())
        except NotFound:
            return ()
        return (row(found),) if found.program == program_key else ()
    return by_organization(ports, program_key, name)


def _fits(application: Application, wanted: Wanted) -> bool:
    outcome = application.present_outcome
    return wanted.decision is None or (outcome is not None and outcome.decision is wanted.decision)


def _place(stages: Sequence[Stage], cursor: str | None) -> tuple[int, str | None]:
    """Return in which stage a page begins, and where in it; raises ValueError."""
    if not cursor:
        return 0, None
    stage, _, inner = cursor.partition(".")
    return stages.index(Stage(stage)), inner or None


def _next(ports: Ports, program_key: str, stages: Sequence[Stage], wanted: Wanted) -> str | None:
    """Return the cursor of the first stage that may have something, so that no page is empty."""
    for stage in stages:
        page = ports.applications.in_stage(
            program_key, stage, track=wanted.track, limit=100 if wanted.decision else 1
        )
        if page.cursor or any(_fits(item, wanted) for item in page.items):
            return f"{stage}."
    return None
