"""Form-encoded fields as the nested form they stand for.

`organization.name=…` names a field of an object, `team.0.name=…` one of a list's items, a name
that comes several times (`tracks=a&tracks=b`) or with a number (`tracks.0=a`) is a list. Empty
fields are left out, as pages send them for whatever was not filled in.
"""

from collections.abc import Iterable
from typing import cast

Node = dict[str, "Node | list[str]"]
"""An object under construction; the values of a leaf are collected in a list."""

MAX_DEPTH = 4


def unflatten(pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the object that flat names and values stand for."""
    root: Node = {}
    for name, value in pairs:
        if value.strip():
            _put(root, name.split(".", MAX_DEPTH), value)
    return {
        name: _value(node, is_list=name == "tracks", lists_inside=name == "attestations")
        for name, node in root.items()
    }


def _put(root: Node, path: list[str], value: str) -> None:
    here = root
    for part in path[:-1]:
        following = here.get(part)
        if not isinstance(following, dict):
            # The same name as a value and as an object: the values become numbered fields.
            texts = following or []
            following = cast("Node", {str(number): [text] for number, text in enumerate(texts)})
            here[part] = following
        here = following
    last = here.setdefault(path[-1], cast("list[str]", []))
    if isinstance(last, list):
        last.append(value)
    else:
        last.setdefault(str(len(last)), [value])


def _value(node: Node | list[str], *, is_list: bool = False, lists_inside: bool = False) -> object:
    if isinstance(node, list):
        return node if is_list or len(node) > 1 else node[0]
    if node and all(key.isascii() and key.isdigit() for key in node):
        ordered = sorted(node.items(), key=lambda item: (len(item[0]), item[0]))
        return [_value(item) for _, item in ordered]
    return {key: _value(item, is_list=lists_inside) for key, item in node.items()}
