"""What an applicant's pages are told beside the status."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.stages import ClosedAs, Stage
from roundtable.texts.languages import speaking
from roundtable.usecases.following.followed import Followed, follow
from tests.factories import (
    LETTER,
    NOW,
    RESIDENCY,
    SEMINAR,
    TEAM,
    make_application,
    make_document,
    make_form,
    make_program,
)
from tests.fakes import FakePorts


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def followed(ports: FakePorts, stage: Stage, *documents: Any, **overrides: Any) -> Followed:
    application = make_application(stage, **overrides)
    return follow(ports, ports.applications.given(application, documents=list(documents)))


def test_track_to_change_to_tells_what_it_also_needs(ports: FakePorts) -> None:
    shown = followed(ports, Stage.REVIEW, track=SEMINAR, form=make_form(tracks=(SEMINAR,)))
    (track,) = shown.tracks
    assert (track.key, track.promise) == (RESIDENCY, date(2022, 12, 5))
    assert track.also_needed == ("Letter of commitment", "Video of the team", "Team")
    assert track.open_questions == ()
    assert track.closes == datetime.fromisoformat("2022-10-22T04:00:00Z")


def test_promise_of_another_track_counts_from_the_receipt(ports: FakePorts) -> None:
    (track,) = followed(ports, Stage.REVIEW).tracks
    assert (track.key, track.promise, track.also_needed) == (SEMINAR, date(2022, 11, 1), ())


@pytest.mark.parametrize(
    ("stage", "holds"),
    [(Stage.REVIEW, False), (Stage.WAITLIST, False), (Stage.OFFER, True), (Stage.ENROLLING, True)],
)
def test_place_is_held_once_it_was_offered(ports: FakePorts, stage: Stage, holds: bool) -> None:
    assert followed(ports, stage).holds_place is holds


def test_answer_is_late_from_its_date_on(ports: FakePorts) -> None:
    assert not followed(ports, Stage.OFFER).late
    ports.clock.advance(days=14)
    assert followed(ports, Stage.OFFER).late


def test_answer_to_a_lapsed_offer_is_late(ports: FakePorts) -> None:
    offer = {
        "track": RESIDENCY,
        "made_at": NOW - timedelta(days=20),
        "answer_by": NOW,
        "answer": "lapsed",
    }
    assert followed(ports, Stage.CLOSED, closed_as=ClosedAs.LAPSED, offer=offer).late
    assert not followed(ports, Stage.CLOSED).late


def test_slots_in_which_nothing_arrived_are_no_documents(ports: FakePorts) -> None:
    waiting = make_document(number=2, status="expected", received_at=None)
    shown = followed(ports, Stage.CHECKING, make_document(), waiting)
    assert [(it.document.requirement, it.document.number) for it in shown.documents] == [
        (LETTER, 1)
    ]


def test_sentences_of_use_cases_stay_english(ports: FakePorts) -> None:
    with speaking("es"):
        status = followed(ports, Stage.CORRECTIONS).status
    assert status.missing_until is not None
    assert status.missing_until.local == "Friday, October 21, 2022, 11:59 PM EDT"
    assert status.promise is not None
    assert status.promise.local == "Monday, December 5, 2022"
    assert TEAM in {item.requirement for item in status.requirements}
