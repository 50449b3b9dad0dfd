"""Find, call and configure as one of the deployed functions does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from local.account import Account
from local.deploy import STACK, physical_names
from local.problem import CannotGoOnError


def function_names(account: Account, *, stack: str = STACK) -> dict[str, str]:
    """Map the logical id of each function of the stack to what it is called here."""
    return physical_names(account, "AWS::Lambda::Function", stack=stack)


def clock_function(account: Account, *, stack: str = STACK) -> str | None:
    """Find the function that acts on what is due."""
    names = function_names(account, stack=stack)
    return next((name for logical, name in names.items() if "clock" in logical.lower()), None)


def settings_of(account: Account, function: str) -> dict[str, str]:
    """Read the environment variables the template gives `function`."""
    configuration = account.client("lambda").get_function_configuration(FunctionName=function)
    variables: dict[str, str] = configuration.get("Environment", {}).get("Variables", {})
    return variables


def invoke(account: Account, function: str, event: Mapping[str, object]) -> Any:  # noqa: ANN401 - any JSON
    """Call `function` and return its answer.

    Raises:
        CannotGoOnError: the function failed.

    """
    try:
        answer = account.client("lambda").invoke(
            FunctionName=function, Payload=json.dumps(event).encode()
        )
    except ClientError as refusal:
        raise CannotGoOnError(f"{function} cannot be called: {refusal}") from refusal
    content = json.loads(answer["Payload"].read() or b"null")
    if "FunctionError" in answer:
        message = content.get("errorMessage", content) if isinstance(content, dict) else content  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        raise CannotGoOnError(f"{function} failed: {message}")
    return content
