"""A client of the table whose calls go wrong as a test tells it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ReadTimeoutError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Fault = Callable[[Callable[[], Any]], Any]


class Faulty:
    """A client whose next calls go wrong, one after the other, as told by `faults`."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client
        self.faults: list[Fault] = []
        self.slept: list[float] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        operation = getattr(self._client, name)

        def call(**request: Any) -> Any:
            if not self.faults:
                return operation(**request)
            return self.faults.pop(0)(lambda: operation(**request))

        return call


def answer(code: str, status: int = 400, reasons: tuple[str, ...] = (), retries: int = 0) -> Fault:
    """Return a fault: the service answers so, and does nothing."""

    def fault(_: Callable[[], Any]) -> Any:
        response: Any = {
            "Error": {"Code": code, "Message": "for a test"},
            "ResponseMetadata": {"HTTPStatusCode": status, "RetryAttempts": retries},
            "CancellationReasons": [{"Code": reason} for reason in reasons],
        }
        raise ClientError(response, "TransactWriteItems")

    return fault


def timeout(_: Callable[[], Any]) -> Any:
    """Do nothing and never answer."""
    raise ReadTimeoutError(endpoint_url="https://dynamodb.example")


def done_but(fault: Fault) -> Fault:
    """Return a fault: the service does it, and goes wrong afterwards."""

    def both(call: Callable[[], Any]) -> Any:
        call()
        return fault(call)

    return both


def then(first: Fault, second: Callable[[], None]) -> Fault:
    """Return a fault after which somebody else does something."""

    def both(call: Callable[[], Any]) -> Any:
        try:
            return first(call)
        finally:
            second()

    return both
