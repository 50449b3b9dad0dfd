"""The table as `template.yaml` describes it, for tests that have no deployment."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY = ("pk", "sk")
INDEXES = {
    "stage": ("stage_pk", "stage_sk"),
    "track": ("track_pk", "stage_sk"),
    "due": ("due_pk", "due_sk"),
    "reviewer": ("reviewer_pk", "reviewer_sk"),
    "organization": ("organization_pk", "organization_sk"),
    "attention": ("attention_pk", "attention_sk"),
}
"""The attributes of each index: where its items are kept together, and how they are sorted."""


def create_table(client: "DynamoDBClient", name: str) -> None:
    """Create the table with its indexes."""
    attributes = dict.fromkeys([*KEY, *(part for keys in INDEXES.values() for part in keys)])
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in attributes
        ],
        KeySchema=[
            {"AttributeName": KEY[0], "KeyType": "HASH"},
            {"AttributeName": KEY[1], "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": partition, "KeyType": "HASH"},
                    {"AttributeName": place, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
            for index, (partition, place) in INDEXES.items()
        ],
    )
