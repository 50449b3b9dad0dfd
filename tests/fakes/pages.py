"""Pages of a sorted list, with the same promises as the adapter's."""

import base64
import json
from collections.abc import Iterable
from typing import TypeVar, cast

from roundtable.ports import Page

T = TypeVar("T")
Place = tuple[str, ...]
"""Where an item stands in its list; no two items stand at the same place."""


def page(name: str, items: Iterable[tuple[Place, T]], limit: int, cursor: str | None) -> Page[T]:
    """Return the items after the cursor, by place; raises ValueError for another list's cursor."""
    after = _place(name, cursor) if cursor else ()
    following = sorted(
        ((place, item) for place, item in items if place > after), key=lambda pair: pair[0]
    )
    part = following[:limit]
    more = len(following) > limit
    return Page(
        tuple(item for _, item in part), _cursor(name, part[-1][0]) if more and part else None
    )


def _cursor(name: str, place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps([name, *place]).encode()).decode()


def _place(name: str, cursor: str) -> Place:
    try:
        content = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except ValueError:
        content = None
    if isinstance(content, list):
        parts = [str(part) for part in cast("list[object]", content)]
        if parts[:1] == [name]:
            return tuple(parts[1:])
    raise ValueError("the cursor is not one that this list gave out")
