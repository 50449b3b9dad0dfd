"""The table is the truth: whatever is lost of the workflow, the clock finds and makes up for."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from local.functions import function_names
from local.rehearsal.applicants import expect
from tests.e2e.scene import Scene
from tests.e2e.waiting import until


@contextmanager
def start_events_held_up(scene: Scene) -> Generator[None]:
    """Keep the table's stream from the function that starts executions."""
    function = function_names(scene.cloud.account)["StartWorkflowFunction"]
    functions = scene.cloud.client("lambda")
    (mapping,) = functions.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def test_stopped_execution_is_replaced_by_a_second_run(scene: Scene) -> None:
    program = scene.small_round("stopped-e2e")
    team = scene.by_web_form(scene.performer(program))
    scene.waits_in(team, "with_staff")

    scene.executions.stop(team.id)
    assert scene.executions.ends(team.id) == "ABORTED"
    scene.conductor.tick(sweep=1000)
    application = scene.application(team)
    assert (application.run, application.stage) == (2, "with_staff")
    until("run 2 is at work", lambda: scene.executions.status(team.id, 2) == "RUNNING")
    until("it waits", lambda: "Wait for staff to decide" in scene.executions.entered(team.id, 2))

    expect("decide", scene.decide(team, "not_selected"), 200)
    assert scene.executions.ends(team.id, 2) == "SUCCEEDED"
    assert scene.waits_in(team, "closed").closed_as == "not_selected"
    until("it was told", lambda: "not_selected" in scene.mails(team))
    invariants = scene.invariants(program)
    assert all(invariants.values()), invariants


def test_decision_is_kept_while_no_execution_can_hear_of_it(scene: Scene) -> None:
    program = scene.small_round("unheard-e2e")
    team = scene.by_web_form(scene.performer(program))
    scene.waits_in(team, "with_staff")
    scene.executions.stop(team.id)

    # The stored token is stale; that is nothing the person who decides would notice.
    decided = expect("decide", scene.decide(team, "not_selected"), 200)
    assert decided["stage"] == "notifying"
    assert "not_selected" not in scene.mails(team)
    scene.conductor.tick(sweep=1000)
    assert scene.executions.ends(team.id, 2) == "SUCCEEDED"
    assert scene.waits_in(team, "closed").closed_as == "not_selected"
    assert "Decide" not in scene.executions.entered(team.id, 2)
    invariants = scene.invariants(program)
    assert all(invariants.values()), invariants


def test_lost_start_event_is_made_up_for_and_starts_nothing_twice(scene: Scene) -> None:
    program = scene.small_round("never-started-e2e")
    with start_events_held_up(scene):
        team = scene.by_web_form(scene.performer(program))
        scene.conductor.tick()
        assert scene.executions.status(team.id) == "NEVER STARTED"
        # Within one interval of the clock it has started.
        scene.later(timedelta(minutes=5))
        scene.conductor.tick()
        scene.waits_in(team, "with_staff")
    # Now its event comes after all.
    expect("decide", scene.decide(team, "not_selected"), 200)
    assert scene.executions.ends(team.id) == "SUCCEEDED"
    runs = [name for name in scene.executions.names() if team.id in name]
    assert runs == [scene.executions.of(team.id)]
    invariants = scene.invariants(program)
    assert all(invariants.values()), invariants
