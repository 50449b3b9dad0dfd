from datetime import timedelta
from typing import Any

from roundtable.domain.application import Decision
from roundtable.domain.reviews import Recommendation
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.staff.deciding import to_decide
from roundtable.usecases.staff.portfolio import Share, portfolio
from tests.factories import (
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_form,
    make_id,
    make_outcome,
    make_program,
    make_review,
    make_track,
)
from tests.fakes import FakePorts


def make_ports(**program: Any) -> FakePorts:
    ports = FakePorts()
    regions = [{"value": key, "label": key.upper()} for key in ("west", "east")]
    ports.rounds.given(make_program(regions=regions, **program))
    return ports


def given(ports: FakePorts, stage: Stage, number: int, region: str = "", **overrides: Any) -> Any:
    organization = {"name": f"Clinic {number}", "region": region} | overrides.pop("said", {})
    form = make_form(organization=organization)
    return ports.applications.given(
        make_application(stage, number=number, form=form, **overrides),
        reviews=[make_review(application=make_id(number), status="submitted")],
    )


def test_to_decide_lists_what_waits_by_score_then_receipt() -> None:
    ports = make_ports()
    given(ports, Stage.WITH_STAFF, 1, "east", score="70.0")
    given(ports, Stage.WITH_STAFF, 2, "west", score="90.0")
    given(ports, Stage.WITH_STAFF, 3, received_at=NOW - timedelta(days=9), score="70.0")
    given(ports, Stage.ANNOUNCING, 4)
    given(ports, Stage.REVIEW, 5)
    (track,) = to_decide(ports, PROGRAM).tracks
    assert track.track == RESIDENCY
    assert [item.row.application for item in track.candidates] == [
        make_id(2), make_id(3), make_id(1),
    ]  # fmt: skip
    first = track.candidates[0]
    assert (first.region, first.recommendations) == ("WEST", (Recommendation.APPROVE,))
    assert [row.application for row in track.announcing] == [make_id(4)]
    assert (track.more, track.mix.accepted) == (False, 1)


def test_to_decide_says_where_more_wait() -> None:
    ports = make_ports()
    for number in range(1, 102):
        given(ports, Stage.WITH_STAFF, number, track=SEMINAR)
    (track,) = to_decide(ports, PROGRAM).tracks
    assert (track.track, len(track.candidates), track.more) == (SEMINAR, 100, True)


def test_portfolio_counts_who_has_a_seat_and_who_is_chosen() -> None:
    ports = make_ports(tracks=(make_track(RESIDENCY), make_track(SEMINAR)))
    given(ports, Stage.ANNOUNCING, 1, "east", said={"population": "Elders, Farm  workers"})
    given(ports, Stage.CLOSED, 2, "east", said={"population": "farm workers;"})
    given(ports, Stage.CLOSED, 3, "east", closed_as=ClosedAs.DECLINED)
    given(ports, Stage.OFFER, 4, "moon")
    given(ports, Stage.OFFER, 5, "west", track=SEMINAR)
    given(ports, Stage.ANNOUNCING, 6, "west", outcomes=(make_outcome(Decision.WAITLISTED),))
    chosen = [given(ports, Stage.WITH_STAFF, 7, "west"), given(ports, Stage.WITH_STAFF, 8)]
    mix = portfolio(ports, make_ports().rounds.newest(PROGRAM)[1], RESIDENCY, chosen)
    assert (mix.accepted, mix.chosen) == (3, 2)
    assert mix.regions == (
        Share(label="WEST", accepted=0, chosen=1),
        Share(label="EAST", accepted=2, chosen=0),
        Share(label="moon", accepted=1, chosen=0),
        Share(label="", accepted=0, chosen=1),
    )
    assert mix.populations[0] == Share(label="farm workers", accepted=2, chosen=0)
    assert mix.populations[-1] == Share(label="", accepted=1, chosen=2)


def test_portfolio_counts_one_being_corrected_once() -> None:
    ports = make_ports()
    application = given(ports, Stage.ANNOUNCING, 1, "east")
    mix = portfolio(ports, ports.rounds.newest(PROGRAM)[1], RESIDENCY, (application,))
    assert (mix.accepted, mix.chosen) == (0, 1)
