"""Single writes with their condition, and what it means when the condition does not hold.

In expressions an attribute is written `#name`; its real name is the same unless `names` says
otherwise. That way no attribute collides with a reserved word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roundtable.adapters.table.errors import Refusal
from roundtable.adapters.table.marshalling import Item, Values, number, text

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import DeleteTypeDef, PutTypeDef, UpdateTypeDef

ABSENT = "attribute_not_exists(#pk)"
PRESENT = "attribute_exists(#pk)"


def _no_values() -> Values:
    return {}


def _no_names() -> Mapping[str, str]:
    return {}


def attribute_names(*expressions: str) -> dict[str, str]:
    """Return the names of the attributes that expressions speak of."""
    return {f"#{name}": name for text in expressions for name in re.findall(r"#(\w+)", text)}


def key(pk: str, sk: str) -> Values:
    """Return the key of an item."""
    return {"pk": text(pk), "sk": text(sk)}


def fence(version: int) -> tuple[str, Values]:
    """Return the condition that the stored version is one less, with its value."""
    if version == 1:
        return ABSENT, {}
    return "#version = :before", {":before": number(version - 1)}


@dataclass(frozen=True, slots=True)
class Put:
    """An item written as a whole."""

    item: Item
    condition: str = ""
    values: Values = field(default_factory=_no_values)
    refused: Refusal | None = None

    def request(self, table: str) -> "PutTypeDef":
        """Return the write as the service takes it."""
        request: PutTypeDef = {"TableName": table, "Item": self.item}
        if self.condition:
            request["ConditionExpression"] = self.condition
            request["ExpressionAttributeNames"] = attribute_names(self.condition)
        if self.values:
            request["ExpressionAttributeValues"] = self.values
        return request


@dataclass(frozen=True, slots=True)
class Update:
    """Some attributes of an item changed; the others stay as they are."""

    pk: str
    sk: str
    expression: str
    values: Values = field(default_factory=_no_values)
    condition: str = ""
    refused: Refusal | None = None
    names: Mapping[str, str] = field(default_factory=_no_names)

    def request(self, table: str) -> "UpdateTypeDef":
        """Return the write as the service takes it."""
        request: UpdateTypeDef = {
            "TableName": table,
            "Key": key(self.pk, self.sk),
            "UpdateExpression": self.expression,
            "ExpressionAttributeNames": attribute_names(self.expression, self.condition)
            | dict(self.names),
        }
        if self.condition:
            request["ConditionExpression"] = self.condition
        if self.values:
            request["ExpressionAttributeValues"] = self.values
        return request


@dataclass(frozen=True, slots=True)
class Delete:
    """An item taken away."""

    pk: str
    sk: str
    condition: str = ""
    values: Values = field(default_factory=_no_values)
    refused: Refusal | None = None

    def request(self, table: str) -> "DeleteTypeDef":
        """Return the write as the service takes it."""
        request: DeleteTypeDef = {"TableName": table, "Key": key(self.pk, self.sk)}
        if self.condition:
            request["ConditionExpression"] = self.condition
            request["ExpressionAttributeNames"] = attribute_names(self.condition)
        if self.values:
            request["ExpressionAttributeValues"] = self.values
        return request


Write = Put | Update | Delete


def set_attributes(attributes: Mapping[str, str], others: Values) -> tuple[str, Values]:
    """Return an update that sets `others` and `attributes`, and removes those that are empty."""
    values = others | {name: text(value) for name, value in attributes.items() if value}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    if gone := [f"#{name}" for name, value in attributes.items() if not value]:
        expression += " REMOVE " + ", ".join(gone)
    return expression, {f":{name}": value for name, value in values.items()}
