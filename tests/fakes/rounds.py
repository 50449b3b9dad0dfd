"""Programs, seats, statistics and reviewers in memory."""

from collections import Counter
from collections.abc import Sequence

from pydantic import JsonValue

from roundtable.domain.program import Program, Track
from roundtable.domain.proposals import Proposal
from roundtable.domain.reviews import Reviewer
from roundtable.domain.seats import Seats, release_reserve
from roundtable.ports import Conflict, NotFound, Rounds


class FakeRounds(Rounds):
    """Rounds in dictionaries."""

    def __init__(self) -> None:
        self._versions: dict[str, list[tuple[Program, dict[str, JsonValue]]]] = {}
        self._seats: dict[tuple[str, str], Seats] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._counted: set[tuple[str, str]] = set()
        self._form_keys: dict[tuple[str, str], str] = {}
        self._reviewers: dict[str, Reviewer] = {}
        self._proposals: dict[tuple[str, str], Proposal] = {}
        self._cursors: dict[str, str] = {}

    # --- what only tests do ---

    def given(self, program: Program, seats: Sequence[Seats] | None = None) -> Program:
        """Publish a program; where no seats are given, all are free and the reserves kept."""
        if seats is None:
            seats = [
                _free_seats(program, track)
                for track in program.tracks
                if (program.key, track.key) not in self._seats
            ]
        number = len(self._versions.get(program.key, ())) + 1
        self.publish(program, number, seats, {"by": "system:test"})
        return program

    def put_seats(self, seats: Seats) -> None:
        """Store seats as they are."""
        self._seats[seats.program, seats.track] = seats

    def find_seats(self, program: str, track: str) -> Seats | None:
        """Return the seats of a track, if there are any."""
        return self._seats.get((program, track))

    # --- programs ---

    def programs(self) -> tuple[str, ...]:
        return tuple(sorted(self._versions))

    def newest(self, program: str) -> tuple[int, Program]:
        versions = self._versions.get(program)
        if not versions:
            raise NotFound("there is no such program")
        return len(versions), versions[-1][0]

    def version(self, program: str, number: int) -> Program:
        versions = self._versions.get(program, [])
        if not 1 <= number <= len(versions):
            raise NotFound("there is no such version of the program")
        return versions[number - 1][0]

    def publish(
        self, program: Program, number: int, seats: Sequence[Seats], note: dict[str, JsonValue]
    ) -> None:
        versions = self._versions.get(program.key, [])
        if number != len(versions) + 1:
            raise Conflict("another version was published meanwhile")
        for new in seats:
            before = self.find_seats(new.program, new.track)
            if before and before.taken != new.taken:
                raise Conflict("seats were taken or given back meanwhile")
        self._versions[program.key] = [*versions, (program, dict(note))]
        for new in seats:
            self.put_seats(new)

    def moves(self, program: str) -> tuple[dict[str, JsonValue], ...]:
        return tuple(dict(note) for _, note in self._versions.get(program, []))

    # --- seats and statistics ---

    def seats(self, program: str, track: str) -> Seats:
        seats = self.find_seats(program, track)
        if seats is None:
            raise NotFound("the track has no seats")
        return seats

    def open_reserve(self, before: Seats) -> None:
        if self.find_seats(before.program, before.track) != before:
            raise Conflict("the seats changed meanwhile")
        self.put_seats(release_reserve(before))

    def counts(self, program: str) -> dict[str, int]:
        return dict(self._counts.get(program, {}))

    def count(self, event: str, program: str, changes: dict[str, int]) -> None:
        if not changes or (program, event) in self._counted:
            return
        self._counted.add((program, event))
        kept = self._counts.setdefault(program, Counter())
        for name, change in changes.items():
            kept[name] += change

    # --- form keys, reviewers, proposals, cursors ---

    def keep_form_key(self, program: str, key_hash: str, label: str) -> None:
        self._form_keys[program, key_hash] = label

    def knows_form_key(self, program: str, key_hash: str) -> bool:
        return (program, key_hash) in self._form_keys

    def reviewers(self) -> tuple[Reviewer, ...]:
        return tuple(item for _, item in sorted(self._reviewers.items()))

    def reviewer(self, reviewer: str) -> Reviewer:
        try:
            return self._reviewers[reviewer]
        except KeyError:
            raise NotFound("there is no such reviewer") from None

    def keep_reviewer(self, reviewer: Reviewer) -> None:
        self._reviewers[reviewer.id] = reviewer

    def keep_proposal(self, proposal: Proposal) -> None:
        place = (proposal.program, proposal.id)
        before = self._proposals.get(place)
        if proposal.version != (before.version if before else 0) + 1:
            raise Conflict("the proposal was changed meanwhile")
        self._proposals[place] = proposal

    def proposal(self, program: str, proposal: str) -> Proposal:
        try:
            return self._proposals[program, proposal]
        except KeyError:
            raise NotFound("there is no such proposal") from None

    def proposals(self, program: str) -> tuple[Proposal, ...]:
        mine = [item for place, item in self._proposals.items() if place[0] == program]
        return tuple(sorted(mine, key=lambda item: item.id, reverse=True))

    def cursor(self, name: str) -> str:
        return self._cursors.get(name, "")

    def keep_cursor(self, name: str, cursor: str) -> None:
        self._cursors[name] = cursor


def _free_seats(program: Program, track: Track) -> Seats:
    rules = [other.fallback for other in program.tracks if other.fallback]
    reserved = sum(rule.reserve for rule in rules if rule.track == track.key)
    return Seats(
        program=program.key,
        track=track.key,
        capacity=track.capacity,
        open=track.capacity - reserved,
        reserved=reserved,
    )
