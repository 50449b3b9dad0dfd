"""What is logged, and what is not."""

import io
import json
import logging
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.ports import Conflict, Unavailable
from roundtable.runtime.observability import (
    DiscreetFormatter,
    UnexpectedError,
    about,
    count,
    logger,
    observed,
)
from tests.factories import APPLICATION

CANARY = "canary-7421"
CONTEXT = cast(
    "LambdaContext",
    SimpleNamespace(
        function_name="decide",
        memory_limit_in_mb=256,
        invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:decide",
        aws_request_id="request-1",
        tenant_id=None,
    ),
)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    handler = logging.getLogger("roundtable").handlers[0]
    monkeypatch.setattr(cast("logging.StreamHandler[Any]", handler), "stream", stream)
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "true")
    return stream


def _records(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(row) for row in written.getvalue().splitlines()]


def test_handler_answers_and_its_lines_name_function_and_application(
    written: io.StringIO,
) -> None:
    @observed
    def handler(event: dict[str, Any], context: LambdaContext) -> str:
        logger.info("deciding")
        return event["application"]

    assert handler({"application": APPLICATION, "name": CANARY}, CONTEXT) == APPLICATION
    (record,) = _records(written)
    assert record["message"] == "deciding"
    assert record["service"] == "roundtable"
    assert record["function_name"] == "decide"
    assert record["correlation_id"] == APPLICATION
    assert CANARY not in written.getvalue()


def test_application_of_the_last_event_is_forgotten(written: io.StringIO) -> None:
    @observed
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        logger.info("here")

    handler({"application": APPLICATION}, CONTEXT)
    handler({"application": CANARY}, CONTEXT)
    handler({}, CONTEXT)

    assert ["correlation_id" in record for record in _records(written)] == [True, False, False]


def test_about_correlates_what_an_event_did_not_name(written: io.StringIO) -> None:
    about(APPLICATION)
    logger.info("here")

    assert _records(written)[0]["correlation_id"] == APPLICATION


def test_unforeseen_failure_keeps_its_place_and_loses_its_words(written: io.StringIO) -> None:
    def parse(text: str) -> int:
        return int(text)

    @observed
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        try:
            parse(event["age"])
        except ValueError as error:
            raise LookupError(f"nobody is {event['age']}") from error

    with pytest.raises(UnexpectedError) as raised:
        handler({"age": CANARY}, CONTEXT)

    assert str(raised.value) == "LookupError"
    assert raised.value.__context__ is None
    (record,) = _records(written)
    assert record["exception_name"] == "LookupError"
    assert record["exception"].startswith("builtins.LookupError\n")
    assert "caused by builtins.ValueError" in record["exception"]
    assert "in parse" in record["exception"]
    assert CANARY not in written.getvalue()


@pytest.mark.parametrize("error", [Conflict("changed meanwhile"), Unavailable("S3: SlowDown")])
def test_failure_that_the_machine_knows_by_name_comes_through(
    error: Exception, written: io.StringIO
) -> None:
    @observed
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        handler({}, CONTEXT)
    assert raised.value is error
    assert written.getvalue() == ""


@pytest.mark.parametrize("message", [{"name": CANARY}, [CANARY], f'{{"name": "{CANARY}"}}'])
def test_objects_are_not_logged(message: Any, written: io.StringIO) -> None:
    logger.info(message)

    assert CANARY not in written.getvalue()
    assert "is not logged" in _records(written)[0]["message"]


def test_extra_objects_are_left_out_and_addresses_are_hidden(written: io.StringIO) -> None:
    logger.info(
        "mail to ada@stmary.example is late", extra={"event": {"name": CANARY}, "attempt": 2}
    )
    (record,) = _records(written)

    assert record["message"] == "mail to (address) is late"
    assert record["attempt"] == 2
    assert "event" not in record


def test_lines_of_adapters_are_written_alike(written: io.StringIO) -> None:
    logging.getLogger("roundtable.adapters.checkers_lambda").warning("late for %s", "x@y.example")

    assert _records(written)[0]["message"] == "late for (address)"
    assert isinstance(logging.getLogger("roundtable").handlers[0].formatter, DiscreetFormatter)


def test_counted_metric_is_written_even_if_the_handler_fails(
    capsys: pytest.CaptureFixture[str], written: io.StringIO
) -> None:
    @observed
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        count("DecisionMade", 2)
        raise Conflict("changed meanwhile")

    with pytest.raises(Conflict):
        handler({}, CONTEXT)
    metric = json.loads(capsys.readouterr().out)

    assert metric["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Roundtable"
    assert metric["DecisionMade"] == [2.0]
