import pytest

from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.deciding.concluding import close_application, enrol_team, release_seat
from roundtable.usecases.errors import ApplicationMoved
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    make_application,
    make_notice,
    make_program,
    make_review,
    make_seats,
)
from tests.fakes import FakePorts


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def test_enrol_team_twice_is_enrolled_once(ports: FakePorts) -> None:
    ports.applications.given(make_application(Stage.ENROLLING))
    ended = enrol_team(ports, APPLICATION)
    assert (ended.stage, ended.closed_as, ended.closed_at) == (
        Stage.CLOSED,
        ClosedAs.ENROLLED,
        NOW,
    )
    with pytest.raises(ApplicationMoved):
        enrol_team(ports, APPLICATION)
    assert [notice.key for notice in ports.applications.notices(APPLICATION)] == [
        "enrolled#residency"
    ]


@pytest.mark.parametrize(
    ("answer", "closed_as", "ended"),
    [
        ("no", None, ClosedAs.DECLINED),
        ("lapsed", None, ClosedAs.LAPSED),
        ("", ClosedAs.WITHDRAWN, ClosedAs.WITHDRAWN),
    ],
)
def test_release_seat_gives_it_back_once(
    ports: FakePorts, answer: str, closed_as: ClosedAs | None, ended: ClosedAs
) -> None:
    ports.rounds.put_seats(make_seats(taken=1))
    application = make_application(Stage.RELEASING, closed_as=closed_as)
    assert application.offer is not None
    ports.applications.given(application.with_(offer=application.offer.with_(answer=answer)))
    assert release_seat(ports, APPLICATION).closed_as is ended
    with pytest.raises(ApplicationMoved):
        release_seat(ports, APPLICATION)
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats()


def test_close_application_tidies_up_and_then_does_nothing(ports: FakePorts) -> None:
    held = make_notice(kind="not_selected", number="residency:not_selected", status="held")
    kept = make_notice(kind="receipt", status="sent")
    ports.applications.given(
        make_application(Stage.CLOSED, help={"since": NOW, "reason": "It stopped."}),
        reviews=[make_review()],
        notices=[held, kept],
    )
    tidied = close_application(ports, APPLICATION)
    assert tidied.help is None
    assert [item.status.value for item in ports.applications.reviews(APPLICATION)] == ["released"]
    statuses = {
        item.kind.value: item.status.value for item in ports.applications.notices(APPLICATION)
    }
    assert statuses == {"not_selected": "cancelled", "receipt": "sent"}
    assert close_application(ports, APPLICATION) == tidied


def test_close_application_that_went_on_is_refused(ports: FakePorts) -> None:
    ports.applications.given(make_application(Stage.WAITLIST))
    with pytest.raises(ApplicationMoved):
        close_application(ports, APPLICATION)
