"""Read the mail the embedded AWS kept instead of delivering it.

`uv run python -m local.mailbox` lists it, `… 3` shows the third, `… --to ana@` only some.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from local.places import STATE
from local.problem import CannotGoOnError, exit_with_one_line


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail, as it would have arrived."""

    message_id: str
    received_at: datetime
    recipients: tuple[str, ...]
    sender: str
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, str]
    tags: Mapping[str, str]


def read_mailbox(folder: Path) -> list[Mail]:
    """Read all mail in `folder`, oldest first."""
    return [read_mail(path.read_bytes()) for path in sorted(folder.glob("[!.]*.eml"))]


def read_mail(content: bytes) -> Mail:
    """Read one mail as `local.corrections.mail` keeps it."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the default policy makes
    headers = {name: str(value) for name, value in message.items()}
    tags: dict[str, list[str]] = json.loads(headers.pop("X-SES-Tags", "{}"))
    recipients = headers.pop("X-SES-Recipients", "")
    return Mail(
        message_id=headers.pop("X-SES-Message-ID", ""),
        received_at=datetime.fromisoformat(headers.pop("X-SES-Received")),
        recipients=tuple(one for one in recipients.split(", ") if one),
        sender=headers.get("From", ""),
        to=headers.get("To", ""),
        subject=headers.get("Subject", ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachment(part) for part in message.iter_attachments()),
        headers=headers,
        tags={name: values[0] for name, values in tags.items()},
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _attachment(part: EmailMessage) -> Attachment:
    content: object = part.get_content()
    if isinstance(content, str):
        content = content.encode()
    return Attachment(
        part.get_filename() or "unnamed",
        part.get_content_type(),
        content if isinstance(content, bytes) else bytes(str(content), "utf-8"),
    )


def _describe(number: int, mail: Mail) -> str:
    at = mail.received_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    files = f" (+{len(mail.attachments)})" if mail.attachments else ""
    return f"{number:4}  {at}  {', '.join(mail.recipients)}  {mail.subject}{files}"


def _show(mail: Mail) -> str:
    lines = [f"{name}: {value}" for name, value in mail.headers.items()]
    lines += [f"Tag: {name}={value}" for name, value in mail.tags.items()]
    lines += ["", mail.text or mail.html]
    lines += [
        f"[attached: {file.name}, {file.content_type}, {len(file.content)} bytes]"
        for file in mail.attachments
    ]
    return "\n".join(lines)


def main() -> None:
    """List mail, or show one.

    Raises:
        CannotGoOnError: there is no mail of that number.

    """
    parser = argparse.ArgumentParser(prog="make mail", description="Read the mail sent so far.")
    parser.add_argument("number", nargs="?", type=int, help="show this one in full")
    parser.add_argument("--to", default="", help="only mail to addresses that contain this")
    parser.add_argument("--folder", type=Path, default=STATE / "mail", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    numbered = [
        (number, mail)
        for number, mail in enumerate(read_mailbox(chosen.folder), start=1)
        if any(chosen.to in one for one in mail.recipients)
    ]
    if chosen.number is None:
        for number, mail in numbered:
            print(_describe(number, mail))
        if not numbered:
            print("no mail yet")
        return
    shown = dict(numbered).get(chosen.number)
    if shown is None:
        raise CannotGoOnError(f"there is no mail number {chosen.number}; `make mail` lists them")
    print(_show(shown))


if __name__ == "__main__":
    exit_with_one_line(main)
