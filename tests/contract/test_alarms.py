"""Alarms: the fake, and CloudWatch (moto)."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from roundtable.adapters.alarms_cloudwatch import CloudWatchAlarms
from roundtable.ports import Alarm, Alarms, Unavailable
from tests.factories import NOW
from tests.fakes import FakeAlarms

PREFIX = "roundtable-"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        yield cast("Any", boto3).client("cloudwatch", region_name="us-east-1")


def put(client: Any, name: str, state: str, about: str) -> None:
    client.put_metric_alarm(
        AlarmName=name,
        AlarmDescription=about,
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Statistic="Sum",
        Period=300,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
    )
    client.set_alarm_state(AlarmName=name, StateValue=state, StateReason="a test")


def watched(client: Any) -> Alarms:
    put(client, f"{PREFIX}SitesFail", "ALARM", "A site failed.")
    put(client, f"{PREFIX}ClockStandsStill", "OK", "The clock stands still.")
    put(client, "another-SitesFail", "ALARM", "Another deployment's.")
    return CloudWatchAlarms(client, PREFIX)


def ringing_fake() -> Alarms:
    fake = FakeAlarms()
    fake.rings = [Alarm(about="A site failed.", since=NOW)]
    return fake


MAKERS: dict[str, Callable[[Any], Alarms]] = {
    "fake": lambda _: ringing_fake(),
    "cloudwatch": watched,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_what_rings_is_told(client: Any, kind: str) -> None:
    ringing = MAKERS[kind](client).ringing()
    assert ringing is not None
    assert [alarm.about for alarm in ringing] == ["A site failed."]


def test_quiet_alarms_are_told_as_quiet(client: Any) -> None:
    put(client, f"{PREFIX}SitesFail", "INSUFFICIENT_DATA", "A site failed.")
    assert CloudWatchAlarms(client, PREFIX).ringing() == FakeAlarms().ringing() == ()


def test_nobody_watches_where_there_are_no_alarms(client: Any) -> None:
    fake = FakeAlarms()
    fake.rings = None
    assert CloudWatchAlarms(client, PREFIX).ringing() is None
    assert CloudWatchAlarms(client, "").ringing() is None
    assert fake.ringing() is None


def test_alarms_that_may_not_be_read_are_unavailable(client: Any) -> None:
    with Stubber(client) as stubber:
        stubber.add_client_error("describe_alarms", "AccessDenied", http_status_code=403)
        with pytest.raises(Unavailable, match="AccessDenied"):
            CloudWatchAlarms(client, PREFIX).ringing()


@pytest.mark.parametrize("kind", ["fake", "cloudwatch"])
def test_a_service_that_does_not_answer_is_unavailable(kind: str, client: Any) -> None:
    fake = FakeAlarms()
    fake.silent = True
    with Stubber(client) as stubber:
        stubber.add_client_error("describe_alarms", "Throttling")
        asked = fake if kind == "fake" else CloudWatchAlarms(client, PREFIX)
        with pytest.raises(Unavailable):
            asked.ringing()
