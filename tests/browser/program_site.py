"""The applicants' site as it is, with the programs of this repository and a clock of the tests."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roundtable.programs.loading import load_programs
from roundtable.runtime import composition
from tests.browser.serving import serving
from tests.fakes import FakePorts
from tests.functions.applicant_world import SITE
from tests.functions.members import Context

PROGRAMS = load_programs(Path(__file__).parents[2] / "programs")
EQUITY, WORKSHOPS = "pursuing-equity-2023", "antiracism-workshops-2024"
OPEN = datetime(2022, 10, 3, 14, 0, tzinfo=UTC)
"""Both tracks of the first program take applications; the second program is still to come."""


@contextmanager
def program_site() -> Generator[tuple[str, FakePorts]]:
    """Serve the site for the time being; gives its origin and what it stands on."""
    ports = FakePorts()
    ports.clock.set(OPEN)
    for program in PROGRAMS:
        ports.rounds.given(program)

    def handle(event: dict[str, Any]) -> dict[str, Any]:
        return SITE.handler(event, Context())

    with pytest.MonkeyPatch.context() as patch, serving(handle) as origin:
        ports.site_url = origin
        patch.setattr(composition, "ports", lambda: ports)
        yield origin, ports
