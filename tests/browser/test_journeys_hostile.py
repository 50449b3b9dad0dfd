"""Text that means harm goes through the whole application, and stays text wherever it is shown."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.accessibility import DESK, PHONE, too_wide
from tests.browser.filling import fill_everything
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY
from tests.browser.stack import REVIEWER, STAFF, Stack
from tests.browser.walking import Walkers
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

GUS = "gus.quillfeather@journeys.example"
HOSTILE = (
    "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'{{7*7}}${7*7}"
    "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe\N{POP DIRECTIONAL FORMATTING} \N{PARTY POPPER}"
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} " + "w" * 90
)
"""Short enough for every field of the form."""
PARTS = ("<script>alert(1)</script>", "{{7*7}}${7*7}", "<img src=x onerror=alert(2)>")


def _stays_text(page: Page, name: str) -> None:
    """Assert that a page shows hostile text as it is, fits its window, and runs nothing of it."""
    page.evaluate("() => document.querySelectorAll('details').forEach(it => { it.open = true })")
    main = page.locator("main")
    shown = " ".join(part.input_value() for part in main.locator("input[type=text]").all())
    shown += main.inner_text()
    assert [part for part in PARTS if part not in shown] == []
    assert main.locator("script, img[src=x]").count() == 0
    screenshot(page, f"journey-hostile-{name}", (PHONE, DESK))
    assert too_wide(page) == []


def test_hostile_text_stays_text_for_everybody(
    browser: Browser, stack: Stack, watch: Watch
) -> None:
    walking.open_round(stack)
    walkers = Walkers(browser, watch)
    with walkers.walker() as applicant:
        tasks = walking.begin(applicant, stack, GUS)
        fill_everything(applicant, tasks, HOSTILE)
        applicant.goto(f"{tasks}/contact")
        applicant.get_by_label("E-mail address").first.fill(GUS)
        applicant.get_by_role("button", name="Save and continue").click()
        applicant.wait_for_url(f"{tasks}/organization")
        _stays_text(applicant, "organization")
        applicant.goto(f"{tasks}/documents/{walking.LETTER}")
        chosen = walking.letter("A clinic", name=f"{HOSTILE}.pdf".replace("/", "|"))
        applicant.get_by_label("Choose files").set_input_files(chosen)
        expect(applicant.get_by_role("alert", name="Done")).to_be_visible()
        screenshot(applicant, "journey-hostile-letter", (PHONE, DESK))
        assert too_wide(applicant) == []
        walking.give_video(applicant, tasks)
        applicant.goto(f"{tasks}/check")
        _stays_text(applicant, "check")
        applicant.get_by_role("button", name="Submit application").click()
        applicant.wait_for_url(f"{tasks}/received")
        reference = applicant.locator("main .rt-reference").inner_text()
        applicant.goto(f"{tasks}/status")
        walking.reload_until(applicant, applicant.get_by_text("Your application is complete"))
        _stays_text(applicant, "status")
    with walkers.walker() as reviewer:
        stack.sign_in(reviewer, REVIEWER, "/reviewer")
        waiting = reviewer.locator(".rt-task", has_text=reference).get_by_role("link")
        walking.reload_until(reviewer, waiting)
        _stays_text(reviewer, "queue")
        waiting.first.click()
        reviewer.wait_for_url("**/reviewer/applications/*")
        _stays_text(reviewer, "review")
        assert min(walking.images_shown(reviewer)) > 500
    with walkers.walker() as staff:
        stack.sign_in(staff, STAFF, f"/staff/programs/{EQUITY}/applications")
        _stays_text(staff, "list")
        staff.goto(f"{stack.api_url}/staff/applications/{reference}")
        _stays_text(staff, "story")
    watch.assert_calm()
    assert walking.leaks(stack, (GUS, HOSTILE, "onerror=alert", "w" * 60)) == []
