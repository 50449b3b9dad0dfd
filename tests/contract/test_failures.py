"""What the table's failures mean: lost answers, contention, overload, and mistakes of ours."""

from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from roundtable.adapters.table import Table, TableApplications, TableRounds
from roundtable.ports import AlreadyThere, Changes, Conflict, SeatChange, SeatsFull, Unavailable
from tests.contract.faults import Fault, Faulty, answer, done_but, then, timeout
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_document,
    make_event,
    make_letter_evidence,
    make_notice,
    make_program,
    make_seats,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TAKE = SeatChange(program=PROGRAM, track=RESIDENCY, change="take")


@pytest.fixture
def faulty(client: "DynamoDBClient") -> Faulty:
    return Faulty(client)


@pytest.fixture
def table(faulty: Faulty, table_name: str) -> Table:
    return Table(cast("DynamoDBClient", faulty), table_name, sleep=faulty.slept.append)


@pytest.fixture
def applications(table: Table) -> TableApplications:
    return TableApplications(table)


@pytest.fixture
def rounds(table: Table) -> TableRounds:
    return TableRounds(table)


LOST = {
    "error 500": answer("InternalServerError", 500),
    "timeout": timeout,
    "error 503": answer("ServiceUnavailable", 503),
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
@pytest.mark.parametrize("events", [(), (make_event(),)], ids=["no events", "events"])
def test_commit_whose_answer_was_lost_is_done(
    applications: TableApplications, faulty: Faulty, lost: Fault, events: tuple[Any, ...]
) -> None:
    faulty.faults = [done_but(lost)]
    changes = Changes(application=make_application(), events=events)
    applications.commit(changes)
    assert applications.get(APPLICATION) == changes.application
    assert applications.events(APPLICATION) == events


def test_commit_whose_answer_was_lost_is_done_even_if_others_went_on(
    applications: TableApplications, faulty: Faulty
) -> None:
    first = Changes(application=make_application(), events=(make_event(),))
    second = Changes(application=make_application(version=2))
    faulty.faults = [then(done_but(timeout), lambda: applications.commit(second))]
    applications.commit(first)
    assert applications.get(APPLICATION) == second.application


def test_commit_that_was_repeated_by_the_client_after_a_lost_answer_is_done(
    applications: TableApplications, rounds: TableRounds, faulty: Faulty
) -> None:
    rounds.publish(make_program(), 1, [make_seats(capacity=1)], {})
    reasons = ("ConditionalCheckFailed", "ConditionalCheckFailed", "None", "ConditionalCheckFailed")
    faulty.faults = [done_but(answer("TransactionCanceledException", 400, reasons, retries=1))]
    applications.commit(Changes(application=make_application(), seat=TAKE))
    assert rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, taken=1)


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_commit_that_was_not_done_is_unavailable(
    applications: TableApplications, faulty: Faulty, lost: Fault
) -> None:
    faulty.faults = [lost]
    changes = Changes(application=make_application(), events=(make_event(),))
    with pytest.raises(Unavailable):
        applications.commit(changes)
    applications.commit(changes)
    assert applications.get(APPLICATION) == changes.application


def test_commit_of_another_content_after_a_lost_answer_conflicts(
    applications: TableApplications, faulty: Faulty
) -> None:
    applications.commit(Changes(application=make_application()))
    other = make_application(version=2, promise_warned=True)
    applications.commit(Changes(application=other))
    reasons = ("ConditionalCheckFailed",)
    faulty.faults = [answer("TransactionCanceledException", 400, reasons, retries=2)]
    with pytest.raises(Conflict):
        applications.commit(Changes(application=make_application(version=2)))
    assert applications.get(APPLICATION) == other


def test_commit_is_tried_again_while_contended(
    applications: TableApplications, faulty: Faulty
) -> None:
    contended = answer("TransactionCanceledException", 400, ("TransactionConflict", "None"))
    in_progress = answer("TransactionInProgressException")
    faulty.faults = [contended, in_progress, contended]
    applications.commit(Changes(application=make_application()))
    assert applications.get(APPLICATION) == make_application()
    assert len(faulty.slept) == 3
    assert all(0 <= pause <= 0.1 for pause in faulty.slept)


def test_commit_that_stays_contended_conflicts(
    applications: TableApplications, faulty: Faulty
) -> None:
    contended = answer("TransactionCanceledException", 400, ("TransactionConflict",))
    faulty.faults = [contended] * 5
    with pytest.raises(Conflict):
        applications.commit(Changes(application=make_application()))
    assert faulty.faults == []
    assert len(faulty.slept) == 4


