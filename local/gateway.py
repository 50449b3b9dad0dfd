"""Serves pages on the loopback interface, each request as the HTTP API would hand it on."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Event = dict[str, Any]
Answer = dict[str, Any]
Handler = Callable[[Event], Answer]


@contextmanager
def serving(handler: Handler, *, name: str = "roundtable", port: int = 0) -> Generator[str]:
    """Answer requests with `handler` for the time being; gives the origin.

    One request at a time, as in a Lambda function. The host is `<name>.localhost`, which browsers
    take for this machine and hold trustworthy, so that cookies with `Secure` are kept. The port is
    any free one unless it is given.
    """
    one_at_a_time = Lock()

    class Gateway(BaseHTTPRequestHandler):
        """Translates between HTTP and events of the HTTP API, payload version 2."""

        def do_GET(self) -> None:
            """Pass a request on."""
            with one_at_a_time:
                answer = handler(event_of(self))
            self._send(answer)

        do_POST = do_GET  # noqa: N815 (the base class calls it so)
        do_HEAD = do_GET  # noqa: N815 (likewise)

        def _send(self, answer: Answer) -> None:
            body = answer.get("body") or ""
            content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
            self.send_response(answer["statusCode"])
            for header, value in answer["headers"].items():
                self.send_header(header, value)
            for line in answer.get("cookies", []):
                self.send_header("Set-Cookie", line)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Gateway) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{name}.localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def event_of(request: BaseHTTPRequestHandler) -> Event:
    """Return a request as payload version 2 has it."""
    parts = urlsplit(request.path)
    content = request.rfile.read(int(request.headers.get("Content-Length") or 0))
    headers = {name.lower(): value for name, value in request.headers.items()}
    cookies = [part.strip() for part in headers.pop("cookie", "").split(";") if part.strip()]
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": parts.path,
        "rawQueryString": parts.query,
        "queryStringParameters": _joined(parse_qsl(parts.query, keep_blank_values=True)),
        "cookies": cookies,
        "headers": headers,
        "requestContext": {
            "stage": "$default",
            "requestId": "id",
            "domainName": headers.get("host", ""),
            "http": {"method": request.command, "path": parts.path, "sourceIp": "127.0.0.1"},
        },
        "body": base64.b64encode(content).decode() if content else None,
        "isBase64Encoded": bool(content),
    }


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters of a query; those that are given twice are joined by commas."""
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined
