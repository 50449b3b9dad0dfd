"""Sending a mail is authorised on the identity it is sent from.

On AWS a role that may send from one identity only can send from it. MiniStack asks for the right to
send from every identity.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

SENDING = "/v2/email/outbound-emails"


def correct() -> None:
    """Name the sender's domain as the resource of a SendEmail."""
    actions: Any = importlib.import_module("ministack.core.iam_actions")
    name_resource: Callable[..., str] = actions._ses_v2_resource_arn

    def name_identity(method: str, path: str, body: bytes, region: str, account: str) -> str:
        if method == "POST" and path.rstrip("/") == SENDING and (domain := sender_domain(body)):
            return f"arn:aws:ses:{region}:{account}:identity/{domain}"
        return name_resource(method, path, body, region, account)

    actions._ses_v2_resource_arn = name_identity


def sender_domain(body: bytes) -> str:
    """Return the domain of the sender's address in a SendEmail; empty where it names none."""
    try:
        told: object = json.loads(body or b"{}").get("FromEmailAddress", "")
    except ValueError:
        return ""
    return parseaddr(str(told))[1].rpartition("@")[2].lower()
