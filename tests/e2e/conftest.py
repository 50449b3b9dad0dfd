"""One embedded AWS for all end-to-end tests.

Tests that take `cloud` form one xdist group, so that a single worker starts a single emulator.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import enable_socket

from local.cloud import Cloud, running_cloud
from local.emulator import free_port
from local.logs import keep_logs
from local.parameters import local_parameters
from local.places import BUILD, TEMPLATE
from roundtable.domain.program import Program
from tests.e2e.scene import Scene

LOGS = BUILD / "e2e-logs"
_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder `e2e` and put it into one xdist group."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("cloud"))


@pytest.fixture(scope="session")
def cloud(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Cloud]:
    """The application, deployed on an emulator of its own whose clock is the tests'."""
    # This outlives the tests of a worker, which close the network one by one.
    enable_socket()
    port = free_port()
    parameters = local_parameters(TEMPLATE, port, ClockSource="virtual")
    failed_before = request.session.testsfailed
    with running_cloud(
        tmp_path_factory.mktemp("cloud"), parameters, port=port, keeps_state=False
    ) as running:
        yield running
        enable_socket()
        if request.session.testsfailed > failed_before:
            keep_logs(running, LOGS)


@pytest.fixture(scope="session")
def scene(cloud: Cloud) -> Scene:
    """Staff, reviewers and the first round, once for all tests; time stands between them."""
    enable_socket()
    return Scene.open(cloud)


@pytest.fixture(scope="session")
def staff_round(scene: Scene) -> Program:
    """A round that staff decide without letters or reviews, for whatever is not about these."""
    return scene.small_round("decided-by-staff")
