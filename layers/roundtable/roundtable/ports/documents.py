"""Uploaded files, and those who look into them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import IO, Protocol

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.model import Instant, Record
from roundtable.domain.reading import Detection, LetterReading


class UploadForm(Record):
    """A presigned POST: where to send the file and the fields to send before it."""

    url: str
    fields: dict[str, str]
    expires_at: Instant
    max_bytes: int


class StoredObject(Record):
    """One version of an uploaded file."""

    key: str
    version: str
    size: int
    content_type: str
    stored_at: Instant


class Documents(Protocol):
    """Uploaded files under keys that the server chose."""

    @property
    def origin(self) -> str:
        """The origin to which browsers send uploads, such as `https://….amazonaws.com`."""
        ...

    def upload_form(
        self, key: str, *, content_type: str, max_bytes: int, now: datetime, then: str = ""
    ) -> UploadForm:
        """Return a form for one exact key, type and length range that expires within 10 min.

        With `then`, an address, the browser is sent there once the file is stored.
        """
        ...

    def newest_object(self, key: str) -> StoredObject | None:
        """Return the newest version of a file, or None where nothing was uploaded."""
        ...

    def read(self, key: str, version: str, *, max_bytes: int) -> bytes:
        """Return a file's content; raises NotFound, or ValueError above `max_bytes`."""
        ...

    def read_range(self, key: str, version: str, start: int, length: int) -> bytes:
        """Return part of a file, shorter at its end."""
        ...

    def open(self, key: str, version: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file to read it through once (for its hash)."""
        ...

    def store_preview(self, key: str, image: bytes) -> None:
        """Keep the JPEG image of a page under its key (`preview_key`)."""
        ...

    def preview_url(self, key: str) -> str:
        """Return a short-lived address that shows the image of a page."""
        ...

    def download_url(self, key: str, version: str, *, file_name: str) -> str:
        """Return a short-lived address that downloads a version as an attachment."""
        ...


class Checkers(Protocol):
    """Functions of their own that look into one document."""

    def request(self, document: Document) -> None:
        """Ask for a check without waiting for it; a lost request is made up by the workflow."""
        ...


class LetterReader(Protocol):
    """Reads a letter apart from everything else, so that a hostile file harms nothing."""

    def read(self, document: Document, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in a letter, and make its page images (`preview_key`) once.

        A file that cannot be read is told in `problem`. Raises ReadingFailed, NotFound, or
        Unavailable.
        """
        ...


class SignatureVerifier(Protocol):
    """Verifies digital signatures of PDF files."""

    def verify(self, document: Document) -> tuple[DigitalSignature, ...]:
        """Return every digital signature, none for empty fields.

        Raises ReadingFailed, NotFound, or Unavailable.
        """
        ...


class SignatureDetector(Protocol):
    """Recognizes text and signatures on page images."""

    def detect(self, document: Document, pages: Sequence[int]) -> Detection | None:
        """Return what is on these pages, whose images were made; None where nobody recognizes.

        Raises Unavailable.
        """
        ...


class MalwareScanner(Protocol):
    """Searches uploaded files for malware."""

    def status(self, key: str, version: str) -> ScanStatus:
        """Return the result for one version; PENDING where there is none yet.

        Raises NotFound or Unavailable.
        """
        ...
