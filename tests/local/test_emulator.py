from __future__ import annotations

import socket
from pathlib import Path

import pytest

from local.emulator import Emulator
from local.problem import CannotGoOnError, exit_with_one_line
from local.run import chosen_port


@pytest.mark.usefixtures("loopback")
def test_start_port_in_use_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SystemExit) as ended:
            exit_with_one_line(Emulator(tmp_path, port).start)

    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        f"roundtable: port {port} is in use: stop what listens there, or choose another with"
        " ROUNDTABLE_PORT\n"
    )


def test_stop_without_start_does_nothing(tmp_path: Path) -> None:
    emulator = Emulator(tmp_path)
    emulator.stop()

    assert not emulator.is_running()


@pytest.mark.parametrize("told", ["abc", "0", "70000", "-1"])
def test_chosen_port_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("ROUNDTABLE_PORT", told)

    with pytest.raises(CannotGoOnError, match="must be a port"):
        chosen_port()