CANCELLED = {
    "seat": (("None", "ConditionalCheckFailed"), SeatsFull),
    "application": (("ConditionalCheckFailed", "None"), Conflict),
    "both": (("ConditionalCheckFailed", "ConditionalCheckFailed"), Conflict),
    "overload": (("None", "ThrottlingError"), Unavailable),
    "capacity": (("ProvisionedThroughputExceeded", "None"), Unavailable),
}


@pytest.mark.parametrize(("reasons", "meaning"), CANCELLED.values(), ids=CANCELLED)
def test_commit_cancelled_tells_by_which_item(
    applications: TableApplications,
    faulty: Faulty,
    reasons: tuple[str, ...],
    meaning: type[Exception],
) -> None:
    faulty.faults = [answer("TransactionCanceledException", 400, reasons)]
    with pytest.raises(meaning):
        applications.commit(Changes(application=make_application(version=2), seat=TAKE))


@pytest.mark.parametrize(
    "code",
    ["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"],
)
def test_overload_is_unavailable(
    applications: TableApplications, faulty: Faulty, code: str
) -> None:
    faulty.faults = [answer(code), answer(code)]
    with pytest.raises(Unavailable):
        applications.get(APPLICATION)
    with pytest.raises(Unavailable):
        applications.commit(Changes(application=make_application()))


def test_read_without_an_answer_is_unavailable(
    applications: TableApplications, faulty: Faulty
) -> None:
    faulty.faults = [timeout]
    with pytest.raises(Unavailable):
        applications.documents(APPLICATION)


def test_mistake_of_ours_comes_through(applications: TableApplications, faulty: Faulty) -> None:
    faulty.faults = [answer("AccessDeniedException"), answer("ValidationException")]
    with pytest.raises(ClientError, match="AccessDeniedException"):
        applications.get(APPLICATION)
    with pytest.raises(ClientError, match="ValidationException"):
        applications.commit(Changes(application=make_application()))


def test_failures_say_nothing_about_persons(
    applications: TableApplications, faulty: Faulty
) -> None:
    application = make_application()
    reasons = ("ConditionalCheckFailed", "ConditionalCheckFailed")
    for fault in (answer("TransactionCanceledException", 400, reasons), timeout):
        faulty.faults = [fault]
        with pytest.raises((Conflict, AlreadyThere, Unavailable)) as caught:
            applications.commit(Changes(application=application))
        assert application.owner not in str(caught.value)
        assert application.id not in str(caught.value)


def test_keep_notice_whose_answer_was_lost_is_done(
    applications: TableApplications, faulty: Faulty
) -> None:
    faulty.faults = [done_but(timeout)]
    applications.keep_notice(make_notice())
    assert applications.notices(APPLICATION) == (make_notice(),)
    faulty.faults = [answer("InternalServerError", 500)]
    with pytest.raises(Unavailable):
        applications.keep_notice(make_notice(status="sending", version=2))


def test_keep_evidence_is_tried_again_while_contended(
    applications: TableApplications, faulty: Faulty
) -> None:
    document = make_document()
    applications.commit(Changes(application=make_application(), documents=(document,)))
    faulty.faults = [answer("TransactionConflictException")]
    applications.keep_evidence(document, make_letter_evidence(), NOW)
    assert applications.documents(APPLICATION)[0].evidence == make_letter_evidence()


def test_publish_whose_answer_was_lost_is_done(rounds: TableRounds, faulty: Faulty) -> None:
    faulty.faults = [done_but(timeout)]
    rounds.publish(make_program(), 1, [make_seats()], {"by": "staff:1"})
    faulty.faults = [timeout]
    with pytest.raises(Unavailable):
        rounds.publish(make_program(), 2, [make_seats()], {"by": "staff:1"})
    assert rounds.newest(PROGRAM) == (1, make_program())


def test_open_reserve_whose_answer_was_lost_is_done(rounds: TableRounds, faulty: Faulty) -> None:
    before = make_seats(SEMINAR, reserved=1)
    rounds.publish(make_program(), 1, [before], {})
    faulty.faults = [done_but(answer("InternalServerError", 500))]
    rounds.open_reserve(before)
    assert rounds.seats(PROGRAM, SEMINAR) == make_seats(SEMINAR)


def test_count_whose_answer_was_lost_counts_once(rounds: TableRounds, faulty: Faulty) -> None:
    faulty.faults = [done_but(timeout)]
    with pytest.raises(Unavailable):
        rounds.count("event-1", PROGRAM, {"all": 1})
    rounds.count("event-1", PROGRAM, {"all": 1})
    assert rounds.counts(PROGRAM) == {"all": 1}
