"""A web server at the other end of a pair of sockets, with a certificate for some names."""

import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAMES = ("tv.example.org", "www.example.org", "vimeo.com")
"""The names that the server's certificate is for."""

Serve = Callable[[bytes], Iterator[bytes]]
"""Gives what is answered to a request, piece by piece."""


@cache
def certificate() -> tuple[str, bytes]:
    """Return a certificate that signs itself, as text, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAMES[0])])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(item) for item in NAMES]), False)
        .sign(key, hashes.SHA256())
    )
    return (
        signed.public_bytes(serialization.Encoding.PEM).decode(),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


@cache
def trusting() -> ssl.SSLContext:
    """Return the usual context of a client that trusts the server's certificate, too."""
    return ssl.create_default_context(cadata=certificate()[0])


@cache
def _serving() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(certificate()[0].encode() + certificate()[1])
        context.load_cert_chain(file)
    return context


class WebServer:
    """Notes which addresses were connected to and what was asked; answers as `serve` says."""

    def __init__(self, serve: Serve, *, encrypted: bool = True) -> None:
        self._serve = serve
        self._encrypted = encrypted
        self.opened: list[str] = []
        self.asked: list[bytes] = []
        self.threads: list[threading.Thread] = []

    def open(self, address: str, seconds: float) -> socket.socket:
        """Connect, as `pinned_connection.open_socket` does."""
        assert seconds > 0
        self.opened.append(address)
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=self._talk, args=(theirs,))
        thread.start()
        self.threads.append(thread)
        return ours

    def _talk(self, bare: socket.socket) -> None:
        bare.settimeout(5)
        try:
            with self._secured(bare) as connection:
                request = b""
                while self._encrypted and b"\r\n\r\n" not in request:
                    if not (piece := connection.recv(4096)):
                        break
                    request += piece
                self.asked.append(request)
                for piece in self._serve(request):
                    connection.sendall(piece)
        except OSError:
            pass  # the client hung up, as it should where it is given too much
        finally:
            bare.close()

    def _secured(self, bare: socket.socket) -> socket.socket:
        return _serving().wrap_socket(bare, server_side=True) if self._encrypted else bare


def answering(body: bytes = b"", status: int = 200, **headers: str) -> Serve:
    """Return what gives this answer to any request."""
    lines = {"content-length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())

    def serve(_request: bytes) -> Iterator[bytes]:
        yield f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + body

    return serve


def saying(raw: bytes) -> Serve:
    """Return what gives these bytes to any request."""
    return lambda _request: iter([raw])
