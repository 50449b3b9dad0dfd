"""Documents and the evidence that is kept about them while others change them."""

from datetime import timedelta

import pytest

from roundtable.ports import Changes, Conflict
from tests.contract.conftest import Store
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_video_evidence,
)

LATER = NOW + timedelta(minutes=1)


def test_documents_are_returned_by_requirement_and_number(store: Store) -> None:
    documents = (
        *(make_document(number=number) for number in range(1, 12)),
        make_document(kind="video"),
    )
    changes = Changes(application=make_application(), documents=tuple(reversed(documents)))
    store.applications.commit(changes)
    assert store.applications.documents(APPLICATION) == documents
    assert {item.requirement for item in documents} == {LETTER, VIDEO}


def test_keep_evidence_makes_a_received_document_checked(store: Store) -> None:
    letter, video = make_document(), make_document(kind="video")
    changes = Changes(application=make_application(), documents=(letter, video))
    store.applications.commit(changes)
    store.applications.keep_evidence(letter, make_letter_evidence(), LATER)
    store.applications.keep_evidence(video, make_video_evidence(), LATER)
    assert store.applications.documents(APPLICATION) == (
        make_document(status="checked", evidence=make_letter_evidence(), checked_at=LATER),
        make_document(
            kind="video", status="checked", evidence=make_video_evidence(), checked_at=LATER
        ),
    )


def test_keep_evidence_about_another_content_conflicts(store: Store) -> None:
    document = make_document()
    store.applications.commit(Changes(application=make_application(), documents=(document,)))
    with pytest.raises(Conflict):
        store.applications.keep_evidence(
            make_document(sha256="9" * 64), make_letter_evidence(), LATER
        )
    with pytest.raises(Conflict):
        store.applications.keep_evidence(make_document(number=2), make_letter_evidence(), LATER)
    assert store.applications.documents(APPLICATION) == (document,)


def test_commit_of_a_document_keeps_the_evidence_kept_meanwhile(store: Store) -> None:
    document = make_document()
    store.applications.commit(Changes(application=make_application(), documents=(document,)))
    store.applications.keep_evidence(document, make_letter_evidence(), LATER)
    superseded = make_document(status="superseded")
    store.applications.commit(
        Changes(application=make_application(version=2), documents=(superseded,))
    )
    assert store.applications.documents(APPLICATION) == (
        make_document(status="superseded", evidence=make_letter_evidence(), checked_at=LATER),
    )


def test_commit_of_another_content_drops_the_evidence(store: Store) -> None:
    document = make_document()
    store.applications.commit(Changes(application=make_application(), documents=(document,)))
    store.applications.keep_evidence(document, make_letter_evidence(), LATER)
    other = make_document(sha256="9" * 64, object_version="v2")
    store.applications.commit(Changes(application=make_application(version=2), documents=(other,)))
    assert store.applications.documents(APPLICATION) == (other,)


def test_commit_with_evidence_replaces_what_was_kept(store: Store) -> None:
    document = make_document()
    store.applications.commit(Changes(application=make_application(), documents=(document,)))
    store.applications.keep_evidence(document, make_letter_evidence(), LATER)
    looked = make_document(status="checked", evidence=make_letter_evidence(pages=2), checked_at=NOW)
    store.applications.commit(Changes(application=make_application(version=2), documents=(looked,)))
    assert store.applications.documents(APPLICATION) == (looked,)
