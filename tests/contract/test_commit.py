"""One transaction for one step: everything or nothing, and fenced by versions."""

from datetime import timedelta

import pytest

from roundtable.domain.audit import AuditEvent
from roundtable.domain.stages import Stage
from roundtable.ports import (
    AlreadyThere,
    Changes,
    Conflict,
    IdempotencyRecord,
    NotFound,
    SeatChange,
    Waiting,
)
from tests.contract.conftest import Store
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    make_application,
    make_document,
    make_event,
    make_id,
    make_notice,
    make_program,
    make_review,
    make_seats,
)

TAKE = SeatChange(program=PROGRAM, track=RESIDENCY, change="take")


def begin(store: Store, number: int = 1, stage: Stage = Stage.DRAFT) -> Changes:
    changes = Changes(application=make_application(stage, number=number))
    store.applications.commit(changes)
    return changes


def idempotency(**overrides: object) -> IdempotencyRecord:
    kept: dict[str, object] = {
        "key": "key-1",
        "body_hash": "b" * 64,
        "application": APPLICATION,
        "expires_at": NOW + timedelta(hours=1),
    }
    return IdempotencyRecord.model_validate(kept | overrides)


def test_commit_first_version_is_found_in_every_way(store: Store) -> None:
    application = begin(store).application
    assert store.applications.get(application.id) == application
    assert store.applications.by_reference("FW-TEST-0001") == application
    assert store.applications.of_owner(PROGRAM, "Ada@StMary.example") == (application,)
    assert store.applications.of_owner("other", application.owner) == ()


def test_get_unknown_application_raises_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.applications.get(APPLICATION)
    with pytest.raises(NotFound):
        store.applications.by_reference("FW-TEST-0001")
    with pytest.raises(NotFound):
        store.applications.notice(APPLICATION, "receipt#1")


def test_get_where_only_a_callback_was_stored_raises_not_found(store: Store) -> None:
    store.wait(APPLICATION, "token", Stage.REVIEW)
    with pytest.raises(NotFound):
        store.applications.get(APPLICATION)


def test_of_owner_returns_the_newest_first(store: Store) -> None:
    for number, days in ((1, 2), (2, 3), (3, 1)):
        application = make_application(number=number, created_at=NOW - timedelta(days=days))
        store.applications.commit(Changes(application=application))
    found = store.applications.of_owner(PROGRAM, "ada@stmary.example")
    assert [item.id for item in found] == [make_id(3), make_id(1), make_id(2)]


def test_commit_of_the_same_version_twice_conflicts(store: Store) -> None:
    begin(store)
    first = make_application(Stage.CHECKING, version=2)
    second = make_application(Stage.CHECKING, version=2, promise_warned=True)
    store.applications.commit(Changes(application=first))
    with pytest.raises(Conflict):
        store.applications.commit(Changes(application=second, events=(make_event(),)))
    assert store.applications.get(APPLICATION) == first
    assert store.applications.events(APPLICATION) == ()


@pytest.mark.parametrize("version", [1, 3])
def test_commit_of_a_version_that_does_not_follow_conflicts(store: Store, version: int) -> None:
    before = begin(store).application
    application = make_application(version=version, reference="FW-TEST-0002")
    with pytest.raises(Conflict):
        store.applications.commit(Changes(application=application))
    assert store.applications.get(APPLICATION) == before


def test_commit_of_a_taken_reference_is_already_there(store: Store) -> None:
    begin(store)
    application = make_application(number=2, reference="FW-TEST-0001")
    with pytest.raises(AlreadyThere):
        store.applications.commit(Changes(application=application))
    with pytest.raises(NotFound):
        store.applications.get(application.id)
    assert len(store.applications.of_owner(PROGRAM, application.owner)) == 1


def test_commit_keeps_the_callback(store: Store) -> None:
    begin(store)
    assert store.applications.waiting(APPLICATION) is None
    store.wait(APPLICATION, "token-1", Stage.REVIEW)
    store.applications.commit(Changes(application=make_application(Stage.REVIEW, version=2)))
    assert store.applications.waiting(APPLICATION) == Waiting("token-1", Stage.REVIEW)


def test_commit_appends_events_in_order(store: Store) -> None:
    events: tuple[AuditEvent, ...] = ()
    for sequence in range(1, 13):
        previous = events[-1].hash if events else ""
        events = (*events, make_event(sequence=sequence, previous=previous))
    store.applications.commit(Changes(application=make_application(), events=events))
    assert store.applications.events(APPLICATION) == events


def test_commit_of_an_event_that_is_there_conflicts(store: Store) -> None:
    store.applications.commit(Changes(application=make_application(), events=(make_event(),)))
    other = Changes(application=make_application(version=2), events=(make_event(kind="other"),))
    with pytest.raises(Conflict):
        store.applications.commit(other)
    assert store.applications.get(APPLICATION).version == 1
    assert store.applications.events(APPLICATION) == (make_event(),)


