"""Personal data stay where they belong: in no log, no execution, no dead letter."""

import json
from typing import Any

import pytest

from local.functions import function_names, invoke
from local.problem import CannotGoOnError
from local.rehearsal.applicants import expect
from tests.e2e.scene import SURNAME, Scene
from tests.e2e.waiting import until

ANSWER = "Thirty-one families of the Marigold quarter taught us"
PRONOUNS = "xe/xem, spelled heliotrope"
MEMBER = "Ottoline Brackenbury"
TRACES = (SURNAME, "@applicant", ANSWER, PRONOUNS, "heliotrope", MEMBER, "Street Community Health")
"""Of every applicant in these tests, and of this one."""


@pytest.mark.scenario(32)
def test_personal_data_appear_in_no_log_execution_or_dead_letter(scene: Scene) -> None:
    also = {
        "answers": {"why-now": ANSWER, "pronouns": PRONOUNS},
        "team": [{"name": f"{MEMBER} {place}", "role": "Nurse"} for place in range(3)],
    }
    team = scene.draft(scene.performer(scene.program, also=also))
    # Refusals quote what was sent, to the applicant alone.
    unknown = {**also, "email": team.email}
    assert team.visitor.post_json(f"{team.path}/uploads", unknown).status == 422
    team.submit()
    scene.waits_in(team, "review")
    (reviewer,) = scene.crew.panel(team.id)
    page = expect("read", reviewer.get(f"/api/reviewer/applications/{team.id}"), 200)
    assert ANSWER in json.dumps(page)
    assert PRONOUNS not in json.dumps(page)
    story = expect("story", scene.desk.get(f"/api/staff/applications/{team.id}"), 200)
    assert story["identity"] is None
    assert PRONOUNS not in json.dumps(story)
    team.performer.withdraw(team.visitor)
    assert scene.executions.ends(team.id) == "SUCCEEDED"
    until("it was told", lambda: "withdrawn" in scene.mails(team))

    fail_over(scene, {"application": [team.id], "notice": ["receipt#1"]}, team.email)
    logs = log_lines(scene)
    assert any("the function failed" in line for line in logs)
    assert leaks(logs) == []
    executions = [scene.executions.history(name) for name in scene.executions.names()]
    histories = [json.dumps(events, default=str) for events in executions]
    assert any(team.id in history for history in histories)
    assert leaks(histories) == []
    assert leaks(dead_letters(scene)) == []


def fail_over(scene: Scene, tags: dict[str, list[str]], address: str) -> None:
    """Let a function fail over an event that holds personal data."""
    detail = {"mail": {"tags": tags, "destination": [address], "subject": f"Dear {SURNAME}"}}
    name = function_names(scene.cloud.account)["OnDeliveryFunction"]
    with pytest.raises(CannotGoOnError):
        invoke(scene.cloud.account, name, {"detail": detail})


def leaks(texts: list[str]) -> list[tuple[str, str]]:
    """Return each trace of a person with where it was found."""
    return [(trace, text[:500]) for text in texts for trace in TRACES if trace in text]


def log_lines(scene: Scene) -> list[str]:
    """Return every line of every log group: functions, gateway, workflow."""
    logs = scene.cloud.client("logs")
    lines: list[str] = []
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            pages = logs.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            )
            lines += [event["message"] for events in pages for event in events["events"]]
    return lines


def dead_letters(scene: Scene) -> list[str]:
    """Return what the dead letter queues hold; there should be nothing at all."""
    queues = scene.cloud.client("sqs")
    kept: list[dict[str, Any]] = []
    for name in ("StreamDeadLettersUrl", "EventDeadLettersUrl"):
        received = queues.receive_message(
            QueueUrl=scene.cloud.outputs[name], MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        kept += received.get("Messages", [])
    return [message["Body"] for message in kept]
