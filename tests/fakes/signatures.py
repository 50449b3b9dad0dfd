"""Those who look at signatures."""

from collections.abc import Sequence

from roundtable.domain.documents import Document
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.reading import DetectedPage, Detection
from roundtable.ports import NotFound, SignatureDetector, SignatureVerifier


class FakeSignatureVerifier(SignatureVerifier):
    """Returns the signatures a test gave for a file's key; where it gave an error, raises that."""

    def __init__(self) -> None:
        self.signatures: dict[str, tuple[DigitalSignature, ...]] = {}
        self.fails: Exception | None = None
        self.verified: list[str] = []

    def verify(self, document: Document) -> tuple[DigitalSignature, ...]:
        self.verified.append(document.object_key)
        if self.fails is not None:
            raise self.fails
        try:
            return self.signatures[document.object_key]
        except KeyError:
            raise NotFound("there is no such file") from None


class FakeSignatureDetector(SignatureDetector):
    """Recognizes what a test put on the pages of letters; nobody recognizes until it did.

    A page on which a test put nothing has an image that cannot be taken.
    """

    def __init__(self) -> None:
        self.pages: dict[int, DetectedPage] = {}
        self.recognizes = False
        self.fails: Exception | None = None
        self.asked: list[tuple[Document, tuple[int, ...]]] = []

    def put(self, *pages: DetectedPage) -> None:
        """Recognize these pages from now on."""
        self.recognizes = True
        self.pages |= {page.page: page for page in pages}

    def detect(self, document: Document, pages: Sequence[int]) -> Detection | None:
        self.asked.append((document, tuple(pages)))
        if self.fails is not None:
            raise self.fails
        if not self.recognizes:
            return None
        found = (self.pages[page] for page in sorted(set(pages)) if page in self.pages)
        return Detection(pages=tuple(found), tool="fake")
