"""Lists over many applications: sorted, paged, and without what does not belong there."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.application import Application
from roundtable.domain.due import Due, DueAction
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.reviews import Review
from roundtable.domain.stages import Stage
from roundtable.ports import Changes, DueItem, Page
from tests.contract.conftest import Store
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_form,
    make_id,
    make_notice,
    make_review,
)

REMIND = Due(at=NOW, action=DueAction.REMIND_CORRECTIONS, mark="remind:1")


def commit(store: Store, stage: Stage = Stage.REVIEW, **overrides: object) -> Application:
    application = make_application(stage, **overrides)
    store.applications.commit(Changes(application=application))
    return application


def ids(page: Page[Application]) -> list[str]:
    return [item.id for item in page.items]


def pages(read: Callable[[str | None], Page[Application]]) -> list[list[str]]:
    """Return the ids of all pages, read one after the other."""
    page = read(None)
    found = [ids(page)]
    while page.cursor:
        page = read(page.cursor)
        found.append(ids(page))
    return found


def test_in_stage_returns_pages_by_receipt_time(store: Store) -> None:
    # Ids in the opposite order of receipt, spread over all shards.
    for number in range(1, 12):
        commit(store, number=number, received_at=NOW - timedelta(minutes=number))
    commit(store, Stage.DECIDING, number=12)
    commit(store, number=13, program="other")
    found = pages(
        lambda cursor: store.applications.in_stage(PROGRAM, Stage.REVIEW, limit=4, cursor=cursor)
    )
    assert found == [
        [make_id(11), make_id(10), make_id(9), make_id(8)],
        [make_id(7), make_id(6), make_id(5), make_id(4)],
        [make_id(3), make_id(2), make_id(1)],
    ]


def test_in_stage_returns_equal_times_by_id_and_no_empty_last_page(store: Store) -> None:
    for number in (3, 1, 4, 2):
        commit(store, number=number)
    found = pages(
        lambda cursor: store.applications.in_stage(PROGRAM, Stage.REVIEW, limit=2, cursor=cursor)
    )
    assert found == [[make_id(1), make_id(2)], [make_id(3), make_id(4)]]


def test_in_stage_returns_drafts_by_their_beginning(store: Store) -> None:
    commit(store, Stage.DRAFT, number=1, created_at=NOW)
    commit(store, Stage.DRAFT, number=2, created_at=NOW - timedelta(microseconds=1))
    assert ids(store.applications.in_stage(PROGRAM, Stage.DRAFT)) == [make_id(2), make_id(1)]


def test_in_stage_with_a_track_returns_pages_of_that_track_only(store: Store) -> None:
    for number in range(1, 9):
        commit(store, number=number, track=RESIDENCY if number % 2 else SEMINAR)
    found = pages(
        lambda cursor: store.applications.in_stage(
            PROGRAM, Stage.REVIEW, track=SEMINAR, limit=3, cursor=cursor
        )
    )
    assert found == [[make_id(2), make_id(4), make_id(6)], [make_id(8)]]


def test_in_stage_follows_moves(store: Store) -> None:
    commit(store)
    commit(store, version=2, stage=Stage.REVIEW, track=SEMINAR)
    assert ids(store.applications.in_stage(PROGRAM, Stage.REVIEW, track=RESIDENCY)) == []
    assert ids(store.applications.in_stage(PROGRAM, Stage.REVIEW, track=SEMINAR)) == [APPLICATION]
    commit(store, Stage.DECIDING, version=3)
    assert ids(store.applications.in_stage(PROGRAM, Stage.REVIEW)) == []
    assert ids(store.applications.in_stage(PROGRAM, Stage.DECIDING)) == [APPLICATION]


def test_in_stage_goes_on_where_applications_left_meanwhile(store: Store) -> None:
    for number in range(1, 7):
        commit(store, number=number)
    first = store.applications.in_stage(PROGRAM, Stage.REVIEW, limit=3)
    commit(store, Stage.DECIDING, number=3, version=2)
    commit(store, Stage.DECIDING, number=4, version=2)
    second = store.applications.in_stage(PROGRAM, Stage.REVIEW, limit=3, cursor=first.cursor)
    assert ids(second) == [make_id(5), make_id(6)]
    assert second.cursor is None


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "ä",
        "e30=",
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(json.dumps({"list": "x", "after": "2022"}).encode()).decode(),
    ],
)
def test_in_stage_refuses_a_cursor_it_did_not_give_out(store: Store, cursor: str) -> None:
    commit(store)
    with pytest.raises(ValueError, match="the cursor is not one that this list gave out"):
        store.applications.in_stage(PROGRAM, Stage.REVIEW, cursor=cursor)


def test_in_stage_refuses_the_cursor_of_another_list(store: Store) -> None:
    for number in (1, 2):
        commit(store, number=number)
    cursor = store.applications.in_stage(PROGRAM, Stage.REVIEW, limit=1).cursor
    with pytest.raises(ValueError, match="the cursor is not one that this list gave out"):
        store.applications.in_stage(PROGRAM, Stage.DECIDING, cursor=cursor)
    with pytest.raises(ValueError, match="the cursor is not one that this list gave out"):
        store.applications.in_stage(PROGRAM, Stage.REVIEW, track=RESIDENCY, cursor=cursor)


def test_of_organization_returns_submitted_applications_by_key(store: Store) -> None:
    commit(store, number=2)
    commit(store, number=1, form=make_form(organization={"name": "Saint Marys"}))
    commit(store, Stage.DRAFT, number=3)
    commit(store, number=4, form=make_form(organization={"name": "Other"}))
    commit(store, number=5, form=make_form(organization=None))
    found = store.applications.of_organization(PROGRAM, "saint-marys")
    assert [item.id for item in found] == [make_id(1), make_id(2)]
    assert store.applications.of_organization("other", "saint-marys") == ()


def test_due_returns_applications_and_notices_the_longest_due_first(store: Store) -> None:
    late = REMIND.with_(at=NOW + timedelta(microseconds=1))
    commit(store, number=1, due=REMIND)
    commit(store, number=2, due=late)
    commit(store, number=3)
    confirm = Due(at=NOW - timedelta(days=1), action=DueAction.CONFIRM_NOTICE, mark="confirm")
    store.applications.keep_notice(make_notice(due=confirm))
    store.applications.keep_notice(make_notice(number="2", due=REMIND))
    first = store.applications.due(NOW, limit=2)
    assert first.items == (
        DueItem(APPLICATION, confirm.at, DueAction.CONFIRM_NOTICE, "receipt#1"),
        DueItem(APPLICATION, NOW, DueAction.REMIND_CORRECTIONS),
    )
    second = store.applications.due(NOW, limit=2, cursor=first.cursor)
    assert second == Page(
        (DueItem(APPLICATION, NOW, DueAction.REMIND_CORRECTIONS, "receipt#2"),), None
    )
    assert [item.application for item in store.applications.due(late.at).items] == [
        APPLICATION,
        APPLICATION,
        APPLICATION,
        make_id(2),
    ]
    assert store.applications.due(NOW - timedelta(days=2)) == Page(())


def test_due_of_a_program_reads_past_the_others(store: Store) -> None:
    for number in range(1, 21):
        program = PROGRAM if number % 5 == 0 else "other"
        commit(store, number=number, program=program, due=REMIND)
    first = store.applications.due(NOW, program=PROGRAM, limit=3)
    assert [item.application for item in first.items] == [make_id(5), make_id(10), make_id(15)]
    second = store.applications.due(NOW, program=PROGRAM, limit=3, cursor=first.cursor)
    assert [item.application for item in second.items] == [make_id(20)]
    assert second.cursor is None


def test_due_forgets_what_was_done(store: Store) -> None:
    commit(store, due=REMIND)
    commit(store, version=2)
    assert store.applications.due(NOW) == Page(())


def test_due_ends_where_the_cursor_is_behind_the_instant(store: Store) -> None:
    for number in (1, 2):
        commit(store, number=number, due=REMIND)
    first = store.applications.due(NOW, limit=1)
    early = NOW - timedelta(days=1)
    assert store.applications.due(early, limit=1, cursor=first.cursor) == Page(())


def test_in_need_returns_those_waiting_longest_first(store: Store) -> None:
    for number, minutes in ((1, 1), (2, 3), (3, 2)):
        since = NOW - timedelta(minutes=minutes)
        commit(store, number=number, help={"since": since, "reason": "The mail was refused."})
    commit(store, number=4)
    commit(store, number=2, version=2)
    assert ids(store.applications.in_need(PROGRAM)) == [make_id(3), make_id(1)]
    found = pages(lambda cursor: store.applications.in_need(PROGRAM, limit=1, cursor=cursor))
    assert found == [[make_id(3)], [make_id(1)]]


def test_outbox_returns_notices_of_a_status_oldest_first(store: Store) -> None:
    held = [
        make_notice(kind="invitation", status="held", created_at=NOW),
        make_notice(kind="invitation", status="held", application=make_id(2),
                    created_at=NOW - timedelta(seconds=1)),
        make_notice(kind="waitlisted", status="held", created_at=NOW),
    ]  # fmt: skip
    others = [make_notice(), make_notice(kind="moved", status="undelivered")]
    for notice in (*held, *others):
        store.applications.keep_notice(notice)
    first = store.applications.outbox(PROGRAM, NoticeStatus.HELD, limit=2)
    assert first.items == (held[1], held[0])
    second = store.applications.outbox(PROGRAM, NoticeStatus.HELD, limit=2, cursor=first.cursor)
    assert second == Page((held[2],), None)
    undelivered = store.applications.outbox(PROGRAM, NoticeStatus.UNDELIVERED)
    assert undelivered.items == (others[1],)
    assert store.applications.outbox("other", NoticeStatus.HELD) == Page(())


def test_outbox_follows_a_notice(store: Store) -> None:
    store.applications.keep_notice(make_notice())
    store.applications.keep_notice(make_notice(status="sending", version=2))
    assert store.applications.outbox(PROGRAM, NoticeStatus.QUEUED) == Page(())
    store.applications.keep_notice(make_notice(status="sent", version=3))
    assert store.applications.outbox(PROGRAM, NoticeStatus.SENDING) == Page(())


@pytest.mark.parametrize("status", [NoticeStatus.SENT, NoticeStatus.DELIVERED])
def test_outbox_refuses_what_has_left_it(store: Store, status: NoticeStatus) -> None:
    with pytest.raises(ValueError, match="notices sent or delivered are not listed"):
        store.applications.outbox(PROGRAM, status)


def test_queue_returns_assigned_reviews_by_due_time(store: Store) -> None:
    reviews = (
        make_review(due_at=NOW + timedelta(days=2)),
        make_review(due_at=NOW + timedelta(days=1), track=SEMINAR),
        make_review(due_at=datetime(2022, 12, 1, tzinfo=UTC), round=2),
        make_review(reviewer="reviewer-2"),
        make_review(status="submitted", round=3),
    )
    changes = Changes(application=make_application(), reviews=reviews)
    store.applications.commit(changes)
    first = store.applications.queue("reviewer-1", limit=2)
    assert first.items == (reviews[1], reviews[0])
    second = store.applications.queue("reviewer-1", limit=2, cursor=first.cursor)
    assert second == Page((reviews[2],), None)
    with pytest.raises(ValueError, match="cursor"):
        store.applications.queue("reviewer-1", cursor="of another list")


def test_given_reviews_are_the_newest_first_and_paged(store: Store) -> None:
    def given(hour: int, **overrides: object) -> Review:
        at = NOW + timedelta(hours=hour)
        return make_review(**({"status": "submitted"} | overrides | {"submitted_at": at}))

    reviews = (
        given(1),
        given(3, track=SEMINAR),
        given(2, round=2, status="released", recommendation="return"),
        given(4, round=3, status="recused"),
        given(5, reviewer="reviewer-2"),
        make_review(round=4),
        make_review(round=5, status="released"),
    )
    store.applications.commit(Changes(application=make_application(), reviews=reviews))
    first = store.applications.given_reviews("reviewer-1", limit=2)
    assert first.items == (reviews[1], reviews[2])
    second = store.applications.given_reviews("reviewer-1", limit=2, cursor=first.cursor)
    assert second == Page((reviews[0],), None)
    with pytest.raises(ValueError, match="cursor"):
        store.applications.given_reviews("reviewer-1", cursor="of another list")


def test_open_reviews_counts_assigned_reviews(store: Store) -> None:
    reviews = (make_review(), make_review(round=2), make_review(reviewer="reviewer-2"))
    store.applications.commit(Changes(application=make_application(), reviews=reviews))
    released = make_review(status="released", version=2)
    store.applications.commit(Changes(application=make_application(version=2), reviews=(released,)))
    wanted = ["reviewer-1", "reviewer-2", "reviewer-3"]
    assert store.applications.open_reviews(wanted) == {
        "reviewer-1": 1,
        "reviewer-2": 1,
        "reviewer-3": 0,
    }
    assert store.applications.open_reviews([]) == {}
