"""Rounds: counts and seats, dates and capacities, versions, keys of web forms."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import Field

from roundtable.domain.model import Record, ShortText
from roundtable.domain.program import Program
from roundtable.usecases.staff.form_keys import FormKey, create_form_key
from roundtable.usecases.staff.overview import ProgramRow, RoundCounts, counts, programs
from roundtable.usecases.staff.rounds import (
    RoundHistory,
    RoundMove,
    RoundPatch,
    close_now,
    history,
    move_round,
    open_now,
    preview_move,
    version_of,
)
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of

router = Router()
TAGS = ["Staff: rounds"]


class Programs(Record):
    """All published programs."""

    items: tuple[ProgramRow, ...]


class Newest(Record):
    """The newest version of the program that the person looked at; refused if there is a newer."""

    version: int = Field(ge=1)


class Move(RoundPatch):
    """A patch, the version that it is made for, and why."""

    version: int = Field(ge=1)
    reason: str = Field(default="", max_length=500)


class NewFormKey(Record):
    """For which form a key is made."""

    label: ShortText


@router.get("/api/staff/programs", summary="Programs", tags=TAGS)
def list_programs() -> Programs:
    """Return all published programs."""
    return Programs(items=programs(ports_of(router)))


@router.get("/api/staff/programs/<program>/counts", summary="Counts and seats", tags=TAGS)
def list_counts(program: str) -> RoundCounts:
    """Return applications by track and stage, and each track's seats and reserve."""
    return counts(ports_of(router), program)


@router.get("/api/staff/programs/<program>/versions", summary="Who moved what", tags=TAGS)
def list_versions(program: str) -> RoundHistory:
    """Return each published version with who published it, when, and what changed."""
    return history(ports_of(router), program)


@router.get("/api/staff/programs/<program>/versions/<number>", summary="One version", tags=TAGS)
def read_version(program: str, number: int) -> Program:
    """Return one published version of a program."""
    return version_of(ports_of(router), program, number)


@router.post(
    "/api/staff/programs/<program>/moves/preview", summary="What a move would change", tags=TAGS
)
def preview(program: str, patch: RoundPatch) -> RoundMove:
    """Return what a patch would change. Nothing is written."""
    return preview_move(ports_of(router), program, patch)


@router.post("/api/staff/programs/<program>/moves", summary="Move dates and capacities", tags=TAGS)
def move(program: str, move: Move) -> RoundMove:
    """Publish a patch as a new version; it reaches open applications at once."""
    patched = RoundPatch.model_fields.keys()
    patch = RoundPatch.model_validate(
        {name: getattr(move, name) for name in move.model_fields_set & patched}
    )
    actor = caller_of(event_of(router)).as_staff
    return move_round(
        ports_of(router), program, patch, actor, version=move.version, reason=move.reason
    )


@router.post("/api/staff/programs/<program>/opening", summary="Open a round now", tags=TAGS)
def open_round(program: str, newest: Newest) -> RoundMove:
    """Open a round from this minute on."""
    actor = caller_of(event_of(router)).as_staff
    return open_now(ports_of(router), program, actor, version=newest.version)


@router.post(
    "/api/staff/programs/<program>/tracks/<track>/closing", summary="Close a track now", tags=TAGS
)
def close_track(program: str, track: str, newest: Newest) -> RoundMove:
    """Close a track from this minute on; what was received stays received."""
    actor = caller_of(event_of(router)).as_staff
    return close_now(ports_of(router), program, track, actor, version=newest.version)


@router.post(
    "/api/staff/programs/<program>/form-keys",
    summary="A key for a web form",
    tags=TAGS,
    status_code=201,
)
def make_form_key(program: str, wanted: NewFormKey) -> FormKey:
    """Make a key for an existing web form. It is told this once; only its hash is kept."""
    actor = caller_of(event_of(router)).as_staff
    return create_form_key(ports_of(router), program, actor, label=wanted.label)
