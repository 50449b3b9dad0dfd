"""The function that verifies digital signatures."""

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from roundtable.adapters.apart_lambda import ask, which
from roundtable.domain.documents import Document
from roundtable.domain.evidence import DigitalSignature
from roundtable.ports import SignatureVerifier

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_SIGNATURES = TypeAdapter(tuple[DigitalSignature, ...])


class LambdaVerifier(SignatureVerifier):
    """Invokes it and waits. The client must wait longer than the function may take."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def verify(self, document: Document) -> tuple[DigitalSignature, ...]:
        """Return every digital signature; raises ReadingFailed, NotFound, or Unavailable."""
        return ask(self._client, self._function, {"document": which(document)}, _SIGNATURES)
