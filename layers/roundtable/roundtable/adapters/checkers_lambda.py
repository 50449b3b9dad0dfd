"""Functions that look into one document, asked without waiting for their answer."""

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from roundtable.adapters.aws_errors import service
from roundtable.domain.documents import Document
from roundtable.ports import Checkers, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_log = logging.getLogger(__name__)


class LambdaCheckers(Checkers):
    """Invokes the function of a document's kind by an event."""

    def __init__(
        self, client: "LambdaClient", functions: Mapping[Literal["letter", "video"], str]
    ) -> None:
        self._client = client
        self._functions = dict(functions)

    def request(self, document: Document) -> None:
        """Ask for a check; where Lambda takes none for now, the workflow will check."""
        try:
            with service("Lambda"):
                self._client.invoke(
                    FunctionName=self._functions[document.kind],
                    InvocationType="Event",
                    Payload=json.dumps(
                        {
                            "application": document.application,
                            "requirement": document.requirement,
                            "number": document.number,
                        }
                    ).encode(),
                )
        except Unavailable as error:
            _log.warning(
                "the check of %s/%s/%d was not asked for: %s",
                document.application,
                document.requirement,
                document.number,
                error,
            )
