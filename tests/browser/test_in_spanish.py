"""Pages in Spanish, whose words are longer: nothing breaks or is wider than the window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roundtable.domain.application import Form
from tests.browser.accessibility import BOTH, DESK, PHONE, axe
from tests.browser.applicant_site import ACTION, NETWORK, draft, path_of, signed_in
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY, OPEN, program_site
from tests.browser.staff_site import sign_in, staff_site
from tests.factories import PROGRAM
from tests.fakes import FakePorts
from tests.functions.full_round import make_full_round

pytestmark = pytest.mark.browser

PAGES = [
    "", "tracks", "contact", "organization", "team", "answers/equity-work", "check",
    "documents/commitment-letter", "documents/team-video",
]  # fmt: skip
BASE = f"/staff/programs/{PROGRAM}"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh visitor whose browser asks for Spanish."""
    with browser.new_context(locale="es-ES", timezone_id="America/New_York") as opened:
        yield opened


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as (origin, ports):
        ports.clock.set(OPEN)
        yield origin, ports


def looked_at(page: Page, address: str, name: str) -> None:
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    screenshot(page, f"{name}-es", (DESK, PHONE))
    axe(page, BOTH)


@pytest.mark.parametrize("path", PAGES)
def test_page_of_an_application(page: Page, served: tuple[str, FakePorts], path: str) -> None:
    origin, ports = served
    signed_in(page.context, origin, ports)
    application = draft(ports, 301, form=Form(tracks=(ACTION, NETWORK)))
    address = f"{origin}{path_of(application)}/{path}".rstrip("/")
    looked_at(page, address, f"form-{path.replace('/', '-') or 'list'}")


def test_way_in(page: Page, served: tuple[str, FakePorts]) -> None:
    looked_at(page, f"{served[0]}/programs/{EQUITY}/sign-in", "sign-in")


@pytest.mark.parametrize("path", ["", "/applications", "/round", "/reviewers", "/decisions"])
def test_page_of_staff(page: Page, path: str) -> None:
    ports = make_full_round()
    with staff_site(ports) as origin:
        sign_in(page.context, ports, origin)
        looked_at(page, origin + BASE + path, f"staff{path.replace('/', '-') or '-now'}")
