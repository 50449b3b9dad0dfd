"""What a failed call to the table means: the only place that reads its error codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from roundtable.ports import AlreadyThere, Conflict, SeatsFull, Unavailable

Refusal = Conflict | AlreadyThere | SeatsFull
"""What it means that a write's condition did not hold."""

_PRECEDENCE = (Conflict, AlreadyThere, SeatsFull)
"""A conflict comes first: who reads again finds out whether the others still hold."""

_CONTENDED = frozenset(
    {"TransactionConflict", "TransactionConflictException", "TransactionInProgressException"}
)
_OVERLOADED = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
    }
)
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failed call means, and what may be done about it."""

    meaning: Exception
    contended: bool = False
    """Another transaction was writing the same records: the same call may well succeed now."""
    doubtful: bool = False
    """The call may have been carried out all the same."""


def understand(error: BotoCoreError | ClientError, refusals: Sequence[Refusal | None]) -> Failure:
    """Return what an error means; `refusals` stand for the conditions, one for each write.

    An error that is a mistake of ours (a malformed request, a missing permission) means itself.
    """
    if isinstance(error, ClientError):
        return _understand_answer(error, refusals)
    if isinstance(error, HTTPClientError):
        return Failure(Unavailable("the table did not answer"), doubtful=True)
    return Failure(error)


def _understand_answer(error: ClientError, refusals: Sequence[Refusal | None]) -> Failure:
    answer = cast("dict[str, Any]", error.response)
    about: dict[str, Any] = answer.get("ResponseMetadata", {})
    status = int(about.get("HTTPStatusCode", 0))
    doubtful = status >= _SERVER_ERROR or int(about.get("RetryAttempts", 0)) > 0
    code = str(answer.get("Error", {}).get("Code", ""))
    codes = [code]
    if code == "TransactionCanceledException":
        reasons: list[dict[str, Any]] = answer.get("CancellationReasons", [])
        codes = [str(reason.get("Code", "None")) for reason in reasons]
    if _CONTENDED.intersection(codes):
        conflict = Conflict("another change of the same records was under way")
        return Failure(conflict, contended=True, doubtful=doubtful)
    if refused := _refused(codes, refusals):
        return Failure(refused, doubtful=doubtful)
    if _OVERLOADED.intersection(codes) or status >= _SERVER_ERROR:
        return Failure(Unavailable("the table is not available for now"), doubtful=doubtful)
    return Failure(error, doubtful=doubtful)


def _refused(codes: Sequence[str], refusals: Sequence[Refusal | None]) -> Refusal | None:
    failed = [
        refusal
        for code, refusal in zip(codes, refusals, strict=False)
        if code in {"ConditionalCheckFailed", "ConditionalCheckFailedException"} and refusal
    ]
    return min(failed, key=lambda refusal: _PRECEDENCE.index(type(refusal)), default=None)
