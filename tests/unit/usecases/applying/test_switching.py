from datetime import UTC, date, datetime

import pytest

from roundtable.domain.events import published
from roundtable.domain.stages import Stage
from roundtable.usecases.applying.switching import switch_track, transfer
from roundtable.usecases.errors import Invalid, NotNow
from tests.factories import PROGRAM, RESIDENCY, SEMINAR, make_program, make_track
from tests.unit.usecases.rounds import APPLICANT, STAFF, Round, check_invariants

AC_CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)


def in_review(**changes: object) -> tuple[Round, str]:
    tracks = (make_track(RESIDENCY), make_track(SEMINAR, closes=date(2022, 11, 1), **changes))
    round_ = Round(make_program(tracks=tracks))
    application = round_.submit(tracks=(RESIDENCY,))
    round_.settle()
    return round_, application


@pytest.mark.scenario(18)
def test_switch_to_an_open_track_keeps_the_receipt_and_counts_the_promise_anew() -> None:
    round_, application = in_review(decided_by="staff")
    before = round_.get(application)
    moved = switch_track(round_.ports, application, APPLICANT, track=SEMINAR)
    assert (moved.stage, moved.track, moved.received_at) == (
        Stage.CHECKING,
        SEMINAR,
        before.received_at,
    )
    assert moved.promise == date(2022, 11, 2)
    assert moved.form.tracks == (RESIDENCY, SEMINAR)
    reviews = round_.ports.applications.reviews(application)
    assert {item.status.value for item in reviews} == {"released"}
    round_.settle()
    assert round_.stage(application) is Stage.WITH_STAFF
    assert "moved#seminar:1" in round_.told(application)
    check_invariants(round_)


@pytest.mark.scenario(18)
def test_switch_to_a_track_that_has_closed_is_refused() -> None:
    round_, application = in_review(decided_by="staff")
    switch_track(round_.ports, application, APPLICANT, track=SEMINAR)
    round_.ports.clock.set(AC_CLOSE)
    with pytest.raises(NotNow, match="Residency has closed; this application stays in Seminar"):
        switch_track(round_.ports, application, APPLICANT, track=RESIDENCY)


def test_switch_to_the_same_or_an_unknown_track_is_refused() -> None:
    round_, application = in_review()
    with pytest.raises(NotNow):
        switch_track(round_.ports, application, APPLICANT, track=RESIDENCY)
    with pytest.raises(Invalid) as refused:
        switch_track(round_.ports, application, APPLICANT, track="nowhere")
    assert [item.path for item in refused.value.problems] == ["/track"]


def test_switch_after_the_decision_is_refused() -> None:
    round_, application = in_review()
    round_.review(application)
    with pytest.raises(NotNow, match="cannot change any more"):
        switch_track(round_.ports, application, APPLICANT, track=SEMINAR)


def test_transfer_by_staff_after_the_close_keeps_its_reason_inside() -> None:
    round_, application = in_review(decided_by="staff")
    round_.ports.clock.set(datetime(2022, 11, 3, 4, tzinfo=UTC))
    transfer(round_.ports, application, STAFF, track=SEMINAR, reason="Ada Brook asked for it.")
    event = next(
        item
        for item in round_.ports.applications.events(application)
        if item.kind == "track_switched"
    )
    assert event.detail["reason"] == "Ada Brook asked for it."
    pair = published(event, PROGRAM)
    assert pair is not None
    assert pair[1].detail == {"left": RESIDENCY, "track": SEMINAR, "why": "staff"}
