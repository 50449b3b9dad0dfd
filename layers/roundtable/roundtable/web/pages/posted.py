"""What a page's form sent: names are JSON pointers, values texts."""

from collections.abc import Iterable
from typing import cast

from roundtable.domain.model import Record

Node = dict[str, "Node | list[str]"]


class Posted(Record):
    """The fields of a form by name, each with all its values, empty ones left out."""

    fields: dict[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return a field's first value without the spaces around it, or an empty text."""
        return next((value.strip() for value in self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return self.fields.get(name, ())

    def tree(self, lists: Iterable[str] = ()) -> dict[str, object]:
        """Return the object that the pointers describe.

        Fields named in `lists` are lists even of one value; objects whose names are all numbers
        are lists in their order, gaps closed. Fields whose name is no pointer are left out. Where
        a name is used for a value and for an object, the object is kept.
        """
        always = frozenset(lists)
        root: Node = {}
        for name, values in self.fields.items():
            if name.startswith("/"):
                _put(root, name, list(values))
        return {key: _value(node, f"/{key}", always) for key, node in root.items()}


def posted(body: object) -> Posted:
    """Return the form of a request whose body `reading.readable` turned into JSON.

    Anything but texts is left out: pages send nothing else.
    """
    content = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in content.items():
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        if texts := tuple(item for item in values if isinstance(item, str)):
            found[name] = texts
    return Posted(fields=found)


def _put(root: Node, pointer: str, values: list[str]) -> None:
    *path, last = (
        part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("/").split("/")
    )
    here = root
    for part in path:
        following = here.get(part)
        if not isinstance(following, dict):
            following = here[part] = cast("Node", {})
        here = following
    if not isinstance(here.get(last), dict):
        here[last] = values


def _value(node: Node | list[str], pointer: str, always: frozenset[str]) -> object:
    if isinstance(node, list):
        return node if pointer in always or len(node) > 1 else node[0]
    if node and all(key.isascii() and key.isdigit() for key in node):
        ordered = sorted(node.items(), key=lambda item: (len(item[0]), item[0]))
        return [_value(item, f"{pointer}/{key}", always) for key, item in ordered]
    return {key: _value(item, f"{pointer}/{key}", always) for key, item in node.items()}
