"""What the pages of this machine show and move: mail in a folder, and the application's time."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from local.mailbox import Mail, read_mailbox

_CODE = re.compile(r"^\s*(\d{8})\s*$", re.MULTILINE)
"""A one-time code stands on a line of its own."""


class Time(Protocol):
    """A time that can be set; see `VirtualTime`."""

    def now(self) -> datetime:
        """Return the present instant of the application."""
        ...

    def set(self, at: datetime, *, running: bool) -> None:
        """Set the time to an aware instant, from which it runs on or stands."""
        ...


@dataclass
class Desk:
    """The mail and the time of one running application."""

    mail: Path
    """The folder in which mail is kept."""
    time: Time
    do_what_is_due: Callable[[], Mapping[str, Any]]
    """Calls the clock's function; returns what it says that it did."""
    site_url: str = ""
    """The address of these pages, known once they are served."""
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    """With which the tokens of forms are made; another one at each start."""
    said: str = ""
    """What was done last, to be told on the next page."""

    def mails(self, to: str = "") -> list[Mail]:
        """Return the mail to addresses that contain a text, newest first."""
        return [
            mail
            for mail in reversed(read_mailbox(self.mail))
            if any(to.lower() in one.lower() for one in mail.recipients)
        ]

    def mail_of(self, message_id: str) -> Mail | None:
        """Return one mail."""
        return next((mail for mail in self.mails() if mail.message_id == message_id), None)

    def move_to(self, at: datetime) -> None:
        """Set the time, and have done what is due by then."""
        self.time.set(at, running=True)
        self.catch_up()

    def move_on(self, by: timedelta) -> None:
        """Move the time on, and have done what is due by then."""
        self.move_to(self.time.now() + by)

    def catch_up(self) -> None:
        """Have done what is due now."""
        self.said = told(self.do_what_is_due())

    def last_word(self) -> str:
        """Return what was done last, once."""
        said, self.said = self.said, ""
        return said


def code_in(mail: Mail) -> str:
    """Return the one-time code of a mail, or nothing."""
    found = _CODE.search(mail.text)
    return found[1] if found else ""


def told(done: Mapping[str, Any]) -> str:
    """Return in words what the clock says that it did."""
    acted: Mapping[str, int] = done.get("acted", {})
    parts = [f"{name.replace('_', ' ')}: {count}" for name, count in acted.items() if count]
    if revived := done.get("revived"):
        parts.append(f"executions started again: {revived}")
    if failed := done.get("failed"):
        parts.append(f"failed: {len(failed)} (see the log)")
    if done.get("more"):
        parts.append("more is left to do")
    return (
        f"The clock ran. {'; '.join(parts).capitalize()}."
        if parts
        else ("The clock ran. Nothing was due.")
    )
