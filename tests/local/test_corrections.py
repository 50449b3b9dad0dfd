from __future__ import annotations

import pytest

from local.corrections.error_names import error_name
from local.corrections.streams import has_failed, stream_records
from local.corrections.uploads import newest_version

TRACE = 'Traceback (most recent call last):\n  File "app.py", line 8, in handler\n    raise X'


@pytest.mark.parametrize(
    ("last", "message", "name"),
    [
        ("app.TooEarly: not yet", "not yet", "TooEarly"),
        ("roundtable.domain.errors.ApplicationMoved: a\n  b", "a\n  b", "ApplicationMoved"),
        ("KeyError: 'stage'", "'stage'", "KeyError"),
        ("app.Silent", "", "Silent"),
        ("something else entirely", "not yet", None),
    ],
)
def test_error_name_is_the_class_of_the_last_exception(
    last: str, message: str, name: str | None
) -> None:
    assert error_name(f"{TRACE}\n{last}\n", message) == name


def test_stream_records_of_other_events_are_none() -> None:
    record = {"eventSource": "aws:dynamodb"}

    assert stream_records({"Records": [record]}) == [record]
    assert stream_records({"Records": [{"eventSource": "aws:sqs"}]}) == []
    assert stream_records({"Records": []}) == []
    assert stream_records(["Records"]) == []


@pytest.mark.parametrize(
    ("result", "failed"),
    [
        ({"body": {"batchItemFailures": []}}, False),
        ({"body": {"batchItemFailures": [{"itemIdentifier": "1"}]}}, True),
        ({"body": None}, False),
        ({"body": {}, "error": True}, True),
    ],
)
def test_has_failed(result: dict[str, object], failed: bool) -> None:
    assert has_failed(result) is failed


def test_newest_version_is_the_newest_of_that_content() -> None:
    versions = [
        {"version_id": "1", "obj_record": {"etag": '"a"'}},
        {"version_id": "2", "obj_record": {"etag": '"a"'}},
        {"version_id": "3", "obj_record": {"etag": '"b"'}},
    ]

    assert newest_version(versions, "a") == "2"
    assert newest_version(versions, "z") == "3"
    assert newest_version([], "a") is None
