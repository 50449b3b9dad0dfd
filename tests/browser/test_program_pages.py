"""The pages that anybody reads before applying, in real Chromium."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, PHONE_AT_NIGHT, View, axe, look
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import FOLDER, screenshot
from tests.browser.program_site import EQUITY, OPEN, WORKSHOPS, program_site
from tests.browser.watching import Watch
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

PAGES = {
    "programs": "/",
    "program-pursuing-equity": f"/programs/{EQUITY}",
    "program-workshops": f"/programs/{WORKSHOPS}",
}
HANDHELD = View("handheld", 390, 844, "light")


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as site_and_ports:
        yield site_and_ports


@pytest.fixture
def site(served: tuple[str, FakePorts]) -> str:
    """Give the origin, on October 3, 2022."""
    origin, ports = served
    ports.clock.set(OPEN)
    return origin


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_accessibility_problem(page: Page, site: str, name: str) -> None:
    page.goto(site + PAGES[name])
    screenshot(page, name, (DESK, NIGHT, HANDHELD, PHONE, PHONE_AT_NIGHT))
    axe(page)


@pytest.mark.parametrize("name", PAGES)
def test_page_with_everything_open_has_no_accessibility_problem(
    page: Page, site: str, name: str
) -> None:
    page.goto(site + PAGES[name])
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    screenshot(page, f"{name}-open", (DESK, PHONE))
    axe(page, BOTH)


@pytest.mark.parametrize("name", PAGES)
def test_page_in_spanish_has_no_accessibility_problem(page: Page, site: str, name: str) -> None:
    page.goto(site + PAGES[name])
    page.get_by_role("button", name="Español").click()
    expect(page).to_have_url(site + PAGES[name])
    expect(page.locator("html")).to_have_attribute("lang", "es")
    screenshot(page, f"{name}-es", (DESK, PHONE))
    axe(page, BOTH)


@pytest.mark.parametrize(
    ("state", "now"),
    [
        ("not-yet", datetime(2022, 8, 1, 12, tzinfo=UTC)),
        ("last-day", datetime(2022, 10, 21, 12, tzinfo=UTC)),
        ("half-closed", datetime(2022, 10, 25, 12, tzinfo=UTC)),
        ("closed", datetime(2024, 12, 1, 12, tzinfo=UTC)),
    ],
)
def test_page_has_no_accessibility_problem_at_any_time(
    page: Page, served: tuple[str, FakePorts], state: str, now: datetime
) -> None:
    origin, ports = served
    ports.clock.set(now)
    for name in ("programs", "program-pursuing-equity"):
        page.goto(origin + PAGES[name])
        screenshot(page, f"{name}-{state}", (DESK,))
        axe(page, BOTH)


@pytest.mark.parametrize("path", ["/programs/nowhere", "/nothing"])
def test_page_that_is_not_there_leads_to_the_programs(
    page: Page, site: str, watch: Watch, path: str
) -> None:
    watch.expected.append("status of 404")
    page.goto(site + path)
    screenshot(page, f"not-found{path.replace('/', '-')}")
    axe(page)
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programs")


def test_visitor_finds_a_program_and_the_way_back(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Pursuing Equity 2023\N{EN DASH}24").click()
    expect(page).to_have_title("Pursuing Equity 2023\N{EN DASH}24 \N{EN DASH} Roundtable")
    page.get_by_role("link", name="All programs").click()
    expect(page).to_have_url(f"{site}/")


def test_tracks_stand_side_by_side_with_their_parts_in_rows(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    look(page, DESK)
    action, network = (
        page.get_by_role("region", name=name) for name in ("Action Community", "Learning Network")
    )
    for heading in ("Who should apply", "What you need"):
        tops = [
            box["y"]
            for track in (action, network)
            if (box := track.get_by_role("heading", name=heading).bounding_box())
        ]
        assert len(tops) == 2
        assert tops[0] == tops[1]


def test_tracks_stand_below_each_other_on_a_phone(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    look(page, PHONE)
    boxes = [page.locator(".rt-track").nth(place).bounding_box() for place in range(2)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]


def test_keyboard_reaches_everything(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    assert keyboard_walk(page) == [
        "Skip to main content", "Roundtable", "All programs",
        "Institute for Healthcare Improvement", "Start now", "Return to your application",
        "What the video must include", "Read the 9 statements that you affirm",
        "Read the 4 statements that you affirm", "Read the 4 statements that you affirm",
        "Your equity work so far", "Leadership and infrastructure", "Quality improvement and data",
        "Communities and populations", "Your team", "Identity (optional)", "Anything else",
        "Start now", "Return to your application", "pursuingequity@ihi.org", "Español",
    ]  # fmt: skip


def test_what_a_video_must_include_opens_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    point = page.get_by_text("How do you define racism?")
    expect(point).to_be_hidden()
    page.locator("summary", has_text="What the video must include").press("Enter")
    expect(point).to_be_visible()


def test_visitor_elsewhere_sees_their_own_time_too(browser: Browser, site: str) -> None:
    with browser.new_context(locale="en-US", timezone_id="America/Los_Angeles") as context:
        page = context.new_page()
        page.goto(site + PAGES["program-pursuing-equity"])
        yours = page.get_by_role("region", name="Action Community").locator(".rt-your-time")
        expect(yours).to_have_text(re.compile(r"\(your time: Fri, Oct 21, 8:59\sPM PDT\)"))


def test_visitor_in_the_programs_zone_sees_one_time(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    expect(page.get_by_text("Friday, October 21, 2022, 11:59 PM EDT")).to_be_visible()
    expect(page.locator(".rt-your-time")).to_have_count(0)


def test_pages_work_without_scripts(browser: Browser, site: str) -> None:
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("link", name="Pursuing Equity").click()
        page.get_by_text("Read the 9 statements that you affirm").click()
        expect(page.get_by_text("Each of us will join one of two")).to_be_visible()
        page.get_by_role("button", name="Español").click()
        expect(page.get_by_text("Qué debe incluir el video")).to_be_visible()
        screenshot(page, "program-pursuing-equity-without-scripts", (DESK, HANDHELD))


def test_language_changes_at_once_although_the_page_is_kept(page: Page, site: str) -> None:
    for language in ("Español", "English", "Español"):
        page.goto(site)
        page.get_by_role("button", name=language).click()
        expect(page.get_by_role("button", name=language)).to_have_count(0)
        page.get_by_role("link", name="Pursuing Equity").click()
        expect(page.get_by_role("button", name=language)).to_have_count(0)


def test_first_visit_is_light(page: Page, site: str) -> None:
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}),
    )
    page.goto(site + PAGES["program-pursuing-equity"], wait_until="networkidle")
    assert len(sizes) >= 4
    assert sum(sizes.values()) < 60_000, sizes


def test_page_on_paper_says_everything(page: Page, site: str) -> None:
    page.goto(site + PAGES["program-pursuing-equity"])
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("link", name="All programs")).to_be_hidden()
    expect(page.get_by_text("How do you define racism?")).to_be_visible()
    page.screenshot(path=FOLDER / "program-pursuing-equity-print.png", full_page=True)
