import pytest

from roundtable.domain.stages import Stage
from roundtable.usecases.conducting.starting import start_workflow
from roundtable.usecases.errors import Unknown
from tests.factories import APPLICATION, make_application
from tests.fakes import FakePorts


def test_start_workflow_twice_starts_one_execution() -> None:
    ports = FakePorts()
    ports.applications.given(make_application(Stage.CHECKING, run=3))
    start_workflow(ports, APPLICATION)
    start_workflow(ports, APPLICATION)
    assert ports.conductor.started == [(APPLICATION, 3)]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CLOSED])
def test_start_workflow_months_later_starts_nothing(stage: Stage) -> None:
    ports = FakePorts()
    ports.applications.given(make_application(stage))
    start_workflow(ports, APPLICATION)
    assert ports.conductor.started == []


def test_start_workflow_of_no_application_is_unknown() -> None:
    with pytest.raises(Unknown):
        start_workflow(FakePorts(), APPLICATION)
