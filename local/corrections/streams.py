"""A table's stream loses no record.

AWS tries the failed part of a batch again until its attempts are used up, then writes it to the
failure destination. MiniStack takes `batchItemFailures` for success and a failed batch for one to
try forever; here the batch is tried again as a whole, as often as the mapping says. After a restart
MiniStack begins the stream anew but skips as many records as it had read before.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, cast

# AWS tries until a record is a day old, unless the mapping says otherwise.
_ATTEMPTS_UNLESS_TOLD = 10

_Result = dict[str, Any]


def correct() -> None:
    """Deliver a stream's records as AWS does."""
    functions: Any = importlib.import_module("ministack.services.lambda_svc")
    execute: Callable[[_Result, Any], _Result] = functions._execute_function
    restore: Callable[[Any, Any], None] = functions._restore_esm_positions
    attempts: Counter[str] = Counter()

    def execute_and_judge(function: _Result, event: Any) -> _Result:  # noqa: ANN401 - any JSON
        result = execute(function, event)
        records = stream_records(event)
        if not records:
            return result
        batch = str(records[0]["dynamodb"]["SequenceNumber"])
        if not has_failed(result):
            attempts.pop(batch, None)
            return result
        attempts[batch] += 1
        mapping = _mapping(functions._iter_all_esms(), function, records[0])
        if attempts[batch] <= _retries(mapping):
            return {**result, "error": True}
        del attempts[batch]
        functions._send_ddb_stream_failure_record(
            mapping, function, records, records[0]["eventSourceARN"], result,
            "RetryAttemptsExhausted",
        )  # fmt: skip
        return {"body": {}}

    def restore_none(store: object, positions: object) -> None:
        if store is not functions._dynamodb_stream_positions:
            restore(store, positions)

    functions._execute_function = execute_and_judge
    functions._restore_esm_positions = restore_none


def stream_records(event: object) -> list[dict[str, Any]]:
    """Take the records out of an event of a table's stream; any other event has none."""
    if not isinstance(event, dict):
        return []
    records: object = cast("dict[str, object]", event).get("Records")
    if not isinstance(records, list):
        return []
    found = cast("list[dict[str, Any]]", records)
    return found if found and found[0].get("eventSource") == "aws:dynamodb" else []


def has_failed(result: _Result) -> bool:
    """Tell whether a function failed, or named records it failed on."""
    body: object = result.get("body")
    named = isinstance(body, dict) and cast("dict[str, object]", body).get("batchItemFailures")
    return bool(result.get("error") or named)


def _mapping(
    mappings: Iterable[tuple[str, str, _Result]], function: _Result, record: dict[str, Any]
) -> _Result:
    name = function.get("config", function).get("FunctionName")
    for _, _, mapping in mappings:
        is_source = mapping.get("EventSourceArn") == record["eventSourceARN"]
        if is_source and mapping.get("FunctionName") == name:
            return mapping
    return {}


def _retries(mapping: _Result) -> int:
    told = mapping.get("MaximumRetryAttempts")
    return int(told) if told is not None and int(told) >= 0 else _ATTEMPTS_UNLESS_TOLD
