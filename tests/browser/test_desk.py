"""The pages of this machine in a browser: mail, and time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from local.desk.desk import Desk
from local.desk.serving import serving_desk
from roundtable.messages.sign_in import render_sign_in
from roundtable.usecases.applying.sign_in import CODE_VALID_FOR
from tests.browser.accessibility import axe
from tests.browser.pictures import screenshot
from tests.browser.program_site import PROGRAMS
from tests.browser.watching import Watch
from tests.local.test_desk import HOSTILE, SetTime, mail

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a code and a mail that means harm."""
    code = render_sign_in(
        "40418812",
        PROGRAMS[1],
        site_url="http://roundtable.localhost:4566",
        valid_for=CODE_VALID_FOR,
    )
    hostile = f'<script>alert(1)</script><img src="https://evil.example/x"><b>{HOSTILE}</b>'
    mails = {
        1: mail(1, "ana@stmary.example", code.subject, code.text, code.html),
        2: mail(2, "ben@mercy.example", HOSTILE, "x" * 5_000, hostile),
    }
    for number, content in mails.items():
        (tmp_path / f"{number}.eml").write_bytes(content)
    made = Desk(tmp_path, SetTime(), lambda: {"acted": {"remind": 2}})
    with serving_desk(made):
        yield made


def test_mail_is_read(page: Page, desk: Desk) -> None:
    page.goto(desk.site_url)
    axe(page)
    screenshot(page, "desk-mails")
    page.get_by_role("link", name="Your code to sign in").click()
    expect(page.get_by_text("40418812").first).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text("40418812")).to_be_visible()
    axe(page)
    screenshot(page, "desk-mail")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="ics").click()
    assert loaded.value.suggested_filename.endswith(".ics")


def test_nothing_in_a_mail_runs_or_is_fetched(page: Page, desk: Desk, watch: Watch) -> None:
    watch.expected += ["Blocked script execution", "violates the following", "evil.example"]
    failed: list[tuple[str, str | None]] = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.on("dialog", lambda _: pytest.fail("a script of a mail ran"))
    page.goto(desk.site_url)
    page.get_by_role("link", name=HOSTILE).click()
    framed = page.frame_locator("iframe").get_by_text("{{7*7}}")
    expect(framed).to_be_visible()
    assert failed == [("https://evil.example/x", "csp")]
    page.goto(f"{page.url}/html")
    expect(page.get_by_text("{{7*7}}")).to_be_visible()


def test_time_is_moved(page: Page, desk: Desk, watch: Watch) -> None:
    watch.expected.append("status of 422")
    page.goto(desk.site_url)
    page.get_by_role("link", name="Time").click()
    axe(page)
    page.get_by_label("Set it to").fill("tomorrow")
    page.get_by_role("button", name="Set the time").click()
    expect(page.get_by_text("Write it like 2022-10-21 23:50")).to_have_count(2)
    axe(page)
    page.get_by_label("Set it to").fill("2022-10-21 22:50")
    page.get_by_role("button", name="Set the time").click()
    page.get_by_role("button", name="An hour on").click()
    expect(page.get_by_text("Friday, October 21, 2022, 11:50 PM EDT")).to_be_visible()
    expect(page.get_by_text("The clock ran. Remind: 2.")).to_be_visible()
    axe(page)
    screenshot(page, "desk-time")
