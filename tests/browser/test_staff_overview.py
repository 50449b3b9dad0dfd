"""Staff's overview in real Chromium: where the round stands, and the lists behind each number."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import BOTH, VIEWS, axe
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import screenshot
from tests.browser.staff_site import sign_in, staff_site
from tests.browser.watching import Watch
from tests.factories import PROGRAM, make_program
from tests.fakes import FakePorts
from tests.functions.full_round import make_full_round

pytestmark = pytest.mark.browser

BASE = f"/staff/programs/{PROGRAM}"
PAGES = {
    "staff-now": BASE,
    "staff-applications": f"{BASE}/applications",
    "staff-applications-filtered": f"{BASE}/applications?stage=review&track=residency",
    "staff-applications-found": f"{BASE}/applications?q=Mercy+Medical+Center",
    "staff-due": f"{BASE}/due?until=week",
    "staff-attention": f"{BASE}/attention",
    "staff-round": f"{BASE}/round",
    "staff-round-track": f"{BASE}/round/tracks/residency",
    "staff-round-track-wrong": f"{BASE}/round/tracks/residency/preview?%2Fcapacity=none",
    "staff-round-preview": (
        f"{BASE}/round/tracks/residency/preview?%2Fcloses%2Fday=2022-10-28&%2Fcapacity=12"
        "&%2Fpromise=2022-12-05&%2Fcorrections=7&%2Foffer=14"
    ),
    "staff-round-opening": f"{BASE}/round/opening",
    "staff-round-closing": f"{BASE}/round/tracks/seminar/closing",
    "staff-reviewers": f"{BASE}/reviewers",
    "staff-reviewer-invite": f"{BASE}/reviewers/invite",
    "staff-reviewer": f"{BASE}/reviewers/entries/reviewer-3",
    "staff-form-key": f"{BASE}/round/form-keys",
}
FURTHER = {"staff-applications-filtered", "staff-round-track-wrong", "staff-reviewer-invite"}
"""States of a page that is here already."""


@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_full_round_has_no_accessibility_problem(
    page: Page, context: BrowserContext, watch: Watch, name: str
) -> None:
    watch.expected.append("status of 422")
    ports = make_full_round()
    with staff_site(ports) as origin:
        sign_in(context, ports, origin)
        page.goto(origin + PAGES[name])
        screenshot(page, name)
        axe(page, BOTH if name in FURTHER else VIEWS)


@pytest.mark.parametrize(
    "name", ["staff-now", "staff-applications", "staff-due", "staff-attention", "staff-reviewers"]
)
def test_page_of_an_empty_round_has_no_accessibility_problem(
    page: Page, context: BrowserContext, name: str
) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.alarms.rings = None
    with staff_site(ports) as origin:
        sign_in(context, ports, origin)
        page.goto(origin + PAGES[name])
        screenshot(page, f"{name}-empty")
        axe(page, BOTH)


def test_each_number_opens_its_list_by_keyboard(page: Page, context: BrowserContext) -> None:
    ports = make_full_round()
    with staff_site(ports) as origin:
        sign_in(context, ports, origin)
        page.goto(origin + BASE)
        stops = keyboard_walk(page)
        assert [stop for stop in stops if stop.startswith(("1 ", "4 ", "15 "))] == [
            "1 Overdue",
            "4 Due today",
            "15 Due within 7 days",
            "1 Stuck",
            "1 Undelivered messages",
            "1 Failing functions",
        ]
        page.get_by_role("link", name="Due today").press("Enter")
        expect(page.get_by_role("row")).to_have_count(1 + 4)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_track_is_moved(browser: Browser, scripts: bool) -> None:
    ports = make_full_round()
    with (
        staff_site(ports) as origin,
        browser.new_context(java_script_enabled=scripts, reduced_motion="reduce") as context,
    ):
        sign_in(context, ports, origin)
        page = context.new_page()
        page.goto(f"{origin}{BASE}/round")
        page.get_by_role("link", name="Move dates and seats (Residency)").click()
        page.get_by_label("Seats").fill("12")
        page.get_by_label("Last day to apply").fill("2022-10-28")
        page.get_by_role("button", name="See what would change").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Move the round?")
        page.go_back()
        expect(page.get_by_label("Seats")).to_have_value("12")
        page.go_forward()
        page.get_by_role("button", name="Move the round").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("Say in a sentence")
        page.get_by_label("Why does it move?").fill("A storm closed many offices")
        page.get_by_role("button", name="Move the round").dblclick()
        expect(page).to_have_url(f"{origin}{BASE}/round?moved=2")
        expect(page.locator(".govuk-notification-banner")).to_contain_text("The round was moved.")
        if scripts:
            screenshot(page, "staff-round-moved")
            axe(page, BOTH)
        assert ports.rounds.newest(PROGRAM)[0] == 2
