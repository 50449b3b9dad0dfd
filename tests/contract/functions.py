"""Lambda, as far as it calls functions of ours and waits for them, without any network."""

import json
import runpy
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from tests.functions.members import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_lambda import LambdaClient

FUNCTIONS = Path(__file__).parents[2] / "functions"


class Functions:
    """Answers a client of Lambda as the service does, by running handlers in this process.

    What is sent and answered goes through botocore, as on the way to AWS and back.
    """

    def __init__(self) -> None:
        # Services without stubs make the overloads partly unknown.
        self.client: LambdaClient = boto3.client(  # pyright: ignore[reportUnknownMemberType]
            "lambda",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        events: Any = self.client.meta.events  # its types know no handler that answers
        events.register("before-send.lambda.Invoke", self._answer)
        self.answers: Callable[[dict[str, Any]], tuple[bytes, dict[str, str]]] | None = None
        """Answers in place of the handlers: a payload, and headers beside it."""
        self.requests: list[dict[str, Any]] = []

    def fail(self, told: object) -> None:
        """Let every function fail with these words (a crash, a time-out, an error)."""
        payload = json.dumps(told).encode()
        self.answers = lambda _: (payload, {"X-Amz-Function-Error": "Unhandled"})

    def say(self, payload: bytes) -> None:
        """Let every function answer this."""
        self.answers = lambda _: (payload, {})

    def _answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        function = request.url.split("/functions/")[1].partition("/")[0]
        assert request.headers["X-Amz-Invocation-Type"] == b"RequestResponse"
        event: dict[str, Any] = json.loads(cast("bytes", request.body))
        self.requests.append(event)
        payload, told = self.answers(event) if self.answers else _run(function, event)
        headers = HTTPHeaders()
        for name, value in told.items():
            headers[name] = value
        return AWSResponse(request.url, 200, headers, _Raw(payload))


class _Raw(BytesIO):
    """What botocore reads an answer from."""

    def stream(self, **_: object) -> "Iterator[bytes]":
        yield self.read()


def _run(function: str, event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    try:
        answer = HANDLERS[function](event, Context())
    except Exception as error:  # noqa: BLE001 (as Lambda does, whatever it is)
        told = {"errorType": type(error).__name__, "errorMessage": str(error)}
        return json.dumps(told).encode(), {"X-Amz-Function-Error": "Unhandled"}
    return json.dumps(answer).encode(), {}


HANDLERS: dict[str, Callable[[dict[str, Any], Context], Any]] = {
    name: runpy.run_path(str(FUNCTIONS / name / "app.py"))["handler"]
    for name in ("read_letter", "verify_signatures")
}
"""Loaded here, as the tracer opens a socket when it is imported, and a test may open none."""
