"""One machine for all tests of this folder; each test writes a script of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.statemachines import bench as benches
from tests.statemachines.bench import Bench, Moves, Returns
from tests.statemachines.machine import calls_function, function_of, placed


@pytest.fixture(scope="session")
def deployed() -> Iterator[Bench]:
    functions = {function_of(one.state) for one in placed() if calls_function(one.state)}
    made = benches.deploy(functions)
    yield made
    benches.take_down(made)


@pytest.fixture
def bench(deployed: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The machine, with functions that do the obvious where a test says nothing else."""
    made = Bench(deployed.machine)

    def call(address: str, payload: dict[str, Any]) -> dict[str, Any]:
        return made.call(benches.function_at(address), payload)

    def resolve(address: str, **_: Any) -> str:
        return address

    engine = "ministack.services.stepfunctions"
    monkeypatch.setattr(f"{engine}._call_lambda", call)
    monkeypatch.setattr(f"{engine}._resolve_lambda_function_ref", resolve)
    # Retries come at once.
    monkeypatch.setattr(f"{engine}._SFN_WAIT_SCALE", 0.0)
    return made


@pytest.fixture
def obvious(bench: Bench) -> Bench:
    """A bench on which an application is complete, accepted and enrolled."""
    bench.play("ListRequirements", Returns({"documents": []}))
    bench.play("RecordChecks", Moves("review"))
    bench.play("AskForCorrections", Moves("corrections"))
    bench.play("AssignReviewers", Moves("review"))
    bench.play("Decide", Moves("announcing"))
    bench.play("MoveToFallback", Moves("checking"))
    bench.play("SendNotice", Moves("offer"))
    bench.play("EnrolTeam", Moves("closed"))
    bench.play("ReleaseSeat", Moves("closed"))
    bench.play("CloseApplication", Moves("closed"))
    bench.play("AskForHelp", Returns({}))
    return bench
