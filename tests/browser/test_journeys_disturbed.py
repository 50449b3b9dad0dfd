"""Applicants at work while the network is slow, the back button is pressed, or a session ends."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.accessibility import DESK
from tests.browser.pictures import screenshot
from tests.browser.stack import Stack
from tests.browser.walking import Walkers
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

ORGANIZATION = "Larkspur Hill Hospital"
QUESTION = "What has your organization done so far to improve equity and racial justice?"
LONG = "\n\n".join(
    f"Paragraph {number}: we listened, wrote down, and began." for number in range(40)
)


@pytest.fixture
def people(browser: Browser, stack: Stack, watch: Watch) -> Iterator[Walkers]:
    """Open the round, and put the time back that a test moves."""
    walking.open_round(stack)
    yield Walkers(browser, watch)
    walking.open_round(stack)
    watch.assert_calm()


def _slow_down(page: Page) -> None:
    """Let the network be that of a telephone at the edge of its reach."""
    network: Any = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 600,
            "downloadThroughput": 50_000,
            "uploadThroughput": 25_000,
        },
    )


def _look(page: Page, step: str) -> None:
    screenshot(page, f"journey-{step}", (DESK,))


def test_slow_network_saves_and_uploads_once(people: Walkers, stack: Stack) -> None:
    with people.walker() as page:
        tasks = walking.begin(page, stack, "cleo.quillfeather@journeys.example")
        _slow_down(page)
        page.goto(f"{tasks}/answers/equity-work")
        question = page.get_by_label(QUESTION)
        question.fill(LONG)
        with page.expect_request("**/autosave"):
            pass
        question.press("End")
        question.press_sequentially(" And more.")
        page.get_by_role("button", name="Save and continue").dblclick()
        page.wait_for_url(f"{tasks}/answers/leadership")
        page.go_back()
        expect(question).to_have_value(re.compile("And more"))
        question.fill("Shorter, after the back button.")
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(f"{tasks}/answers/leadership")

        page.goto(f"{tasks}/documents/{walking.LETTER}")
        chosen = walking.letter(ORGANIZATION, scan=True)
        page.get_by_label("Choose files").set_input_files(chosen)
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_text(re.compile(r"\b[1-9]\d? percent of")).first).to_be_visible()
        _look(page, "slow-upload")
        done = page.get_by_role("alert", name="Done")
        expect(done).to_contain_text("“letter.pdf” is here.")
        page.goto(f"{tasks}/answers/equity-work")
        expect(question).to_have_value("Shorter, after the back button.")


def test_session_that_ends_in_the_middle_loses_nothing(
    people: Walkers, stack: Stack, watch: Watch
) -> None:
    watch.expected.append("status of 401")
    with people.walker() as page:
        email = "dora.quillfeather@journeys.example"
        tasks = walking.begin(page, stack, email)
        page.goto(f"{tasks}/answers/equity-work")
        stack.time.set(stack.time.now() + timedelta(hours=13), running=True)
        question = page.get_by_label(QUESTION)
        question.fill(LONG)
        expect(page.get_by_text("Not saved by itself. Press Save to see why.")).to_be_visible()
        _look(page, "signed-out-1-typing")
        page.get_by_role("button", name="Save and continue").click()
        expect(page.get_by_text("Nothing that you wrote is lost")).to_be_visible()
        _look(page, "signed-out-2-kept")
        walking.give_code(page, stack, email)
        expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in again")
        _look(page, "signed-out-3-back")
        page.get_by_role("button", name="Send it now").click()
        page.wait_for_url(f"{tasks}/answers/leadership")
        page.goto(f"{tasks}/answers/equity-work")
        expect(question).to_have_value(LONG)
    assert walking.leaks(stack, ("Paragraph 7: we listened", email)) == []
