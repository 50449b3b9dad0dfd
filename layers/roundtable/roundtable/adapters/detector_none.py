"""Nobody who recognizes signatures on page images."""

from collections.abc import Sequence

from roundtable.domain.documents import Document
from roundtable.domain.reading import Detection
from roundtable.ports import SignatureDetector


class NoDetector(SignatureDetector):
    """For a deployment without such a service: a person looks at what is signed by hand."""

    def detect(self, document: Document, pages: Sequence[int]) -> Detection | None:
        """Return None."""
        del document, pages
        return None
