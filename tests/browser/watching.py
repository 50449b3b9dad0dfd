"""What a browser complains about while a test uses a page."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request

_OUR_HOSTS = ("localhost", "127.0.0.1")


class Watch:
    """Collects errors of scripts and of the console, and requests to other hosts."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []
        """Parts of complaints that a test brings about itself, such as `status of 404`."""

    def over(self, page: Page) -> None:
        """Begin to watch a tab."""
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)

    def assert_calm(self) -> None:
        """Fail with everything that was not expected."""
        left = [c for c in self.complaints if not any(part in c for part in self.expected)]
        assert not left, left

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.complaints.append(f"script: {error.message}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme in {"http", "https"} and not (
            host in _OUR_HOSTS or host.endswith(".localhost")
        ):
            self.complaints.append(f"another host was asked: {host}")
