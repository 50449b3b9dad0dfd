"""Serves a site's pages on this machine, each request as the HTTP API would hand it on."""

import base64
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

Event = dict[str, Any]
Answer = dict[str, Any]
Handler = Callable[[Event], Answer]


@contextmanager
def serving(handler: Handler) -> Generator[str]:
    """Answer requests with `handler` for the time being; gives the origin.

    One request at a time, as in a Lambda function. The name ends in `.localhost`, which browsers
    take for this machine and hold trustworthy, so that cookies with `Secure` are kept.
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
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            for line in answer.get("cookies", []):
                self.send_header("Set-Cookie", line)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://roundtable.localhost:{server.server_port}"
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
