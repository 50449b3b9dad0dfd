"""Each test of the contract runs twice: against the fakes and against the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from roundtable.adapters.table import Table, TableApplications, TableRounds, TableSignIns
from roundtable.domain.stages import Stage
from roundtable.ports import Applications, Rounds, SignIns
from tests.contract.table import create_table
from tests.fakes import FakeApplications, FakeRounds, FakeSignIns

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_names = count(1)


@dataclass(frozen=True)
class Store:
    """What the contract is about, and what the state machine does to the table."""

    applications: Applications
    rounds: Rounds
    sign_ins: SignIns
    wait: Callable[[str, str, Stage], None]
    """Stores a callback (application, token, stage)."""


@pytest.fixture(scope="session")
def client() -> "Iterator[DynamoDBClient]":
    """Return a client of an empty account in memory."""
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        yield boto3.client("dynamodb", region_name="us-east-1")  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture
def table_name(client: "DynamoDBClient") -> str:
    """Create an empty table."""
    name = f"roundtable-{next(_names)}"
    create_table(client, name)
    return name


@pytest.fixture(params=["fake", "table"])
def store(request: pytest.FixtureRequest) -> Store:
    """Return an empty store, in memory or in a table."""
    if request.param == "fake":
        return fake_store()
    client: DynamoDBClient = request.getfixturevalue("client")
    return table_store(client, request.getfixturevalue("table_name"))


def fake_store() -> Store:
    """Return an empty store in memory."""
    rounds = FakeRounds()
    applications = FakeApplications(rounds)
    return Store(applications, rounds, FakeSignIns(), applications.wait)


def table_store(client: "DynamoDBClient", name: str) -> Store:
    """Return the store in a table."""

    def wait(application: str, token: str, stage: Stage) -> None:
        client.update_item(
            TableName=name,
            Key={"pk": {"S": f"APP#{application}"}, "sk": {"S": "META"}},
            UpdateExpression="SET wait_token = :token, wait_stage = :stage",
            ExpressionAttributeValues={":token": {"S": token}, ":stage": {"S": stage}},
        )

    table = Table(client, name, sleep=lambda _: None)
    return Store(TableApplications(table), TableRounds(table), TableSignIns(table), wait)
