"""The table is the truth: whatever is lost of the workflow, the clock finds and makes up for."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from local.rehearsal.applicants import expect
from roundtable.domain.application import Application
from roundtable.domain.events import PublishedEvent
from roundtable.domain.program import Program
from tests.e2e.scene import Scene
from tests.e2e.waiting import until

TOLD = "not_selected#learning-network:not_selected"


class StartEvents:
    """The events on the bus that ask for an execution, and the rule that hears them."""

    def __init__(self, scene: Scene) -> None:
        self._bus = scene.cloud.outputs["EventBusName"]
        self._events = scene.cloud.client("events")
        rules = self._events.list_rules(EventBusName=self._bus)["Rules"]
        (self._rule,) = (one["Name"] for one in rules if "ExecutionWanted" in one["EventPattern"])

    @contextmanager
    def lost(self) -> Generator[None]:
        """Let nobody hear them for a while."""
        self._events.disable_rule(Name=self._rule, EventBusName=self._bus)
        try:
            yield
        finally:
            self._events.enable_rule(Name=self._rule, EventBusName=self._bus)

    def repeat(self, application: Application) -> None:
        """Send the one of an application's first run, as if it came late."""
        wanted = PublishedEvent(
            application=application.id,
            program=application.program,
            sequence=2,
            at=application.created_at,
            actor_kind="form",
            detail={},
        )
        entry = {
            "EventBusName": self._bus,
            "Source": "roundtable",
            "DetailType": "ExecutionWanted",
            "Detail": wanted.model_dump_json(),
        }
        self._events.put_events(Entries=[entry])


def test_stopped_executions_are_replaced_and_no_decision_is_lost(
    scene: Scene, staff_round: Program
) -> None:
    waiting, decided = (scene.by_web_form(scene.performer(staff_round)) for _ in range(2))
    for team in (waiting, decided):
        scene.waits_in(team, "with_staff")
        scene.executions.stop(team.id)
        assert scene.executions.ends(team.id) == "ABORTED"
    # The stored token is stale; the person who decides need not know.
    answer = expect("decide", scene.decide(decided, "not_selected"), 200)
    assert answer["stage"] == "notifying"

    scene.conductor.tick(sweep=1000)
    assert [scene.application(team).run for team in (waiting, decided)] == [2, 2]
    assert scene.executions.ends(decided.id, 2) == "SUCCEEDED"
    assert "Decide" not in scene.executions.entered(decided.id, 2)

    until("it waits", lambda: "Wait for staff to decide" in scene.executions.entered(waiting.id, 2))
    expect("decide", scene.decide(waiting, "not_selected"), 200)
    assert scene.executions.ends(waiting.id, 2) == "SUCCEEDED"
    for team in (waiting, decided):
        assert scene.application(team).closed_as == "not_selected"
        assert list(scene.notices(team)) == [TOLD, "receipt#1"]
    assert scene.broken_invariants(staff_round) == []


def test_lost_start_event_is_made_up_for_and_starts_nothing_twice(
    scene: Scene, staff_round: Program
) -> None:
    events = StartEvents(scene)
    with events.lost():
        team = scene.by_web_form(scene.performer(staff_round))
        until("its mail is there", lambda: "receipt" in scene.mails(team))
        assert scene.executions.status(team.id) == "NEVER STARTED"
    # Within one interval of the clock it has started.
    scene.later(timedelta(minutes=5))
    scene.conductor.tick()
    waiting = scene.waits_in(team, "with_staff")

    # The event comes after all, while it runs and after its end.
    events.repeat(waiting)
    expect("decide", scene.decide(team, "not_selected"), 200)
    assert scene.executions.ends(team.id) == "SUCCEEDED"
    events.repeat(waiting)
    other = scene.by_web_form(scene.performer(staff_round))
    scene.waits_in(other, "with_staff")
    runs = [name for name in scene.executions.names() if team.id in name]
    assert runs == [scene.executions.of(team.id)]
