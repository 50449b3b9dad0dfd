"""Rounds in the table: programs, seats, statistics, keys, proposals, reviewers, places of jobs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from roundtable.adapters.table import keys
from roundtable.adapters.table.marshalling import (
    Item,
    Values,
    expiry,
    number,
    number_of,
    record,
    record_of,
    text,
    text_of,
)
from roundtable.adapters.table.table import Table
from roundtable.adapters.table.writes import ABSENT, Put, Update, Write, fence, key
from roundtable.domain.program import Program
from roundtable.domain.proposals import Proposal
from roundtable.domain.reviews import Reviewer
from roundtable.domain.seats import Seats, release_reserve
from roundtable.ports import AlreadyThere, Conflict, NotFound, Rounds

_COUNTER = "c#"
"""Before a counter's name, in the name of its attribute."""

_REPEATED_FOR = timedelta(days=2)
"""A stream delivers an event again within a day at most."""

_SEATS_FENCE = (
    "#capacity = :capacity AND #taken = :taken AND #open = :open AND #reserved = :reserved"
)


class TableRounds(Rounds):
    """Rounds, one partition each. Every method raises Unavailable while nothing answers."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._versions: dict[tuple[str, int], Program] = {}

    # --- programs ---

    def programs(self) -> tuple[str, ...]:
        """Return the keys of all published programs, in order."""
        return tuple(text_of(item, "sk") for item in self._table.under(keys.ROUNDS))

    def newest(self, program: str) -> tuple[int, Program]:
        """Return the newest published version and its number; raises NotFound."""
        item = self._table.get(keys.program(program), keys.NEWEST)
        if item is None:
            raise NotFound("there is no such program")
        newest = number_of(item, "number")
        return newest, self.version(program, newest)

    def version(self, program: str, number: int) -> Program:
        """Return one published version; raises NotFound. It never changes, so it is read once."""
        known = self._versions.get((program, number))
        if known is None:
            item = self._table.get(keys.program(program), keys.version(number))
            if item is None:
                raise NotFound("there is no such version of the program")
            known = self._versions[program, number] = record_of(item, Program)
        return known

    def publish(
        self, program: Program, number: int, seats: Sequence[Seats], note: dict[str, JsonValue]
    ) -> None:
        """Write the next version with its seats and its note, at once.

        Raises Conflict unless it is the very next one, or if seats were taken or given back.
        """
        writes = _publication(program, number, seats, json.dumps(note))
        self._table.transact(writes, lambda: self._published(program, number, note))

    def _published(self, program: Program, number: int, note: dict[str, JsonValue]) -> bool:
        item = self._table.get(keys.program(program.key), keys.version(number))
        return item is not None and record_of(item, Program) == program and _note(item) == note

    def moves(self, program: str) -> tuple[dict[str, JsonValue], ...]:
        """Return the notes of all versions, oldest first."""
        return tuple(map(_note, self._table.under(keys.program(program), "VERSION#")))

    # --- seats ---

    def seats(self, program: str, track: str) -> Seats:
        """Return the seats of a track; raises NotFound."""
        item = self._table.get(keys.program(program), keys.seats(track))
        if item is None:
            raise NotFound("the track has no seats")
        return Seats(
            program=program,
            track=track,
            capacity=number_of(item, "capacity"),
            taken=number_of(item, "taken"),
            open=number_of(item, "open"),
            reserved=number_of(item, "reserved"),
        )

    def open_reserve(self, before: Seats) -> None:
        """Open a track's reserve to all; raises Conflict if the seats changed since `before`."""
        after = release_reserve(before)
        fence = {f":{name}": value for name, value in _seat_numbers(before).items()}
        write = Update(
            keys.program(before.program),
            keys.seats(before.track),
            "SET #open = :all, #reserved = :none",
            fence | {":all": number(after.open), ":none": number(after.reserved)},
            _SEATS_FENCE,
            Conflict("the seats changed meanwhile"),
        )
        self._table.write(write, lambda: self.seats(before.program, before.track) == after)

    # --- statistics ---

    def counts(self, program: str) -> dict[str, int]:
        """Return the statistics, added up over their shards."""
        total: Counter[str] = Counter()
        for item in self._table.under(keys.program(program), "COUNT#"):
            for name in item:
                if name.startswith(_COUNTER):
                    total[name.removeprefix(_COUNTER)] += number_of(item, name)
        return dict(total)

    def count(self, event: str, program: str, changes: dict[str, int]) -> None:
        """Add to the statistics, once per event however often it is delivered."""
        if not changes:
            return
        pk = keys.program(program)
        once = Put(
            {
                **key(pk, f"COUNTED#{event}"),
                "expires": expiry(datetime.now(UTC) + _REPEATED_FOR),
            },
            ABSENT,
            refused=AlreadyThere("the event was counted"),
        )
        added = sorted(changes.items())
        add = Update(
            pk,
            f"COUNT#{keys.shard(event)}",
            "ADD " + ", ".join(f"#c{place} :c{place}" for place in range(len(added))),
            {f":c{place}": number(change) for place, (_, change) in enumerate(added)},
            names={f"#c{place}": f"{_COUNTER}{name}" for place, (name, _) in enumerate(added)},
        )
        try:
            self._table.transact([once, add])
        except AlreadyThere:
            return

    # --- form keys ---

    def keep_form_key(self, program: str, key_hash: str, label: str) -> None:
        """Let a web form's key in; only its hash is kept."""
        place = key(keys.program(program), f"KEY#{key_hash}")
        self._table.write(Put(place | {"label": text(label)}))

    def knows_form_key(self, program: str, key_hash: str) -> bool:
        """Return whether a web form's key is known for a program."""
        return self._table.get(keys.program(program), f"KEY#{key_hash}") is not None

    # --- reviewers ---

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return all reviewers, by id."""
        return tuple(record_of(item, Reviewer) for item in self._table.under(keys.REVIEWERS))

    def reviewer(self, reviewer: str) -> Reviewer:
        """Return one reviewer; raises NotFound."""
        item = self._table.get(keys.REVIEWERS, reviewer)
        if item is None:
            raise NotFound("there is no such reviewer")
        return record_of(item, Reviewer)

    def keep_reviewer(self, reviewer: Reviewer) -> None:
        """Add or change a reviewer."""
        self._table.write(Put(key(keys.REVIEWERS, reviewer.id) | {"record": record(reviewer)}))

    # --- proposals ---

    def keep_proposal(self, proposal: Proposal) -> None:
        """Write a proposal, fenced by its version; raises Conflict."""
        place = (keys.program(proposal.program), keys.proposal(proposal.id))
        condition, values = fence(proposal.version)
        item = {"record": record(proposal), "version": number(proposal.version)}
        write = Put(
            key(*place) | item, condition, values, Conflict("the proposal was changed meanwhile")
        )
        self._table.write(write, lambda: self.proposal(proposal.program, proposal.id) == proposal)

    def proposal(self, program: str, proposal: str) -> Proposal:
        """Return one proposal; raises NotFound."""
        item = self._table.get(keys.program(program), keys.proposal(proposal))
        if item is None:
            raise NotFound("there is no such proposal")
        return record_of(item, Proposal)

    def proposals(self, program: str) -> tuple[Proposal, ...]:
        """Return a program's proposals, newest first."""
        found = [
            record_of(item, Proposal)
            for item in self._table.under(keys.program(program), keys.proposal(""))
        ]
        return tuple(sorted(found, key=lambda one: one.id, reverse=True))

    # --- places of jobs ---

    def cursor(self, name: str) -> str:
        """Return the place where a piecewise job of the clock goes on; empty at its start."""
        return text_of(self._table.get(keys.cursor(name), "CURSOR") or {}, "cursor")

    def keep_cursor(self, name: str, cursor: str) -> None:
        """Remember the place where a piecewise job of the clock goes on."""
        self._table.write(Put(key(keys.cursor(name), "CURSOR") | {"cursor": text(cursor)}))


def _publication(
    program: Program, version: int, seats: Sequence[Seats], note: str
) -> Iterator[Write]:
    pk = keys.program(program.key)
    outrun = Conflict("another version was published meanwhile")
    yield Put(
        key(pk, keys.version(version)) | {"record": record(program), "note": text(note)},
        ABSENT,
        refused=outrun,
    )
    newest = key(pk, keys.NEWEST) | {"number": number(version)}
    if version == 1:
        yield Put(newest, ABSENT, refused=outrun)
    else:
        yield Put(newest, "#number = :before", {":before": number(version - 1)}, outrun)
    yield Put(key(keys.ROUNDS, program.key))
    for new in seats:
        yield Put(
            key(keys.program(new.program), keys.seats(new.track)) | _seat_numbers(new),
            f"{ABSENT} OR #taken = :taken",
            {":taken": number(new.taken)},
            Conflict("seats were taken or given back meanwhile"),
        )


def _seat_numbers(seats: Seats) -> Values:
    return {
        "capacity": number(seats.capacity),
        "taken": number(seats.taken),
        "open": number(seats.open),
        "reserved": number(seats.reserved),
    }


def _note(item: Item) -> dict[str, JsonValue]:
    return json.loads(text_of(item, "note"))
