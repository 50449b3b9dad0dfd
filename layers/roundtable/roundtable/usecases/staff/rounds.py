"""Moving a round: dates, capacities and words, each move a new version that reaches everybody."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, JsonValue, ValidationError

from roundtable.domain.audit import Actor
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import (
    AnnouncementRule,
    CorrectionRule,
    NoticeWords,
    OfferRule,
    Program,
    PromiseRule,
    ReviewRule,
    Track,
)
from roundtable.domain.program_values import Closing, Day, Length, LocalTime
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import NotFound, Ports
from roundtable.programs.changes import Change, describe_changes
from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.staff.lookups import find_program
from roundtable.usecases.staff.publishing import publish, seats_after

_LAST_MINUTE = (23, 59)


class TrackPatch(Record):
    """What changes about one track; what is left out stays."""

    closes: Closing | None = None
    capacity: Annotated[int, Field(ge=1)] | None = None
    promise: PromiseRule | None = None
    review: ReviewRule | None = None
    announcement: AnnouncementRule | None = None
    offer: OfferRule | None = None
    corrections: CorrectionRule | None = None
    waitlist_until: Day | None = None


class RoundPatch(Record):
    """What changes about a round; what is left out stays. Dates are the program's own."""

    opens: LocalTime | None = None
    upload_grace: Length | None = None
    tracks: dict[Key, TrackPatch] = Field(default_factory=dict)
    notices: dict[str, NoticeWords] | None = None
    """The program's own words, by kind of notice; kinds left out stay."""


class RoundMove(Record):
    """What a move changes or changed."""

    program: Key
    version: int
    """The newest version: before a preview, after a move."""
    changes: tuple[Change, ...]
    opens_at: Instant
    closes_at: dict[Key, Instant]
    """The first instant that is too late, by track."""


class Moved(Record):
    """Who moved what."""

    version: int
    at: Instant | None = None
    """Unknown of versions that were published before this was kept."""
    by: str
    """As the audit names them: `staff:<subject>`."""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    """Empty for the first version."""


class RoundHistory(Record):
    """Who moved what, version by version, the oldest first."""

    program: Key
    version: int
    moves: tuple[dict[str, JsonValue], ...]


def preview_move(ports: Ports, program_key: str, patch: RoundPatch) -> RoundMove:
    """Return what a patch would change; nothing is written.

    Raises Unknown, and Invalid with each problem of what the program would be, or where more
    seats are taken than it would have.
    """
    number, program = find_program(ports, program_key)
    moved = patched(program, patch)
    seats_after(ports, moved, program)
    return _move(number, program, moved)


def move_round(
    ports: Ports,
    program_key: str,
    patch: RoundPatch,
    actor: Actor,
    *,
    version: int,
    reason: str = "",
) -> RoundMove:
    """Publish a patch as a new version; open applications are treated by it from now on.

    `version` is the newest one that the person looked at, `reason` why it moves. Raises Unknown,
    Stale, Invalid.
    """
    number, program = find_program(ports, program_key)
    _check_newest(number, version)
    moved = patched(program, patch)
    return _move(publish(ports, moved, actor, reason=reason), program, moved)


def open_now(
    ports: Ports, program_key: str, actor: Actor, *, version: int, reason: str = ""
) -> RoundMove:
    """Open a round from this minute on; raises Unknown, Stale, NotNow if it is open already."""
    _, program = find_program(ports, program_key)
    now = ports.clock.now()
    if program.opens_at <= now:
        raise NotNow("already-open", f"{program.name} is open already.")
    patch = RoundPatch(opens=_minute(program, now))
    return move_round(ports, program_key, patch, actor, version=version, reason=reason)


def close_now(
    ports: Ports, program_key: str, track_key: str, actor: Actor, *, version: int, reason: str = ""
) -> RoundMove:
    """Close a track from this minute on; what was received stays received.

    Raises Unknown, Stale, Invalid, NotNow if it is closed already.
    """
    _, program = find_program(ports, program_key)
    now = ports.clock.now()
    track = _track(program, track_key)
    if program.closes_at(track) <= now:
        raise NotNow("already-closed", f"{track.name} is closed already.")
    closes = _minute(program, now)
    if (closes.hour, closes.minute) == _LAST_MINUTE:
        closes -= timedelta(minutes=1)
    patch = RoundPatch(tracks={track_key: TrackPatch(closes=closes)})
    return move_round(ports, program_key, patch, actor, version=version, reason=reason)


