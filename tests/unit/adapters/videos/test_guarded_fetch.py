import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.adapters.videos.guarded_fetch import (
    MOST_BYTES,
    Fetched,
    FetchFailed,
    FetchRefused,
    GuardedFetch,
)
from tests.unit.adapters.videos.web_server import (
    NAMES,
    Serve,
    WebServer,
    answering,
    saying,
    trusting,
)

PUBLIC = "93.184.215.14"
URL = "https://tv.example.org/7?key=a%20b"
REQUEST = (
    b"GET /7?key=a%20b HTTP/1.1\r\n"
    b"Host: tv.example.org\r\n"
    b"Accept: */*\r\n"
    b"Accept-Encoding: identity\r\n"
    b"Connection: close\r\n"
    b"User-Agent: Roundtable-link-check/1.0\r\n"
    b"\r\n"
)


class Resolver:
    """Gives the next of several answers each time it is asked, and the last ever after."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, seconds: float) -> Sequence[str]:
        assert 0 < seconds <= 5
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def anywhere(host: str) -> bool:
    return True


def ours(host: str) -> bool:
    return host.endswith(".example.org")


@pytest.fixture
def started() -> Iterator[list[WebServer]]:
    """Collect servers, and wait for their threads at the end."""
    servers: list[WebServer] = []
    yield servers
    for server in servers:
        for thread in server.threads:
            thread.join(10)
            assert not thread.is_alive()


Start = Callable[..., tuple[WebServer, GuardedFetch]]


@pytest.fixture
def start(started: list[WebServer]) -> Start:
    def starting(
        serve: Serve, resolver: Resolver | None = None, *, seconds: float = 5, tls: bool = True
    ) -> tuple[WebServer, GuardedFetch]:
        server = WebServer(serve, encrypted=tls)
        started.append(server)
        fetch = GuardedFetch(
            resolve=resolver or Resolver([PUBLIC]),
            open_socket=server.open,
            context=trusting(),
            time_limit=seconds,
        )
        return server, fetch

    return starting


def refusing(resolver: Resolver) -> GuardedFetch:
    """Return a fetch that must never come to open a connection."""

    def never(address: str, seconds: float) -> object:
        raise AssertionError(address)

    return GuardedFetch(resolve=resolver, open_socket=never)  # pyright: ignore[reportArgumentType] (it never returns)


def test_fetch_asks_the_pinned_address_by_the_name(start: Start) -> None:
    server, fetch = start(answering(b"hello"))
    assert fetch.get(URL, may_visit=ours) == Fetched(200, URL, body=b"hello")
    assert server.opened == [PUBLIC]
    assert server.asked == [REQUEST]


def test_fetch_says_nothing_of_the_body_where_none_is_wanted(start: Start) -> None:
    _, fetch = start(answering(b"hello", status=404))
    assert fetch.get(URL, may_visit=ours, most_bytes=0) == Fetched(404, URL)


# --- which addresses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://tv.example.org/",
        "ftp://tv.example.org/",
        "file:///etc/passwd",
        "//tv.example.org/",
        "https://",
        "https:///7",
        "https://tv.example.org:80/",
        "https://tv.example.org:8443/",
        "https://tv.example.org:443x/",
        "https://me@tv.example.org/",
        "https://me:secret@tv.example.org/",
        "https://@tv.example.org/",
        "https://tv.example.org\\@evil.example/",
        "https://tv.example.org/a b",
        "https://tv.example.org/\r\nX-Evil: 1",
        "https://tv.example.org/\ufeff",
        "https://tv.ex\u0430mple.org/",
        "https://tv\u3002example.org/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0x0.0x0.0x1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://tv.example.org./",
        "https://" + "a" * 64 + ".example.org/",
        "https://" + "a." * 150 + "example.org/",
        "https://tv.example.org/" + "a" * 4000,
        "https://[tv.example.org/",
    ],
)
def test_fetch_refuses_every_unusual_address(url: str) -> None:
    resolver = Resolver([PUBLIC])
    with pytest.raises(FetchRefused):
        refusing(resolver).get(url, may_visit=anywhere)
    assert resolver.asked == []


def test_fetch_refuses_a_host_that_is_not_allowed() -> None:
    resolver = Resolver([PUBLIC])
    for host in ("example.org", "evil.example", "tv.example.org.evil.example"):
        with pytest.raises(FetchRefused):
            refusing(resolver).get(f"https://{host}/", may_visit=ours)
    assert resolver.asked == []


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://tv.example.org"]))
def test_fetch_of_any_text_is_refused_or_stays_with_its_host(text: str, start: str) -> None:
    resolver = Resolver(["10.0.0.1"])
    with pytest.raises(FetchRefused):
        refusing(resolver).get(start + text, may_visit=ours)
    assert all(ours(host) for host in resolver.asked)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14",
        "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378::1",
        "2001:db8::1", "2001:20::1", "2002:7f00:1::1", "3fff::1", "5f00::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address",
        "2130706433", "0x7f.1", "",
    ],
)  # fmt: skip
def test_fetch_refuses_a_name_that_stands_for_a_private_address(address: str) -> None:
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(FetchRefused):
            refusing(Resolver(found)).get(URL, may_visit=ours)


def test_fetch_takes_public_addresses_of_both_kinds(start: Start) -> None:
    server, fetch = start(answering(), Resolver(["2606:2800:21f:cb07::1", PUBLIC, PUBLIC]))
    fetch.get(URL, may_visit=ours)
    assert server.opened == [PUBLIC]
    server, fetch = start(answering(), Resolver(["2606:2800:21f:cb07::1"]))
    fetch.get(URL, may_visit=ours)
    assert server.opened == ["2606:2800:21f:cb07::1"]


def test_fetch_is_not_rebound(start: Start) -> None:
    """The name stands for a public address when it is judged, and for a private one at once after.

    It is asked for once, and the connection goes where it was judged to go.
    """
    resolver = Resolver([PUBLIC], ["169.254.169.254"])
    server, fetch = start(answering(b"hello"), resolver)
    assert fetch.get(URL, may_visit=ours).body == b"hello"
    assert resolver.asked == ["tv.example.org"]
    assert server.opened == [PUBLIC]
    with pytest.raises(FetchRefused):
        fetch.get(URL, may_visit=ours)
    assert server.opened == [PUBLIC]


# --- redirects -------------------------------------------------------------------------------


def leading(**onward: str) -> Serve:
    """Return a server that redirects by path, given as words, and answers else."""

    def serve(request: bytes) -> Iterator[bytes]:
        path = request.split(b" ")[1].decode().strip("/")
        if path not in onward:
            yield from answering(b"arrived")(request)
        else:
            yield from answering(status=302, location=onward[path])(request)

    return serve


def test_fetch_follows_redirects_to_allowed_hosts(start: Start) -> None:
    server, fetch = start(leading(a="https://www.example.org/b", b="/c", c="d?x=1#part"))
    answer = fetch.get("https://tv.example.org/a", may_visit=ours)
    assert answer == Fetched(200, "https://www.example.org/d?x=1#part", body=b"arrived")
    assert [request.split(b"\r\n")[:2] for request in server.asked] == [
        [b"GET /a HTTP/1.1", b"Host: tv.example.org"],
        [b"GET /b HTTP/1.1", b"Host: www.example.org"],
        [b"GET /c HTTP/1.1", b"Host: www.example.org"],
        [b"GET /d?x=1 HTTP/1.1", b"Host: www.example.org"],
    ]


def test_fetch_follows_three_redirects_and_no_more(start: Start) -> None:
    server, fetch = start(leading(a="/b", b="/c", c="/d", d="/e"))
    answer = fetch.get("https://tv.example.org/a", may_visit=ours)
    assert answer == Fetched(302, "https://tv.example.org/d", "https://tv.example.org/e")
    assert len(server.asked) == 4
    server, fetch = start(leading(a="/b"))
    answer = fetch.get("https://tv.example.org/a", may_visit=ours, redirects=0)
    assert answer.leads_to == "https://tv.example.org/b"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("https://accounts.google.com/signin", "https://accounts.google.com/signin"),
        ("//evil.example/", "https://evil.example/"),
        ("http://tv.example.org/", "http://tv.example.org/"),
        ("https://tv.example.org:8080/", "https://tv.example.org:8080/"),
        ("https://me@tv.example.org/", "https://me@tv.example.org/"),
        ("https://127.0.0.1/", "https://127.0.0.1/"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("https://[", ""),
    ],
)
def test_fetch_tells_a_redirect_that_it_does_not_follow(
    start: Start, location: str, leads_to: str
) -> None:
    server, fetch = start(leading(a=location))
    answer = fetch.get("https://tv.example.org/a", may_visit=ours)
    assert answer == Fetched(302, "https://tv.example.org/a", leads_to)
    assert len(server.asked) == 1


def test_fetch_looks_at_every_redirect_like_the_first_address(start: Start) -> None:
    server, fetch = start(
        leading(a="https://www.example.org/b"), Resolver([PUBLIC], ["192.168.0.1"])
    )
    with pytest.raises(FetchRefused):
        fetch.get("https://tv.example.org/a", may_visit=ours)
    assert server.opened == [PUBLIC]


def test_fetch_of_a_redirect_to_nowhere_is_an_answer(start: Start) -> None:
    _, fetch = start(answering(status=302))
    assert fetch.get(URL, may_visit=ours) == Fetched(302, URL)


# --- servers that mean harm, or are broken ---------------------------------------------------


def test_fetch_of_another_servers_certificate_fails(start: Start) -> None:
    server, fetch = start(answering())
    assert "ftp.example.org" not in NAMES
    with pytest.raises(FetchFailed, match="SSLCertVerificationError"):
        fetch.get("https://ftp.example.org/", may_visit=ours)
    assert server.asked == []


def test_fetch_of_a_certificate_that_nobody_vouches_for_fails(
    started: list[WebServer],
) -> None:
    server = WebServer(answering())
    started.append(server)
    fetch = GuardedFetch(resolve=Resolver([PUBLIC]), open_socket=server.open)
    with pytest.raises(FetchFailed, match="SSLCertVerificationError"):
        fetch.get(URL, may_visit=ours)
    assert server.asked == []


def test_fetch_of_a_server_without_encryption_fails(start: Start) -> None:
    _, fetch = start(saying(b"HTTP/1.1 200 OK\r\n\r\n"), tls=False)
    with pytest.raises(FetchFailed):
        fetch.get(URL, may_visit=ours)


def test_fetch_reads_no_more_of_a_large_body(start: Start) -> None:
    sent = 0

    def endless(_request: bytes) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            sent += 16_384
            yield b"x" * 16_384

    _, fetch = start(endless)
    assert fetch.get(URL, may_visit=ours).body == b"x" * MOST_BYTES
    assert sent < 4_000_000


def test_fetch_leaves_a_packed_body_packed(start: Start) -> None:
    _, fetch = start(answering(b"\x1f\x8b packed", content_encoding="gzip"))
    assert fetch.get(URL, may_visit=ours).body == b"\x1f\x8b packed"


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;"],
)  # fmt: skip
def test_fetch_of_a_server_that_drips_is_given_up(start: Start, beginning: bytes) -> None:
    stop = threading.Event()

    def dripping(_request: bytes) -> Iterator[bytes]:
        if beginning:
            yield beginning
        while not stop.wait(0.02):
            yield b"1"

    _, fetch = start(dripping, seconds=0.3)
    began = time.monotonic()
    try:
        with pytest.raises(FetchFailed, match="TimeoutError"):
            fetch.get(URL, may_visit=ours)
        assert time.monotonic() - began < 4
    finally:
        stop.set()


def test_fetch_of_a_server_that_drips_its_handshake_is_given_up(start: Start) -> None:
    stop = threading.Event()

    def dripping(_request: bytes) -> Iterator[bytes]:
        yield b"\x16\x03\x03\x40\x00\x02"
        while not stop.wait(0.02):
            yield b"\x00"

    _, fetch = start(dripping, seconds=0.3, tls=False)
    began = time.monotonic()
    try:
        with pytest.raises(FetchFailed):
            fetch.get(URL, may_visit=ours)
        assert time.monotonic() - began < 4
    finally:
        stop.set()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 999999 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_fetch_of_an_answer_that_is_none_fails(start: Start, answer: bytes) -> None:
    _, fetch = start(saying(answer))
    with pytest.raises(FetchFailed):
        fetch.get(URL, may_visit=ours)


def test_fetch_of_a_name_without_address_fails() -> None:
    def unknown(host: str, seconds: float) -> Sequence[str]:
        raise OSError("no such name")

    for resolve in (Resolver([]), unknown):
        with pytest.raises(FetchFailed):
            GuardedFetch(resolve=resolve).get(URL, may_visit=ours)


def test_fetch_tells_no_address_in_its_errors() -> None:
    def unknown(host: str, seconds: float) -> Sequence[str]:
        raise OSError(host)

    with pytest.raises(FetchFailed) as failed:
        GuardedFetch(resolve=unknown).get(URL, may_visit=ours)
    assert str(failed.value) == "OSError"
    with pytest.raises(FetchRefused) as refused:
        GuardedFetch(resolve=Resolver(["10.0.0.1"])).get(URL, may_visit=ours)
    assert "example" not in str(refused.value)
    assert "10.0" not in str(refused.value)


def test_fetch_tries_the_next_address_where_one_does_not_answer(start: Start) -> None:
    server, _ = start(answering(b"hello"))
    tried: list[str] = []

    def flaky(address: str, seconds: float) -> object:
        tried.append(address)
        if len(tried) < 3:
            raise ConnectionRefusedError
        return server.open(address, seconds)

    found = ["93.184.215.14", "93.184.215.15", "93.184.215.16", "93.184.215.17"]
    fetch = GuardedFetch(resolve=Resolver(found), open_socket=flaky, context=trusting())  # pyright: ignore[reportArgumentType] (a socket, where it returns one)
    assert fetch.get(URL, may_visit=ours).body == b"hello"
    assert tried == found[:3]
