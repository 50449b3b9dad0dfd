"""A letter that is not as it should be: returned, mended, and nothing else changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from local.rehearsal.applicants import expect
from local.rehearsal.cast import Part
from local.rehearsal.crew import give_review
from tests.e2e.scene import ACTION_COMMUNITY, Scene
from tests.e2e.waiting import problem

LETTER = "commitment-letter"


@pytest.mark.scenario(9)
@pytest.mark.scenario(10)
def test_letter_is_returned_for_a_signature_and_again_after_the_close(scene: Scene) -> None:
    program = scene.round_of("corrections-e2e")
    team = scene.draft(scene.performer(program, ACTION_COMMUNITY, Part.CORRECTED))
    team.submit()
    received_at = scene.waits_in(team, "corrections").received_at
    status = team.status()
    assert status["state"] == "incomplete"
    (missing,) = status["missing"]
    assert missing["requirement"] == LETTER
    assert "Board Chair" in missing["reason"]

    # The last file completes it, without submitting again.
    team.performer.mend(team.visitor)
    scene.waits_in(team, "review")

    closing = f"/api/staff/programs/{program.key}/tracks/{ACTION_COMMUNITY}/closing"
    expect("close the track", scene.desk.post_json(closing, {"version": 1}), 200)
    scene.later(timedelta(hours=1))
    returns = [{"requirement": LETTER, "reason": "The second page is missing."}]
    given = give_review(scene.crew.panel(team.id)[0], team.id, "return", returns=returns)
    assert given["stage"] == "corrections"
    scene.waits_in(team, "corrections")
    (missing,) = team.status()["missing"]
    assert (missing["requirement"], missing["reason"]) == (LETTER, "The second page is missing.")

    video = {
        "requirement": "team-video",
        "file_name": "team.mp4",
        "content_type": "video/mp4",
        "size": 1000,
    }
    problem(team.visitor.post_json(f"{team.path}/uploads", video), 409, "not-returned")
    team.performer.applicant = replace(team.performer.applicant, docx=True)
    team.performer.mend(team.visitor)
    assert scene.waits_in(team, "review").received_at == received_at
    assert list(scene.mails(team)) == ["receipt", "corrections"]
    assert sum(key.startswith("corrections#") for key in scene.notices(team)) == 2
    assert scene.broken_invariants(program) == []
