"""An HTTPS connection to a public address that was looked up once, with one limit on its time.

The name is resolved a single time, every address found is judged, and the socket is opened to
what was judged: a name that answers differently the next moment (DNS rebinding) gains nothing.
The certificate is verified for the name. The limit holds for everything together, so that a
server which sends one byte now and then is given up, too.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from http.client import HTTPSConnection
from io import BufferedReader, RawIOBase
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

PORT = 443
_MOST_ADDRESSES = 3
"""Of a name that has more, no further address is tried."""

_UNICAST = IPv6Network("2000::/3")
"""What is given out for the internet (RFC 4291): leaves out mapped, translated (NAT64), local,
link-local and multicast addresses."""
_SPECIAL = (
    IPv4Network("192.0.0.0/24"),  # protocols (RFC 6890)
    IPv4Network("192.88.99.0/24"),  # 6to4 relays (RFC 7526)
    IPv6Network("2001::/23"),  # protocols, with Teredo, which carries an IPv4 address
    IPv6Network("2002::/16"),  # 6to4, likewise
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
"""What not every version of Python tells from the public internet."""

Resolve = Callable[[str, float], Sequence[str]]
"""Gives the addresses of a name within so many seconds; raises OSError."""
Open = Callable[[str, float], socket.socket]
"""Opens a connection to an address, on PORT, within so many seconds; raises OSError."""


class AddressRefusedError(Exception):
    """A name stands for an address that is not on the public internet."""


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet, and cannot lead elsewhere."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if any(found in network for network in _SPECIAL if network.version == found.version):
        return False
    if isinstance(found, IPv6Address):
        return found in _UNICAST and found.is_global
    return found.is_global and not found.is_multicast and not found.is_reserved


def public_addresses(found: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses found for a name, IPv4 first, but not very many.

    Raises AddressRefusedError if one is not public: a name with a public and a private address
    was made for mischief.
    """
    if not all(is_public(address) for address in found):
        raise AddressRefusedError
    ordered = sorted(
        dict.fromkeys(found), key=lambda address: not isinstance(ip_address(address), IPv4Address)
    )
    return tuple(ordered[:_MOST_ADDRESSES])


@cache
def _resolver() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="resolve")


def resolve(host: str, seconds: float) -> Sequence[str]:
    """Return the addresses of a name by the system's resolver, which has no limit of its own."""
    future = _resolver().submit(socket.getaddrinfo, host, PORT, type=socket.SOCK_STREAM)
    try:
        return [str(found[4][0]) for found in future.result(timeout=seconds)]
    except TimeoutError:
        future.cancel()
        raise


def open_socket(address: str, seconds: float) -> socket.socket:
    """Open a connection to an address."""
    return socket.create_connection((address, PORT), timeout=seconds)


class Deadline:
    """The end of the time for something that takes several steps."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raises TimeoutError where there are none."""
        left = self._until - self._monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        return left


class _Incoming(RawIOBase):
    """What a server sends, as long as there is time."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline
        # Keeps the socket open until it is closed itself: http.client lets go of it earlier.
        self._held = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401 (any writable buffer)
        self._sock.settimeout(self._deadline.left())
        return self._held.readinto(buffer)

    def close(self) -> None:
        self._held.close()
        super().close()


class _TimedSocket:
    """What `http.client` uses of a socket."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        """Send everything."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(content)

    def makefile(self, _mode: str) -> BufferedReader:
        """Return what comes in."""
        return BufferedReader(_Incoming(self._sock, self._deadline))

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()


class PinnedConnection(HTTPSConnection):
    """A connection to one of these addresses that speaks to the server of this name."""

    def __init__(
        self,
        host: str,
        addresses: Sequence[str],
        deadline: Deadline,
        *,
        open_socket: Open,
        context: ssl.SSLContext,
    ) -> None:
        super().__init__(host, PORT, context=context)
        self._addresses = addresses
        self._deadline = deadline
        self._open = open_socket
        self._tls = context

    def connect(self) -> None:
        """Connect to the first address that answers; raises OSError."""
        bare = self._connected()
        try:
            bare.settimeout(self._deadline.left())
            self.sock = _TimedSocket(
                self._tls.wrap_socket(bare, server_hostname=self.host), self._deadline
            )
        except BaseException:
            bare.close()
            raise

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("there is no address")
        for place, address in enumerate(self._addresses):
            # The last one may take all the time that is left, those before it a fair part.
            left = self._deadline.left() / (len(self._addresses) - place)
            try:
                return self._open(address, left)
            except OSError as error:
                failure = error
        raise failure