def test_commit_writes_reviews_fenced_by_their_versions(store: Store) -> None:
    review = make_review()
    store.applications.commit(Changes(application=make_application(), reviews=(review,)))
    submitted = make_review(status="submitted", version=2)
    second = make_application(version=2)
    store.applications.commit(Changes(application=second, reviews=(submitted,)))
    assert store.applications.reviews(APPLICATION) == (submitted,)
    late = make_review(status="recused", version=2)
    third = Changes(application=make_application(version=3), reviews=(late,))
    with pytest.raises(Conflict):
        store.applications.commit(third)
    again = Changes(application=make_application(version=3), reviews=(review,))
    with pytest.raises(Conflict):
        store.applications.commit(again)
    assert store.applications.get(APPLICATION) == second


def test_commit_of_a_notice_that_is_there_is_already_there(store: Store) -> None:
    notice = make_notice()
    store.applications.commit(Changes(application=make_application(), notices=(notice,)))
    again = make_notice(facts={"other": True})
    with pytest.raises(AlreadyThere):
        store.applications.commit(
            Changes(application=make_application(version=2), notices=(again,))
        )
    assert store.applications.notice(APPLICATION, "receipt#1") == notice
    assert store.applications.get(APPLICATION).version == 1


def test_commit_of_a_notice_changed_meanwhile_conflicts(store: Store) -> None:
    store.applications.commit(Changes(application=make_application(), notices=(make_notice(),)))
    sending = make_notice(status="sending", version=2)
    store.applications.keep_notice(sending)
    cancelled = make_notice(status="cancelled", version=2)
    with pytest.raises(Conflict):
        store.applications.commit(
            Changes(application=make_application(version=2), notices=(cancelled,))
        )
    assert store.applications.notices(APPLICATION) == (sending,)


def test_keep_notice_is_fenced(store: Store) -> None:
    store.applications.keep_notice(make_notice())
    with pytest.raises(AlreadyThere):
        store.applications.keep_notice(make_notice())
    with pytest.raises(Conflict):
        store.applications.keep_notice(make_notice(version=3))
    with pytest.raises(Conflict):
        store.applications.keep_notice(make_notice(number="2", version=2))


def test_notices_are_returned_oldest_first(store: Store) -> None:
    notices = (
        make_notice(kind="waitlisted", created_at=NOW),
        make_notice(kind="moved", created_at=NOW + timedelta(seconds=1)),
        make_notice(kind="corrections", created_at=NOW + timedelta(seconds=2)),
    )
    changes = Changes(application=make_application(), notices=tuple(reversed(notices)))
    store.applications.commit(changes)
    assert store.applications.notices(APPLICATION) == notices


def test_commit_of_a_used_idempotency_key_is_already_there(store: Store) -> None:
    kept = idempotency()
    store.applications.commit(Changes(application=make_application(), idempotency=kept))
    assert store.applications.answered("key-1") == kept
    second = make_application(number=2)
    with pytest.raises(AlreadyThere):
        store.applications.commit(
            Changes(application=second, idempotency=idempotency(application=second.id))
        )
    assert store.applications.answered("key-1") == kept
    assert store.applications.answered("key-2") is None
    with pytest.raises(NotFound):
        store.applications.get(second.id)


def test_commit_takes_an_idempotency_key_that_is_over(store: Store) -> None:
    over = idempotency(expires_at=NOW)
    store.applications.commit(Changes(application=make_application(), idempotency=over))
    new = idempotency(application=make_id(2))
    store.applications.commit(Changes(application=make_application(number=2), idempotency=new))
    assert store.applications.answered("key-1") == new


def test_commit_tells_a_conflict_before_anything_else(store: Store) -> None:
    begin(store)
    store.applications.keep_notice(make_notice())
    stale = Changes(application=make_application(version=3), notices=(make_notice(),), seat=TAKE)
    with pytest.raises(Conflict):
        store.applications.commit(stale)
    twice = Changes(application=make_application(version=2), notices=(make_notice(),), seat=TAKE)
    with pytest.raises(AlreadyThere):
        store.applications.commit(twice)


def test_commit_writes_all_parts_at_once(store: Store) -> None:
    store.rounds.publish(make_program(), 1, [make_seats()], {})
    changes = Changes(
        application=make_application(Stage.NOTIFYING),
        events=(make_event(),),
        documents=(make_document(), make_document(kind="video")),
        reviews=(make_review(), make_review(reviewer="reviewer-2")),
        notices=(make_notice(),),
        seat=TAKE,
        idempotency=idempotency(),
    )
    store.applications.commit(changes)
    assert store.applications.get(APPLICATION) == changes.application
    assert store.applications.events(APPLICATION) == changes.events
    assert store.applications.documents(APPLICATION) == changes.documents
    assert store.applications.reviews(APPLICATION) == changes.reviews
    assert store.applications.notices(APPLICATION) == changes.notices
    assert store.applications.answered("key-1") == changes.idempotency
