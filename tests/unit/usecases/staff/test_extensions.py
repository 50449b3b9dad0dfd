from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import close_for
from roundtable.domain.notices import NoticeKind
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.errors import Invalid, NotNow, Stale
from roundtable.usecases.staff.extensions import extend
from tests.factories import (
    APPLICATION,
    NOW,
    RESIDENCY,
    make_application,
    make_document,
    make_form,
    make_letter_evidence,
    make_program,
    make_track,
)
from tests.fakes import FakePorts

STAFF = Actor(kind="staff", id="staff-1")
LATER = datetime(2022, 11, 15, 5, 0, tzinfo=UTC)


def make_ports(begun: Stage = Stage.DRAFT, **overrides: object) -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    documents = [make_document(evidence=make_letter_evidence())]
    application = make_application(begun).with_(**overrides)
    ports.applications.given(application, documents=documents)
    return ports


@pytest.mark.scenario(5)
def test_an_extension_gives_one_application_more_time_and_nobody_else() -> None:
    ports = make_ports()
    ports.applications.given(make_application(number=2))
    extend(ports, APPLICATION, STAFF, until=LATER, reason="Hurricane")
    extended, other = (ports.applications.get(item) for item in (APPLICATION, _second()))
    program, track = make_program(), make_track(RESIDENCY)
    assert close_for(program, track, extended) == LATER
    assert close_for(program, track, other) == program.closes_at(track)


@pytest.mark.scenario(5)
def test_an_extension_is_audited_with_who_and_why() -> None:
    ports = make_ports()
    extend(ports, APPLICATION, STAFF, until=LATER, reason="Hurricane")
    (event,) = ports.applications.events(APPLICATION)
    assert (event.kind, str(event.actor)) == ("extension_granted", "staff:staff-1")
    assert event.detail == {
        "until": "2022-11-15T05:00:00+00:00",
        "reason": "Hurricane",
        "reopened": False,
    }


@pytest.mark.scenario(5)
def test_a_draft_closed_by_its_deadline_is_a_draft_again() -> None:
    ports = make_ports(stage=Stage.CLOSED, closed_as=ClosedAs.NOT_SUBMITTED, closed_at=NOW)
    ports.clock.set(datetime(2022, 10, 25, tzinfo=UTC))
    application = extend(ports, APPLICATION, STAFF, until=LATER, reason="Hurricane")
    assert (application.stage, application.closed_as, application.run) == (Stage.DRAFT, None, 0)
    assert application.due is not None
    (notice,) = ports.applications.notices(APPLICATION)
    assert notice.kind is NoticeKind.REMINDER
    assert notice.facts["until"] == "2022-11-15T05:00:00Z"


@pytest.mark.scenario(5)
def test_one_closed_as_incomplete_goes_back_to_corrections_with_a_new_run() -> None:
    ports = make_ports(
        Stage.CORRECTIONS,
        stage=Stage.CLOSED,
        corrections=None,
        closed_as=ClosedAs.INCOMPLETE,
        closed_at=NOW,
        answered_on=NOW,
    )
    application = extend(ports, APPLICATION, STAFF, until=LATER, reason="Hurricane")
    assert (application.stage, application.run) == (Stage.CORRECTIONS, 2)
    assert (application.closed_as, application.answered_on) == (None, None)
    assert application.corrections is not None
    assert [item.requirement for item in application.corrections.items] == ["team-video"]
    assert ports.applications.notices(APPLICATION)[0].kind is NoticeKind.CORRECTIONS


def test_corrections_are_extended_and_the_applicant_is_told() -> None:
    ports = make_ports(Stage.CORRECTIONS)
    application = extend(ports, APPLICATION, STAFF, until=LATER, reason="Hurricane")
    assert application.stage is Stage.CORRECTIONS
    assert ports.applications.notices(APPLICATION)[0].facts["until"] == "2022-11-15T05:00:00Z"


@pytest.mark.parametrize("until", [NOW - timedelta(days=1), datetime(2022, 10, 22, 4, tzinfo=UTC)])
def test_a_date_that_extends_nothing_is_refused(until: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        extend(make_ports(), APPLICATION, STAFF, until=until, reason="Hurricane")
    assert [problem.path for problem in refusal.value.problems] == ["/until"]


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.OFFER, Stage.CLOSED])
def test_nothing_is_extended_where_nobody_waits_for_the_applicant(stage: Stage) -> None:
    with pytest.raises(NotNow):
        extend(make_ports(stage), APPLICATION, STAFF, until=LATER, reason="Hurricane")


def test_an_extension_of_an_application_changed_meanwhile_is_refused() -> None:
    ports = make_ports()
    ports.applications.interleave.append(
        lambda: extend(ports, APPLICATION, STAFF, until=LATER, reason="First") and None
    )
    later = LATER + timedelta(days=1)
    with pytest.raises(Stale):
        extend(ports, APPLICATION, STAFF, until=later, reason="Second", version=1)
    extension = ports.applications.get(APPLICATION).extension
    assert extension is not None
    assert extension.reason == "First"


def _second() -> str:
    return make_application(number=2, form=make_form()).id
