"""Who may call which site: the gateway asks for a token, the site for the group."""

import pytest

from local.users import REVIEWER
from tests.e2e.scene import Scene
from tests.e2e.waiting import problem

STAFF_PATH = "/api/staff/reviewers"
REVIEWER_PATH = "/api/reviewer/queue"


@pytest.mark.parametrize("path", [STAFF_PATH, REVIEWER_PATH])
@pytest.mark.parametrize("token", [None, "broken", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."])
def test_without_a_good_token_the_gateway_refuses(
    scene: Scene, path: str, token: str | None
) -> None:
    visitor = scene.cloud.visitor()
    visitor.token = token
    assert visitor.get(path).status == 401


def test_token_with_another_signature_is_refused(scene: Scene) -> None:
    visitor = scene.cloud.visitor()
    head, body, signature = str(scene.desk.token).split(".")
    visitor.token = f"{head}.{body}.{signature[::-1]}"
    assert visitor.get(STAFF_PATH).status == 401


def test_each_group_is_refused_at_the_other_site(scene: Scene) -> None:
    reviewer = scene.cloud.visitor()
    reviewer.token = scene.cloud.token(REVIEWER.group)
    problem(reviewer.get(STAFF_PATH), 403, "wrong-group")
    problem(scene.desk.get(REVIEWER_PATH), 403, "wrong-group")
    # The sign-in of the applicants' site is none of theirs.
    path = f"/api/programs/{scene.program.key}/my-applications"
    problem(scene.desk.get(path), 401, "not-signed-in")
    applicant = scene.performer(scene.program).visit()
    assert applicant.get(STAFF_PATH).status == 401
