"""Applications that wait for a decision of staff, track by track, with what they are decided by."""

from collections.abc import Sequence
from decimal import Decimal

from roundtable.domain.application import Application
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import Option, Program, Track
from roundtable.domain.proposals import Proposal
from roundtable.domain.reviews import Recommendation, counted
from roundtable.domain.seats import Seats
from roundtable.domain.stages import Stage
from roundtable.ports import Ports
from roundtable.usecases.staff.lookups import find_program
from roundtable.usecases.staff.overview import ApplicationRow, row
from roundtable.usecases.staff.portfolio import Mix, portfolio

MOST_LISTED = 100


class Candidate(Record):
    """One application that waits for a decision."""

    row: ApplicationRow
    score: Decimal | None
    recommendations: tuple[Recommendation, ...]
    """What the panel says, one each."""
    look: bool
    """Whether a person must look at one of its documents."""
    region: str
    type: str
    size: str


class TrackToDecide(Record):
    """One track with what waits in it."""

    track: Key
    name: str
    seats: Seats
    candidates: tuple[Candidate, ...]
    """The higher score first, then the earlier receipt."""
    more: bool
    """Whether more applications wait than are listed."""
    announcing: tuple[ApplicationRow, ...]
    """Decided, and not told yet."""
    announced_on: Instant | None
    """When the track tells its decisions together."""
    preview: bool
    """Whether a person must release each notice."""
    mix: Mix


class ToDecide(Record):
    """A program's applications that wait for a decision or for its announcement."""

    program: Program
    tracks: tuple[TrackToDecide, ...]
    proposals: tuple[Proposal, ...]
    """To decide about several together, newest first."""


class Together(Record):
    """Several applications of a track, chosen to be decided together."""

    program: Program
    track: Track
    seats: Seats
    candidates: tuple[Candidate, ...]
    mix: Mix


def to_decide(ports: Ports, program_key: str) -> ToDecide:
    """Return what waits for a decision of staff, and what is decided and not told; raises Unknown.

    Tracks in which nothing waits are left out.
    """
    _, program = find_program(ports, program_key)
    tracks = [_track(ports, program, track) for track in program.tracks]
    return ToDecide(
        program=program,
        tracks=tuple(item for item in tracks if item.candidates or item.announcing),
        proposals=ports.rounds.proposals(program_key),
    )


def together(
    ports: Ports, program_key: str, track_key: str, chosen: Sequence[Application]
) -> Together:
    """Return applications as they are decided together, with what the mix would become."""
    _, program = find_program(ports, program_key)
    return Together(
        program=program,
        track=program.track(track_key),
        seats=ports.rounds.seats(program_key, track_key),
        candidates=tuple(_candidate(ports, program, item) for item in chosen),
        mix=portfolio(ports, program, track_key, chosen),
    )


def _track(ports: Ports, program: Program, track: Track) -> TrackToDecide:
    waiting = ports.applications.in_stage(
        program.key, Stage.WITH_STAFF, track=track.key, limit=MOST_LISTED
    )
    announcing = ports.applications.in_stage(
        program.key, Stage.ANNOUNCING, track=track.key, limit=MOST_LISTED
    )
    on = track.announcement.on
    candidates = [_candidate(ports, program, item) for item in waiting.items]
    candidates.sort(key=lambda one: -(one.score or 0))
    return TrackToDecide(
        track=track.key,
        name=track.name,
        seats=ports.rounds.seats(program.key, track.key),
        candidates=tuple(candidates),
        more=waiting.cursor is not None,
        announcing=tuple(row(item) for item in announcing.items),
        announced_on=program.start_of(on) if on is not None else None,
        preview=track.announcement.preview,
        mix=portfolio(ports, program, track.key),
    )


def _candidate(ports: Ports, program: Program, application: Application) -> Candidate:
    organization = application.form.organization
    reviews = counted(ports.applications.reviews(application.id), application.track)
    return Candidate(
        row=row(application),
        score=application.score,
        recommendations=tuple(
            review.recommendation for review in reviews if review.recommendation is not None
        ),
        look=any(flag.kind == "look" for flag in application.flags)
        or any(finding.verdict.value == "look" for finding in application.findings),
        region=_label(program.regions, organization.region if organization else ""),
        type=_label(program.organization_types, organization.type if organization else ""),
        size=_label(program.organization_sizes, organization.size if organization else ""),
    )


def _label(options: Sequence[Option], value: str) -> str:
    return next((option.label for option in options if option.value == value), value)


def applications_of(ports: Ports, proposal: Proposal) -> tuple[Application, ...]:
    """Return the applications of a proposal as they are now, in its order."""
    return tuple(ports.applications.get(item.application) for item in proposal.applications)
