"""Who reads letters, in this process."""

from roundtable.domain.documents import Document
from roundtable.domain.reading import LetterReading
from roundtable.ports import LetterReader, ReadingFailed
from roundtable.usecases.checking.apart import read_letter
from tests.fakes.documents import FakeDocuments


class FakeLetterReader(LetterReader):
    """Reads what is in `documents`, with the parsers of the function; crashes if told to."""

    def __init__(self, documents: FakeDocuments) -> None:
        self._documents = documents
        self.fails: Exception | None = None
        """Raised instead of an answer: ReadingFailed("Sandbox.Timedout")."""
        self.asked: list[Document] = []

    def read(self, document: Document, *, max_bytes: int, max_pages: int) -> LetterReading:
        self.asked.append(document)
        if self.fails:
            raise self.fails
        try:
            return read_letter(self._documents, document, max_bytes=max_bytes, max_pages=max_pages)
        except ValueError as error:
            raise ReadingFailed(type(error).__name__) from error
