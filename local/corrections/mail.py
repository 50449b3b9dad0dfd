"""Mail is kept as it was sent, and its configuration set hears what became of it.

AWS delivers mail and reports; MiniStack notes the bodies only, forgets them at the next start, and
reports nothing.
"""

from __future__ import annotations

import base64
import contextvars
import importlib
import json
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

_Request = Mapping[str, Any]
_Handler = Callable[..., Awaitable[tuple[int, Any, Any]]]

_OK = 200
# The mailbox simulator of Amazon SES: mail to these addresses does not arrive.
_SIMULATED = {
    "bounce@simulator.amazonses.com": "BOUNCE",
    "complaint@simulator.amazonses.com": "COMPLAINT",
}
_DETAIL_TYPES = {
    "SEND": ("Email Sent", "Send"),
    "DELIVERY": ("Email Delivered", "Delivery"),
    "BOUNCE": ("Email Bounced", "Bounce"),
    "COMPLAINT": ("Email Complaint Received", "Complaint"),
}
# A real delivery takes its time; the sender has noted the message id by then.
_DELIVERED_AFTER_SECONDS = 0.5


def correct(folder: Path) -> None:
    """Keep each mail in `folder`, one file each, oldest first by name.

    A file's first lines, `X-SES-…`, carry what the API was told beside the message.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mail: Any = importlib.import_module("ministack.services.ses_v2")
    events: Any = importlib.import_module("ministack.services.eventbridge")
    handle: _Handler = mail.handle_request

    def put_later(reports: list[dict[str, object]]) -> None:
        # The account and the region of this request are context variables.
        context = contextvars.copy_context()

        def put() -> None:
            context.run(events._put_events, {"Entries": reports}, allow_aws_source=True)

        timer = threading.Timer(_DELIVERED_AFTER_SECONDS, put)
        timer.daemon = True
        timer.start()

    async def handle_and_keep(
        method: str, path: str, headers: Mapping[str, str], body: bytes, query: object
    ) -> tuple[int, Any, Any]:
        answer = await handle(method, path, headers, body, query)
        is_mail = method == "POST" and path.rstrip("/").endswith("/outbound-emails")
        if is_mail and answer[0] == _OK:
            message_id = str(json.loads(answer[2])["MessageId"])
            request = cast("_Request", json.loads(body))
            _write(folder, message_id, request)
            set_name = request.get("ConfigurationSetName")
            known: _Request = mail._config_sets.get(set_name) or {}
            destinations: _Request = known.get("EventDestinations", {})
            if found := reports(message_id, request, destinations.values()):
                put_later(found)
        return answer

    mail.handle_request = handle_and_keep


def reports(
    message_id: str, request: _Request, destinations: Iterable[_Request]
) -> list[dict[str, object]]:
    """Make the events that `destinations` want about a mail, in the order they happen."""
    wanted = {
        kind
        for destination in destinations
        if destination.get("Enabled") and "EventBridgeDestination" in destination
        for kind in destination["MatchingEventTypes"]
    }
    fate = next((_SIMULATED[to] for to in _recipients(request) if to in _SIMULATED), "DELIVERY")
    return [_report(kind, message_id, request) for kind in ("SEND", fate) if kind in wanted]


def _write(folder: Path, message_id: str, request: _Request) -> None:
    raw = request.get("Content", {}).get("Raw", {}).get("Data")
    if raw is None:
        return  # our mailer sends raw messages only
    now = datetime.now(UTC)
    envelope = {
        "X-SES-Message-ID": message_id,
        "X-SES-Recipients": ", ".join(_recipients(request)),
        "X-SES-Tags": json.dumps(_tags(request)),
        "X-SES-Received": now.isoformat(),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in envelope.items())
    name = f"{now.strftime('%Y%m%dT%H%M%S%f')}-{message_id.split('@', 1)[0]}.eml"
    partial = folder / f".{name}"
    partial.write_bytes(lines.encode() + base64.b64decode(raw))
    partial.rename(folder / name)  # a reader sees whole mails only


def _recipients(request: _Request) -> list[str]:
    to = request.get("Destination", {})
    return [one for kind in ("To", "Cc", "Bcc") for one in to.get(f"{kind}Addresses", [])]


def _tags(request: _Request) -> dict[str, list[str]]:
    return {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", [])}


def _report(kind: str, message_id: str, request: _Request) -> dict[str, object]:
    detail_type, event_type = _DETAIL_TYPES[kind]
    to = _recipients(request)
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    about: dict[str, object] = {"timestamp": now}
    if kind == "BOUNCE":
        about |= {
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [{"emailAddress": one, "status": "5.1.1"} for one in to],
        }
    elif kind == "COMPLAINT":
        about |= {"complainedRecipients": [{"emailAddress": one} for one in to]}
    elif kind == "DELIVERY":
        about |= {"recipients": to, "processingTimeMillis": 500, "smtpResponse": "250 ok"}
    detail = {
        "eventType": event_type,
        "mail": {
            "timestamp": now,
            "source": request.get("FromEmailAddress", ""),
            "messageId": message_id,
            "destination": to,
            "tags": {"ses:configuration-set": [request["ConfigurationSetName"]], **_tags(request)},
        },
        event_type.lower(): about,
    }
    return {"Source": "aws.ses", "DetailType": detail_type, "Detail": json.dumps(detail)}
