"""The correction of calls that a function waits for."""

import asyncio
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from local.corrections import calls_within_calls


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what the correction changes of MiniStack, with room for one call."""

    async def run_reentrant(call: Any, *told: object, thread_name: str) -> object:
        return await asyncio.to_thread(call, *told)

    def acquire(func: object, config: dict[str, str]) -> tuple[str | None, str | None]:
        if config["FunctionName"] == "reserved":
            return None, "function"
        if module._inflight_total:
            return None, "account"
        module._inflight_total += 1
        return config["FunctionName"], None

    def key_of(config: dict[str, str]) -> str:
        return config["FunctionName"]

    module = SimpleNamespace(
        run_reentrant=run_reentrant,
        _acquire_execution_slot=acquire,
        _inflight_key=key_of,
        _inflight_lock=threading.Lock(),
        _inflight={},
        _inflight_total=0,
    )
    monkeypatch.setitem(sys.modules, "ministack.services.lambda_svc", module)
    calls_within_calls.correct()
    return module


def waited_for(functions: Any, name: str) -> Any:
    """Return what a call gets that is waited for."""
    call = functions.run_reentrant(
        functions._acquire_execution_slot, {}, {"FunctionName": name}, thread_name="x"
    )
    with asyncio.Runner() as runner:
        return runner.run(call)


def test_call_that_is_waited_for_gets_a_place_beyond_the_ceiling(functions: Any) -> None:
    assert functions._acquire_execution_slot({}, {"FunctionName": "outer"}) == ("outer", None)

    assert waited_for(functions, "inner") == ("inner", None)
    assert (functions._inflight, functions._inflight_total) == ({"inner": 1}, 2)


def test_other_calls_are_throttled_as_before(functions: Any) -> None:
    functions._acquire_execution_slot({}, {"FunctionName": "outer"})
    waited_for(functions, "inner")

    assert functions._acquire_execution_slot({}, {"FunctionName": "next"}) == (None, "account")


def test_ceiling_of_one_function_holds_for_all_calls(functions: Any) -> None:
    assert waited_for(functions, "reserved") == (None, "function")
