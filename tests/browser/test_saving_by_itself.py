"""A page of the form saves itself: with two tabs, without a network, before the back button."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from roundtable.domain.application import Application, Form
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, View, axe
from tests.browser.applicant_site import NETWORK, draft, path_of, signed_in
from tests.browser.pictures import screenshot
from tests.browser.program_site import OPEN, program_site
from tests.browser.watching import Watch
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

QUESTION = "Why does your organization want to take part, and why now?"
SAVED = re.compile(r"^Saved at \d{1,2}:\d{2}\s[AP]M$")
numbers = count(101)


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as site_and_ports:
        yield site_and_ports


@pytest.fixture
def application(served: tuple[str, FakePorts]) -> Application:
    served[1].clock.set(OPEN)
    return draft(served[1], next(numbers), form=Form(tracks=(NETWORK,)))


@pytest.fixture
def address(served: tuple[str, FakePorts], page: Page, application: Application) -> str:
    """Give the address of a page of questions, with Ada signed in."""
    origin, ports = served
    signed_in(page.context, origin, ports)
    return f"{origin}{path_of(application)}/answers/equity-work"


def _question(page: Page) -> Locator:
    return page.get_by_label(QUESTION)


def _kept(served: tuple[str, FakePorts], application: Application) -> object:
    return served[1].applications.get(application.id).form.answers.get("why-now")


def test_page_saves_itself_and_then_by_its_button(
    page: Page, address: str, served: tuple[str, FakePorts], application: Application
) -> None:
    page.goto(address)
    _question(page).fill("We are ready.")
    told = page.get_by_role("status").filter(has_text="Saved")
    expect(told).to_have_text(SAVED)
    screenshot(page, "form-saved-by-itself", (DESK, NIGHT, View("handheld", 390, 844, "light")))
    axe(page, BOTH)
    assert _kept(served, application) == "We are ready."
    _question(page).fill("We are ready, and more.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))
    assert _kept(served, application) == "We are ready, and more."


def test_button_during_a_slow_save_is_not_taken_for_another_tab(
    page: Page, address: str, served: tuple[str, FakePorts], application: Application
) -> None:
    page.goto(address)
    page.route("**/autosave", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    with page.expect_request("**/autosave"):
        _question(page).fill("We are ready.")
    _question(page).fill("We are ready, and more.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))
    assert _kept(served, application) == "We are ready, and more."


def test_page_without_a_connection_keeps_trying(
    page: Page,
    address: str,
    watch: Watch,
    served: tuple[str, FakePorts],
    application: Application,
) -> None:
    watch.expected.append("ERR_INTERNET_DISCONNECTED")
    page.goto(address)
    page.route("**/autosave", lambda route: route.abort("internetdisconnected"))
    _question(page).fill("We are ready.")
    told = page.locator(".rt-saved")
    expect(told).to_have_text("Not saved yet: no connection. We keep trying.")
    screenshot(page, "form-no-connection", (DESK, PHONE))
    page.get_by_role("button", name="Save and continue").click()
    expect(_question(page)).to_have_value("We are ready.")
    assert _kept(served, application) is None
    page.unroute("**/autosave")
    expect(told).to_have_text(SAVED, timeout=15_000)
    assert _kept(served, application) == "We are ready."
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))


def test_two_tabs_on_one_page_show_both(
    page: Page,
    address: str,
    watch: Watch,
    served: tuple[str, FakePorts],
    application: Application,
) -> None:
    watch.expected.append("status of 409")
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    _question(other).fill("From the other tab.")
    other.get_by_role("button", name="Save and continue").click()
    expect(other).to_have_url(re.compile("/answers/leadership$"))
    _question(page).fill("From this tab.")
    told = page.locator(".rt-saved")
    expect(told).to_contain_text("this page was changed somewhere else")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("region", name="Two versions of this page")).to_contain_text(
        "From the other tab."
    )
    expect(_question(page)).to_have_value("From this tab.")
    screenshot(page, "form-two-tabs", (DESK, NIGHT, View("handheld", 390, 844, "light")))
    axe(page)
    assert _kept(served, application) == "From the other tab."
    page.get_by_role("button", name="Save what is typed here").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))
    assert _kept(served, application) == "From this tab."


def test_back_button_shows_what_was_saved(page: Page, address: str) -> None:
    page.goto(address)
    _question(page).fill("We are ready.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))
    page.go_back()
    expect(_question(page)).to_have_value("We are ready.")
    _question(page).fill("We are more than ready.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/answers/leadership$"))


def test_double_click_on_the_button_saves_once(
    page: Page, address: str, served: tuple[str, FakePorts], application: Application
) -> None:
    page.goto(address)
    _question(page).fill("We are ready.")
    page.get_by_role("button", name="Save and continue").dblclick()
    expect(page).to_have_url(re.compile("/answers/leadership$"))
    assert served[1].applications.get(application.id).form_revision == 1


def test_limit_is_counted_while_typing(page: Page, address: str) -> None:
    page.goto(address)
    _question(page).fill("word " * 302)
    expect(page.get_by_text("You have 2 words too many").first).to_be_visible()
