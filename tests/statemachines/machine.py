"""The state machine's definition as data, and the ways through it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

CHECKOUT = Path(__file__).parents[2]
DEFINITION_FILE = CHECKOUT / "statemachines" / "application.asl.yaml"

LOOK = "Look where the application stands"
HUB = "Pick up where the application stands"
HELP = "Ask staff for help"
WAIT_FOR_STAFF = "Wait for staff"

State = Mapping[str, Any]


@dataclass(frozen=True)
class Placed:
    """A state, its name, and its siblings."""

    name: str
    state: State
    siblings: Mapping[str, State]
    start: str


@cache
def text() -> str:
    """Return the definition as written."""
    return DEFINITION_FILE.read_text(encoding="utf-8")


@cache
def definition() -> Mapping[str, Any]:
    """Return the definition, its substitutions not yet replaced."""
    yaml = YAML(typ="safe", pure=True)
    return cast("Mapping[str, Any]", yaml.load(text()))  # pyright: ignore[reportUnknownMemberType]


def placed(machine: Mapping[str, Any] | None = None) -> Iterator[Placed]:
    """Yield every state, those inside a Map too."""
    machine = definition() if machine is None else machine
    states: Mapping[str, State] = machine["States"]
    for name, state in states.items():
        yield Placed(name, state, states, machine["StartAt"])
        if "ItemProcessor" in state:
            yield from placed(state["ItemProcessor"])


def every() -> dict[str, Placed]:
    """Return every state by its name."""
    return {one.name: one for one in placed()}


def of_type(*types: str) -> dict[str, State]:
    """Return the states of these types by name."""
    return {one.name: one.state for one in placed() if one.state["Type"] in types}


def is_wait(state: State) -> bool:
    """Tell whether a state waits for somebody's callback."""
    return str(state.get("Resource", "")).endswith(".waitForTaskToken")


def calls_function(state: State) -> bool:
    """Tell whether a state calls one of our functions."""
    return state.get("Resource") == "arn:aws:states:::lambda:invoke"


def function_of(state: State) -> str:
    """Return the name that the template substitutes for the function a state calls."""
    return str(state["Arguments"]["FunctionName"])[len("${") : -len("FunctionArn}")]


def successors(state: State) -> Iterator[str]:
    """Yield the states that may follow a state."""
    if "Next" in state:
        yield state["Next"]
    if "Default" in state:
        yield state["Default"]
    for way in (*state.get("Choices", ()), *state.get("Catch", ())):
        yield way["Next"]
