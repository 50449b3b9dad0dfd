"""Two decisions on the last seat at one moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from local.rehearsal.applicants import expect
from tests.e2e.scene import Scene
from tests.e2e.waiting import problem, until


@pytest.mark.scenario(25)
def test_last_seat_goes_to_exactly_one_of_two(scene: Scene) -> None:
    program = scene.small_round("last-seat-e2e", capacity=1)
    teams = [scene.by_web_form(scene.performer(program)) for _ in range(2)]
    for team in teams:
        scene.waits_in(team, "with_staff")

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(scene.decide, teams, ["accepted"] * 2))
    won, lost = sorted(zip(replies, teams, strict=True), key=lambda pair: pair[0].status)
    assert won[0].status == 200
    problem(lost[0], 409, "track-full")

    winner, loser = won[1], lost[1]
    scene.waits_in(winner, "offer")
    until("the winner is invited", lambda: "invitation" in scene.mails(winner))
    application = scene.application(loser)
    assert (application.stage, application.outcomes) == ("with_staff", ())
    assert list(scene.notices(loser)) == ["receipt#1"]
    counts = expect("counts", scene.desk.get(f"/api/staff/programs/{program.key}/counts"), 200)
    (seats,) = [(row["taken"], row["open"]) for row in counts["tracks"]]
    assert seats == (1, 0)
    assert scene.broken_invariants(program) == []
