"""Logs, traces and metrics that hold no personal data.

What a function is given (events, forms, documents) is never logged or traced. Failures are
logged by their type and place alone: their messages may quote what an applicant wrote.
"""

import re
import traceback
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.ports import AlreadyThere, Conflict, NotFound, SeatsFull, Unavailable
from roundtable.usecases.errors import ApplicationMoved

if TYPE_CHECKING:
    from aws_lambda_powertools.logging.types import LogRecord

SERVICE = "roundtable"
NAMESPACE = "Roundtable"

Event = TypeVar("Event", bound=Mapping[str, Any])
Answer = TypeVar("Answer")

_ADDRESS = re.compile(r"[^\s@\"'<>,;:]+@[^\s@\"'<>,;:]+")
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_EXPECTED = (ApplicationMoved, Conflict, Unavailable, SeatsFull, AlreadyThere, NotFound)
"""Raised on purpose; their messages hold ids at most, and the state machine knows their names."""


class UnexpectedError(Exception):
    """A failure that nobody foresaw; its message is the type alone. The log tells where."""


class DiscreetFormatter(LambdaPowertoolsFormatter):
    """Lets sentences, names and numbers through; objects, messages of failures, addresses not."""

    def formatException(  # noqa: N802 (the standard library's name)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the types of a failure and its causes, and where each was raised."""
        return "\ncaused by ".join(_places(error) for error in _chain(ei[1]))

    def serialize(self, log: "LogRecord") -> str:
        """Return a record as JSON, without what may be somebody's data."""
        record = cast("dict[str, Any]", log)
        kept = {
            key: value
            for key, value in record.items()
            if isinstance(value, str | int | float) and key != "exception_notes"
        }
        if "message" not in kept:
            kept["message"] = f"(a {type(record.get('message')).__name__} is not logged)"
        return _ADDRESS.sub("(address)", super().serialize(kept))


logger = Logger(service=SERVICE, logger_formatter=DiscreetFormatter(serialize_stacktrace=False))
tracer = Tracer(service=SERVICE, patch_modules=("botocore",))
"""Traces calls to AWS. Other HTTP is left out: its addresses may be an applicant's."""
metrics = Metrics(namespace=NAMESPACE, service=SERVICE)


def observed(
    handler: Callable[[Event, LambdaContext], Answer],
) -> Callable[[Event, LambdaContext], Answer]:
    """Wrap a function's handler: log context, trace, metrics, and failures without their words.

    An application's id in the event (`application`) correlates its log lines; see `about`.
    """
    traced = tracer.capture_lambda_handler(handler, capture_response=False, capture_error=False)

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    @wraps(handler)
    def wrapped(event: Event, context: LambdaContext) -> Answer:
        logger.set_correlation_id(_application_of(event))
        failure: UnexpectedError
        try:
            with _flushed_metrics():
                return traced(event, context)
        except _EXPECTED:
            raise
        except Exception as error:
            logger.exception("the function failed")
            failure = UnexpectedError(type(error).__name__)
        # Raised outside of the handler, so that it does not carry the first failure along.
        raise failure

    return wrapped


def about(application: str) -> None:
    """Correlate what is logged and traced from here on with an application."""
    logger.set_correlation_id(application)
    tracer.put_annotation("application", application)


def count(metric: str, amount: int = 1) -> None:
    """Add to a metric of the service."""
    metrics.add_metric(name=metric, unit=MetricUnit.Count, value=amount)


@contextmanager
def _flushed_metrics() -> Generator[None]:
    try:
        yield
    finally:
        if metrics.provider.metric_set:
            metrics.flush_metrics()


def _application_of(event: Mapping[str, Any]) -> str | None:
    application = event.get("application")
    if isinstance(application, str) and _ULID.fullmatch(application):
        return application
    return None


def _chain(error: BaseException | None) -> Generator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    rows = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    code: str = getattr(error, "response", {}).get("Error", {}).get("Code", "")
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return "\n".join([f"{kind} ({code})" if code else kind, *rows])
