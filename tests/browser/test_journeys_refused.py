"""Doors that do not open: each says in words why, and what to do."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import walking
from tests.browser.accessibility import DESK, axe
from tests.browser.pictures import screenshot
from tests.browser.stack import REVIEWER, STAFF, Stack
from tests.browser.walking import Walkers
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


def test_application_of_another_is_not_shown(browser: Browser, stack: Stack, watch: Watch) -> None:
    watch.expected.append("status of 404")
    walking.open_round(stack)
    walkers = Walkers(browser, watch)
    with walkers.walker() as owner, walkers.walker() as other:
        tasks = walking.begin(owner, stack, "elsa.quillfeather@journeys.example")
        own = walking.begin(other, stack, "finn.quillfeather@journeys.example")
        assert own != tasks
        for below in ("", "/contact", "/check", "/status", f"/documents/{walking.LETTER}"):
            answer = other.goto(f"{tasks}{below}")
            assert answer
            assert answer.status == 404
            expect(other.get_by_role("heading", level=1)).to_be_visible()
        screenshot(other, "journey-refused-application", (DESK,))
        axe(other, (DESK,))
    watch.assert_calm()


def test_members_are_refused_in_words_where_they_have_no_part(
    browser: Browser, stack: Stack, watch: Watch
) -> None:
    watch.expected += ["status of 403", "status of 404"]
    walkers = Walkers(browser, watch)
    refused = "This part of the site is not open to you"
    for person, path in ((REVIEWER, "/staff"), (STAFF, "/reviewer/applications/made-up")):
        with walkers.walker() as page:
            stack.sign_in(page, person, path)
            expect(page.get_by_role("heading", level=1)).to_have_text(refused)
            expect(page.get_by_text(person.email)).to_be_visible()
            screenshot(page, f"journey-refused-{person.group}", (DESK,))
            if person is REVIEWER:
                page.goto(f"{stack.api_url}/reviewer/applications/made-up")
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                screenshot(page, "journey-refused-review", (DESK,))
    watch.assert_calm()
