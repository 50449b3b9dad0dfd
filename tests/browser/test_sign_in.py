"""How applicants get in, in real Chromium: from the program's page to their own."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, View, axe
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY, OPEN, WORKSHOPS, program_site
from tests.browser.watching import Watch
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

WORKSHOPS_OPEN = datetime(2024, 2, 20, 15, 0, tzinfo=UTC)
ADA = "ada@stmary.example"
HANDHELD = View("handheld", 390, 844, "light")
LOOKS = (DESK, NIGHT, PHONE)
TASK_LIST = re.compile(r"/programs/[a-z0-9-]+/applications/[A-Z]+[-0-9A-Z]*$")


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as site_and_ports:
        yield site_and_ports


@pytest.fixture
def ports(served: tuple[str, FakePorts]) -> FakePorts:
    """Empty what the former test left, and open the workshops' round."""
    ports = served[1]
    ports.applications.__init__()
    ports.sign_ins.__init__()
    ports.mailer.__init__()
    ports.clock.set(WORKSHOPS_OPEN)
    return ports


@pytest.fixture
def site(served: tuple[str, FakePorts], ports: FakePorts) -> str:
    return served[0]


def code_of(ports: FakePorts) -> str:
    """Return the code that was mailed last."""
    found = re.search(r"\b\d{8}\b", ports.mailer.sent[-1].text)
    assert found
    return found.group()


