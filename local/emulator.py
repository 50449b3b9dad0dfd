"""Start and stop MiniStack, the embedded AWS, as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from local.account import DEFAULT_PORT, REGION, Account
from local.places import CHECKOUT
from local.problem import CannotGoOnError

READY_WITHIN_SECONDS = 60
# Saving everything takes a few seconds; a process still there after this long is stuck.
STOPPED_WITHIN_SECONDS = 60
# Each concurrent invocation is a Python process: without a ceiling, a burst stops the machine.
DEFAULT_LAMBDA_CONCURRENCY = 8


@dataclass
class Emulator:
    """One MiniStack on the loopback interface, with IAM enforced.

    `home` holds its log, its mail, its temporary files and, when `keeps_state`, all it must
    remember from one start to the next. State is written on a clean stop only. The functions find
    third-party packages in `packages`, the unpacked layers: unpacking them anew for each worker
    takes minutes when many start at once.
    """

    home: Path
    port: int = DEFAULT_PORT
    lambda_concurrency: int = DEFAULT_LAMBDA_CONCURRENCY
    keeps_state: bool = True
    packages: Sequence[Path] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def account(self) -> Account:
        """The account served at this emulator's port."""
        return Account(self.port)

    @property
    def log(self) -> Path:
        """The file MiniStack writes its log to."""
        return self.home / "ministack.log"

    @property
    def mail(self) -> Path:
        """The folder sent mail is kept in."""
        return self.home / "mail"

    @property
    def process_id(self) -> int | None:
        """The running process, if there is one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start and wait until it answers.

        Raises:
            CannotGoOnError: the port is in use, MiniStack is missing, or it did not start.

        """
        require_free_port(self.port)
        if find_spec("ministack") is None:
            raise CannotGoOnError("MiniStack is not installed; run `make setup` first")
        temporary = self.home / "tmp"
        # Workers of a run that was killed leave their unpacked layers behind.
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "local.corrections"],
                cwd=CHECKOUT,
                env=self._environment(temporary),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches the whole foreground group; the emulator is stopped by `stop`,
                # after what depends on it.
                start_new_session=True,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop cleanly, so that state is saved; what does not stop is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOPPED_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                _kill_group(process.pid)
                process.wait()
        _kill_group(process.pid)  # workers that outlived it
        shutil.rmtree(self.home / "tmp", ignore_errors=True)

    def kill(self) -> None:
        """Kill without a chance to save, as a power cut would."""
        process, self._process = self._process, None
        if process is not None:
            _kill_group(process.pid)
            process.wait()

    def is_running(self) -> bool:
        """Tell whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def _environment(self, temporary: Path) -> dict[str, str]:
        state = self.home / "state"
        # Nothing of the person's own AWS configuration passes on to the functions.
        passed = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
        environment = passed | {
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            # These listeners would open ports to the network.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LAMBDA_ACCOUNT_CONCURRENCY": str(self.lambda_concurrency),
            "LOG_LEVEL": os.environ.get("ROUNDTABLE_EMULATOR_LOG", "WARNING"),
            "MINISTACK_REGION": REGION,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "ROUNDTABLE_MAIL": str(self.mail),
            "S3_DATA_DIR": str(self.home / "s3"),
            "STATE_DIR": str(state),
            "TMPDIR": str(temporary),
        }
        if self.packages:
            environment["PYTHONPATH"] = os.pathsep.join(map(str, self.packages))
        if self.keeps_state:
            environment |= {"PERSIST_STATE": "1", "S3_PERSIST": "1"}
        return environment

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if not self.is_running():
                raise CannotGoOnError(f"MiniStack did not start: {self._last_words()}")
            if _answers(self.port):
                return
            time.sleep(0.1)
        raise CannotGoOnError(
            f"MiniStack did not answer within {READY_WITHIN_SECONDS} s; its log is {self.log}"
        )

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f"{said[-1] if said else 'it said nothing'} (log: {self.log})"


def require_free_port(port: int) -> None:
    """Make sure that nothing listens on `port` of the loopback interface.

    Raises:
        CannotGoOnError: something does.

    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as refusal:
            raise CannotGoOnError(
                f"port {port} is in use: stop what listens there, or choose another with"
                " ROUNDTABLE_PORT"
            ) from refusal


def free_port() -> int:
    """Find a port that nothing listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/_ministack/health", timeout=2
        ) as answer:
            return bool(json.load(answer))
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
