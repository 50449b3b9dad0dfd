"""A notice that does not arrive."""

import pytest

from local.rehearsal.applicants import expect
from roundtable.domain.program import Program
from tests.e2e.scene import Scene
from tests.e2e.waiting import until


@pytest.mark.scenario(28)
def test_bounced_notice_is_a_task_and_goes_to_the_second_contact(
    scene: Scene, staff_round: Program
) -> None:
    second = "deputy@second-contact.example"
    performer = scene.performer(
        staff_round,
        email="bounce@simulator.amazonses.com",
        also={"second_contact": {"name": "Deputy", "email": second}},
    )
    team = scene.by_web_form(performer)
    until("it bounced", lambda: scene.notices(team)["receipt#1"].status == "undelivered")
    assert scene.notices(team)["receipt#1"].problem == "The address bounced."
    until("the second contact has it", lambda: "receipt" in scene.mails(team, to=second))
    staff = staff_round.organizer.email
    until("staff were told", lambda: "staff_alert" in scene.mails(team, to=staff))

    path = f"/api/staff/programs/{staff_round.key}/notices"
    outbox = expect("outbox", scene.desk.get(path, status="undelivered"), 200)["items"]
    assert [(row["application"], row["notice"]) for row in outbox] == [(team.id, "receipt#1")]
    # Whoever reads that address after all finds everything on the status page.
    team.visitor = performer.visit()
    assert team.status()["state"] == "in_review"
