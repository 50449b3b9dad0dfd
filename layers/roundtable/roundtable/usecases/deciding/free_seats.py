"""Seats that became free: opened to all, and given to who waits."""

from datetime import datetime

from roundtable.domain.stages import BEFORE_DECISION, Stage
from roundtable.ports import Ports
from roundtable.usecases.deciding.decisions import promote


def open_reserves(ports: Ports, program_key: str, now: datetime) -> int:
    """Open a track's reserve to all once nobody can fall back to it any more; return how many.

    That is when every track that falls back to it has closed and decided.
    """
    _, program = ports.rounds.newest(program_key)
    opened = 0
    for track in program.tracks:
        sources = [
            other
            for other in program.tracks
            if other.fallback is not None and other.fallback.track == track.key
        ]
        if not sources or any(now < program.closes_at(source) for source in sources):
            continue
        seats = ports.rounds.seats(program_key, track.key)
        # Applications that fell back are still to be given the seats reserved for them.
        if (
            seats.reserved
            and not any(_any_before_decision(ports, program_key, item.key) for item in sources)
            and not _any_fallback_open(ports, program_key, track.key)
        ):
            ports.rounds.open_reserve(seats)
            promote(ports, program_key, track.key)
            opened += 1
    return opened


def fill_free_seats(ports: Ports, program_key: str) -> int:
    """Give open seats to those who wait for one; return how many got one.

    A seat is offered when it is given back; this makes up for an offer cut off then, for a
    capacity that grew, and for a late yes.
    """
    _, program = ports.rounds.newest(program_key)
    promoted = 0
    for track in program.tracks:
        if ports.rounds.seats(program_key, track.key).open:
            waiting = ports.applications.in_stage(
                program_key, Stage.WAITLIST, track=track.key, limit=1
            )
            if waiting.items:
                promoted += len(promote(ports, program_key, track.key))
    return promoted


def _any_before_decision(ports: Ports, program: str, track: str) -> bool:
    return any(
        ports.applications.in_stage(program, stage, track=track, limit=1).items
        for stage in BEFORE_DECISION
    )


def _any_fallback_open(ports: Ports, program: str, track: str) -> bool:
    for stage in BEFORE_DECISION:
        cursor: str | None = None
        while True:
            page = ports.applications.in_stage(
                program, stage, track=track, limit=100, cursor=cursor
            )
            if any(item.outcomes for item in page.items):
                return True
            cursor = page.cursor
            if cursor is None:
                break
    return False
