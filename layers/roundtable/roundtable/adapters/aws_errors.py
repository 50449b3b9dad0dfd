"""Which failures of an AWS service pass by themselves."""

from collections.abc import Generator
from contextlib import contextmanager

from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004 (botocore's own; it is no OSError)
    HTTPClientError,
    IncompleteReadError,
)

from roundtable.ports import Unavailable

_PASSING = frozenset(
    {
        "InternalError", "InternalException", "InternalFailure", "InternalServerError",
        "KmsThrottlingException", "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestTimeout", "RequestTimeoutException", "ServiceException",
        "ServiceUnavailable", "ServiceUnavailableException", "SlowDown", "Throttling",
        "ThrottlingException", "TooManyRequestsException",
    }
)  # fmt: skip
_TOO_MANY = 429
_SERVER_FAULT = 500


def code_of(error: ClientError) -> str:
    """Return the service's own name of an error; for a HEAD request its HTTP status."""
    return error.response.get("Error", {}).get("Code", "")


def passes(error: ClientError) -> bool:
    """Return whether the same request may succeed later: throttled, or the service's own fault."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return code_of(error) in _PASSING or status == _TOO_MANY or status >= _SERVER_FAULT


@contextmanager
def service(name: str) -> Generator[None]:
    """Raise Unavailable, naming the service, for failures that pass; others go through."""
    try:
        yield
    except ClientError as error:
        if passes(error):
            raise Unavailable(f"{name}: {code_of(error)}") from error
        raise
    except (ConnectionError, HTTPClientError, IncompleteReadError) as error:
        raise Unavailable(f"{name}: {type(error).__name__}") from error
