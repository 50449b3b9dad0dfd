"""The text of a program file as plain values, and where each of them stands in the file."""

import re
from dataclasses import dataclass, field
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
Value = str | int | bool | None | list["Value"] | dict[str, "Value"]

MAX_BYTES = 256 * 1024
"""A program file is written by hand; the one of Pursuing Equity has 20 kilobytes."""
_MAX_DEPTH = 20
_WHOLE = re.compile(r"[-+]?\d{1,18}")
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a file; lines and columns count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong with the text itself, before it is looked at as a program."""

    spot: Spot
    path: Path
    reason: str


class SourceError(ValueError):
    """The text is no well-formed file; `troubles` says what and where."""

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__(f"{len(troubles)} problems")
        self.troubles = troubles


@dataclass(frozen=True)
class Source:
    """The values of a file, and for every path the spots of its name and of its value."""

    values: Value
    names: dict[Path, Spot] = field(default_factory=dict[Path, Spot])
    """Where the name of a field, or the dash of a list's item, stands."""
    contents: dict[Path, Spot] = field(default_factory=dict[Path, Spot])
    """Where a value begins."""


def read_source(text: str) -> Source:
    """Read YAML 1.2 of the plain kind: names, lists, texts, numbers, true and false.

    A day or a time stays the text it is; what it means is for the program's model to say. Refused,
    with SourceError: more than 256 KB, anchors and aliases (a few lines can unfold to gigabytes),
    tags, directives, nesting beyond 20 levels, a name given twice, several documents.
    """
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise SourceError(Trouble(Spot(), (), f"is larger than {MAX_BYTES // 1024} KB"))
    try:
        _refuse_machinery(text)
        root = _yaml().compose(text)
    except MarkedYAMLError as error:
        raise SourceError(_syntax(error)) from error
    except YAMLError as error:
        spot, reason = _unreadable(text, error)
        raise SourceError(Trouble(spot, (), reason)) from error
    if root is None:
        raise SourceError(Trouble(Spot(), (), "is empty"))
    source = Source({})
    troubles: list[Trouble] = []
    values = _read(root, (), source, troubles)
    if troubles:
        raise SourceError(*sorted(troubles, key=lambda trouble: trouble.spot))
    return Source(values, source.names, source.contents)


def _yaml() -> Any:  # noqa: ANN401 (ruamel.yaml types little)
    return YAML(typ="safe", pure=True)


def _refuse_machinery(text: str) -> None:
    """Refuse what a hand-written file needs not, before anything is built from it."""
    depth = 0
    for event in _yaml().parse(text):
        kind = type(event).__name__
        spot = _spot(event.start_mark)
        if kind == "DocumentStartEvent" and (event.version or event.tags):
            raise SourceError(
                Trouble(spot, (), "has a directive (%) above this line; leave it out")
            )
        if getattr(event, "anchor", None):
            raise SourceError(
                Trouble(spot, (), "uses an anchor or alias (& or *); write the value out again")
            )
        depth += kind.endswith(("MappingStartEvent", "SequenceStartEvent"))
        depth -= kind.endswith(("MappingEndEvent", "SequenceEndEvent"))
        if depth > _MAX_DEPTH:
            raise SourceError(Trouble(spot, (), "is nested too deeply"))


def _read(node: object, path: Path, source: Source, troubles: list[Trouble]) -> Value:
    spot = _spot(cast("Any", node).start_mark)
    source.contents[path] = spot
    source.names.setdefault(path, spot)
    if isinstance(node, MappingNode):
        return _read_mapping(node, path, source, troubles)
    if isinstance(node, SequenceNode):
        items = cast("list[object]", cast("Any", node).value)
        return [_read(item, (*path, index), source, troubles) for index, item in enumerate(items)]
    return _read_scalar(cast("ScalarNode", node), path, spot, troubles)


def _read_mapping(
    node: MappingNode, path: Path, source: Source, troubles: list[Trouble]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name_node, value_node in cast("list[tuple[Any, Any]]", cast("Any", node).value):
        spot = _spot(name_node.start_mark)
        if not isinstance(name_node, ScalarNode):
            troubles.append(Trouble(spot, path, "the name of a field must be a plain word"))
            continue
        name = str(cast("Any", name_node).value)
        here = (*path, name)
        if name in values:
            first = source.names[here].line
            troubles.append(Trouble(spot, here, f"is given twice; the first is in line {first}"))
            continue
        source.names[here] = spot
        values[name] = _read(value_node, here, source, troubles)
    return values


def _read_scalar(node: ScalarNode, path: Path, spot: Spot, troubles: list[Trouble]) -> Value:
    text = str(cast("Any", node).value)
    tag = str(cast("Any", node).tag)
    match tag.removeprefix(_TAG):
        case "int" if _WHOLE.fullmatch(text):
            return int(text)
        case "bool":
            return text.lower() == "true"
        case "null":
            return None
        case "str" | "int" | "float" | "timestamp" | "merge" | "value":
            return text
        case _:
            troubles.append(Trouble(spot, path, f"has a tag ({tag}); leave it out"))
            return None


def _spot(mark: Any) -> Spot:  # noqa: ANN401 (ruamel.yaml types little)
    return Spot(mark.line + 1, mark.column + 1) if mark is not None else Spot()


def _syntax(error: MarkedYAMLError) -> Trouble:
    marked = cast("Any", error)
    words = [str(word).strip() for word in (marked.problem, marked.context) if word]
    reason = "; ".join(words) or "is not YAML"
    hint = ""
    if "mapping values are not allowed" in reason:
        hint = " (a text with a colon goes in quotes, and fields of one group are aligned)"
    elif "cannot start any token" in reason:
        hint = " (indent with spaces, and put a text that begins with a sign in quotes)"
    return Trouble(
        _spot(marked.problem_mark or marked.context_mark), (), f"is not YAML: {reason}{hint}"
    )


def _unreadable(text: str, error: YAMLError) -> tuple[Spot, str]:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Spot(), "is not YAML"
    before = text[:position]
    spot = Spot(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    return spot, "has a sign that no text may hold (a control character)"
