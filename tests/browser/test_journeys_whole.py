"""One application's whole way through the deployed application, from the first page to its place.

The applicant, two reviewers and a member of staff each have a browser of their own.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import walking
from tests.browser.accessibility import DESK
from tests.browser.filling import fill_everything
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY
from tests.browser.stack import REVIEWER, STAFF, Person, Stack
from tests.browser.walking import Walkers
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

ADA = "ada.quillfeather@journeys.example"
NAME = "Ada Quillfeather"
ORGANIZATION = "Marigold Street Clinic"
ANSWER = "Thirty-one families of the Marigold quarter taught us to listen first."
COMMENT = "A heliotrope team that is ready."
FEEDBACK = "Your first steps were the strongest part of the letter."
TRACES = (ADA, NAME, ORGANIZATION, ANSWER, COMMENT, FEEDBACK)


def _look(page: Page, step: str) -> None:
    screenshot(page, f"journey-{step}", (DESK,))


def test_application_goes_from_the_first_page_to_its_place(
    browser: Browser, stack: Stack, watch: Watch
) -> None:
    walking.open_round(stack)
    walkers = Walkers(browser, watch)
    with walkers.walker() as applicant:
        tasks = _begin(applicant, stack)
        _fill_in(applicant, tasks)
        _bring_documents(applicant, tasks)
        reference = _submit(applicant, tasks)
        _is_in_review(applicant, tasks)
        for person in (REVIEWER, walking.SECOND_REVIEWER):
            with walkers.walker() as reviewer:
                _review(reviewer, stack, person, pictures=person is REVIEWER)
        with walkers.walker() as staff:
            _decide_and_announce(staff, stack, reference)
        _accept(applicant, stack, tasks)
    watch.assert_calm()
    assert walking.leaks(stack, TRACES) == []


def _begin(page: Page, stack: Stack) -> str:
    page.goto(f"{stack.api_url}/programs/{EQUITY}")
    _look(page, "01-program")
    tasks = walking.begin(page, stack, ADA)
    _look(page, "02-tasks")
    return tasks


def _fill_in(page: Page, tasks: str) -> None:
    fill_everything(page, tasks)
    page.goto(f"{tasks}/contact")
    page.get_by_label("Name").first.fill(NAME)
    page.get_by_label("E-mail address").first.fill(ADA)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(f"{tasks}/organization")
    page.get_by_label("Name of your organization").fill(ORGANIZATION)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(f"{tasks}/team")
    expect(page.get_by_role("group")).to_have_count(3)
    _look(page, "03-team")

    page.goto(f"{tasks}/answers/equity-work")
    question = page.get_by_label("Why does your organization want to take part, and why now?")
    question.fill(ANSWER)
    expect(page.get_by_text(f"You have {300 - len(ANSWER.split())} words left")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Saved at")).to_be_visible()
    _look(page, "04-answers")
    page.reload()
    expect(question).to_have_value(ANSWER)


def _bring_documents(page: Page, tasks: str) -> None:
    page.goto(f"{tasks}/documents/{walking.LETTER}")
    page.get_by_label("Choose files").set_input_files(walking.letter(ORGANIZATION))
    expect(page.get_by_role("alert", name="Done")).to_contain_text("“letter.pdf” is here.")
    expect(page.get_by_text("Signature found")).to_have_count(2)
    _look(page, "05-letter")
    walking.give_video(page, tasks)
    walking.reload_until(page, page.get_by_text("9:30, as you said"))
    _look(page, "06-video")


def _submit(page: Page, tasks: str) -> str:
    """Submit with a double click; give the reference number."""
    page.goto(tasks)
    _look(page, "07-all-done")
    page.goto(f"{tasks}/check")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    _look(page, "08-check")
    page.get_by_role("button", name="Submit application").dblclick()
    page.wait_for_url(f"{tasks}/received")
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have received")
    _look(page, "09-receipt")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Put the dates into your calendar").click()
    assert downloading.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    reference = page.locator("main .rt-reference").inner_text()
    assert tasks.endswith(f"/{reference}")
    return reference


def _is_in_review(page: Page, tasks: str) -> None:
    page.goto(tasks)
    expect(page).to_have_url(f"{tasks}/status")
    walking.reload_until(page, page.get_by_text("Your application is complete, and we are review"))
    done = page.locator(".rt-phase--done")
    expect(done).to_have_count(2)
    expect(done.last).to_contain_text("Checks")
    _look(page, "10-in-review")


def _review(page: Page, stack: Stack, person: Person, *, pictures: bool) -> None:
    stack.sign_in(page, person, "/reviewer")
    waiting = page.get_by_role("link", name=ORGANIZATION)
    walking.reload_until(page, waiting)
    if pictures:
        _look(page, "11-queue")
    waiting.click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    assert min(walking.images_shown(page)) > 500
    assert NAME not in page.inner_text("main")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download letter.pdf").click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF-")
    walking.score_everything(page)
    page.get_by_label("Approve").check()
    page.get_by_label("Comment for staff").fill(COMMENT)
    page.get_by_label("Feedback for the applicant").fill(FEEDBACK)
    expect(page.get_by_text(re.compile(r"^Saved at "))).to_be_visible()
    if pictures:
        _look(page, "12-review")
    page.get_by_role("button", name="Give my review").dblclick()
    expect(page.get_by_text("Thank you. Your review is in.")).to_be_visible()
    if pictures:
        _look(page, "13-review-given")


def _decide_and_announce(page: Page, stack: Stack, reference: str) -> None:
    now = f"/staff/programs/{EQUITY}"
    stack.sign_in(page, STAFF, now)
    expect(page.get_by_role("heading", name="Failing functions")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^With staff, to decide"))
    walking.reload_until(page, row.get_by_role("link"))
    _look(page, "14-now")
    row.get_by_role("link").first.click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ORGANIZATION)
    expect(page.get_by_text(COMMENT)).to_have_count(2)
    _look(page, "15-story")
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("Accepted").check()
    page.get_by_label("Why").fill("Both reviewers approve.")
    _look(page, "16-decide")
    page.get_by_role("button", name="Decide").dblclick()
    page.wait_for_url(re.compile(r"\?done=decide$"))
    announce = page.get_by_role("link", name="Announce the decision now")
    walking.reload_until(page, announce)
    announce.click()
    page.get_by_label("Why").fill("Told together with the others.")
    page.get_by_role("button", name="Announce now").click()
    page.wait_for_url(re.compile(r"\?done=announce$"))
    walking.reload_until(page, page.get_by_text("Offer made"))
    _look(page, "17-told")


def _accept(page: Page, stack: Stack, tasks: str) -> None:
    stack.mail_to(ADA, at_least=3)  # a code, the receipt, the invitation
    page.goto(f"{tasks}/status")
    walking.reload_until(page, page.get_by_text("A place is offered to you"))
    _look(page, "18-offer")
    page.get_by_role("button", name="Answer the invitation").click()
    page.get_by_label("Yes, our team takes part").check()
    page.get_by_role("button", name="Send the answer").dblclick()
    expect(page.get_by_role("alert")).to_contain_text("your team takes the place")
    walking.reload_until(page, page.get_by_text("You take part"))
    _look(page, "19-enrolled")
    told = [mail.subject for mail in stack.mail_to(ADA, at_least=4)]
    assert told[1:3] == [
        "We have received your application to Pursuing Equity",
        "You are invited to join Pursuing Equity",
    ]
    assert "your team is enrolled" in told[3]
