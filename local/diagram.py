"""Draw the state machine for docs/architecture.md, so that the picture is never out of date.

Run as `python -m local.diagram` to write the drawing between its markers; a test fails where the
document shows another machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from local.places import CHECKOUT
from local.problem import CannotGoOnError

DEFINITION = CHECKOUT / "statemachines" / "application.asl.yaml"
DOCUMENT = CHECKOUT / "docs" / "architecture.md"
BEGIN = "<!-- the workflow: written by `python -m local.diagram` -->"
END = "<!-- the workflow ends -->"
_STAGE = re.compile(r"stage = '(\w+)'")


def mermaid(definition: Mapping[str, Any]) -> str:
    """Draw a definition as a Mermaid flowchart.

    Rounded states wait for a person or a date. What every step shares, the way to staff and back
    to where the application stands, is left to the text: it would hide the rest.
    """
    states: Mapping[str, Mapping[str, Any]] = definition["States"]
    lines = ["flowchart TD"]
    lines += [f"  {_node(name, state)}" for name, state in states.items()]
    lines += [f"  begin([submitted]) --> {_id(definition['StartAt'])}"]
    for name, state in states.items():
        lines += [f"  {way}" for way in _ways(name, state)]
    waits = [_id(name) for name, state in states.items() if _waits(state)]
    lines += ["  classDef wait stroke-dasharray: 4 3", f"  class {','.join(waits)} wait"]
    return "\n".join(lines)


def with_drawing(document: str, drawing: str) -> str:
    """Put a drawing between the markers of a document.

    Raises:
        CannotGoOnError: the markers are not there, once each and in order.

    """
    before, found, rest = document.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise CannotGoOnError(f"the document needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n```mermaid\n{drawing}\n```\n\n{END}{after}"


def read_definition(file: Path = DEFINITION) -> Mapping[str, Any]:
    """Read the state machine's definition."""
    loaded: object = YAML(typ="safe", pure=True).load(file)  # pyright: ignore[reportUnknownMemberType]
    return cast("Mapping[str, Any]", loaded)


def main() -> None:
    """Write the drawing into the document."""
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_drawing(document, mermaid(read_definition())), encoding="utf-8")


def _node(name: str, state: Mapping[str, Any]) -> str:
    if _waits(state):
        return f'{_id(name)}("{name}")'
    match state["Type"]:
        case "Choice":
            return f'{_id(name)}{{"{name}"}}'
        case "Map":
            checks = [inner for inner, of in state["ItemProcessor"]["States"].items()
                      if of["Type"] == "Task"]  # fmt: skip
            return f'{_id(name)}[["{name}<br/><small>{" · ".join(checks)}</small>"]]'
        case _:
            return f'{_id(name)}["{name}"]'


def _ways(name: str, state: Mapping[str, Any]) -> Iterator[str]:
    for choice in state.get("Choices", ()):
        if stage := _STAGE.search(choice["Condition"]):
            yield f"{_id(name)} -- {stage[1]} --> {_id(choice['Next'])}"
    if "Default" in state:
        yield f"{_id(name)} -. any other .-> {_id(state['Default'])}"
    if "Next" in state:
        yield f"{_id(name)} --> {_id(state['Next'])}"
    if state.get("End"):
        yield f"{_id(name)} --> done([closed])"


def _waits(state: Mapping[str, Any]) -> bool:
    return str(state.get("Resource", "")).endswith(".waitForTaskToken")


def _id(name: str) -> str:
    return name.replace(" ", "_").lower()


if __name__ == "__main__":
    try:
        main()
    except CannotGoOnError as problem:
        sys.exit(str(problem))
