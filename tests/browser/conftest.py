"""Real Chromium for tests: `page` watches what the browser complains about.

Playwright drives the Chromium that the machine has; it downloads none.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

from tests.browser.stack import Stack, running_stack
from tests.browser.watching import Watch

LAUNCH = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
_MISSING = "these tests need Chromium: on Debian, `apt-get install -y chromium` as root"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a deployed application together, so that pytest-xdist deploys one."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find the browser; its absence is a failure, never a skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(_MISSING, pytrace=False)
    return found


@pytest.fixture(scope="session")
def loopback() -> Iterator[None]:
    """Open this machine, and nothing else, to the tests of this folder."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    yield
    socket_allow_hosts(None)
    disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def sockets(loopback: None) -> None:
    """Take the place of the fixture that closes the network for all other tests."""


@pytest.fixture(scope="session")
def stack(loopback: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Deploy the application once, for all tests that need more than a page."""
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="session")
def playwright(loopback: None) -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    with playwright.chromium.launch(
        executable_path=chromium, headless=True, chromium_sandbox=False, args=LAUNCH
    ) as launched:
        yield launched


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh visitor: no cookies, English, New York's clock."""
    with browser.new_context(
        locale="en-US", timezone_id="America/New_York", reduced_motion="reduce"
    ) as opened:
        yield opened


@pytest.fixture
def watch() -> Watch:
    """Hold what the browser complained about; a test may say which complaints it expects."""
    return Watch()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """Open a tab; afterwards nothing was refused by the policy, failed, or fetched elsewhere."""
    opened = context.new_page()
    watch.over(opened)
    yield opened
    watch.assert_calm()
