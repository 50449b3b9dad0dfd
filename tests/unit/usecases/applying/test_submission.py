from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Application, Extension, Form
from roundtable.domain.audit import Actor
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import ReceiptFacts
from roundtable.ports import Conflict
from roundtable.usecases.applying.submission import Receipt, receive, submit
from roundtable.usecases.errors import Invalid, KeyReused, NotNow, Unknown
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    TEAM,
    VIDEO,
    make_application,
    make_form,
    make_program,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import APPLICANT, every_application

FORM = Actor(kind="form", id="form-1")
AC_CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
LN_CLOSE = datetime(2022, 11, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    closes = "2022-11-01"
    tracks = (make_track(RESIDENCY), make_track(SEMINAR, closes=closes))
    fakes.rounds.given(make_program(tracks=tracks))
    return fakes


def draft(ports: FakePorts, number: int = 1, **changes: Any) -> str:
    return ports.applications.given(make_application(number=number, **changes)).id


def send(ports: FakePorts, application: str = APPLICATION, key: str = "key-1") -> Receipt:
    return submit(ports, application, APPLICANT, idempotency_key=key)


def send_form(ports: FakePorts, key: str = "key-1", body: str = "body-1", **form: Any) -> Receipt:
    answers = Form.model_validate(make_form(**form))
    return receive(ports, PROGRAM, answers, FORM, idempotency_key=key, body_hash=body)


@pytest.mark.scenario(1)
def test_submit_in_the_last_millisecond_enters_the_first_track(ports: FakePorts) -> None:
    draft(ports)
    ports.clock.set(AC_CLOSE - timedelta(milliseconds=1))
    assert send(ports).track == RESIDENCY


@pytest.mark.scenario(1)
def test_submit_at_the_close_of_its_only_track_is_refused_and_kept(ports: FakePorts) -> None:
    before = ports.applications.get(draft(ports, form=make_form(tracks=(RESIDENCY,))))
    ports.clock.set(AC_CLOSE)
    with pytest.raises(NotNow) as refused:
        send(ports)
    assert refused.value.code == "closed"
    assert refused.value.sentence == (
        "Residency closed October 21, 2022 at 23:59:59 EDT. Your draft is kept. "
        "Seminar is still open: choose it to apply."
    )
    assert ports.applications.get(before.id) == before


@pytest.mark.scenario(1)
def test_submit_counts_the_moment_of_the_call_not_of_the_last_repetition(ports: FakePorts) -> None:
    application = draft(ports, form=make_form(tracks=(RESIDENCY,)))
    called_at = ports.clock.set(AC_CLOSE - timedelta(seconds=1))

    def somebody_saves() -> None:
        ports.clock.set(AC_CLOSE + timedelta(seconds=5))
        stored = ports.applications.get(application)
        ports.applications.given(stored.with_(version=stored.version + 1))

    ports.applications.interleave.append(somebody_saves)
    assert send(ports).received_at == called_at


@pytest.mark.scenario(2)
def test_submit_late_on_the_last_day_is_promised_thirty_calendar_days(ports: FakePorts) -> None:
    draft(ports)
    ports.clock.set(datetime(2022, 11, 2, 3, 30, tzinfo=UTC))
    received = send(ports)
    assert (received.track, str(received.promise)) == (SEMINAR, "2022-12-01")
    draft(ports, 2)
    ports.clock.set(LN_CLOSE)
    with pytest.raises(NotNow):
        send(ports, make_application(number=2).id, "key-2")


def test_submit_before_the_opening_is_refused(ports: FakePorts) -> None:
    draft(ports)
    ports.clock.set(datetime(2022, 9, 6, 12, 59, tzinfo=UTC))
    with pytest.raises(NotNow, match="received from September 6, 2022 at 09:00:00 EDT") as no:
        send(ports)
    assert no.value.code == "not-open-yet"


@pytest.mark.scenario(5)
def test_submit_within_an_extension_is_for_that_application_alone(ports: FakePorts) -> None:
    until = LN_CLOSE + DAY
    granted = Extension(until=until, reason="A flood.", granted_by="staff:one")
    draft(ports, extension=granted)
    draft(ports, 2)
    ports.clock.set(until - timedelta(seconds=1))
    assert send(ports).application == APPLICATION
    with pytest.raises(NotNow):
        send(ports, make_application(number=2).id, "key-2")


@pytest.mark.scenario(8)
def test_submit_without_documents_lists_what_is_missing(ports: FakePorts) -> None:
    received = send(ports, draft(ports))
    assert [item.requirement for item in received.missing] == [LETTER, VIDEO]
    application = ports.applications.get(APPLICATION)
    assert (application.stage, application.run) == (Stage.CHECKING, 1)
    (notice,) = ports.applications.notices(APPLICATION)
    missing = ReceiptFacts.model_validate(notice.facts).missing
    assert [item.title for item in missing] == ["Letter of commitment", "Video of the team"]


@pytest.mark.scenario(14)
def test_submit_with_a_team_of_two_is_received_and_flagged(ports: FakePorts) -> None:
    team = make_form()["team"][:2]
    received = send(ports, draft(ports, form=make_form(team=team)))
    assert TEAM in [item.requirement for item in received.missing]
    (flag,) = ports.applications.get(APPLICATION).flags
    assert (flag.kind, flag.detail) == (
        "team_size",
        "A team should comprise 3 to 7 people; yours has 2.",
    )


def test_submit_an_invalid_form_names_each_field_and_writes_nothing(ports: FakePorts) -> None:
    before = ports.applications.get(draft(ports, form=make_form(contact=None, tracks=())))
    with pytest.raises(Invalid) as refused:
        send(ports)
    assert [item.path for item in refused.value.problems] == ["/tracks", "/contact"]
    assert ports.applications.get(APPLICATION) == before


@pytest.mark.scenario(15)
def test_submit_twice_is_one_application_and_one_acknowledgement(ports: FakePorts) -> None:
    draft(ports)
    first = send(ports)
    ports.clock.advance(minutes=1)
    assert send(ports) == send(ports, key="another") == first
    assert [notice.key for notice in ports.applications.notices(APPLICATION)] == ["receipt#1"]
    assert len(ports.applications.commits) == 1


@pytest.mark.scenario(15)
def test_submit_at_the_same_time_twice_is_received_once(ports: FakePorts) -> None:
    draft(ports)
    faster: list[Receipt] = []
    ports.applications.interleave.append(lambda: faster.append(send(ports)))
    assert [send(ports)] == faster
    assert len(ports.applications.commits) == 1


@pytest.mark.scenario(15)
def test_submit_another_application_with_the_same_key_is_refused(ports: FakePorts) -> None:
    draft(ports)
    send(ports)
    second = ports.applications.get(draft(ports, 2))
    with pytest.raises(KeyReused):
        send(ports, second.id)
    assert ports.applications.get(second.id) == second


def test_submit_what_was_closed_is_refused(ports: FakePorts) -> None:
    draft(ports, stage=Stage.CLOSED, closed_as=ClosedAs.NOT_SUBMITTED, received_at=None)
    with pytest.raises(NotNow) as refused:
        send(ports)
    assert refused.value.code == "not-a-draft"


@pytest.mark.scenario(15)
def test_receive_the_same_body_again_gives_the_same_receipt(ports: FakePorts) -> None:
    first = send_form(ports)
    assert send_form(ports) == first
    assert send_form(ports, key="", body="body-2") == send_form(ports, key="", body="body-2")
    assert len(every_application(ports)) == 2


@pytest.mark.scenario(15)
def test_receive_another_body_with_the_same_key_is_refused(ports: FakePorts) -> None:
    first = send_form(ports)
    before = ports.applications.get(first.application)
    with pytest.raises(KeyReused):
        send_form(ports, body="body-2")
    assert every_application(ports) == [before]


@pytest.mark.scenario(15)
def test_receive_at_the_same_time_twice_is_received_once(ports: FakePorts) -> None:
    faster: list[Receipt] = []
    ports.applications.interleave.append(lambda: faster.append(send_form(ports)))
    assert [send_form(ports)] == faster
    assert len(every_application(ports)) == 1


def test_receive_after_a_conflict_is_received_once(ports: FakePorts) -> None:
    def conflict() -> None:
        raise Conflict

    ports.applications.interleave += [conflict] * 3
    received = send_form(ports)
    (application,) = every_application(ports)
    assert application.reference == received.reference


def test_receive_for_no_program_or_without_a_contact_is_refused(ports: FakePorts) -> None:
    with pytest.raises(Unknown):
        receive(ports, "nothing", Form(), FORM, idempotency_key="a", body_hash="b")
    with pytest.raises(Invalid):
        send_form(ports, contact=None)
    assert every_application(ports) == []


@pytest.mark.scenario(16)
@pytest.mark.parametrize("name", ["St. Mary's", "Saint Marys Hospital", "ST MARY'S HOSPITAL"])
def test_receive_the_same_organization_again_is_flagged_and_not_merged(
    ports: FakePorts, name: str
) -> None:
    first = send_form(ports)
    contact = {"name": "Cleo Dale", "email": "cleo@elsewhere.example"}
    second = send_form(
        ports, key="key-2", body="body-2", organization={"name": name}, contact=contact
    )
    assert second.application != first.application
    (flag,) = ports.applications.get(second.application).flags
    assert (flag.kind, flag.detail) == (
        "duplicate_organization",
        f"The same organization applied as {first.reference}.",
    )
    keys = [notice.key for notice in ports.applications.notices(second.application)]
    assert keys == ["receipt#1", "staff_alert#duplicate"]


def test_receive_another_organization_or_after_a_withdrawal_is_not_flagged(
    ports: FakePorts,
) -> None:
    first = send_form(ports)
    stored = ports.applications.get(first.application)
    gone: Application = stored.with_(stage=Stage.CLOSED, closed_as=ClosedAs.WITHDRAWN)
    ports.applications.given(gone)
    again = send_form(ports, key="key-2", body="body-2")
    other = send_form(ports, key="key-3", body="body-3", organization={"name": "Mercy"})
    for received in (again, other):
        assert ports.applications.get(received.application).flags == ()


@pytest.mark.scenario(17)
def test_receive_for_both_tracks_is_one_application_for_the_first(ports: FakePorts) -> None:
    received = send_form(ports, tracks=(SEMINAR, RESIDENCY))
    (application,) = every_application(ports)
    assert (application.track, received.track) == (RESIDENCY, RESIDENCY)


def test_receive_keeps_addresses_out_of_the_audit(ports: FakePorts) -> None:
    received = send_form(ports)
    events = ports.applications.events(received.application)
    assert [event.kind for event in events] == [
        "application_started",
        "application_submitted",
        "execution_wanted",
    ]
    assert not any("ada" in event.model_dump_json().lower() for event in events)
    assert NOW.isoformat() in events[1].model_dump_json()
