"""A team that withdraws while reviewers have its application."""

from local.rehearsal.applicants import expect
from tests.e2e.scene import Scene
from tests.e2e.waiting import problem


def test_withdrawal_ends_the_execution_and_empties_the_queue(scene: Scene) -> None:
    team = scene.draft(scene.performer(scene.program))
    team.submit()
    scene.waits_in(team, "review")
    (reviewer,) = scene.crew.panel(team.id)

    def queue() -> list[str]:
        page = expect("queue", reviewer.get("/api/reviewer/queue", limit="100"), 200)
        return [item["application"] for item in page["items"]]

    assert team.id in queue()
    team.performer.withdraw(team.visitor)
    assert team.id not in queue()
    assert scene.executions.ends(team.id) == "SUCCEEDED"
    assert team.status()["state"] == "withdrawn"
    gone = reviewer.get(f"/api/reviewer/applications/{team.id}")
    problem(gone, 409, "review-taken-back")