def sign_in(page: Page, ports: FakePorts, email: str = ADA) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code_of(ports))
    page.get_by_role("button", name="Sign in").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_whole_way_from_the_program_to_the_application(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 422")
    page.goto(f"{site}/programs/{WORKSHOPS}")
    screenshot(page, "program-workshops-open", (DESK, HANDHELD))
    page.get_by_role("button", name="Start now").first.click()
    heading(page, "Before you start")
    screenshot(page, "eligibility", LOOKS)
    axe(page)
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: Before you start"))
    screenshot(page, "eligibility-missing", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_label("Yes, at another Harvard-affiliated").check()
    page.get_by_role("button", name="Continue").click()

    heading(page, "Sign in")
    screenshot(page, "sign-in", LOOKS)
    axe(page)
    page.get_by_label("E-mail address").fill("ada")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("alert")).to_contain_text("name@example.org")
    screenshot(page, "sign-in-wrong", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_label("E-mail address").fill(ADA)
    page.get_by_role("button", name="Send me a code").click()

    heading(page, "Type the code from your e-mail")
    assert ADA not in page.url
    screenshot(page, "code", LOOKS)
    axe(page)
    page.reload()
    page.get_by_label("Code", exact=True).fill("00000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    screenshot(page, "code-wrong", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_text("We sent you a new code.")).to_be_visible()
    screenshot(page, "code-again", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_label("Code", exact=True).fill(code_of(ports))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(TASK_LIST)
    (application,) = ports.applications.of_owner(WORKSHOPS, ADA)
    assert application.form.eligibility == {"harvard-affiliation": "other-affiliate"}


def test_who_cannot_apply_is_told_kindly(page: Page, site: str) -> None:
    page.goto(f"{site}/programs/{WORKSHOPS}/start")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    heading(page, "You cannot apply to this program")
    screenshot(page, "not-eligible", LOOKS)
    axe(page)
    page.get_by_role("link", name="Change my answer").click()
    heading(page, "Before you start")


def test_round_that_is_closed_says_so(page: Page, site: str, ports: FakePorts) -> None:
    page.goto(f"{site}/programs/{EQUITY}/start")
    heading(page, "This round is closed")
    screenshot(page, "start-closed", (DESK,))
    axe(page)
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{WORKSHOPS}/start")
    heading(page, "Applications are not open yet")
    axe(page, BOTH)


def test_list_shows_what_is_under_an_address(page: Page, site: str, ports: FakePorts) -> None:
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/sign-in")
    sign_in(page, ports)
    heading(page, "Your applications")
    screenshot(page, "applications-none", LOOKS)
    axe(page)
    page.get_by_role("button", name="Start now").click()
    expect(page).to_have_url(TASK_LIST)
    page.goto(f"{site}/programs/{EQUITY}/applications")
    screenshot(page, "applications-draft", LOOKS)
    axe(page, BOTH)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    screenshot(page, "signed-out", (DESK, PHONE))
    axe(page, BOTH)
    page.goto(f"{site}/programs/{EQUITY}/applications")
    heading(page, "Sign in")


def test_session_that_ends_in_the_middle_loses_nothing(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 401")
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/sign-in")
    sign_in(page, ports)
    heading(page, "Your applications")
    ports.clock.advance(hours=12)
    page.get_by_role("button", name="Start now").click()
    heading(page, "Sign in to send what you wrote")
    screenshot(page, "sign-in-to-send", LOOKS)
    axe(page)
    page.get_by_label("E-mail address").fill("adda@stmary.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("button", name="Use another address").click()
    sign_in(page, ports)
    heading(page, "You are signed in again")
    screenshot(page, "signed-in-again", LOOKS)
    axe(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page).to_have_url(TASK_LIST)
    assert len(ports.applications.of_owner(EQUITY, ADA)) == 1


def test_what_was_typed_is_saved_after_signing_in_again(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 401")
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/start")
    sign_in(page, ports)
    page.goto(f"{page.url}/contact")
    page.locator("[name='/contact/name']").fill('Ada "Äda" <b>Brook</b>')
    page.locator("[name='/contact/email']").fill(ADA)
    ports.clock.advance(hours=12)
    page.locator("main form button").first.click()
    sign_in(page, ports)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("You are signed in again")
    (application,) = ports.applications.of_owner(EQUITY, ADA)
    assert application.form.contact is not None
    assert application.form.contact.name == 'Ada "Äda" <b>Brook</b>'


def test_form_opened_before_signing_in_again_is_sent_once_more(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 409")
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/sign-in")
    sign_in(page, ports)
    other = page.context.new_page()
    other.goto(f"{site}/programs/{EQUITY}/applications")
    other.get_by_role("button", name="Sign out").click()
    sign_in(other, ports)
    page.get_by_role("button", name="Start now").click()
    heading(page, "Please send it once more")
    screenshot(page, "send-once-more", (DESK, PHONE))
    axe(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page).to_have_url(TASK_LIST)


def test_way_in_works_without_scripts(browser: Browser, site: str, ports: FakePorts) -> None:
    with browser.new_context(locale="es-ES", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/programs/{WORKSHOPS}/start")
        page.locator("input[value=medical-school]").check()
        page.locator("main button").click()
        page.locator("input[type=email]").fill(ADA)
        page.locator("main button").click()
        page.locator("input[autocomplete=one-time-code]").fill(code_of(ports))
        screenshot(page, "code-without-scripts", (HANDHELD,))
        page.locator("main button").first.click()
        expect(page).to_have_url(TASK_LIST)


def test_keyboard_reaches_everything(page: Page, site: str, ports: FakePorts) -> None:
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/sign-in")
    assert keyboard_walk(page) == [
        "Skip to main content", "Roundtable", "Pursuing Equity 2023\N{EN DASH}24", "Back",
        "E-mail address", "Send me a code", "pursuingequity@ihi.org", "Español",
    ]  # fmt: skip
    page.get_by_label("E-mail address").fill(ADA)
    page.keyboard.press("Enter")
    heading(page, "Type the code from your e-mail")
    assert keyboard_walk(page) == [
        "Skip to main content", "Roundtable", "Pursuing Equity 2023\N{EN DASH}24",
        "Code", "Sign in", "Send a new code", "Use another address",
        "pursuingequity@ihi.org", "Español",
    ]  # fmt: skip
    page.get_by_label("Code", exact=True).fill(code_of(ports))
    page.keyboard.press("Enter")
    heading(page, "Your applications")


def test_code_field_helps_whoever_types_on_a_phone(page: Page, site: str, ports: FakePorts) -> None:
    ports.clock.set(OPEN)
    page.goto(f"{site}/programs/{EQUITY}/sign-in")
    email = page.get_by_label("E-mail address")
    expect(email).to_have_attribute("autocomplete", "email")
    expect(email).to_have_attribute("type", "email")
    email.fill(ADA)
    page.get_by_role("button", name="Send me a code").click()
    code = page.get_by_label("Code", exact=True)
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
