"""A function that another waits for runs in any case: its caller does nothing meanwhile.

AWS has a thousand places for functions and throttles beyond. Here there are eight, for the sake of
the machine: when as many letters arrive at once, those who wait for a reader hold all of them, and
no reader ever starts. So a call that is waited for (`InvocationType=RequestResponse`) is counted
but never throttled for want of a place; at most twice as many processes run, half of them waiting.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

_somebody_waits: ContextVar[bool] = ContextVar("somebody_waits", default=False)


def correct() -> None:
    """Give every call that a function waits for a place beyond the ceiling."""
    functions: Any = importlib.import_module("ministack.services.lambda_svc")
    run: Callable[..., Awaitable[object]] = functions.run_reentrant
    acquire: Callable[..., tuple[str | None, str | None]] = functions._acquire_execution_slot

    async def run_waited_for(*told: object, **more: object) -> object:
        # The thread in which it runs copies this context.
        before = _somebody_waits.set(True)
        try:
            return await run(*told, **more)
        finally:
            _somebody_waits.reset(before)

    def acquire_or_add(func: object, config: object) -> tuple[str | None, str | None]:
        slot, limit = acquire(func, config)
        if limit != "account" or not _somebody_waits.get():
            return slot, limit
        key: str = functions._inflight_key(config)
        with functions._inflight_lock:
            functions._inflight[key] = functions._inflight.get(key, 0) + 1
            functions._inflight_total += 1
        return key, None

    functions.run_reentrant = run_waited_for
    functions._acquire_execution_slot = acquire_or_add
