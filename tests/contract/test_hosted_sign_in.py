"""The hosted sign-in: the fake, and Cognito's endpoints as a server here plays them."""

import base64
import hashlib
import json
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

from roundtable.adapters.hosted_sign_in_cognito import CognitoHostedSignIn
from roundtable.ports import HostedSignIn, Identified, SignInRefused, Unavailable
from tests.fakes import FakeHostedSignIn

CLIENT = "client-1"
BACK = "https://apply.example.org/staff/signed-in"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
SAM = Identified(subject="0f1c", email="sam@roundtable.example")


@dataclass
class Pool:
    """Cognito's token and userInfo endpoints, as far as we ask them."""

    codes: dict[str, tuple[Identified, str, str]] = field(
        default_factory=dict[str, tuple[Identified, str, str]]
    )
    tokens: dict[str, Identified] = field(default_factory=dict[str, Identified])
    answers: tuple[int, bytes] | None = None
    """What every request gets instead, where a test says so."""

    def signs_in(self, who: Identified, *, challenge: str, back_to: str) -> str:
        code = f"code-{len(self.codes)}"
        self.codes[code] = who, challenge, back_to
        return code

    def token(self, form: dict[str, str], content_type: str) -> tuple[int, object]:
        assert content_type == "application/x-www-form-urlencoded"
        assert set(form) == {"grant_type", "client_id", "code", "redirect_uri", "code_verifier"}
        if form["client_id"] != CLIENT:
            return 400, {"error": "invalid_client"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        who, *asked = self.codes.pop(form["code"], (SAM, "", ""))
        if form["grant_type"] != "authorization_code" or asked != [challenge, form["redirect_uri"]]:
            return 400, {"error": "invalid_grant"}
        self.tokens["token-1"] = who
        return 200, {"access_token": "token-1", "id_token": "x", "token_type": "Bearer"}

    def user_info(self, authorization: str) -> tuple[int, object]:
        who = self.tokens.get(authorization.removeprefix("Bearer "))
        if who is None:
            return 401, {"error": "invalid_token"}
        return 200, {"sub": who.subject, "email": who.email, "username": who.subject}


@contextmanager
def served(pool: Pool) -> Generator[str]:
    """Serve the pool's endpoints on this machine; gives their address."""

    class Endpoints(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {
                name: values[0]
                for name, values in parse_qs(content, keep_blank_values=True).items()
            }
            assert self.path == "/oauth2/token"
            self._send(*pool.token(form, self.headers["Content-Type"]))

        def do_GET(self) -> None:
            assert self.path == "/oauth2/userInfo"
            self._send(*pool.user_info(self.headers["Authorization"]))

        def _send(self, status: int, told: object) -> None:
            status, content = pool.answers or (status, json.dumps(told).encode())
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoints) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def pool(sockets: None) -> Generator[tuple[Pool, str]]:
    """Open the loopback interface, and nothing else, to a pool and to who asks it."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    made = Pool()
    with served(made) as address:
        yield made, address
    socket_allow_hosts(None)
    disable_socket(allow_unix_socket=True)


@dataclass(frozen=True)
class Page:
    """What the contract is about, and how somebody signs in there."""

    hosted: HostedSignIn
    signs_in: Callable[..., str]


@pytest.fixture(params=["fake", "cognito"])
def page(request: pytest.FixtureRequest) -> Page:
    if request.param == "fake":
        fake = FakeHostedSignIn()
        return Page(fake, fake.signs_in)
    made, address = request.getfixturevalue("pool")
    return Page(CognitoHostedSignIn(address, CLIENT), made.signs_in)


def test_code_tells_who_signed_in_once(page: Page) -> None:
    code = page.signs_in(SAM, challenge=CHALLENGE, back_to=BACK)

    assert page.hosted.exchange(code, verifier=VERIFIER, back_to=BACK) == SAM
    with pytest.raises(SignInRefused):
        page.hosted.exchange(code, verifier=VERIFIER, back_to=BACK)


@pytest.mark.parametrize(
    ("verifier", "back_to"), [("another", BACK), (VERIFIER, f"{BACK}/elsewhere"), ("", BACK)]
)
def test_code_is_for_who_was_sent(page: Page, verifier: str, back_to: str) -> None:
    code = page.signs_in(SAM, challenge=CHALLENGE, back_to=BACK)
    with pytest.raises(SignInRefused):
        page.hosted.exchange(code, verifier=verifier, back_to=back_to)


def test_made_up_code_is_refused(page: Page) -> None:
    with pytest.raises(SignInRefused):
        page.hosted.exchange("made up", verifier=VERIFIER, back_to=BACK)


def test_addresses_are_at_its_origin(page: Page) -> None:
    into = page.hosted.sign_in_address(state="s&t", challenge=CHALLENGE, back_to=BACK)
    out = page.hosted.sign_out_address(back_to=BACK)
    for address, path in ((into, "/oauth2/authorize"), (out, "/logout")):
        parts = urlsplit(address)
        assert (f"{parts.scheme}://{parts.netloc}", parts.path) == (page.hosted.origin, path)
    asked = parse_qs(urlsplit(into).query)
    assert asked["state"] == ["s&t"]
    assert (asked["code_challenge"], asked["redirect_uri"]) == ([CHALLENGE], [BACK])
    assert parse_qs(urlsplit(out).query)["logout_uri"] == [BACK]


def test_cognito_is_asked_for_a_code_with_its_challenge() -> None:
    hosted = CognitoHostedSignIn("https://people.example.org/", CLIENT)
    address = hosted.sign_in_address(state="s", challenge=CHALLENGE, back_to=BACK)
    assert parse_qs(urlsplit(address).query) == {
        "response_type": ["code"],
        "client_id": [CLIENT],
        "redirect_uri": [BACK],
        "scope": ["openid email"],
        "state": ["s"],
        "code_challenge": [CHALLENGE],
        "code_challenge_method": ["S256"],
    }
    assert hosted.sign_out_address(back_to=BACK) == (
        "https://people.example.org/logout?client_id=client-1"
        "&logout_uri=https%3A%2F%2Fapply.example.org%2Fstaff%2Fsigned-in"
    )


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_fault_of_cognito_may_pass(pool: tuple[Pool, str], status: int) -> None:
    made, address = pool
    made.answers = status, b"<html>"
    with pytest.raises(Unavailable, match=str(status)):
        CognitoHostedSignIn(address, CLIENT).exchange("c", verifier=VERIFIER, back_to=BACK)


def test_silence_is_not_waited_for(pool: tuple[Pool, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unavailable, match="TimeoutError"):
            CognitoHostedSignIn(address, CLIENT, seconds=0.2).exchange(
                "c", verifier=VERIFIER, back_to=BACK
            )
    with pytest.raises(Unavailable, match="ConnectionRefusedError"):
        CognitoHostedSignIn(address, CLIENT).exchange("c", verifier=VERIFIER, back_to=BACK)


@pytest.mark.parametrize("answer", [(302, b"{}"), (404, b"[]"), (400, b"no JSON")])
def test_answer_that_makes_no_sense_is_our_mistake(
    pool: tuple[Pool, str], answer: tuple[int, bytes]
) -> None:
    made, address = pool
    made.answers = answer
    with pytest.raises(RuntimeError, match=f"the hosted sign-in answers {answer[0]}"):
        CognitoHostedSignIn(address, CLIENT).exchange("c", verifier=VERIFIER, back_to=BACK)


def test_client_that_the_pool_does_not_know_is_our_mistake(pool: tuple[Pool, str]) -> None:
    made, address = pool
    code = made.signs_in(SAM, challenge=CHALLENGE, back_to=BACK)
    with pytest.raises(RuntimeError, match="400 invalid_client"):
        CognitoHostedSignIn(address, "another").exchange(code, verifier=VERIFIER, back_to=BACK)
