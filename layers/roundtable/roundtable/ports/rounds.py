"""Programs, seats, statistics and reviewers, as they are kept."""

from collections.abc import Sequence
from typing import Protocol

from pydantic import JsonValue

from roundtable.domain.program import Program
from roundtable.domain.proposals import Proposal
from roundtable.domain.reviews import Reviewer
from roundtable.domain.seats import Seats


class Rounds(Protocol):
    """Programs, their versions, seats, statistics, keys, proposals; and who reviews."""

    def programs(self) -> tuple[str, ...]:
        """Return the keys of all published programs, in order."""
        ...

    def newest(self, program: str) -> tuple[int, Program]:
        """Return the newest published version and its number; raises NotFound."""
        ...

    def version(self, program: str, number: int) -> Program:
        """Return one published version; raises NotFound."""
        ...

    def publish(
        self, program: Program, number: int, seats: Sequence[Seats], note: dict[str, JsonValue]
    ) -> None:
        """Write a version that never changes, its seats, and who moved what (`note`), at once.

        `seats` are the tracks' new seats; those that exist are changed only if what was taken
        did not change meanwhile. Raises Conflict if the number is taken or the seats moved.
        """
        ...

    def moves(self, program: str) -> tuple[dict[str, JsonValue], ...]:
        """Return the notes of all versions, oldest first."""
        ...

    def seats(self, program: str, track: str) -> Seats:
        """Return the seats of a track; raises NotFound."""
        ...

    def open_reserve(self, before: Seats) -> None:
        """Open a track's reserve to all; raises Conflict if the seats changed since `before`."""
        ...

    def counts(self, program: str) -> dict[str, int]:
        """Return the statistics kept by the stream, by counter (see `statistics.places`)."""
        ...

    def count(self, event: str, program: str, changes: dict[str, int]) -> None:
        """Add to the statistics, once per stream event however often it is delivered."""
        ...

    def keep_form_key(self, program: str, key_hash: str, label: str) -> None:
        """Let a web form's key in; only its hash is kept."""
        ...

    def knows_form_key(self, program: str, key_hash: str) -> bool:
        """Return whether a web form's key is known for a program."""
        ...

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return all reviewers, by id."""
        ...

    def reviewer(self, reviewer: str) -> Reviewer:
        """Return one reviewer; raises NotFound."""
        ...

    def keep_reviewer(self, reviewer: Reviewer) -> None:
        """Add or change a reviewer."""
        ...

    def keep_proposal(self, proposal: Proposal) -> None:
        """Write a proposal, fenced by its version (1 is new); raises Conflict."""
        ...

    def proposal(self, program: str, proposal: str) -> Proposal:
        """Return one proposal to decide about several applications; raises NotFound."""
        ...

    def proposals(self, program: str) -> tuple[Proposal, ...]:
        """Return a program's proposals, newest first."""
        ...

    def cursor(self, name: str) -> str:
        """Return the place where a piecewise job of the clock goes on; empty at its start."""
        ...

    def keep_cursor(self, name: str, cursor: str) -> None:
        """Remember the place where a piecewise job of the clock goes on."""
        ...
