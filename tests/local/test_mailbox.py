from __future__ import annotations

import asyncio
import base64
import json
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from local.corrections.mail import correct, reports
from local.mailbox import Attachment, main, read_mail, read_mailbox


def eml() -> bytes:
    message = EmailMessage()
    message["From"] = "Programs <programs@roundtable.example>"
    message["To"] = "ana@example.org"
    message["Subject"] = "Décision"
    message.set_content("plain")
    message.add_alternative("<p>html</p>", subtype="html")
    message.add_attachment(b"BEGIN", maintype="text", subtype="calendar", filename="date.ics")
    return (
        b"X-SES-Message-ID: m1\r\nX-SES-Recipients: ana@example.org, ben@example.org\r\n"
        b'X-SES-Tags: {"notice": ["n1"]}\r\nX-SES-Received: 2022-12-05T09:00:00+00:00\r\n'
        + message.as_bytes()
    )


def test_read_mail_gives_all_that_was_sent() -> None:
    mail = read_mail(eml())

    assert (mail.message_id, mail.recipients) == ("m1", ("ana@example.org", "ben@example.org"))
    assert mail.received_at == datetime(2022, 12, 5, 9, tzinfo=UTC)
    assert (mail.subject, mail.text.strip(), mail.html.strip()) == (
        "Décision",
        "plain",
        "<p>html</p>",
    )
    assert mail.attachments == (Attachment("date.ics", "text/calendar", b"BEGIN"),)
    assert mail.tags == {"notice": "n1"}
    assert "X-SES-Tags" not in mail.headers


def test_read_mailbox_skips_a_mail_being_written(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(eml())
    (tmp_path / ".2.eml").write_bytes(b"X-SES")

    assert [mail.message_id for mail in read_mailbox(tmp_path)] == ["m1"]


def test_mailbox_lists_and_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.eml").write_bytes(eml())
    monkeypatch.setattr("sys.argv", ["mailbox", "--folder", str(tmp_path)])
    main()
    monkeypatch.setattr("sys.argv", ["mailbox", "--folder", str(tmp_path), "1"])
    main()

    listed, *shown = capsys.readouterr().out.split("\n")
    assert listed.endswith("ana@example.org, ben@example.org  Décision (+1)")
    assert "[attached: date.ics, text/calendar, 5 bytes]" in shown


@pytest.mark.parametrize(
    ("to", "types"),
    [
        ("ana@example.org", ["Email Delivered"]),
        ("bounce@simulator.amazonses.com", ["Email Bounced"]),
        ("complaint@simulator.amazonses.com", []),
    ],
)
def test_reports_only_what_a_destination_wants(to: str, types: list[str]) -> None:
    request = {
        "ConfigurationSetName": "set",
        "Destination": {"ToAddresses": [to]},
        "EmailTags": [{"Name": "notice", "Value": "n1"}],
    }
    destination = {
        "Enabled": True,
        "EventBridgeDestination": {"EventBusArn": "default"},
        "MatchingEventTypes": ["BOUNCE", "DELIVERY"],
    }
    disabled = {**destination, "Enabled": False, "MatchingEventTypes": ["SEND", "COMPLAINT"]}

    made = reports("m1", request, [destination, disabled])

    assert [one["DetailType"] for one in made] == types
    for one in made:
        mail = json.loads(str(one["Detail"]))["mail"]
        assert mail["tags"] == {"ses:configuration-set": ["set"], "notice": ["n1"]}


def test_correct_keeps_what_mini_stack_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Service:
        _config_sets: dict[str, object] = {}  # noqa: RUF012

        @staticmethod
        async def handle_request(*_: object) -> tuple[int, dict[str, str], bytes]:
            return 200, {}, b'{"MessageId": "m1@email.amazonses.com"}'

    for name in ("ses_v2", "eventbridge"):
        monkeypatch.setitem(sys.modules, f"ministack.services.{name}", Service)
    correct(tmp_path)
    raw = base64.b64encode(b"Subject: hello\r\n\r\nbody").decode()
    request = {"Destination": {"ToAddresses": ["a@b.c"]}, "Content": {"Raw": {"Data": raw}}}

    answer = Service.handle_request(
        "POST", "/v2/email/outbound-emails", {}, json.dumps(request).encode(), {}
    )
    asyncio.run(answer)

    (mail,) = read_mailbox(tmp_path)
    assert (mail.subject, mail.recipients, mail.text.strip()) == ("hello", ("a@b.c",), "body")
