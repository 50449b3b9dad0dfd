"""Attribute values: texts, numbers, instants and records, to the table and back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from roundtable.domain.model import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

R = TypeVar("R", bound=Record)
Item = Mapping[str, "AttributeValueTypeDef"]
Values = dict[str, "AttributeValueTypeDef"]

_KEPT_AFTER = timedelta(days=1)
_LATEST = datetime.max.replace(tzinfo=UTC)


def text(value: str) -> "AttributeValueTypeDef":
    """Return a text as the table takes it."""
    return {"S": value}


def number(value: int) -> "AttributeValueTypeDef":
    """Return a whole number as the table takes it."""
    return {"N": str(value)}


def record(value: Record) -> "AttributeValueTypeDef":
    """Return a record as the JSON that the table keeps."""
    return {"S": value.model_dump_json()}


def text_of(item: Item, name: str) -> str:
    """Return a text of an item, empty where it has none."""
    return item.get(name, {}).get("S", "")


def number_of(item: Item, name: str) -> int:
    """Return a whole number of an item, 0 where it has none."""
    return int(item.get(name, {}).get("N", "0"))


def record_of(item: Item, kind: type[R]) -> R:
    """Return the record that an item keeps."""
    return kind.model_validate_json(text_of(item, "record"))


def iso(moment: datetime) -> str:
    """Return an instant in UTC at a fixed width, so that texts sort as instants do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def newest_first(moment: datetime) -> str:
    """Return an instant as digits of which later ones sort first."""
    return f"{(_LATEST - moment) // timedelta(microseconds=1):018}"


def instant(written: str) -> datetime:
    """Return the instant (UTC) that was written by `iso` or with any other offset."""
    return datetime.fromisoformat(written).astimezone(UTC)


def expiry(over_at: datetime) -> "AttributeValueTypeDef":
    """Return when the table may delete an item: a day after it is over.

    The table deletes by the real time, whatever the clock of a rehearsal shows; so nothing is
    deleted earlier than a day from now. Whether an item is over is never decided by this.
    """
    late = max(over_at, datetime.now(UTC)) + _KEPT_AFTER
    return number(int(late.timestamp()))
