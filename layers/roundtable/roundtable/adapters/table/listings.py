"""Pages of sorted lists that an index keeps in several shards."""

import base64
import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from roundtable.adapters.table.keys import hashed
from roundtable.adapters.table.marshalling import Item, text_of
from roundtable.adapters.table.table import Table, sort_key

_FIRST = " "
_LAST = "~"
"""Before and behind every sort key: those begin with a digit."""
_LONGEST = 1_000
"""Of what a cursor names; the table takes sort keys of 1,024 bytes."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that stands in an index under several partitions, sorted over all of them.

    No two items have the same sort key, so the last one read is where every shard goes on. A
    page reads at most its size and one more from each shard, however long the list is.
    """

    index: str
    partitions: tuple[str, ...]
    until: str = _LAST
    program: str = ""
    """Only this program's items, of a list over all programs."""

    def page(self, table: Table, limit: int, cursor: str | None) -> tuple[list[Item], str | None]:
        """Return the items after a cursor, and the cursor of the next page.

        Raises ValueError for a cursor of another list or of none, and Unavailable.
        """
        # No sort key holds anything below a space: this is the first text behind the last one.
        low = self._place(cursor) + _FIRST if cursor else _FIRST
        if low > self.until:
            return [], None
        shards = [self._shard(table, partition, low, limit) for partition in self.partitions]
        name = sort_key(self.index)
        merged = heapq.merge(*shards, key=lambda item: text_of(item, name))
        items = list(islice(merged, limit + 1))
        if len(items) <= limit:
            return items, None
        items.pop()
        return items, self._cursor(text_of(items[-1], name))

    def _shard(self, table: Table, partition: str, low: str, limit: int) -> Sequence[Item]:
        found: Iterator[Item] = table.between(
            self.index, partition, low, self.until, limit=limit + 1, program=self.program
        )
        return list(islice(found, limit + 1))

    @property
    def _name(self) -> str:
        return hashed(self.index, *self.partitions, self.program)[:12]

    def _cursor(self, place: str) -> str:
        content = json.dumps({"list": self._name, "after": place})
        return base64.urlsafe_b64encode(content.encode()).decode()

    def _place(self, cursor: str) -> str:
        try:
            content = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            given = cast("dict[str, object]", content)
            after = given.get("after")
            if given.get("list") == self._name and isinstance(after, str) and _is_place(after):
                return after
        raise ValueError("the cursor is not one that this list gave out")


def _is_place(text: str) -> bool:
    """Return whether a text could be a sort key; others the table does not even look up."""
    return len(text) <= _LONGEST and text.isascii() and text.isprintable()