def moves(ports: Ports, program_key: str) -> tuple[Moved, ...]:
    """Return who moved what, the newest first; raises Unknown."""
    find_program(ports, program_key)
    notes = ports.rounds.moves(program_key)
    return tuple(
        Moved.model_validate({"version": number, **note})
        for number, note in reversed(list(enumerate(notes, 1)))
    )


def history(ports: Ports, program_key: str) -> RoundHistory:
    """Return who moved what; raises Unknown."""
    number, _ = find_program(ports, program_key)
    return RoundHistory(
        program=program_key, version=number, moves=tuple(ports.rounds.moves(program_key))
    )


def version_of(ports: Ports, program_key: str, number: int) -> Program:
    """Return one published version; raises Unknown."""
    try:
        return ports.rounds.version(program_key, number)
    except NotFound:
        raise Unknown("unknown-version", "There is no such version of this program.") from None


def patched(program: Program, patch: RoundPatch) -> Program:
    """Return a program with a patch applied; raises Invalid with each problem at its field."""
    for key in patch.tracks:
        _track(program, key)
    changes: dict[str, object] = {
        name: getattr(patch, name)
        for name in ("opens", "upload_grace")
        if getattr(patch, name) is not None
    }
    if patch.notices is not None:
        changes["notices"] = {**program.notices, **patch.notices}
    changes["tracks"] = tuple(
        _patched_track(track, patch.tracks[track.key]) if track.key in patch.tracks else track
        for track in program.tracks
    )
    try:
        return program.with_(**changes)
    except ValidationError as refusal:
        raise _invalid(program, refusal) from None


def _patched_track(track: Track, patch: TrackPatch) -> Track:
    """Return a track with a patch applied; only what may be absent is taken away by null."""
    changes = {
        name: getattr(patch, name)
        for name in patch.model_fields_set
        if getattr(patch, name) is not None or name in {"offer", "waitlist_until"}
    }
    try:
        return track.with_(**changes)
    except ValidationError as refusal:
        raise _invalid(None, refusal, f"/tracks/{track.key}") from None


def _invalid(program: Program | None, refusal: ValidationError, prefix: str = "") -> Invalid:
    problems: list[FieldProblem] = []
    for error in refusal.errors(include_url=False, include_input=False):
        parts = [str(part) for part in error["loc"]]
        if program is not None and parts[:1] == ["tracks"] and len(parts) > 1:
            place = parts[1]
            parts[1] = program.tracks[int(place)].key if place.isdecimal() else place
        path = prefix + "".join(f"/{part}" for part in parts)
        problems.append(FieldProblem(path=path or "/", reason=error["msg"]))
    return Invalid("invalid-move", "The round cannot be moved like this.", problems)


def _track(program: Program, key: str) -> Track:
    try:
        return program.track(key)
    except KeyError:
        raise Unknown("unknown-track", f"{program.name} has no track '{key}'.") from None


def _check_newest(number: int, version: int) -> None:
    if number != version:
        raise Stale(
            "round-moved",
            f"Somebody moved this round meanwhile: version {number} is the newest, you looked "
            f"at {version}. Look at what changed, then decide.",
        )


def _minute(program: Program, moment: datetime) -> datetime:
    """Return an instant on the program's wall clock, to the minute, without a zone."""
    local = moment.astimezone(program.zone)
    return local.replace(second=0, microsecond=0, tzinfo=None)


def _move(number: int, before: Program, after: Program) -> RoundMove:
    return RoundMove(
        program=after.key,
        version=number,
        changes=describe_changes(before, after),
        opens_at=after.opens_at,
        closes_at={track.key: after.closes_at(track) for track in after.tracks},
    )
