"""What all tests share: no sockets outside the end-to-end tests, and the table of scenarios."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from pytest_socket import disable_socket, enable_socket

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

ROOT = Path(__file__).parents[1]
TRACE = ROOT / "build" / "trace.json"
_SCENARIO = re.compile(r"^(\d+)\. \*\*(.+?)\*\*", re.MULTILINE)


@pytest.fixture(autouse=True)
def sockets(request: pytest.FixtureRequest) -> None:
    """Close the network for every test but those that run on the embedded AWS."""
    # pytest 9.1 does not say what a node is.
    item = cast("pytest.Item", request.node)  # pyright: ignore[reportUnknownMemberType]
    if item.get_closest_marker("e2e"):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name files by their size: archives hold the time, and workers must agree on the names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Carry each test's scenarios along with its report, from any worker."""
    for item in items:
        for mark in item.iter_markers("scenario"):
            item.user_properties.append(("scenario", mark.args[0]))


class ScenarioTable:
    """Collects which tests prove which scenario, prints the table, writes the trace."""

    def __init__(self) -> None:
        self._tests: dict[int, dict[str, bool]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember whether a test with scenarios passed all of its phases."""
        for name, number in report.user_properties:
            if name == "scenario":
                seen = self._tests[int(str(number))]
                passed = report.passed and seen.get(report.nodeid, True)
                seen[report.nodeid] = passed

    def pytest_terminal_summary(self, terminalreporter: "TerminalReporter") -> None:
        """Print each scenario as proven, failed or not yet."""
        titles = scenario_titles()
        trace: dict[str, Any] = {}
        terminalreporter.section("scenarios (docs/acceptance.md)")
        for number, title in titles.items():
            tests = self._tests.get(number, {})
            passed = bool(tests) and all(tests.values())
            word = "proven" if passed else "FAILED" if tests else "not yet"
            terminalreporter.write_line(f"{number:>3}  {word:<8} {len(tests):>3} tests  {title}")
            if tests:
                trace[str(number)] = {"tests": sorted(tests), "passed": passed}
        TRACE.parent.mkdir(exist_ok=True)
        TRACE.write_text(json.dumps({"scenarios": trace}, indent=2) + "\n")


def scenario_titles() -> dict[int, str]:
    """Return the titles of the acceptance list by number."""
    text = (ROOT / "docs" / "acceptance.md").read_text()
    return {int(number): title for number, title in _SCENARIO.findall(text)}


def pytest_configure(config: pytest.Config) -> None:
    """Add the table on the process that sees all reports."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ScenarioTable(), "scenario-table")
