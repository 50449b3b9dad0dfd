from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from local.visitor import Upload, Visitor


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        told = f"{self.path}|{self.headers['Host']}|{self.headers.get('Cookie')}"
        self._answer(200, f"{told}|{self.headers.get('Authorization')}".encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/upload":
            self._answer(204 if b'name="file"; filename="a.pdf"' in body else 400, b"")
            return
        self.send_response(303)
        self.send_header("Location", "/done")
        self.send_header("Set-Cookie", "session=s1; Path=/; HttpOnly")
        self.send_header("Set-Cookie", "old=; Max-Age=0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        pass

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def home(loopback: None) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://roundtable.localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_post_form_follows_the_redirect_with_the_cookie(home: str) -> None:
    visitor = Visitor(home, token="t")

    reply = visitor.post_form("/apply", {"team": "ünïcode"})

    site = home.removeprefix("http://")
    assert (reply.status, reply.url) == (200, f"{home}/done")
    assert reply.text == f"/done|{site}|session=s1|Bearer t"


def test_token_stays_at_home(home: str) -> None:
    visitor = Visitor("http://elsewhere.localhost", token="t")

    assert visitor.get(f"{home}/x").text.endswith("|None|None")


def test_post_file_sends_the_file_last(home: str) -> None:
    reply = Visitor(home).post_file(
        "/upload", {"key": "k"}, Upload("a.pdf", "application/pdf", b"%PDF")
    )

    assert reply.status == 204
