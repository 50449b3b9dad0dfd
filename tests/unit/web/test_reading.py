import base64
import json
from typing import Any

import pytest

from roundtable.web.problems import Malformed, TooLarge, UnknownType
from roundtable.web.reading import (
    MAX_BODY_BYTES,
    bearer_token,
    claims,
    cookies,
    groups,
    readable,
    source_address,
)


def event(body: str | None, kind: str = "application/json", **more: Any) -> dict[str, Any]:
    return {"headers": {"Content-Type": kind}, "body": body, **more}


def test_no_body_stays_none() -> None:
    assert readable(event(None))["body"] is None
    assert readable({})["headers"] == {}


def test_base64_body_is_read() -> None:
    body = base64.b64encode('{"a": "ä"}'.encode()).decode()
    assert json.loads(readable(event(body, isBase64Encoded=True))["body"]) == {"a": "ä"}


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("!!", {"isBase64Encoded": True}),
        (base64.b64encode(b"\xff{}").decode(), {"isBase64Encoded": True}),
        ("{", {}),
        ("[1]", {}),
        ("null", {}),
        ('{"a": Infinity}', {}),
        ('{"a": "\\udfff"}', {}),
        ('{"a": ' + "9" * 5_000 + "}", {}),
        ("[" * 100_000, {}),
    ],
)
def test_what_cannot_be_read_is_malformed(body: str, more: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        readable(event(body, **more))


def test_largest_body_is_read_and_one_byte_more_is_not() -> None:
    frame = len('{"a": ""}')
    assert readable(event('{"a": "' + "x" * (MAX_BODY_BYTES - frame) + '"}'))
    with pytest.raises(TooLarge):
        readable(event('{"a": "' + "x" * (MAX_BODY_BYTES - frame + 1) + '"}'))
    encoded = base64.b64encode(b"x" * (MAX_BODY_BYTES + 1)).decode()
    with pytest.raises(TooLarge):
        readable(event(encoded, isBase64Encoded=True))


def test_form_encoded_body_becomes_json() -> None:
    read = readable(event("contact.name=Ada+Brook", "application/x-www-form-urlencoded; charset=x"))
    assert json.loads(read["body"]) == {"contact": {"name": "Ada Brook"}}
    assert read["headers"]["content-type"] == "application/json"


@pytest.mark.parametrize("body", ["a=%FF", "&".join(["a=1"] * 2_001)])
def test_form_that_cannot_be_read_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        readable(event(body, "application/x-www-form-urlencoded"))


def test_other_types_are_unknown() -> None:
    with pytest.raises(UnknownType):
        readable(event("x", "multipart/form-data; boundary=x"))


def test_cookies_come_from_the_list_and_from_the_header() -> None:
    both = {"cookies": ["a=1", "b=2=3"], "headers": {"Cookie": "c=4; a=0; odd"}}
    assert cookies(both) == {"a": "1", "b": "2=3", "c": "4"}
    assert cookies({}) == {}


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("abc", ""), ("", "")],
)
def test_bearer_token(header: str, token: str) -> None:
    assert bearer_token({"headers": {"Authorization": header}}) == token


def test_claims_and_groups_of_the_authorizer() -> None:
    authorizer = {"jwt": {"claims": {"sub": "s-1", "cognito:groups": "[staff reviewers]"}}}
    verified = claims({"requestContext": {"authorizer": authorizer}})
    assert verified["sub"] == "s-1"
    assert groups(verified) == {"staff", "reviewers"}
    assert claims({}) == {}
    assert groups({}) == frozenset()


def test_source_address() -> None:
    assert source_address({"requestContext": {"http": {"sourceIp": "192.0.2.1"}}}) == "192.0.2.1"
    assert source_address({}) == ""
