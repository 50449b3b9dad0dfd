"""Filling in an application and submitting it, in real Chromium."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from roundtable.domain.application import Application, Form
from roundtable.domain.stages import Stage
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, VIEWS, View, axe, look
from tests.browser.applicant_site import ACTION, NETWORK, draft, path_of, signed_in, whole_form
from tests.browser.filling import HOSTILE, fill_everything
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import FOLDER, screenshot
from tests.browser.program_site import OPEN, program_site
from tests.browser.watching import Watch
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

HANDHELD = View("handheld", 390, 844, "light")
LOOKS = (DESK, NIGHT, HANDHELD)
PAGES = [
    "", "tracks", "contact", "organization", "team", "answers/equity-work", "answers/identity",
    "commitments/commitments-action-community", "check",
]  # fmt: skip
numbers = count(1)


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as site_and_ports:
        yield site_and_ports


@pytest.fixture
def ports(served: tuple[str, FakePorts]) -> FakePorts:
    served[1].clock.set(OPEN)
    return served[1]


@pytest.fixture
def site(served: tuple[str, FakePorts], page: Page, ports: FakePorts) -> str:
    """Give the origin, with Ada signed in."""
    signed_in(page.context, served[0], ports)
    return served[0]


@pytest.fixture
def empty(ports: FakePorts) -> Application:
    return draft(ports, next(numbers))


@pytest.fixture
def half(ports: FakePorts) -> Application:
    form = Form.model_validate(
        {
            "tracks": [ACTION, NETWORK],
            "contact": {"name": "Ada Brook", "email": "ada@stmary.example"},
            "organization": {"name": "St. Mary's Hospital", "city": "Springfield"},
            "team": [
                {"name": "Ada Brook", "role": "Physician", "lens": "Equity"},
                {"name": "Ben Ash", "role": "Data analyst", "email": "ben@stmary.example"},
            ],
            "answers": {"why-now": "Because " * 320, "strategic-priority": "in-place"},
        }
    )
    return draft(ports, next(numbers), form=form)


@pytest.fixture
def complete(ports: FakePorts) -> Application:
    return draft(ports, next(numbers), form=Form.model_validate(whole_form()))


def _named(path: str) -> str:
    return path.replace("/", "-") or "list"


# --- how it looks ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_half_filled_page_has_no_accessibility_problem(
    page: Page, site: str, half: Application, path: str
) -> None:
    page.goto(f"{site}{path_of(half)}/{path}".rstrip("/"))
    screenshot(page, f"form-{_named(path)}", LOOKS)
    axe(page, BOTH if path == "answers/identity" else VIEWS)


@pytest.mark.parametrize("path", ["", "tracks", "team", "check"])
def test_empty_page_has_no_accessibility_problem(
    page: Page, site: str, empty: Application, path: str
) -> None:
    page.goto(f"{site}{path_of(empty)}/{path}".rstrip("/"))
    screenshot(page, f"form-empty-{_named(path)}", LOOKS)
    axe(page, BOTH)


@pytest.mark.parametrize("path", ["", "contact", "answers/equity-work", "check"])
def test_page_after_the_close_has_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts, half: Application, path: str
) -> None:
    ports.clock.set(OPEN.replace(month=11, day=20))
    page.goto(f"{site}{path_of(half)}/{path}".rstrip("/"))
    screenshot(page, f"form-late-{_named(path)}", LOOKS)
    axe(page, BOTH)


@pytest.mark.parametrize("path", ["", "check"])
def test_page_with_one_track_closed_has_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts, path: str
) -> None:
    application = draft(ports, next(numbers), form=Form(tracks=(ACTION,)), track=ACTION)
    ports.clock.set(OPEN.replace(day=25))
    page.goto(f"{site}{path_of(application)}/{path}".rstrip("/"))
    screenshot(page, f"form-half-closed-{_named(path)}", LOOKS)
    axe(page, BOTH)


def test_page_with_errors_leads_to_its_fields(
    page: Page, site: str, watch: Watch, empty: Application
) -> None:
    watch.expected.append("status of 422")
    page.goto(f"{site}{path_of(empty)}/contact")
    page.get_by_label("Name").first.fill("Ada Brook")
    page.get_by_label("E-mail address").first.fill("ada@@")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error: Contacts "))
    screenshot(page, "form-contact-error", LOOKS)
    axe(page, BOTH)
    page.get_by_role("link", name="Enter an e-mail address that is whole").click()
    expect(page.get_by_label("E-mail address").first).to_be_focused()
    expect(page.get_by_label("E-mail address").first).to_have_value("ada@@")


def test_keyboard_goes_through_the_team_in_order(page: Page, site: str, half: Application) -> None:
    page.goto(f"{site}{path_of(half)}/team")
    person = ["Name", "Role", "E-mail address (optional)", "Lens (optional)"]
    stops = keyboard_walk(page)
    assert stops[:5] == ["Skip to main content", "Roundtable", "Pursuing Equity 2023\N{EN DASH}24",
                         "Sign out", "Back"]  # fmt: skip
    assert stops[5:] == [
        *person, "Remove Team member 1", *person, "Remove Team member 2",
        *person, "Remove Team member 3", "Add another person", "Save and continue",
        "Save and come back later", "pursuingequity@ihi.org", "Español",
    ]  # fmt: skip


# --- a whole draft -----------------------------------------------------------------------------


def _submit(page: Page, tasks: str) -> None:
    page.goto(f"{tasks}/check")
    page.get_by_role("button", name="Submit application").click()
    expect(page).to_have_url(f"{tasks}/received")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received your application")


def test_whole_draft_is_filled_in_and_submitted(
    page: Page, site: str, ports: FakePorts, empty: Application
) -> None:
    tasks = f"{site}{path_of(empty)}"
    fill_everything(page, tasks)
    screenshot(page, "form-complete-list", LOOKS)
    page.goto(f"{tasks}/check")
    screenshot(page, "form-complete-check", LOOKS)
    axe(page, BOTH)
    _submit(page, tasks)
    screenshot(page, "form-received", LOOKS)
    axe(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.screenshot(path=FOLDER / "form-received-print.png", full_page=True)
    assert ports.applications.get(empty.id).stage is Stage.CHECKING


def test_whole_draft_without_scripts_on_a_phone(
    browser: Browser, served: tuple[str, FakePorts], ports: FakePorts, empty: Application
) -> None:
    with browser.new_context(
        locale="en-US", java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as context:
        signed_in(context, served[0], ports)
        page = context.new_page()
        tasks = f"{served[0]}{path_of(empty)}"
        fill_everything(page, tasks)
        page.goto(f"{tasks}/team")
        page.get_by_role("button", name="Add another person").click()
        expect(page.get_by_role("group")).to_have_count(4)
        screenshot(page, "form-team-without-scripts", (HANDHELD,))
        page.get_by_role("button", name="Remove Team member 4").click()
        expect(page.get_by_role("group")).to_have_count(3)
        _submit(page, tasks)
    assert ports.applications.get(empty.id).stage is Stage.CHECKING


def test_hostile_text_in_every_field_stays_text(
    page: Page, site: str, ports: FakePorts, empty: Application
) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tasks = f"{site}{path_of(empty)}"
    fill_everything(page, tasks, HOSTILE)
    for path in PAGES:
        page.goto(f"{tasks}/{path}".rstrip("/"))
        expect(page.locator("main img, main script")).to_have_count(0)
    look(page, PHONE)
    screenshot(page, "form-hostile-check", (PHONE, DESK))
    axe(page, (PHONE,))
    saved = ports.applications.get(empty.id).form
    assert saved.organization
    assert saved.organization.name == saved.answers["why-now"] == HOSTILE


def test_double_click_submits_once(
    page: Page, site: str, ports: FakePorts, complete: Application
) -> None:
    tasks = f"{site}{path_of(complete)}"
    page.goto(f"{tasks}/check")
    page.get_by_role("button", name="Submit application").dblclick()
    expect(page).to_have_url(f"{tasks}/received")
    kinds = [event.kind for event in ports.applications.events(complete.id)]
    assert kinds.count("application_submitted") == 1


def test_back_button_after_submitting_leads_nowhere_wrong(
    page: Page, site: str, complete: Application
) -> None:
    tasks = f"{site}{path_of(complete)}"
    _submit(page, tasks)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers")
    expect(page.get_by_role("button", name="Submit application")).to_have_count(0)
