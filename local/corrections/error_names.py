"""A handler's exception is reported by its class.

AWS names it, so a state machine catches it by name; MiniStack calls each one
`Runtime.HandlerError`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import Any, cast


def correct() -> None:
    """Name errors as Lambda does."""
    functions: Any = importlib.import_module("ministack.services.lambda_svc")
    execute: Callable[..., dict[str, Any]] = functions._execute_function_warm

    def execute_and_name(*arguments: object) -> dict[str, Any]:
        result = execute(*arguments)
        body = result.get("body")
        if result.get("error") and isinstance(body, dict):
            told = cast("dict[str, str]", body)
            if told.get("errorType") == "Runtime.HandlerError":
                name = error_name(result.get("log", ""), told.get("errorMessage", ""))
                told["errorType"] = name or told["errorType"]
        return result

    functions._execute_function_warm = execute_and_name


def error_name(log: str, message: str) -> str | None:
    """Find the class of the exception with `message` in a log that ends with its traceback."""
    first = message.split("\n", 1)[0]
    said = f": {re.escape(first)}" if first else ":?"
    wanted = re.compile(rf"^(?:[\w<>]+\.)*(?P<name>[A-Za-z_]\w*){said}$")
    for line in reversed(log.rstrip().split("\n")):
        if found := wanted.match(line):
            return found["name"]
    return None
