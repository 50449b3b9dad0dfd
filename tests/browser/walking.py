"""Ways through the deployed application as people take them, each in a browser of their own."""

import re
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from local.logs import keep_logs
from local.rehearsal.files import letter_pdf
from local.users import Person
from roundtable.domain.program import LetterRequirement, Program, VideoRequirement
from tests.browser.program_site import EQUITY, OPEN, PROGRAMS
from tests.browser.stack import STAFF, Stack
from tests.browser.watching import Watch

PROGRAM: Program = next(it for it in PROGRAMS if it.key == EQUITY)
TRACK = PROGRAM.tracks[0]
LETTER = next(it.key for it in TRACK.requirements if isinstance(it, LetterRequirement))
VIDEO = next(it.key for it in TRACK.requirements if isinstance(it, VideoRequirement))
SECOND_REVIEWER = Person("second@roundtable.example", "Sasha Second", "reviewers")
SLOWLY = 90_000
"""Milliseconds within which functions that start for the first time have done their part."""
_ADDED_OR_THERE = {201, 409}


@dataclass(frozen=True)
class Walkers:
    """Opens browsers of people who do not know of each other; all of them are watched."""

    browser: Browser
    watch: Watch

    @contextmanager
    def walker(self, **how: Any) -> Generator[Page]:
        """Open a fresh visitor's tab; `how` is what makes the browser special."""
        usual: dict[str, Any] = {
            "locale": "en-US",
            "timezone_id": "America/New_York",
            "reduced_motion": "reduce",
        }
        expect.set_options(timeout=SLOWLY)
        try:
            with self.browser.new_context(**(usual | how)) as context:
                context.set_default_timeout(SLOWLY)
                # The emulator's page of signing in lacks the icon that browsers ask for.
                context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
                page = context.new_page()
                self.watch.over(page)
                page.on("dialog", lambda dialog: self.watch.complaints.append(dialog.message))
                yield page
        finally:
            if not self.browser.contexts:
                expect.set_options(timeout=None)


def open_round(stack: Stack) -> None:
    """Set the time at which the round takes applications, with two reviewers in the register."""
    stack.set_time(OPEN)
    entry = {"name": SECOND_REVIEWER.name, "email": SECOND_REVIEWER.email}
    reply = stack.cloud.visitor(STAFF).post_json("/api/staff/reviewers", entry)
    assert reply.status in _ADDED_OR_THERE, reply.text
    stack.cloud.users.add(SECOND_REVIEWER)


# --- applicants --------------------------------------------------------------------------------


def begin(page: Page, stack: Stack, email: str) -> str:
    """Go from the program's page to a new draft; give the address of its task list."""
    page.goto(f"{stack.api_url}/programs/{EQUITY}")
    page.get_by_role("button", name="Start now").first.click()
    give_code(page, stack, email)
    page.wait_for_url(re.compile(r"/applications/[A-Z0-9-]+$"))
    return page.url


def give_code(page: Page, stack: Stack, email: str) -> None:
    """Sign in on the page that asks for an address, with the code that the mailbox gets."""
    before = sum(email in mail.recipients for mail in stack.cloud.mailbox())
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(
        code_in(stack.mail_to(email, at_least=before + 1)[-1].text)
    )
    page.get_by_role("button", name="Sign in").click()


def code_in(text: str) -> str:
    """Return the code that a mail brings."""
    found = re.search(r"\b\d{8}\b", text)
    assert found
    return found.group()


def letter(organization: str, *, name: str = "letter.pdf", scan: bool = False) -> Any:
    """Return a signed letter to choose on a page."""
    content = letter_pdf(organization, scan=scan)
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def give_video(page: Page, tasks: str) -> None:
    """Give the link of a video that has the right length."""
    page.goto(f"{tasks}/documents/{VIDEO}")
    page.get_by_label("Link to your video").fill("https://vimeo.com/76543210")
    page.get_by_label("How long is it?").fill("9:30")
    page.get_by_role("button", name="Save the link").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def reload_until(page: Page, shown: Locator) -> None:
    """Load a page again and again until something is there that happens by itself."""
    end = time.monotonic() + SLOWLY / 1_000
    while not shown.count() and time.monotonic() < end:
        page.wait_for_timeout(500)
        page.reload()
    expect(shown.first).to_be_visible()


# --- reviewers ---------------------------------------------------------------------------------


def score_everything(page: Page) -> None:
    """Give each criterion four points."""
    for criterion in TRACK.rubric:
        group = page.get_by_role("group", name=criterion.title)
        group.get_by_label("4", exact=True).check()


def images_shown(page: Page) -> list[int]:
    """Return the widths of the images of letters as the browser has them; 0 for a broken one."""
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    widths: list[int] = page.evaluate(
        "() => [...document.querySelectorAll('.rt-sheet img')].map(image => image.naturalWidth)"
    )
    return widths


# --- what must not be anywhere -----------------------------------------------------------------


def leaks(stack: Stack, traces: Sequence[str]) -> list[str]:
    """Return which traces of people any log holds: of the emulator, or of what runs on it."""
    with TemporaryDirectory() as folder:
        keep_logs(stack.cloud, Path(folder))
        written = {file.stem: file.read_text("utf-8") for file in Path(folder).iterdir()}
    assert "RequestId" in "".join(written.values())
    return [
        f"{trace} in {name}" for name, text in written.items() for trace in traces if trace in text
    ]
