"""Uploads from a real browser to the bucket of the embedded AWS, which holds forms to their policy.

What the bucket allows to which origin, the events of uploads, the search for viruses and the
checks are the deployed ones.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.rehearsal.files import letter_pdf
from local.visitor import Visitor
from roundtable.domain.program import LetterRequirement
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY, OPEN, PROGRAMS
from tests.browser.stack import Stack
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

ORGANIZATION = "St. Mary's Hospital"
PROGRAM = next(it for it in PROGRAMS if it.key == EQUITY)
TRACK = PROGRAM.tracks[0]
LETTER = next(it for it in TRACK.requirements if isinstance(it, LetterRequirement))
SLOWLY = 120_000
"""Milliseconds within which functions that start for the first time have done their part."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def opened(stack: Stack, context: BrowserContext) -> Stack:
    """Open the round, and be patient."""
    context.set_default_timeout(SLOWLY)
    stack.set_time(OPEN)
    return stack


def begin(stack: Stack, context: BrowserContext, email: str) -> str:
    """Sign in as people do, begin an application with the same session; give its letters' page."""
    page = context.new_page()
    page.goto(f"{stack.api_url}/programs/{EQUITY}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    found = re.search(r"\b\d{8}\b", stack.mail_to(email)[-1].text)
    assert found
    page.get_by_label("Code", exact=True).fill(found.group())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: not address.endswith("/code"))
    token = next(it["value"] for it in context.cookies() if it.get("name") == "__Host-session")  # pyright: ignore[reportTypedDictNotRequiredAccess] (a cookie that is kept has a value)
    page.close()
    form = {"tracks": [TRACK.key], "organization": {"name": ORGANIZATION}}
    visitor = Visitor(stack.api_url, token)
    begun = visitor.post_json(f"/api/programs/{EQUITY}/my-applications", {"form": form}).json()
    path = f"/programs/{EQUITY}/applications/{begun['reference']}/documents/{LETTER.key}"
    return stack.api_url + path


def pdf(content: bytes) -> Any:
    return {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content}


def test_letter_goes_to_the_bucket_and_is_found_complete(
    page: Page, context: BrowserContext, opened: Stack
) -> None:
    page.goto(begin(opened, context, "ada@uploads.example"))
    page.get_by_label("Choose files").set_input_files(pdf(letter_pdf(ORGANIZATION)))
    done = page.get_by_role("alert", name="Done")
    expect(done).to_contain_text("“letter.pdf” is here.", timeout=SLOWLY)
    expect(page.get_by_text("Signature found")).to_have_count(2, timeout=SLOWLY)
    screenshot(page, "letter-on-aws")


def test_file_with_a_virus_and_file_that_is_no_letter_say_what_to_do(
    page: Page, context: BrowserContext, opened: Stack
) -> None:
    page.goto(begin(opened, context, "ben@uploads.example"))
    page.get_by_label("Choose files").set_input_files(pdf(EICAR))
    infected = page.get_by_text("This file was recognized as infected with a virus")
    expect(infected).to_be_visible(timeout=SLOWLY)
    page.get_by_label("Choose a file").set_input_files(pdf(b"<html><script>alert(1)</script>"))
    expect(infected).to_have_count(0, timeout=SLOWLY)
    expect(page.get_by_text("Cannot be used")).to_be_visible(timeout=SLOWLY)
    screenshot(page, "letter-that-is-html-on-aws")


def test_bucket_refuses_what_its_form_does_not_allow(
    page: Page, context: BrowserContext, opened: Stack, watch: Watch
) -> None:
    watch.expected.append("status of 400")
    page.goto(begin(opened, context, "cleo@uploads.example"))
    # The page would not send it; whoever goes round the page meets the bucket's own limit.
    page.evaluate(
        """async () => {
          const form = document.querySelector('[data-uploads]')
          const asked = new URLSearchParams({
            csrf: form.elements.csrf.value, '/file_name': 'large.pdf',
            '/content_type': 'application/pdf', '/size': 5
          })
          const answer = await fetch(form.dataset.slots, { method: 'POST', body: asked })
          const slot = await answer.json()
          const data = new FormData()
          for (const [name, value] of Object.entries(slot.fields)) data.append(name, value)
          data.append('file', new Blob([new Uint8Array(20_000_001)]))
          window.status_of_bucket = (await fetch(slot.url, { method: 'POST', body: data })).status
        }"""
    )
    assert page.evaluate("() => window.status_of_bucket") == 400


def test_letter_goes_to_the_bucket_without_a_script(
    browser: Browser, opened: Stack, tmp_path: Path
) -> None:
    chosen = tmp_path / "letter.pdf"
    chosen.write_bytes(letter_pdf(ORGANIZATION))
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        context.set_default_timeout(SLOWLY)
        page = context.new_page()
        page.goto(begin(opened, context, "dora@uploads.example"))
        page.get_by_role("button", name="Go on to choose a file").click()
        page.get_by_label(LETTER.title).set_input_files(chosen)
        page.get_by_role("button", name="Upload this file").click()
        page.wait_for_url(re.compile(rf"{opened.api_url}/.*"))
        for _ in range(60):
            if page.get_by_text("Signature found").count():
                break
            page.wait_for_timeout(1_000)
            page.get_by_text("Look again").click()
        expect(page.get_by_text("Signature found")).to_have_count(2)
        expect(page.get_by_role("heading", name=LETTER.title, level=3)).to_be_visible()
