"""Publishing a version of a program: immutable, audited, and reaching open applications."""

from pydantic import JsonValue

from roundtable.domain.audit import Actor
from roundtable.domain.program import Program, Track
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.seats import NoSeat, Seats, resize
from roundtable.ports import NotFound, Ports
from roundtable.programs.changes import describe_changes, unsafe_changes
from roundtable.usecases.errors import Invalid
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.staff.redating import redate


def publish(ports: Ports, program: Program, actor: Actor, *, reason: str = "") -> int:
    """Publish a program if it differs from its newest version; return the version's number.

    Dates and capacities reach open applications: each is treated by the newest ones from its
    next step on, and what is due is moved with them (see `redate`). Publishing the same again
    moves what was left when that was cut off. The `reason` is kept with who moved what. Raises
    Invalid for a change that may not be made to an open round, and for a capacity below the
    seats already taken.
    """

    def attempt() -> int:
        try:
            number, newest = ports.rounds.newest(program.key)
        except NotFound:
            number, newest = 0, None
        if newest == program:
            return number
        if newest is not None:
            reasons = unsafe_changes(newest, program)
            if reasons:
                raise Invalid(
                    "unsafe-change",
                    "This version cannot replace the published one.",
                    [FieldProblem(path="", reason=reason) for reason in reasons],
                )
        note: dict[str, JsonValue] = {
            "version": number + 1,
            "at": ports.clock.now().isoformat(),
            "by": str(actor),
            **({"reason": reason} if reason else {}),
            "changes": [
                change.model_dump(mode="json")
                for change in (describe_changes(newest, program) if newest else ())
            ],
        }
        seats = seats_after(ports, program, newest)
        ports.rounds.publish(program, number + 1, seats, note)
        return number + 1

    number = again_on_conflict(attempt)
    if number > 1:
        redate(ports, program.key)
    return number


def seats_after(ports: Ports, program: Program, newest: Program | None) -> list[Seats]:
    """Return each track's seats as a version leaves them; raises Invalid where too many are taken.

    `newest` is the version that it follows.
    """
    return [_seats(ports, program, newest, track) for track in program.tracks]


def _reserved(program: Program | None, track: str) -> int:
    """Return how many seats of a track a version reserves for those who may fall back to it."""
    rules = [other.fallback for other in program.tracks] if program else []
    return sum(rule.reserve for rule in rules if rule is not None and rule.track == track)


def _seats(ports: Ports, program: Program, newest: Program | None, track: Track) -> Seats:
    reserved = _reserved(program, track.key)
    try:
        seats = ports.rounds.seats(program.key, track.key)
    except NotFound:
        return Seats(
            program=program.key,
            track=track.key,
            capacity=track.capacity,
            open=track.capacity - reserved,
            reserved=reserved,
        )
    try:
        return resize(seats, track.capacity, reserved - _reserved(newest, track.key))
    except NoSeat as refusal:
        reason = str(refusal)
        raise Invalid(
            "capacity-below-taken",
            reason,
            [FieldProblem(path=f"/tracks/{track.key}/capacity", reason=reason)],
        ) from None
