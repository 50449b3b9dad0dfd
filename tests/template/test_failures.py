"""What fails is kept, and somebody hears of it."""

import json

import pytest

from tests.template.template import functions, resources

STREAM_READERS = {
    name: event["Properties"]
    for name, function in functions().items()
    for event in function.get("Events", {}).values()
    if event["Type"] == "DynamoDB"
}
EVENT_DEAD_LETTERS = {"Fn::GetAtt": ["EventDeadLetters", "Arn"]}


def _events(*types: str) -> dict[str, dict[str, object]]:
    return {
        name: event["Properties"]
        for name, function in functions().items()
        for event in function.get("Events", {}).values()
        if event["Type"] in types
    }


def test_stream_has_no_more_than_two_readers() -> None:
    assert set(STREAM_READERS) == {"KeepStatisticsFunction", "PublishEventsFunction"}


@pytest.mark.parametrize("name", sorted(STREAM_READERS))
def test_one_poisonous_change_does_not_hold_up_the_others(name: str) -> None:
    reader = STREAM_READERS[name]
    assert reader["BisectBatchOnFunctionError"] is True
    assert reader["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert reader["MaximumRetryAttempts"] == 10
    # Nothing that was written before the reader existed is passed over.
    assert reader["StartingPosition"] == "TRIM_HORIZON"
    assert reader["DestinationConfig"]["OnFailure"]["Destination"] == {
        "Fn::GetAtt": ["StreamDeadLetters", "Arn"]
    }


def test_readers_are_woken_by_their_rows_only() -> None:
    def patterns(name: str) -> list[object]:
        filters = STREAM_READERS[name]["FilterCriteria"]["Filters"]
        return [json.loads(one["Pattern"])["dynamodb"] for one in filters]

    assert patterns("KeepStatisticsFunction") == [{"Keys": {"sk": {"S": ["META"]}}}]
    assert patterns("PublishEventsFunction") == [
        {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}},
        {
            "Keys": {"sk": {"S": [{"prefix": "NOTICE#"}]}},
            "NewImage": {"status": {"S": ["queued"]}},
        },
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [("StartWorkflowFunction", "ExecutionWanted"), ("SendQueuedNoticesFunction", "NoticeQueued")],
)
def test_subscribers_of_our_own_are_told_by_the_bus(name: str, told: str) -> None:
    (event,) = functions()[name]["Events"].values()
    assert event["Properties"]["EventBusName"] == {"Ref": "EventBus"}
    assert event["Properties"]["Pattern"] == {"source": ["roundtable"], "detail-type": [told]}


def test_what_is_called_without_waiting_keeps_what_failed() -> None:
    called = {*_events("EventBridgeRule", "ScheduleV2"), "CheckLetterFunction",
              "CheckVideoFunction"}  # fmt: skip
    keeping = {name for name, one in functions().items() if "EventInvokeConfig" in one}
    assert keeping == called
    for name in keeping:
        failed = functions()[name]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert failed == {"Type": "SQS", "Destination": EVENT_DEAD_LETTERS}


def test_rules_and_the_schedule_keep_what_they_could_not_deliver() -> None:
    for name, event in _events("EventBridgeRule", "ScheduleV2").items():
        assert event["DeadLetterConfig"] == {"Arn": EVENT_DEAD_LETTERS}, name


def test_clock_runs_every_five_minutes_and_is_not_retried() -> None:
    (tick,) = _events("ScheduleV2").values()
    assert tick["ScheduleExpression"] == "rate(5 minutes)"
    assert functions()["ClockFunction"]["EventInvokeConfig"]["MaximumRetryAttempts"] == 0
    # One tick ends before the next begins.
    assert functions()["ClockFunction"]["Timeout"] < 300


def test_alarms_reach_the_topic() -> None:
    alarms = resources("AWS::CloudWatch::Alarm")
    assert set(alarms) == {
        "ClockStandsStillAlarm", "EventDeadLettersAlarm", "FunctionsFailAlarm", "SitesFailAlarm",
        "StreamDeadLettersAlarm", "StreamLagsAlarm", "WorkflowFailsAlarm",
    }  # fmt: skip
    for name, alarm in alarms.items():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}], name
        assert alarm["AlarmDescription"].endswith("."), name
    assert alarms["ClockStandsStillAlarm"]["TreatMissingData"] == "breaching"


def test_failures_of_functions_outside_the_workflow_raise_an_alarm() -> None:
    watched = json.dumps(resources("AWS::CloudWatch::Alarm")["FunctionsFailAlarm"]["Metrics"])
    for name in (*STREAM_READERS, *_events("EventBridgeRule", "ScheduleV2")):
        assert f'"Ref": "{name}"' in watched
