"""What others hear on the event bus: ids and verdicts, nothing of a person."""

import json
from datetime import UTC
from typing import Any

from roundtable.domain.program import Program
from tests.e2e.scene import LEARNING_NETWORK, SURNAME, Scene
from tests.e2e.waiting import until


def test_submission_is_told_on_the_bus_without_personal_data(
    scene: Scene, staff_round: Program
) -> None:
    queues = scene.cloud.client("sqs")
    events = scene.cloud.client("events")
    bus = scene.cloud.outputs["EventBusName"]
    queue = queues.create_queue(QueueName="subscriber")["QueueUrl"]
    attributes = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    arn = attributes["Attributes"]["QueueArn"]
    pattern = {"source": ["roundtable"], "detail-type": ["ApplicationSubmitted"]}
    events.put_rule(Name="subscriber", EventBusName=bus, EventPattern=json.dumps(pattern))
    events.put_targets(Rule="subscriber", EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])

    team = scene.by_web_form(scene.performer(staff_round))

    def receive() -> list[dict[str, Any]]:
        received = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in received.get("Messages", [])]

    (event,) = until("the event is there", lambda: receive() or None)
    events.remove_targets(Rule="subscriber", EventBusName=bus, Ids=["queue"])
    now = scene.conductor.now.astimezone(UTC)
    assert event["detail-type"] == "ApplicationSubmitted"
    assert event["detail"] == {
        "schema_version": 1,
        "application": team.id,
        "program": staff_round.key,
        "sequence": 2,
        "at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "actor_kind": "form",
        "detail": {"track": LEARNING_NETWORK, "received_at": now.isoformat()},
    }
    assert SURNAME not in json.dumps(event)
    assert team.email not in json.dumps(event)
