"""Functions that look into a file apart: asked, waited for, and not trusted with their words.

What they answer when they fail may quote the file, so only the error's name is taken over.
"""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from roundtable.adapters.aws_errors import service
from roundtable.domain.documents import Document
from roundtable.ports import NotFound, ReadingFailed, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

Answer = TypeVar("Answer")

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,99}")
_RAISED_ON_PURPOSE: Mapping[str, type[Exception]] = {
    error.__name__: error for error in (NotFound, Unavailable)
}


def ask(
    client: "LambdaClient", function: str, request: Mapping[str, Any], answer: TypeAdapter[Answer]
) -> Answer:
    """Invoke a function and return its answer, checked.

    Raises ReadingFailed where it crashed, ran out of time or memory, or answers something else;
    NotFound or Unavailable where it says so, or where Lambda takes no call for now.
    """
    with service("Lambda"):
        told = client.invoke(
            FunctionName=function,
            InvocationType="RequestResponse",
            Payload=json.dumps(request).encode(),
        )
        payload = told["Payload"].read()
    if told.get("FunctionError"):
        name = _name_of(payload)
        raise _RAISED_ON_PURPOSE.get(name, ReadingFailed)(f"{function}: {name}")
    try:
        return answer.validate_json(payload)
    except ValidationError:
        # It would repeat what stands in the letter.
        raise ReadingFailed(f"{function}: answers something else") from None


def which(document: Document) -> dict[str, Any]:
    """Return a document as those functions take it, without what people or checks said of it."""
    return document.model_dump(
        mode="json", exclude={"evidence", "rejected", "checked_at"}, exclude_defaults=True
    )


def _name_of(payload: bytes) -> str:
    try:
        name: object = json.loads(payload)["errorType"]
    except (ValueError, KeyError, TypeError):
        return "no name"
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "no name"
