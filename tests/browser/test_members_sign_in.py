"""Reviewers and staff sign in at the hosted page, on the deployed application."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.users import Person
from tests.browser.accessibility import axe
from tests.browser.pictures import screenshot
from tests.browser.stack import REVIEWER, STAFF, Stack
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

HOSTED = re.compile(r"^http://localhost:\d+/oauth2/authorize\?")
SLOW = 120_000


@pytest.fixture(autouse=True)
def patience(context: BrowserContext) -> None:
    """Functions start cold; and the emulator's page lacks the icon that browsers ask for."""
    context.set_default_timeout(SLOW)
    context.route("**/favicon.ico", lambda route: route.fulfill(status=204))


@pytest.fixture
def time_back(stack: Stack) -> Iterator[None]:
    """Put the time back that a test moves."""
    before = stack.time.now()
    yield
    stack.time.set(before, running=True)


@pytest.mark.parametrize(
    ("person", "path"),
    [(REVIEWER, "/reviewer"), (STAFF, "/staff"), (REVIEWER, "/reviewer/conflicts")],
)
def test_member_signs_in_on_the_way_to_a_page_and_out_again(
    page: Page, stack: Stack, person: Person, path: str
) -> None:
    page.goto(f"{stack.api_url}{path}")
    expect(page).to_have_url(HOSTED)
    stack.fill_in_hosted_page(page, person)
    page.wait_for_url(f"{stack.api_url}{path}")
    assert "code=" not in page.url
    (kept,) = page.context.cookies()
    assert (kept.get("name"), kept.get("httpOnly"), kept.get("secure")) == (
        "__Host-member", True, True,
    )  # fmt: skip
    assert (kept.get("value") or "no session") not in page.content()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/signed-out$"))
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert page.context.cookies() == []
    axe(page)
    screenshot(page, f"members-signed-out-{person.group}")

    page.goto(f"{stack.api_url}{path}")
    expect(page).to_have_url(HOSTED)


def test_member_signs_in_without_javascript(browser: Browser, stack: Stack) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        context.set_default_timeout(SLOW)
        page = context.new_page()
        stack.sign_in(page, STAFF, "/staff")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{stack.api_url}/staff/signed-out")


def test_staff_are_told_that_reviews_are_not_theirs(page: Page, stack: Stack, watch: Watch) -> None:
    watch.expected.append("status of 403")
    stack.sign_in(page, STAFF, "/reviewer/conflicts")
    expect(page.get_by_text(STAFF.email)).to_be_visible()
    axe(page)
    screenshot(page, "members-not-theirs")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{stack.api_url}/reviewer/signed-out")


def test_old_way_back_from_the_hosted_page_is_refused(
    page: Page, stack: Stack, watch: Watch
) -> None:
    watch.expected.append("status of 400")
    page.goto(f"{stack.api_url}/staff/signed-in?code=made-up&state=made-up")
    expect(page.get_by_role("heading", name="Please sign in again")).to_be_visible()
    axe(page)
    screenshot(page, "members-sign-in-failed")
    page.get_by_role("button", name="Sign in again").click()
    expect(page).to_have_url(HOSTED)


@pytest.mark.usefixtures("time_back")
def test_what_was_typed_outlives_the_session(page: Page, stack: Stack, watch: Watch) -> None:
    watch.expected += ["status of 401", "status of 409"]
    stack.sign_in(page, REVIEWER, "/reviewer/conflicts")
    page.get_by_label("Name of the organization").fill("Mercy <Hill> “Clinic”")
    stack.time.set(stack.time.now() + timedelta(hours=9), running=True)
    page.get_by_role("button", name="Declare this conflict").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    axe(page)
    screenshot(page, "members-signed-out-while-writing")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    stack.fill_in_hosted_page(opened.value, REVIEWER)
    opened.value.wait_for_url(f"{stack.api_url}/reviewer")
    opened.value.close()
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_role("heading", name="Please send this again")).to_be_visible()
    axe(page)
    screenshot(page, "members-send-again")
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile(r"/reviewer/conflicts"))
    expect(page.get_by_text("Mercy <Hill> “Clinic”")).to_be_visible()


@pytest.mark.usefixtures("time_back")
def test_who_leaves_the_group_is_out_within_ten_minutes(
    page: Page, stack: Stack, watch: Watch
) -> None:
    watch.expected.append("status of 403")
    person = Person("guest@roundtable.example", "Gale Guest", "staff")
    stack.cloud.users.add(person)
    stack.sign_in(page, person, "/staff")
    cognito = stack.cloud.client("cognito-idp")
    cognito.admin_remove_user_from_group(
        UserPoolId=stack.cloud.outputs["UserPoolId"], Username=person.email, GroupName="staff"
    )
    stack.time.set(stack.time.now() + timedelta(minutes=10), running=True)
    page.reload()
    expect(page.get_by_text(person.email)).to_be_visible()

    cognito.admin_disable_user(UserPoolId=stack.cloud.outputs["UserPoolId"], Username=person.email)
    stack.time.set(stack.time.now() + timedelta(minutes=10), running=True)
    page.goto(f"{stack.api_url}/staff")
    expect(page).to_have_url(HOSTED)
