"""A bucket that takes uploads as S3 does: it holds a form to its limits, and knows one origin."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from roundtable.usecases.applying.arrivals import receive_upload
from tests.fakes import FakePorts

_NAME = re.compile(r'name="([^"]*)"')


@dataclass
class Bucket:
    """What a test tells the bucket to do, and what it heard."""

    ports: FakePorts
    origin: str = ""
    breaks: int = 0
    """How many of the next uploads lose their connection."""
    refuses: int = 0
    """How many of the next uploads are answered with 403, as an expired form is."""
    hears: bool = True
    """Whether we hear of an upload at once."""
    go_on: Event = field(default_factory=Event)
    """While it is not set, uploads stand still."""
    stored: list[str] = field(default_factory=list[str])

    def hear(self) -> None:
        """Let us hear of everything that was stored."""
        for key in self.stored:
            found = self.ports.documents.newest_object(key)
            if found:
                receive_upload(self.ports, found)


@contextmanager
def serving_bucket(ports: FakePorts) -> Generator[Bucket]:
    """Serve the fake documents' bucket for the time being."""
    bucket = Bucket(ports)
    bucket.go_on.set()

    class Store(BaseHTTPRequestHandler):
        """Answers a browser's forms."""

        def do_OPTIONS(self) -> None:
            """Answer what a browser asks beforehand."""
            self._answer(200, {"Access-Control-Allow-Methods": "POST"})

        def do_POST(self) -> None:
            """Take a form with a file, if it is what was allowed."""
            length = int(self.headers["Content-Length"])
            if bucket.breaks:
                bucket.breaks -= 1
                self.rfile.read(min(length, 1000))
                self.close_connection = True
                self.connection.close()
                return
            content = self.rfile.read(length)
            bucket.go_on.wait(30)
            if bucket.refuses:
                bucket.refuses -= 1
                self._answer(403)
                return
            fields, file = _parts(self.headers["Content-Type"], content)
            allowed = next((form for form in ports.documents.forms if form.fields == fields), None)
            if allowed is None or not 1 <= len(file) <= allowed.max_bytes:
                self._answer(403 if allowed is None else 400)
                return
            ports.documents.put(
                fields["key"], file, content_type=fields["Content-Type"],
                stored_at=ports.clock.now(),
            )  # fmt: skip
            bucket.stored.append(fields["key"])
            if bucket.hears:
                bucket.hear()
            then = fields.get("success_action_redirect")
            if then:
                self._answer(303, {"Location": f"{then}?bucket=b&key=k&etag=%22e%22"})
            else:
                self._answer(204)

        def _answer(self, status: int, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("Access-Control-Allow-Origin", ports.site_url)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        bucket.origin = f"http://bucket.localhost:{server.server_port}"
        ports.documents.served_at = bucket.origin
        try:
            yield bucket
        finally:
            bucket.go_on.set()
            server.shutdown()
            thread.join()


def _parts(content_type: str, content: bytes) -> tuple[dict[str, str], bytes]:
    """Return the fields of a form and its file, as its standard (RFC 7578) has them."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    parts: list[Message] = message_from_bytes(head + content).get_payload()  # type: ignore[assignment]
    fields: dict[str, str] = {}
    file = b""
    for part in parts:
        name = _NAME.search(part["Content-Disposition"])
        assert name
        value = part.get_payload(decode=True)
        assert isinstance(value, bytes)
        if name[1] == "file":
            file = value
        else:
            fields[name[1]] = value.decode()
    return fields, file
