"""What staff see of a round: counts and seats, and lists without identity data."""

from datetime import datetime, timedelta
from decimal import Decimal

from roundtable.domain.application import Application, Decision
from roundtable.domain.due import DueAction
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.organizations import organization_key
from roundtable.domain.program import Program, Track
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.domain.statistics import GIVEN, track_of
from roundtable.ports import NotFound, Page, Ports
from roundtable.usecases.paging import check_cursor
from roundtable.usecases.staff.lookups import find_program

COMING_DAYS = timedelta(days=7)
"""How far ahead the list of due dates looks unless asked otherwise."""


class ProgramRow(Record):
    """One published program."""

    program: Key
    name: str
    version: int
    opens_at: Instant
    timezone: str


class TrackCounts(Record):
    """Applications and seats of one track."""

    track: Key
    name: str
    closes_at: Instant
    """The first instant that is too late."""
    capacity: int
    taken: int
    open: int
    reserved: int
    """Seats kept for applications that may still fall back to this track."""
    received: int
    """Applications received for it, wherever they stand now."""
    stages: dict[str, int]
    outcomes: dict[str, int]
    closed: dict[str, int]
    """How many ended how."""


class RoundCounts(Record):
    """Where a round stands, from the statistics that the table's stream keeps."""

    program: Key
    version: int
    tracks: tuple[TrackCounts, ...]
    others: dict[str, int]
    """Statistics about no track of the newest version."""


class ApplicationRow(Record):
    """One application in a list: no person, no address, no answer."""

    application: str
    reference: str
    organization: str
    track: Key
    stage: Stage
    received_at: Instant | None
    due_at: Instant | None
    due_action: DueAction | None
    decision: Decision | None
    closed_as: ClosedAs | None
    flags: tuple[str, ...]
    help: str
    """Why the workflow asks staff for help; empty where it does not."""
    help_since: Instant | None
    score: Decimal | None
    """Mean score of the present track's panel, 0 to 100, where it was decided."""
    version: int


class DueRow(Record):
    """Something that is or will be due."""

    at: Instant
    action: DueAction
    notice: str
    """The notice's key, where a notice is due."""
    application: ApplicationRow


def programs(ports: Ports) -> tuple[ProgramRow, ...]:
    """Return all published programs, in the order of their keys."""
    rows: list[ProgramRow] = []
    for key in ports.rounds.programs():
        number, program = ports.rounds.newest(key)
        rows.append(
            ProgramRow(
                program=key,
                name=program.name,
                version=number,
                opens_at=program.opens_at,
                timezone=program.timezone,
            )
        )
    return tuple(rows)


def counts(ports: Ports, program_key: str) -> RoundCounts:
    """Return a round's statistics and seats; nothing is counted by going through applications.

    Raises Unknown.
    """
    number, program = find_program(ports, program_key)
    kept = ports.rounds.counts(program_key)
    known = {track.key for track in program.tracks}
    return RoundCounts(
        program=program_key,
        version=number,
        tracks=tuple(_track_counts(ports, program, track, kept) for track in program.tracks),
        others={
            name: value
            for name, value in kept.items()
            if track_of(name) not in known and not name.startswith(f"{GIVEN}/")
        },
    )


def _track_counts(
    ports: Ports, program: Program, track: Track, kept: dict[str, int]
) -> TrackCounts:
    seats = ports.rounds.seats(program.key, track.key)
    return TrackCounts(
        track=track.key,
        name=track.name,
        closes_at=program.closes_at(track),
        capacity=seats.capacity,
        taken=seats.taken,
        open=seats.open,
        reserved=seats.reserved,
        received=kept.get(f"received/{track.key}", 0),
        stages=_under(kept, f"stage/{track.key}/"),
        outcomes=_under(kept, f"outcome/{track.key}/"),
        closed=_under(kept, f"closed/{track.key}/"),
    )


def _under(kept: dict[str, int], prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): value for name, value in kept.items() if name.startswith(prefix)
    }


def by_stage(
    ports: Ports,
    program_key: str,
    stage: Stage,
    *,
    track: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ApplicationRow]:
    """Return applications of a stage by receipt time, a page at a time; raises Unknown."""
    find_program(ports, program_key)
    with check_cursor():
        page = ports.applications.in_stage(
            program_key, stage, track=track, limit=limit, cursor=cursor
        )
    return Page(tuple(row(item) for item in page.items), page.cursor)


def by_due(
    ports: Ports,
    program_key: str,
    *,
    until: datetime | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[DueRow]:
    """Return what is due until an instant (a week from now, if none is given), longest due first.

    Raises Unknown.
    """
    find_program(ports, program_key)
    limit_at = until or ports.clock.now() + COMING_DAYS
    with check_cursor():
        page = ports.applications.due(limit_at, program=program_key, limit=limit, cursor=cursor)
    rows: list[DueRow] = []
    for item in page.items:
        try:
            application = ports.applications.get(item.application)
        except NotFound:
            continue
        rows.append(
            DueRow(at=item.at, action=item.action, notice=item.notice, application=row(application))
        )
    return Page(tuple(rows), page.cursor)


def by_organization(
    ports: Ports, program_key: str, organization: str
) -> tuple[ApplicationRow, ...]:
    """Return an organization's applications, however its name is written; raises Unknown."""
    find_program(ports, program_key)
    found = ports.applications.of_organization(program_key, organization_key(organization))
    return tuple(row(item) for item in found)


def in_need(
    ports: Ports, program_key: str, *, limit: int = 50, cursor: str | None = None
) -> Page[ApplicationRow]:
    """Return applications whose workflow asks for help, longest waiting first; raises Unknown."""
    find_program(ports, program_key)
    with check_cursor():
        page = ports.applications.in_need(program_key, limit=limit, cursor=cursor)
    return Page(tuple(row(item) for item in page.items), page.cursor)


def row(application: Application) -> ApplicationRow:
    """Return an application as lists show it."""
    organization = application.form.organization
    outcome = application.present_outcome
    return ApplicationRow(
        application=application.id,
        reference=application.reference,
        organization=organization.name if organization else "",
        track=application.track,
        stage=application.stage,
        received_at=application.received_at,
        due_at=application.due.at if application.due else None,
        due_action=application.due.action if application.due else None,
        decision=outcome.decision if outcome else None,
        closed_as=application.closed_as,
        flags=tuple(flag.kind for flag in application.flags),
        help=application.help.reason if application.help else "",
        help_since=application.help.since if application.help else None,
        score=application.score,
        version=application.version,
    )
