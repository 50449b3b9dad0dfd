from datetime import timedelta

import pytest

from roundtable.domain.audit import verify
from roundtable.domain.notices import NoticeKind
from roundtable.domain.stages import NATURAL_NEXT, Stage, WrongStage
from roundtable.messages.facts import OfferFacts
from roundtable.ports import AlreadyThere, Conflict, SeatsFull, Unavailable
from roundtable.usecases.errors import NotNow
from roundtable.usecases.retry import ATTEMPTS, again_on_conflict
from roundtable.usecases.step import Step, program_of, signal, system
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_notice,
    make_program,
    make_seats,
    make_track,
)
from tests.fakes import FakeConductor, FakePorts

ACTOR = system("test")


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def step(ports: FakePorts, stage: Stage = Stage.CHECKING, **changes: object) -> Step:
    return Step(ports, ports.applications.given(make_application(stage, **changes)), ACTOR)


def test_step_writes_everything_in_one_transaction(ports: FakePorts) -> None:
    ready = step(ports, Stage.DECIDING)
    ready.move(Stage.NOTIFYING)
    ready.take_seat(RESIDENCY, "open")
    ready.record("decision_made", track=RESIDENCY)
    ready.notify(NoticeKind.RECEIPT, OfferFacts())
    written = ready.commit()
    assert (written.stage, written.version, written.updated_at) == (Stage.NOTIFYING, 2, NOW)
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(taken=1)
    assert verify(ports.applications.events(APPLICATION), written.audit_length, written.audit_head)
    (notice,) = ports.applications.notices(APPLICATION)
    assert (notice.status.value, notice.version) == ("queued", 1)


def test_step_without_a_seat_writes_nothing(ports: FakePorts) -> None:
    ports.rounds.put_seats(make_seats(taken=2))
    ready = step(ports, Stage.DECIDING)
    ready.move(Stage.NOTIFYING)
    ready.take_seat(RESIDENCY, "open")
    ready.record("decision_made", track=RESIDENCY)
    with pytest.raises(SeatsFull):
        ready.commit()
    assert ports.applications.get(APPLICATION) == ready.before
    assert ports.applications.events(APPLICATION) == ()


def test_step_overtaken_or_repeated_writes_nothing(ports: FakePorts) -> None:
    late, early = step(ports), step(ports)
    early.record("changed")
    early.commit()
    late.record("changed")
    with pytest.raises(Conflict):
        late.commit()
    ports.applications.given(make_application(Stage.CHECKING), notices=[make_notice()])
    again = step(ports, version=2)
    again.notify(NoticeKind.RECEIPT, OfferFacts())
    with pytest.raises(AlreadyThere):
        again.commit()


def test_step_that_the_table_of_transitions_forbids_is_refused(ports: FakePorts) -> None:
    with pytest.raises(WrongStage):
        step(ports).move(Stage.OFFER)


def test_step_to_another_stage_needs_no_help_any_more(ports: FakePorts) -> None:
    stuck = step(ports, help={"since": NOW, "reason": "It stopped."})
    stuck.move(Stage.CHECKING)
    assert stuck.after.help is not None
    stuck.move(Stage.REVIEW)
    assert stuck.after.help is None


def test_step_with_a_new_run_says_that_an_execution_is_wanted(ports: FakePorts) -> None:
    again = step(ports)
    again.set(run=2)
    again.commit()
    (event,) = ports.applications.events(APPLICATION)
    assert (event.kind, event.detail) == ("execution_wanted", {"run": 2})


@pytest.mark.parametrize(
    ("left", "stage", "resumed"),
    [
        *((left, stage, True) for left, stage in NATURAL_NEXT.items()),
        (Stage.WITH_STAFF, Stage.NOTIFYING, True),
        (Stage.WITH_STAFF, Stage.CLOSED, True),
        (Stage.REVIEW, Stage.CLOSED, False),
        (Stage.CORRECTIONS, Stage.FALLBACK, False),
        (Stage.CHECKING, Stage.CLOSED, False),
    ],
)
def test_signal_resumes_or_diverts(
    ports: FakePorts, left: Stage, stage: Stage, *, resumed: bool
) -> None:
    application = ports.applications.given(make_application(stage))
    ports.applications.wait(APPLICATION, "token-1", left)
    assert signal(ports, application, left)
    assert ports.conductor.resumed == (["token-1"] if resumed else [])
    assert ports.conductor.diverted == ([] if resumed else ["token-1"])


def test_signal_of_a_stale_or_missing_callback_is_no_error(ports: FakePorts) -> None:
    application = ports.applications.given(make_application(Stage.DECIDING))
    assert not signal(ports, application, Stage.REVIEW)
    ports.applications.wait(APPLICATION, "token-1", Stage.REVIEW)
    assert not signal(ports, application, Stage.CORRECTIONS)
    assert signal(ports, application, Stage.REVIEW)
    assert not signal(ports, application, Stage.REVIEW)


def test_commit_and_signal_stands_though_the_signal_is_lost() -> None:
    class Deaf(FakeConductor):
        def resume(self, token: str) -> bool:
            raise Unavailable(token)

    deaf = FakePorts(conductor=Deaf())
    deaf.rounds.given(make_program())
    reviewed = step(deaf, Stage.REVIEW)
    deaf.applications.wait(APPLICATION, "token-1")
    reviewed.move(Stage.DECIDING)
    assert reviewed.commit_and_signal().stage is Stage.DECIDING


def test_program_of_a_draft_is_the_newest_and_of_others_the_effective(ports: FakePorts) -> None:
    newest = make_program(
        summary="Another text.",
        tracks=(make_track(RESIDENCY, capacity=9, name="Other"), make_track(SEMINAR)),
    )
    ports.rounds.given(newest)
    assert program_of(ports, make_application()) == newest
    found = program_of(ports, make_application(Stage.REVIEW))
    track = found.track(RESIDENCY)
    assert (found.summary, track.name, track.capacity) == (make_program().summary, "Residency", 9)


def test_again_on_conflict_gives_up_after_its_attempts() -> None:
    calls: list[timedelta] = []

    def overtaken() -> None:
        calls.append(timedelta())
        raise Conflict

    with pytest.raises(Conflict):
        again_on_conflict(overtaken)
    assert len(calls) == ATTEMPTS

    def refused() -> None:
        raise NotNow("never", "Never.")

    with pytest.raises(NotNow):
        again_on_conflict(refused)
