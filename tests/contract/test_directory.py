"""The directory of reviewers and staff: the fake and Cognito (moto)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from roundtable.adapters.directory_cognito import CognitoDirectory
from roundtable.ports import Directory
from tests.fakes import FakeDirectory

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True)
class SignIns:
    """What the contract is about, and who is in a group, by subject."""

    directory: Directory
    members: Callable[[str], set[str]]
    bar: Callable[[str], object]
    """Lets a subject sign in no longer."""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> "Iterator[CognitoIdentityProviderClient]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        yield boto3.client("cognito-idp", region_name="us-east-1")  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture(params=["fake", "cognito"])
def sign_ins(request: pytest.FixtureRequest) -> SignIns:
    if request.param == "fake":
        fake = FakeDirectory()
        return SignIns(fake, lambda group: fake.groups[group], fake.barred.add)
    client: CognitoIdentityProviderClient = request.getfixturevalue("client")
    pool = client.create_user_pool(PoolName="roundtable", UsernameAttributes=["email"])
    pool_id = pool["UserPool"].get("Id", "")
    for group in ("reviewers", "staff"):
        client.create_group(UserPoolId=pool_id, GroupName=group)

    def members(group: str) -> set[str]:
        users = client.list_users_in_group(UserPoolId=pool_id, GroupName=group)["Users"]
        return {
            item.get("Value", "")
            for user in users
            for item in user.get("Attributes", [])
            if item["Name"] == "sub"
        }

    def bar(subject: str) -> None:
        client.admin_disable_user(UserPoolId=pool_id, Username=subject)

    return SignIns(CognitoDirectory(client, pool_id), members, bar)


def test_invited_person_has_a_subject_in_the_group(sign_ins: SignIns) -> None:
    subject = sign_ins.directory.invite("ada@panel.example", "Ada Brook", "reviewers")

    assert subject
    assert sign_ins.members("reviewers") == {subject}
    assert sign_ins.members("staff") == set()


def test_invited_twice_is_the_same_person_in_both_groups(sign_ins: SignIns) -> None:
    first = sign_ins.directory.invite("ada@panel.example", "Ada Brook", "reviewers")
    again = sign_ins.directory.invite("Ada@Panel.example", "A. Brook", "staff")
    other = sign_ins.directory.invite("ben@panel.example", "Ben Ash", "staff")

    assert first == again != other
    assert sign_ins.members("reviewers") == {first}
    assert sign_ins.members("staff") == {first, other}


def test_groups_are_those_somebody_is_in(sign_ins: SignIns) -> None:
    ada = sign_ins.directory.invite("ada@panel.example", "Ada Brook", "reviewers")
    ben = sign_ins.directory.invite("ben@panel.example", "Ben Ash", "staff")
    sign_ins.directory.invite("ben@panel.example", "Ben Ash", "reviewers")

    assert sign_ins.directory.groups_of(ada) == {"reviewers"}
    assert sign_ins.directory.groups_of(ben) == {"reviewers", "staff"}


def test_nobody_has_no_groups_at_all(sign_ins: SignIns) -> None:
    ada = sign_ins.directory.invite("ada@panel.example", "Ada Brook", "reviewers")
    sign_ins.bar(ada)

    assert sign_ins.directory.groups_of(ada) is None
    assert sign_ins.directory.groups_of("00000000-0000-4000-8000-000000000000") is None
