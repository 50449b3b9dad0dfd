"""The clock of a rehearsal, which stands in the table."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from roundtable.adapters.table import SystemClock, Table, VirtualClock
from tests.factories import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SET_AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
REAL_NOW = SET_AT + timedelta(minutes=5)


def set_clock(client: "DynamoDBClient", table: str, *, running: bool) -> None:
    client.put_item(
        TableName=table,
        Item={
            "pk": {"S": "CLOCK"},
            "sk": {"S": "CLOCK"},
            "virtual_at": {"S": "2022-10-03T10:00:00-04:00"},
            "real_at": {"S": SET_AT.isoformat()},
            "running": {"BOOL": running},
        },
    )


def test_virtual_clock_shows_the_real_time_until_set(
    client: "DynamoDBClient", table_name: str
) -> None:
    clock = VirtualClock(Table(client, table_name), lambda: REAL_NOW)
    assert clock.now() == REAL_NOW


def test_virtual_clock_runs_on_from_where_it_was_set(
    client: "DynamoDBClient", table_name: str
) -> None:
    clock = VirtualClock(Table(client, table_name), lambda: REAL_NOW)
    set_clock(client, table_name, running=True)
    assert clock.now() == NOW + timedelta(minutes=5)
    assert clock.now().tzinfo is UTC


def test_virtual_clock_stands_where_it_was_set(client: "DynamoDBClient", table_name: str) -> None:
    clock = VirtualClock(Table(client, table_name), lambda: REAL_NOW)
    set_clock(client, table_name, running=False)
    assert clock.now() == NOW


def test_system_clock_shows_utc() -> None:
    before = datetime.now(UTC)
    shown = SystemClock().now()
    assert before <= shown <= datetime.now(UTC)
    assert shown.tzinfo is UTC
