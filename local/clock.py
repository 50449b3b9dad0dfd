"""The time of the embedded application, which a person may set: `make clock AT="2022-10-21 23:50"`.

It is kept in the table, where the functions read it when ClockSource is `virtual`. On AWS the
clock is the system's and this does not exist.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from local.account import DEFAULT_PORT, Account
from local.deploy import physical_name
from local.problem import CannotGoOnError, exit_with_one_line

ZONE = ZoneInfo("America/New_York")
FIRST_DAY = datetime(2022, 9, 19, 9, 0, tzinfo=ZONE)
"""When a new installation begins: a Monday in the open round of Pursuing Equity."""


@dataclass(frozen=True)
class VirtualTime:
    """The clock item of a deployed stack."""

    account: Account

    def set(self, at: datetime, *, running: bool) -> None:
        """Set the time to an aware instant, from which it runs on or stands."""
        self._table.put_item(
            TableName=self._name,
            Item={
                "pk": {"S": "CLOCK"},
                "sk": {"S": "CLOCK"},
                "virtual_at": {"S": at.astimezone(UTC).isoformat()},
                "real_at": {"S": datetime.now(UTC).isoformat()},
                "running": {"BOOL": running},
            },
        )

    def is_set(self) -> bool:
        """Return whether the time was ever set."""
        return self._item() is not None

    def now(self) -> datetime:
        """Return the present instant of the application (UTC)."""
        item = self._item()
        if item is None:
            return datetime.now(UTC)
        at = datetime.fromisoformat(item["virtual_at"]["S"])
        if not item["running"]["BOOL"]:
            return at
        return at + (datetime.now(UTC) - datetime.fromisoformat(item["real_at"]["S"]))

    def _item(self) -> Any:  # noqa: ANN401 - a table item
        found = self._table.get_item(
            TableName=self._name,
            Key={"pk": {"S": "CLOCK"}, "sk": {"S": "CLOCK"}},
            ConsistentRead=True,
        )
        return found.get("Item")

    @property
    def _table(self) -> Any:  # noqa: ANN401 - a boto3 client
        return self.account.client("dynamodb")

    @property
    def _name(self) -> str:
        return physical_name(self.account, "Table")


def parse_local_time(text: str) -> datetime:
    """Return the instant of a local time in the zone of New York, such as `2022-10-21 23:50`.

    Raises:
        CannotGoOnError: it is no such time.

    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CannotGoOnError(f"{text!r} is no time; write it like 2022-10-21 23:50") from None
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def main() -> None:
    """Show the time of the running application, or set it."""
    parser = argparse.ArgumentParser(prog="make clock", description=__doc__)
    parser.add_argument("at", nargs="?", help="a local time in New York, or one with an offset")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    chosen = parser.parse_args()
    time = VirtualTime(Account(chosen.port))
    if chosen.at:
        time.set(parse_local_time(chosen.at), running=True)
    print(f"It is {time.now().astimezone(ZONE):%A, %B %d, %Y, %H:%M:%S %Z}.")


if __name__ == "__main__":
    exit_with_one_line(main)
