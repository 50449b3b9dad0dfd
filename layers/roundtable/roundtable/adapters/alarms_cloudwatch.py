"""The alarms that the template sets up, in CloudWatch."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.ports import Alarm, Alarms, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

_MOST = 100
"""The service's most for one answer; a deployment has fewer than ten."""


class CloudWatchAlarms(Alarms):
    """Alarms whose names begin as those of one deployment do; without a prefix nobody watches."""

    def __init__(self, client: "CloudWatchClient", prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def ringing(self) -> tuple[Alarm, ...] | None:
        """Return those in ALARM, the longest first; None where the deployment has no alarms."""
        if not self._prefix:
            return None
        try:
            with service("CloudWatch"):
                answer = self._client.describe_alarms(
                    AlarmNamePrefix=self._prefix, AlarmTypes=["MetricAlarm"], MaxRecords=_MOST
                )
        except ClientError as error:
            # A right that is missing takes the alarms from staff, and nothing else with them.
            raise Unavailable(f"CloudWatch: {code_of(error)}") from error
        found = answer["MetricAlarms"]
        if not found:
            return None
        ringing = (
            Alarm(about=alarm.get("AlarmDescription") or name, since=since)
            for alarm in found
            if alarm.get("StateValue") == "ALARM"
            if (name := alarm.get("AlarmName")) and (since := alarm.get("StateUpdatedTimestamp"))
        )
        return tuple(sorted(ringing, key=lambda alarm: (alarm.since, alarm.about)))
