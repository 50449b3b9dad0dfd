"""The mailbox of a rehearsal, read piece by piece as mail comes in."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from pathlib import Path
from threading import Lock

from local.mailbox import Mail, read_mail

_CODE = re.compile(r"\b(\d{8})\b")
_PATIENCE_SECONDS = 20.0


class Mailroom:
    """Reads each mail once and keeps it by recipient."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: set[str] = set()
        self._by_recipient: dict[str, list[Mail]] = defaultdict(list)
        self._all: list[Mail] = []
        self._lock = Lock()

    def all(self) -> tuple[Mail, ...]:
        """Return all mail so far, oldest first."""
        self._look()
        return tuple(self._all)

    def count(self, address: str) -> int:
        """Return how many mails an address got so far."""
        self._look()
        return len(self._by_recipient[address])

    def code_after(self, address: str, seen: int) -> str:
        """Wait for the code in the next mail after those `seen`, and return it.

        Raises:
            RuntimeError: none comes.

        """
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            self._look()
            for mail in self._by_recipient[address][seen:]:
                if found := _CODE.search(mail.text.replace(" ", "")) or _CODE.search(mail.text):
                    return found.group(1)
            time.sleep(0.05)
        raise RuntimeError(f"no code came for {address}")

    def _look(self) -> None:
        with self._lock:
            for path in sorted(self._folder.glob("[!.]*.eml")):
                if path.name in self._read:
                    continue
                self._read.add(path.name)
                mail = read_mail(path.read_bytes())
                self._all.append(mail)
                for recipient in mail.recipients:
                    self._by_recipient[recipient].append(mail)
