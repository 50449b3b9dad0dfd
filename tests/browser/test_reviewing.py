"""Reviewers at work, in real Chromium."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from roundtable.domain.application import Decision
from roundtable.domain.documents import bindings
from roundtable.domain.stages import Stage
from roundtable.usecases.members import token_hash
from roundtable.usecases.reviewing.giving import ReviewGiven, give_review
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, View, axe, look
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import screenshot
from tests.browser.reviewer_site import reviewer_site, sign_in
from tests.browser.watching import Watch
from tests.factories import APPLICATION, NOW, make_form, make_id, make_letter_evidence, make_outcome
from tests.fakes import FakePorts
from tests.functions.reviewing_world import (
    REVIEW,
    SCORES,
    TRACK,
    equity_application,
    equity_letter,
    equity_review,
    given_one,
)

pytestmark = pytest.mark.browser

HANDHELD = View("handheld", 390, 844, "light")
TALL = View("tall", 1280, 3200, "light")
VIEWS = (DESK, NIGHT, HANDHELD)
HOSTILE = "<script>alert(1)</script>{{7*7}}\N{RIGHT-TO-LEFT OVERRIDE}" + "x" * 5_000


@pytest.fixture
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with reviewer_site() as site_and_ports:
        yield site_and_ports


@pytest.fixture
def ports(served: tuple[str, FakePorts]) -> FakePorts:
    return served[1]


@pytest.fixture
def site(served: tuple[str, FakePorts], page: Page) -> str:
    """Give the origin, with the first reviewer signed in."""
    origin, ports = served
    sign_in(page.context, ports, origin)
    return origin


def colleague_gives(ports: FakePorts) -> None:
    seen = bindings(ports.applications.documents(APPLICATION))
    said = {
        "scores": SCORES | {"usable-data": 2},
        "recommendation": "decline",
        "comment": "The data are not there yet.\nI would meet the team again next year.",
        "feedback": "Tell us how you will stratify your measures.",
        "seen": seen,
    }
    give_review(ports, APPLICATION, "reviewer-2", ReviewGiven.model_validate(said))


def score_everything(page: Page) -> None:
    for criterion in TRACK.rubric:
        page.get_by_role("group", name=criterion.title).get_by_label("4", exact=True).check()


def busy(ports: FakePorts) -> None:
    """Let more wait for the first reviewer, one of it late and one begun."""
    for number, days, name in (
        (2, -2, "River Valley Community Health Center"),
        (3, 1, "Harbor Clinics"),
    ):
        form = make_form(organization={"name": name}, tracks=(TRACK.key,))
        noted = {"scores": {"radical-hope": 3}} if number == 3 else {}
        due = NOW + timedelta(days=days)
        ports.applications.given(
            equity_application(number=number, form=form),
            reviews=[equity_review(application=make_id(number), due_at=due, **noted)],
        )


# --- every page, in every state ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("queue", "/reviewer"),
        ("review", REVIEW),
        ("recusal", f"{REVIEW}/recusal"),
        ("conflicts", "/reviewer/conflicts"),
        ("past-empty", "/reviewer/past"),
        ("outcome-open", f"/reviewer/past/{APPLICATION}"),
    ],
)
def test_page_has_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts, name: str, path: str
) -> None:
    busy(ports)
    page.goto(site + path)
    screenshot(page, f"reviewer-{name}", (*VIEWS, TALL) if name == "review" else VIEWS)
    axe(page)


def test_empty_queue_has_no_accessibility_problem(page: Page, site: str, ports: FakePorts) -> None:
    ports.applications.given(equity_application(Stage.DECIDING))
    page.goto(f"{site}/reviewer")
    screenshot(page, "reviewer-queue-empty", (DESK, PHONE))
    axe(page, BOTH)


def test_review_that_is_returned_has_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts
) -> None:
    second = equity_letter(number=2, sha256="3" * 64, file_name="letter-of-the-board-chair.pdf")
    ports.applications.given(equity_application(), documents=[second])
    page.goto(site + REVIEW)
    reason = page.get_by_label("What is to be mended in: Letter of commitment")
    expect(reason).to_be_hidden()
    page.get_by_label("Return to the applicant").check()
    expect(reason).to_be_visible()
    screenshot(page, "reviewer-review-return", (TALL, HANDHELD))
    axe(page, BOTH)


def test_review_with_problems_has_no_accessibility_problem(
    page: Page, site: str, watch: Watch
) -> None:
    watch.expected.append("status of 422")
    page.goto(site + REVIEW)
    page.get_by_label("Approve").check()
    page.get_by_label("Comment for staff").fill("Nearly there.")
    page.get_by_role("button", name="Give my review").click()
    expect(page).to_have_title(re.compile(r"^Error: "))
    expect(page.get_by_label("Comment for staff")).to_have_value("Nearly there.")
    screenshot(page, "reviewer-review-errors", (TALL, NIGHT, HANDHELD))
    axe(page, BOTH)
    page.get_by_role("link", name=TRACK.rubric[0].title).click()
    expect(page.locator("#field-scores_radical-hope")).to_be_focused()


def test_given_review_has_no_accessibility_problem(page: Page, site: str, ports: FakePorts) -> None:
    colleague_gives(ports)
    page.goto(site + REVIEW)
    expect(page.get_by_text("The data are not there yet.")).to_have_count(0)
    score_everything(page)
    page.get_by_label("Approve").check()
    page.get_by_label("Comment for staff").fill("A team that is ready.")
    page.get_by_role("button", name="Give my review").click()
    expect(page.get_by_text("Thank you. Your review is in.")).to_be_visible()
    expect(page.get_by_text("The data are not there yet.")).to_be_visible()
    screenshot(page, "reviewer-review-given", (*VIEWS, TALL))
    axe(page, BOTH)


def test_changed_documents_have_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 409")
    page.goto(site + REVIEW)
    page.get_by_label("Comment for staff").fill("Nearly there.")
    newer = equity_letter(number=2, sha256="3" * 64, file_name="signed.pdf")
    ports.applications.given(equity_application(), documents=[newer])
    page.get_by_role("button", name="Give my review").click()
    expect(page.get_by_text("Letter of commitment: document 2 is new.")).to_be_visible()
    expect(page.get_by_label("Comment for staff")).to_have_value("Nearly there.")
    screenshot(page, "reviewer-review-changed", VIEWS)
    axe(page, BOTH)


def test_past_reviews_have_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts
) -> None:
    outcomes = (make_outcome(Decision.ACCEPTED, track=TRACK.key),)
    given_one(ports, 5, Stage.OFFER, outcomes=outcomes, answered_on=NOW + timedelta(days=9))
    given_one(ports, 6, Stage.ANNOUNCING, outcomes=outcomes)
    given_one(ports, 7)
    page.goto(f"{site}/reviewer/past")
    screenshot(page, "reviewer-past", VIEWS)
    axe(page)
    page.get_by_role("link", name="St. Mary").last.click()
    expect(page.get_by_text("The team was accepted for this track.")).to_be_visible()
    screenshot(page, "reviewer-outcome", VIEWS)
    axe(page)


def test_address_after_stepping_back_says_why(page: Page, site: str, watch: Watch) -> None:
    watch.expected += ["status of 404", "status of 422"]
    page.goto(site + REVIEW)
    page.get_by_role("link", name="Step back").click()
    page.get_by_role("button", name="Step back").click()
    screenshot(page, "reviewer-recusal-errors", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_label("Why do you step back?").fill("I advised this team.")
    page.get_by_role("button", name="Step back").click()
    expect(page).to_have_url(f"{site}/reviewer?done=stepped-back")
    screenshot(page, "reviewer-stepped-back", (DESK,))
    page.goto(site + REVIEW)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You stepped back from this application"
    )
    screenshot(page, "reviewer-not-yours", (DESK, PHONE))
    axe(page)


def test_spanish_page_has_no_accessibility_problem(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    page.get_by_role("button", name="Español").click()
    expect(page).to_have_url(site + REVIEW)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    screenshot(page, "reviewer-review-es", (TALL, HANDHELD))
    axe(page, (DESK, PHONE))


# --- ways to work ------------------------------------------------------------------------------


def test_keyboard_reaches_everything_in_its_order(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    stops = keyboard_walk(page)
    assert stops[:14] == [
        "Skip to main content", "Roundtable", "Sign out", "Queue", "What became of my reviews",
        "Conflicts", "Back", "Skip to your review", "Checks", "Organization and team", "Answers",
        "Letter of commitment", "Your review", "Download letter.pdf",
    ]  # fmt: skip
    assert stops[-7:] == [
        "Comment for staff and the other reviewers (optional)",
        "Feedback for the applicant (optional)", "Save draft", "Give my review",
        "Step back, or declare a conflict of interest", "pursuingequity@ihi.org", "Español",
    ]  # fmt: skip


def test_skip_link_leads_to_the_review(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    page.get_by_role("link", name="Skip to your review").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Watch the video")).to_be_focused()


def test_whole_review_is_given_by_keyboard(page: Page, site: str, ports: FakePorts) -> None:
    page.goto(f"{site}/reviewer")
    page.get_by_role("link", name="St. Mary's Hospital").press("Enter")
    for criterion in TRACK.rubric:
        page.get_by_role("group", name=criterion.title).get_by_label("1", exact=True).press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
    page.get_by_label("Approve").press("Space")
    page.get_by_role("button", name="Give my review").press("Enter")
    expect(page.get_by_text("Thank you. Your review is in.")).to_be_visible()
    assert ports.applications.reviews(APPLICATION)[0].scores == dict.fromkeys(SCORES, 3)


def test_enter_in_a_field_gives_no_review(page: Page, site: str, ports: FakePorts) -> None:
    page.goto(site + REVIEW)
    page.get_by_label("Approve").press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    assert ports.applications.reviews(APPLICATION)[0].status.value == "assigned"


def test_documents_and_review_stand_side_by_side_on_a_desk_alone(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    look(page, DESK)
    page.get_by_role("img", name="Page 2 of letter.pdf").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Watch the video")).to_be_in_viewport()
    look(page, PHONE)
    reading, work = (
        page.locator(f".rt-desk__{name}").bounding_box() for name in ("reading", "work")
    )
    assert reading
    assert work
    assert work["y"] >= reading["y"] + reading["height"]


def test_finds_are_marked_where_they_stand_in_the_image(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    image = page.get_by_role("img", name="Page 1 of letter.pdf").bounding_box()
    mark = page.locator("svg rect").first.bounding_box()
    assert image
    assert mark
    assert (mark["x"] - image["x"]) / image["width"] == pytest.approx(0.108, abs=0.01)
    assert (mark["y"] - image["y"]) / image["height"] == pytest.approx(0.588, abs=0.01)


def test_works_without_scripts(browser: Browser, served: tuple[str, FakePorts]) -> None:
    origin, ports = served
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        sign_in(context, ports, origin)
        page = context.new_page()
        page.goto(f"{origin}/reviewer")
        page.get_by_role("link", name="St. Mary's Hospital").click()
        page.get_by_label("Return to the applicant").check()
        page.get_by_label("What is to be mended in: Team video").fill("There is no sound.")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("Your draft is saved.")).to_be_visible()
        expect(page.get_by_label("What is to be mended in: Team video")).to_have_value(
            "There is no sound."
        )
        screenshot(page, "reviewer-review-without-scripts", (DESK, HANDHELD))
        page.get_by_role("button", name="Give my review").click()
        expect(page.get_by_text("The application goes back to its team")).to_be_visible()
        screenshot(page, "reviewer-review-returned", (DESK, HANDHELD))
    assert ports.applications.get(APPLICATION).stage is Stage.CORRECTIONS


def test_double_click_gives_one_review(page: Page, site: str, ports: FakePorts) -> None:
    page.goto(site + REVIEW)
    score_everything(page)
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Give my review").dblclick()
    expect(page.get_by_text("Thank you. Your review is in.")).to_be_visible()
    given = [e for e in ports.applications.events(APPLICATION) if e.kind == "review_completed"]
    assert len(given) == 1


# --- the draft ---------------------------------------------------------------------------------


def test_draft_is_kept_by_itself(page: Page, site: str, ports: FakePorts) -> None:
    page.clock.install()
    page.goto(site + REVIEW)
    page.get_by_label("Comment for staff").fill("Half of the video seen.")
    with page.expect_response(lambda answer: answer.url.endswith("/notes")):
        page.clock.run_for(4_000)
    expect(page.get_by_text(re.compile(r"^Saved at \d+:\d\d"))).to_be_visible()
    assert ports.applications.reviews(APPLICATION)[0].comment == "Half of the video seen."
    page.reload()
    expect(page.get_by_label("Comment for staff")).to_have_value("Half of the video seen.")


def test_draft_that_cannot_be_kept_says_so_and_is_tried_again(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("ERR_INTERNET_DISCONNECTED")
    page.clock.install()
    page.goto(site + REVIEW)
    page.context.set_offline(True)
    page.get_by_label("Comment for staff").fill("In a train.")
    page.clock.run_for(4_000)
    expect(page.get_by_text("Your draft could not be saved just now.")).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.url.endswith("/notes")):
        page.clock.run_for(21_000)
    expect(page.get_by_text("Your draft could not be saved just now.")).to_have_count(0)
    assert ports.applications.reviews(APPLICATION)[0].comment == "In a train."


def test_session_that_ends_in_the_middle_loses_nothing(
    page: Page, site: str, ports: FakePorts, watch: Watch
) -> None:
    watch.expected.append("status of 401")
    page.clock.install()
    page.goto(site + REVIEW)
    page.get_by_label("Comment for staff").fill("Typed for an hour.")
    ports.sign_ins.end_member(token_hash("token-of-reviewer-1"))
    page.clock.run_for(4_000)
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    screenshot(page, "reviewer-review-signed-out", (HANDHELD,))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    sign_in(page.context, ports, site)
    watch.expected.append("status of 409")
    page.get_by_role("button", name="I have signed in: go on").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    expect(page.get_by_label("Comment for staff")).to_have_value("Typed for an hour.")


def test_hostile_text_never_runs(page: Page, site: str, ports: FakePorts) -> None:
    form = make_form(
        organization={"name": HOSTILE[:200], "website": "javascript:alert(1)"},
        answers={"why-now": HOSTILE},
        team=({"name": HOSTILE[:200], "role": HOSTILE[:200]},),
    )
    evidence = make_letter_evidence(previews=1, organization_line=HOSTILE[:300])
    letter = equity_letter(file_name=f"{HOSTILE[:200]}.pdf", evidence=evidence)
    ports.applications.given(equity_application(form=form), documents=[letter])
    page.on("dialog", lambda _: pytest.fail("a script of an applicant ran"))
    for name, path in (
        ("queue", "/reviewer"),
        ("review", REVIEW),
        ("recusal", f"{REVIEW}/recusal"),
    ):
        page.goto(site + path)
        expect(page.get_by_text("<script>alert(1)</script>{{7*7}}").first).to_be_visible()
        screenshot(page, f"reviewer-{name}-hostile", (DESK, PHONE))
        assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
        axe(page, (DESK, PHONE))
