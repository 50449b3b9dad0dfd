"""The checkers: the fake and Lambda, stubbed (moto would run functions in containers)."""

import json
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from roundtable.adapters.checkers_lambda import LambdaCheckers
from tests.factories import APPLICATION, LETTER, VIDEO, make_document
from tests.fakes import FakeCheckers

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


@pytest.fixture
def client() -> "LambdaClient":
    # Services without stubs make the overloads partly unknown.
    return boto3.client(  # pyright: ignore[reportUnknownMemberType]
        "lambda",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def test_fake_notes_the_request() -> None:
    fake = FakeCheckers()
    fake.request(make_document())

    assert fake.requested == [make_document()]


@pytest.mark.parametrize(
    ("kind", "requirement", "function"),
    [("letter", LETTER, "check-letter"), ("video", VIDEO, "check-video")],
)
def test_function_of_the_kind_is_invoked_by_an_event(
    client: "LambdaClient", kind: str, requirement: str, function: str
) -> None:
    payload = {"application": APPLICATION, "requirement": requirement, "number": 2}
    expected = {
        "FunctionName": function,
        "InvocationType": "Event",
        "Payload": json.dumps(payload).encode(),
    }
    with Stubber(client) as stub:
        stub.add_response("invoke", {"StatusCode": 202}, expected)
        LambdaCheckers(client, {"letter": "check-letter", "video": "check-video"}).request(
            make_document(kind=kind, number=2)
        )
        stub.assert_no_pending_responses()


def test_throttled_request_is_only_noted(
    client: "LambdaClient", caplog: pytest.LogCaptureFixture
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("invoke", "TooManyRequestsException", http_status_code=429)
        LambdaCheckers(client, {"letter": "a", "video": "b"}).request(make_document())

    assert caplog.messages == [
        f"the check of {APPLICATION}/{LETTER}/1 was not asked for: Lambda: TooManyRequestsException"
    ]


def test_missing_permission_comes_through(client: "LambdaClient") -> None:
    with Stubber(client) as stub:
        stub.add_client_error("invoke", "AccessDeniedException", http_status_code=403)
        with pytest.raises(ClientError):
            LambdaCheckers(client, {"letter": "a", "video": "b"}).request(make_document())
