"""A function called without waiting is called in the end: throttling only makes it later.

AWS keeps such calls (from EventBridge, S3, and `InvocationType=Event`) in a queue, tries them again
while functions are throttled, and twice more when they fail. MiniStack drops what EventBridge hands
to a function that fails or is throttled, and counts throttling as failing.
"""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0

_nobody_waits: ContextVar[bool] = ContextVar("nobody_waits", default=False)


def correct() -> None:
    """Let every call without waiting be retried, and wait for a free worker."""
    functions: Any = importlib.import_module("ministack.services.lambda_svc")
    events: Any = importlib.import_module("ministack.services.eventbridge")
    execute: Callable[..., dict[str, Any]] = functions._execute_function
    invoke: Callable[..., None] = functions.invoke_async_with_retry

    def execute_when_free(*told: object, **more: object) -> dict[str, Any]:
        if not _nobody_waits.get():
            return execute(*told, **more)
        return until_not_throttled(lambda: execute(*told, **more), time.sleep)

    def invoke_later(func: dict[str, Any], event: dict[str, Any]) -> None:
        # The thread that MiniStack starts copies this context.
        before = _nobody_waits.set(True)
        try:
            invoke(func, event)
        finally:
            _nobody_waits.reset(before)

    def dispatch(arn: str, payload: str) -> None:
        func, config, _ = functions._get_func_record_for_ref(arn)
        if func and config:
            record = functions._execution_record_for_config(func, config)
            invoke_later(record, json.loads(payload))

    functions._execute_function = execute_when_free
    functions.invoke_async_with_retry = invoke_later
    events._dispatch_to_lambda = dispatch


def until_not_throttled(
    attempt: Callable[[], dict[str, Any]], sleep: Callable[[float], None]
) -> dict[str, Any]:
    """Return the first answer that is no throttling, with longer and longer pauses before it."""
    pause = FIRST_PAUSE_SECONDS
    while (answer := attempt()).get("throttle"):
        sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    return answer
