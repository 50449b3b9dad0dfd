from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts


@pytest.fixture
def loopback(sockets: None) -> Iterator[None]:
    """Open the loopback interface, and nothing else, to a test."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    yield
    socket_allow_hosts(None)
    disable_socket(allow_unix_socket=True)
