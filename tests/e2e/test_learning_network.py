"""The way of a team that asks for the Learning Network, from the draft to its place."""

from datetime import datetime

import pytest

from tests.e2e.scene import Scene
from tests.e2e.waiting import until

MOST_TRANSITIONS = 16
SESSION = {
    "title": "Kick-off",
    "starts": datetime(2023, 1, 17, 13, 0),  # noqa: DTZ001 (local, as in a program file)
    "ends": datetime(2023, 1, 17, 15, 0),  # noqa: DTZ001
}


@pytest.mark.scenario(9)
@pytest.mark.scenario(15)
def test_learning_network_from_draft_to_enrolment(scene: Scene) -> None:
    program = scene.round_of("with-a-session", sessions=(SESSION,))
    team = scene.draft(scene.performer(program))

    def letter() -> str:
        return str(team.status()["documents"][0]["status"])

    # It is looked into as soon as it is there, before anything is submitted.
    until("the letter is checked", lambda: letter() == "checked")
    assert team.status()["missing"] == []

    team.submit()
    first, second = team.performer.receipts
    assert first == second
    scene.waits_in(team, "review")
    status = team.status()
    assert status["state"] == "in_review"
    assert {row["requirement"]: row["verdict"] for row in status["requirements"]} == {
        "commitment-letter": "pass",
        "team": "pass",
        "commitments-learning-network": "pass",
    }

    scene.crew.review(team.id, "approve")
    scene.waits_in(team, "offer")
    assert team.status()["state"] == "offered"
    assert team.performer.answer(team.visitor)

    assert scene.executions.ends(team.id) == "SUCCEEDED"
    assert team.status()["state"] == "enrolled"
    until("the last mail is there", lambda: "enrolled" in scene.mails(team))
    mails = scene.mails(team)
    assert list(mails) == ["receipt", "invitation", "enrolled"]
    (calendar,) = mails["enrolled"].attachments
    assert calendar.name == "with-a-session-sessions.ics"
    assert b"DTSTART;TZID=America/New_York:20230117T130000" in calendar.content
    assert len(scene.executions.entered(team.id)) <= MOST_TRANSITIONS
    assert scene.broken_invariants(program) == []
