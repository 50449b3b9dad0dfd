"""Looking into a file apart: only the announced content is looked into, and images are kept."""

import hashlib
from typing import Any

import pytest

from roundtable.domain.documents import Document, preview_key
from roundtable.ports import NotFound
from roundtable.usecases.checking.apart import read_letter, verify_signatures
from tests.factories import make_document
from tests.factories.plain_letters import plain_letter
from tests.factories.signed_pdfs import signed_pdf
from tests.fakes import FakeDocuments

LETTER = plain_letter(pages=2)


def given(documents: FakeDocuments, content: bytes, **changes: Any) -> Document:
    """Return a letter that arrived with this content."""
    told = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} | changes
    document = make_document(**told)
    documents.put(document.object_key, content)
    return document


def images(documents: FakeDocuments, document: Document) -> list[int]:
    """Return the pages of which there are images."""
    return [page for page in range(1, 9) if documents.newest_object(preview_key(document, page))]


def test_read_letter_keeps_an_image_of_each_page() -> None:
    documents = FakeDocuments()
    document = given(documents, LETTER)
    reading = read_letter(documents, document, max_bytes=100_000, max_pages=3)

    assert (reading.problem, reading.pages, reading.previews) == ("", 2, 2)
    assert images(documents, document) == [1, 2]
    first = documents.newest_object(preview_key(document, 1))
    assert first is not None
    image = documents.read(first.key, first.version, max_bytes=first.size)
    assert image.startswith(b"\xff\xd8\xff")


def test_read_letter_with_too_many_pages_is_a_problem() -> None:
    documents = FakeDocuments()
    document = given(documents, LETTER)

    assert read_letter(documents, document, max_bytes=100_000, max_pages=1).problem


def test_read_letter_twice_keeps_the_first_images() -> None:
    documents = FakeDocuments()
    document = given(documents, LETTER)
    first = read_letter(documents, document, max_bytes=100_000, max_pages=3)
    kept = documents.newest_object(preview_key(document, 1))

    assert read_letter(documents, document, max_bytes=100_000, max_pages=3) == first
    assert documents.newest_object(preview_key(document, 1)) == kept


def test_read_letter_of_other_content_is_refused() -> None:
    documents = FakeDocuments()
    document = given(documents, LETTER, sha256="0" * 64)

    with pytest.raises(ValueError, match="not the one that was announced"):
        read_letter(documents, document, max_bytes=100_000, max_pages=3)
    assert images(documents, document) == []


def test_read_letter_above_the_limit_is_refused() -> None:
    documents = FakeDocuments()

    with pytest.raises(ValueError, match="larger than 10 bytes"):
        read_letter(documents, given(documents, LETTER), max_bytes=10, max_pages=3)


def test_read_letter_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFound):
        read_letter(FakeDocuments(), make_document(), max_bytes=100_000, max_pages=3)


def test_verify_signatures_without_any_is_none() -> None:
    documents = FakeDocuments()

    assert verify_signatures(documents, given(documents, LETTER)) == ()


def test_verify_signatures_names_who_signed() -> None:
    documents = FakeDocuments()
    (found,) = verify_signatures(documents, given(documents, signed_pdf(LETTER, "Jane Doe")))

    assert (found.signer, found.state) == ("Jane Doe", "valid")


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"size": 10}])
def test_verify_signatures_of_other_content_is_refused(changes: dict[str, Any]) -> None:
    documents = FakeDocuments()

    with pytest.raises(ValueError, match=r"not the one that was announced|larger than"):
        verify_signatures(documents, given(documents, LETTER, **changes))
