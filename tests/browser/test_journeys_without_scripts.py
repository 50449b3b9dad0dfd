"""An application from the first page to its receipt on a phone, without any script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.accessibility import View
from tests.browser.filling import fill_everything
from tests.browser.pictures import screenshot
from tests.browser.stack import Stack
from tests.browser.walking import Walkers
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

HANDHELD = View("handheld", 390, 844, "light")
BEN = "ben.quillfeather@journeys.example"
ORGANIZATION = "Cornflower Valley Clinics"


def _look(page: Page, step: str) -> None:
    screenshot(page, f"journey-phone-{step}", (HANDHELD,))


def test_application_is_submitted_on_a_phone_without_scripts(
    browser: Browser, stack: Stack, watch: Watch, tmp_path: Path
) -> None:
    chosen = tmp_path / "letter.pdf"
    chosen.write_bytes(walking.letter(ORGANIZATION)["buffer"])
    walking.open_round(stack)
    phone = {"width": HANDHELD.width, "height": HANDHELD.height}
    with Walkers(browser, watch).walker(
        java_script_enabled=False, viewport=phone, has_touch=True, is_mobile=True
    ) as page:
        tasks = walking.begin(page, stack, BEN)
        fill_everything(page, tasks)
        page.goto(f"{tasks}/organization")
        page.get_by_label("Name of your organization").fill(ORGANIZATION)
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(f"{tasks}/team")

        page.goto(f"{tasks}/documents/{walking.LETTER}")
        page.get_by_role("button", name="Go on to choose a file").click()
        page.locator("input[type=file]").set_input_files(chosen)
        _look(page, "1-upload")
        page.get_by_role("button", name="Upload this file").click()
        page.wait_for_url(f"{tasks}/documents/{walking.LETTER}/**")
        _look(page, "2-uploaded")
        page.goto(f"{tasks}/documents/{walking.LETTER}")
        walking.reload_until(page, page.get_by_text("Signature found"))
        _look(page, "3-letter")
        walking.give_video(page, tasks)
        walking.reload_until(page, page.get_by_text("9:30, as you said"))

        page.goto(f"{tasks}/check")
        _look(page, "4-check")
        page.get_by_role("button", name="Submit application").dblclick()
        page.wait_for_url(f"{tasks}/received")
        expect(page.get_by_role("heading", level=1)).to_contain_text("We have received")
        _look(page, "5-receipt")
        page.get_by_role("link", name="See where your application stands").click()
        walking.reload_until(page, page.get_by_text("Your application is complete"))
        _look(page, "6-status")
    watch.assert_calm()
    assert walking.leaks(stack, (BEN, ORGANIZATION)) == []
