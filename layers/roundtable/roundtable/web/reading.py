"""What arrives: a request of the HTTP API (payload version 2) made safe to read."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qsl

from roundtable.web.form_encoding import unflatten
from roundtable.web.problems import Malformed, TooLarge, UnknownType

Event = dict[str, Any]

MAX_BODY_BYTES = 200_000
"""More than the longest form; well below what one record of the table may hold."""
MAX_FIELDS = 2_000
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


def readable(event: Event) -> Event:
    """Return the request with its body as JSON text, form-encoded or not.

    Raises TooLarge, Malformed or UnknownType.
    """
    headers = {
        str(name).lower(): str(value)
        for name, value in cast("Mapping[str, object]", event.get("headers") or {}).items()
    }
    content = _content(event)
    if not content:
        return {**event, "headers": headers, "body": None, "isBase64Encoded": False}
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in {"", _JSON} or kind.endswith("+json"):
        parsed = _parsed(_text(content))
    elif kind == _FORM:
        parsed = _from_form(_text(content))
    else:
        raise UnknownType("unsupported-content-type", f"Send {_JSON} or {_FORM}.")
    return {
        **event,
        "headers": {**headers, "content-type": _JSON},
        "body": json.dumps(parsed),
        "isBase64Encoded": False,
    }


def _content(event: Event) -> bytes:
    body = event.get("body") or ""
    limit = MAX_BODY_BYTES * (4 / 3 if event.get("isBase64Encoded") else 1) + 4
    if not isinstance(body, str) or len(body) > limit:
        raise _too_large()
    try:
        content = (
            base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
        )
    except (binascii.Error, ValueError):
        raise Malformed("malformed", "The body is not readable text.") from None
    if len(content) > MAX_BODY_BYTES:
        raise _too_large()
    return content


def _too_large() -> TooLarge:
    return TooLarge(
        "too-large",
        f"A request holds at most {MAX_BODY_BYTES:,} bytes. Documents are uploaded separately.",
    )


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Malformed("malformed", "The body is not UTF-8 text.") from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Malformed("malformed-json", f"This is not JSON; see {place}.") from None
    except (ValueError, RecursionError):
        raise Malformed("malformed-json", "This is not JSON that can be read.") from None
    if not isinstance(value, dict):
        raise Malformed("malformed-json", "Send a JSON object: { … }.")
    return cast("dict[str, Any]", value)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _from_form(text: str) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text, errors="strict", max_num_fields=MAX_FIELDS)
    except (ValueError, UnicodeDecodeError):
        raise Malformed("malformed-form", "This form cannot be read as UTF-8 fields.") from None
    return unflatten(pairs)


def cookies(event: Event) -> dict[str, str]:
    """Return the cookies of a request; payload version 2 has them in `cookies` or the header."""
    listed = cast("list[str]", event.get("cookies") or [])
    headers = cast("Mapping[str, str]", event.get("headers") or {})
    of_header = next((text for name, text in headers.items() if name.lower() == "cookie"), "")
    found: dict[str, str] = {}
    for part in (*of_header.split(";"), *listed):
        name, separator, value = part.strip().partition("=")
        if separator and name:
            found[name] = value
    return found


def bearer_token(event: Event) -> str:
    """Return the token of the Authorization header, or an empty text."""
    headers = cast("Mapping[str, str]", event.get("headers") or {})
    given = next((text for name, text in headers.items() if name.lower() == "authorization"), "")
    scheme, _, token = given.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def source_address(event: Event) -> str:
    """Return the address from which the request came, as the gateway saw it."""
    context = cast("Mapping[str, Any]", event.get("requestContext") or {})
    http = cast("Mapping[str, Any]", context.get("http") or {})
    return str(http.get("sourceIp") or "")


def claims(event: Event) -> dict[str, str]:
    """Return what the gateway's authorizer verified about the caller; empty without one."""
    context = cast("Mapping[str, Any]", event.get("requestContext") or {})
    authorizer = cast("Mapping[str, Any]", context.get("authorizer") or {})
    token = cast("Mapping[str, Any]", authorizer.get("jwt") or {})
    given = cast("Mapping[str, Any]", token.get("claims") or {})
    return {name: str(value) for name, value in given.items()}


def groups(verified: Mapping[str, str]) -> frozenset[str]:
    """Return the caller's groups; the gateway writes the list as `[staff reviewers]`."""
    return frozenset(verified.get("cognito:groups", "").strip("[]").replace(",", " ").split())
