"""The table of the contract suite is the table that is deployed."""

from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from tests.contract.table import INDEXES, KEY

TEMPLATE = Path(__file__).parents[2] / "template.yaml"


def keys_of(schema: list[dict[str, str]]) -> tuple[str, ...]:
    """Return the attributes of a key schema: where items are kept, how they are sorted."""
    assert [part["KeyType"] for part in schema] == ["HASH", "RANGE"]
    return tuple(part["AttributeName"] for part in schema)


def test_table_has_the_keys_of_the_template() -> None:
    template = cast("dict[str, Any]", YAML().load(TEMPLATE))  # pyright: ignore[reportUnknownMemberType]
    tables = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::DynamoDB::Table"
    ]
    assert len(tables) == 1
    indexes = tables[0]["GlobalSecondaryIndexes"]
    assert keys_of(tables[0]["KeySchema"]) == KEY
    assert {index["IndexName"]: keys_of(index["KeySchema"]) for index in indexes} == INDEXES
    assert {index["Projection"]["ProjectionType"] for index in indexes} == {"ALL"}
