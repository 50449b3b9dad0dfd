"""The workflow's definition changes while applications wait in it."""

from collections.abc import Generator

import pytest

from local.rehearsal.applicants import expect
from roundtable.domain.program import Program
from tests.e2e.scene import Scene
from tests.e2e.waiting import until

HUB = "Pick up where the application stands"
WAIT = "Wait for staff to decide"
PAUSE = "Take a breath"


@pytest.fixture
def slower(scene: Scene) -> Generator[None]:
    """A definition that rests before it waits for staff; in the end, the deployed one again."""
    deployed = scene.executions.definition()
    upgraded = scene.executions.definition()
    upgraded["Comment"] = "The next version."
    upgraded["States"][PAUSE] = {"Type": "Wait", "Seconds": 2, "Next": WAIT}
    for choice in upgraded["States"][HUB]["Choices"]:
        if choice["Next"] == WAIT:
            choice["Next"] = PAUSE
    scene.executions.redefine(upgraded)
    yield
    scene.executions.redefine(deployed)


@pytest.mark.scenario(30)
def test_application_that_waited_through_an_upgrade_finishes(
    scene: Scene, staff_round: Program, request: pytest.FixtureRequest
) -> None:
    before = scene.by_web_form(scene.performer(staff_round))
    scene.waits_in(before, "with_staff")
    request.getfixturevalue("slower")
    after = scene.by_web_form(scene.performer(staff_round))

    # The old one goes on by the definition it was started with.
    expect("decide", scene.decide(before, "not_selected"), 200)
    assert scene.executions.ends(before.id) == "SUCCEEDED"
    assert PAUSE not in scene.executions.entered(before.id)

    # The new one is decided before its execution waits, and hears of it all the same.
    until("it rests", lambda: PAUSE in scene.executions.entered(after.id))
    assert not scene.is_in(after, "with_staff")
    expect("decide", scene.decide(after, "not_selected"), 200)
    assert scene.executions.ends(after.id) == "SUCCEEDED"
    entered = scene.executions.entered(after.id)
    assert entered[entered.index(WAIT) + 1] == "Look where the application stands"
    for team in (before, after):
        assert scene.application(team).closed_as == "not_selected"
    assert scene.broken_invariants(staff_round) == []
