"""Visit the sites over HTTP: cookies, forms, redirects.

Browsers take `*.localhost` for this machine, Python's resolver does not; a visitor connects to the
loopback interface and names the site in the `Host` header.
"""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

_REDIRECTS = {301, 302, 303, 307, 308}
_KEEP_METHOD = {307, 308}
_MOST_REDIRECTS = 10
_TOO_MANY = 429
_MOST_WAITS = 80
_LONGEST_WAIT = 1.0
"""Seconds; with the number of waits above a minute, for a storm of uploads on a cold machine."""


@dataclass(frozen=True)
class Reply:
    """What a site answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8")

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Parse the content as JSON."""
        return json.loads(self.content)


@dataclass(frozen=True)
class Upload:
    """A file in a form."""

    name: str
    content_type: str
    content: bytes


@dataclass
class Visitor:
    """Somebody at a browser, starting at `home`, such as `http://roundtable.localhost:4566`.

    Cookies are kept per site; `token` goes along as a bearer token to the home site only.
    """

    home: str
    token: str | None = None
    timeout_seconds: float = 60.0
    cookies: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def get(self, path: str, **query: str) -> Reply:
        """Open a page, following redirects."""
        return self.request("GET", f"{path}?{urlencode(query)}" if query else path)

    def post_form(self, path: str, fields: Mapping[str, str], *, follow: bool = True) -> Reply:
        """Send a form without files."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, urlencode(fields).encode(), kind, follow=follow)

    def post_json(self, path: str, content: object) -> Reply:
        """Send JSON."""
        kind = {"Content-Type": "application/json"}
        return self.request("POST", path, json.dumps(content).encode(), kind)

    def post_file(self, path: str, fields: Mapping[str, str], file: Upload) -> Reply:
        """Send a form with one file, in a field called `file` after all others, as S3 wants it."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="file";'
            f' filename="{file.name}"\r\nContent-Type: {file.content_type}\r\n\r\n'
        )
        body = "".join(parts).encode() + file.content + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.request("POST", path, body, kind, follow=False)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        follow: bool = True,
    ) -> Reply:
        """Send one request; `path` may also be a whole address."""
        url = urljoin(f"{self.home}/", path)
        for _ in range(_MOST_REDIRECTS):
            reply = self._send_patiently(method, url, body, headers or {})
            if not follow or reply.status not in _REDIRECTS:
                return reply
            url = urljoin(url, reply.headers["location"])
            if reply.status not in _KEEP_METHOD:
                method, body, headers = "GET", None, {}
        raise RuntimeError(f"{url} redirects without end")

    def _send_patiently(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Reply:
        """Try again when every function was busy, as the emulator's bound on workers has it."""
        for attempt in count(1):
            reply = self._send(method, url, body, headers)
            busy = reply.status == _TOO_MANY and b"ConcurrentInvocationLimit" in reply.content
            if not busy or attempt == _MOST_WAITS:
                return reply
            time.sleep(min(0.2 * attempt, _LONGEST_WAIT))
        raise AssertionError("counted to the end")

    def _send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(url)
        site = parts.netloc
        host = parts.hostname or "localhost"
        address = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
        sent = {"Host": site, **headers}
        if known := self.cookies.get(site):
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in known.items())
        if self.token and url.startswith(self.home):
            sent["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(
            address, parts.port or 80, timeout=self.timeout_seconds
        )
        try:
            target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self._keep_cookies(site, answer.headers.get_all("Set-Cookie") or [])
        received = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, received, content, url)

    def _keep_cookies(self, site: str, lines: list[str]) -> None:
        kept = self.cookies.setdefault(site, {})
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    kept.pop(name, None)
                else:
                    kept[name] = morsel.value
