"""Not selected for the Action Community, a team is considered for the Learning Network."""

import pytest

from local.rehearsal.applicants import expect
from tests.e2e.scene import ACTION_COMMUNITY, LEARNING_NETWORK, Scene
from tests.e2e.waiting import until

MOST_TRANSITIONS = 30
FEEDBACK = "Your examples from the clinics were strong; the data plan was still at its beginning."


@pytest.mark.scenario(9)
@pytest.mark.scenario(24)
def test_fallback_tells_feedback_and_offer_in_one_notice(scene: Scene) -> None:
    program = scene.program
    team = scene.draft(scene.performer(program, ACTION_COMMUNITY))
    team.submit()
    scene.waits_in(team, "review")
    assert len(scene.crew.panel(team.id)) == 2
    scene.crew.review(team.id, "decline")
    scene.waits_in(team, "with_staff")

    expect("decide", scene.decide(team, "not_selected", feedback=FEEDBACK), 200)
    application = scene.waits_in(team, "review")
    assert application.track == LEARNING_NETWORK
    # Nothing to fill in, and nothing to be guessed before it is told.
    status = team.status()
    assert (status["track"], status["state"]) == (ACTION_COMMUNITY, "in_review")
    assert (status["decisions"], status["missing"]) == ([], [])
    assert status["promise"]["by"] == "2022-12-05"

    scene.crew.review(team.id, "approve")
    scene.waits_in(team, "announcing")
    path = f"/api/staff/applications/{team.id}/announcement"
    expect("announce", scene.desk.post_json(path, {}), 200)
    scene.waits_in(team, "offer")
    until("it was told", lambda: "fallback_offer" in scene.mails(team))
    mails = scene.mails(team)
    assert list(mails) == ["receipt", "fallback_offer"]
    assert FEEDBACK in " ".join(mails["fallback_offer"].text.split())
    assert "Learning Network" in mails["fallback_offer"].subject
    assert [(row["track"], row["decision"]) for row in team.status()["decisions"]] == [
        (ACTION_COMMUNITY, "not_selected"),
        (LEARNING_NETWORK, "accepted"),
    ]

    assert team.performer.answer(team.visitor)
    assert scene.executions.ends(team.id) == "SUCCEEDED"
    assert team.status()["state"] == "enrolled"
    assert len(scene.executions.entered(team.id)) <= MOST_TRANSITIONS
    assert scene.broken_invariants(program) == []
