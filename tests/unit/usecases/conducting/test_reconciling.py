import pytest

from roundtable.domain.stages import Stage
from roundtable.ports import ExecutionStatus, Unavailable
from roundtable.usecases.conducting.reconciling import CURSOR, revive, sweep
from tests.factories import APPLICATION, make_application, make_id, make_program
from tests.fakes import FakeConductor, FakePorts


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


@pytest.mark.parametrize(
    ("status", "started"),
    [
        (ExecutionStatus.RUNNING, []),
        (ExecutionStatus.UNKNOWN, [(APPLICATION, 1)]),
        (ExecutionStatus.LOST, [(APPLICATION, 2)]),
        (ExecutionStatus.ENDED, [(APPLICATION, 2)]),
    ],
)
def test_revive(ports: FakePorts, status: ExecutionStatus, started: list[tuple[str, int]]) -> None:
    application = ports.applications.given(make_application(Stage.REVIEW))
    if status is not ExecutionStatus.UNKNOWN:
        ports.conductor.statuses[APPLICATION, 1] = status
    assert revive(ports, application) is bool(started)
    assert ports.conductor.started == started
    assert ports.applications.get(APPLICATION).run == (started[0][1] if started else 1)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CLOSED])
def test_revive_leaves_drafts_and_closed_ones_alone(ports: FakePorts, stage: Stage) -> None:
    application = ports.applications.given(make_application(stage))
    assert not revive(ports, application)
    assert ports.conductor.started == []


@pytest.mark.parametrize(
    ("waits_in", "changes", "resumed", "diverted"),
    [
        (Stage.REVIEW, {"stage": Stage.DECIDING}, 1, 0),
        (Stage.REVIEW, {"stage": Stage.CHECKING}, 0, 1),
        (Stage.OFFER, {"stage": Stage.CLOSED}, 0, 1),
        (Stage.OFFER, {"stage": Stage.OFFER}, 0, 0),
        (Stage.CORRECTIONS, {"stage": Stage.CORRECTIONS, "corrections": None}, 0, 1),
        (Stage.REVIEW, {"stage": Stage.REVIEW, "panel": ()}, 0, 1),
        (Stage.REVIEW, {"stage": Stage.REVIEW}, 0, 0),
        (Stage.DECIDING, {"stage": Stage.DECIDING}, 0, 1),
    ],
)
def test_revive_wakes_who_waits_for_what_is_past(
    ports: FakePorts, waits_in: Stage, changes: dict[str, object], resumed: int, diverted: int
) -> None:
    application = ports.applications.given(make_application(**changes))  # type: ignore[arg-type]
    ports.conductor.statuses[APPLICATION, 1] = ExecutionStatus.RUNNING
    ports.applications.wait(APPLICATION, "token-1", waits_in)
    assert revive(ports, application) is bool(resumed or diverted)
    assert (len(ports.conductor.resumed), len(ports.conductor.diverted)) == (resumed, diverted)
    assert not revive(ports, application)


def given(ports: FakePorts, count: int, stage: Stage = Stage.REVIEW) -> None:
    start = 1 if stage is Stage.REVIEW else 1000
    for number in range(start, start + count):
        ports.applications.given(make_application(stage, number=number))


def test_sweep_goes_on_where_it_ended_until_all_had_their_turn(ports: FakePorts) -> None:
    given(ports, 120)
    given(ports, 3, Stage.OFFER)
    revived = [sweep(ports, 50) for _ in range(4)]
    assert sum(revived) == 123
    assert len(set(ports.conductor.started)) == 123
    assert sweep(ports, 1000) == 0


def test_sweep_begins_anew_after_the_end(ports: FakePorts) -> None:
    given(ports, 60)
    assert sweep(ports, 50) == 50
    assert sweep(ports, 50) == 10
    assert ports.rounds.cursor(CURSOR) == ""
    ports.conductor.statuses.clear()
    assert sweep(ports, 50) == 50


def test_sweep_with_a_cursor_of_another_list_begins_its_stage_anew(ports: FakePorts) -> None:
    given(ports, 2)
    ports.rounds.keep_cursor(CURSOR, "2|nonsense")
    assert sweep(ports, 50) == 2
    assert sweep(ports, 0) == 0


def test_sweep_goes_on_past_one_that_cannot_be_looked_after_now() -> None:
    class Away(FakeConductor):
        def status(self, application: str, run: int) -> ExecutionStatus:
            if application == make_id(1):
                raise Unavailable
            return super().status(application, run)

    ports = FakePorts(conductor=Away())
    ports.rounds.given(make_program())
    given(ports, 3)
    assert sweep(ports, 50) == 2
