import pytest

from roundtable.domain.documents import (
    DocumentBinding,
    DocumentStatus,
    bindings,
    current,
    merged,
    unchecked,
)
from tests.factories import LETTER, VIDEO, make_document, make_letter_evidence

COUNTING = {DocumentStatus.RECEIVED, DocumentStatus.CHECKED}


@pytest.mark.parametrize("status", list(DocumentStatus))
def test_document_counts_once_it_arrived_and_until_it_is_replaced(status: DocumentStatus) -> None:
    assert make_document(status=status).counts is (status in COUNTING)


def test_bindings_are_of_present_documents_in_a_stable_order() -> None:
    video, second = make_document(kind="video"), make_document(number=2, sha256="3" * 64)
    gone = make_document(status="superseded")
    expected = (
        DocumentBinding(requirement=LETTER, number=2, object_version="v1", sha256="3" * 64),
        DocumentBinding(requirement=VIDEO, number=1, object_version="", sha256="2" * 64),
    )
    assert bindings((video, second, gone)) == expected
    assert bindings((gone, second, video)) == expected


def test_current_are_the_present_ones_of_one_requirement_oldest_first() -> None:
    first, second = make_document(number=1), make_document(number=2)
    assert current((second, make_document(kind="video"), first), LETTER) == (first, second)


def test_unchecked_are_present_and_without_evidence() -> None:
    waiting = make_document(number=2)
    checked = make_document(status="checked", evidence=make_letter_evidence())
    assert unchecked((checked, waiting, make_document(number=3, status="expected"))) == (waiting,)


def test_merged_replaces_by_place_and_adds() -> None:
    first, second = make_document(number=1), make_document(number=2)
    changed = first.with_(status=DocumentStatus.SUPERSEDED)
    third = make_document(number=3)
    assert merged((second, first), (third, changed)) == (changed, second, third)
