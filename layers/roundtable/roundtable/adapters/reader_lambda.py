"""The function that reads letters."""

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from roundtable.adapters.apart_lambda import ask, which
from roundtable.domain.documents import Document
from roundtable.domain.reading import LetterReading
from roundtable.ports import LetterReader

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_READING = TypeAdapter(LetterReading)


class LambdaReader(LetterReader):
    """Invokes it and waits. The client must wait longer than the function may take."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def read(self, document: Document, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in a letter; raises ReadingFailed, NotFound, or Unavailable."""
        request = {"document": which(document), "max_bytes": max_bytes, "max_pages": max_pages}
        return ask(self._client, self._function, request, _READING)
