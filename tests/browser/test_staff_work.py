"""Staff at work on one application, on notices and on decisions, in real Chromium."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from roundtable.domain.stages import ClosedAs, Stage
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, VIEWS, View, axe
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import screenshot
from tests.browser.reviewer_site import ServedDocuments
from tests.browser.staff_site import sign_in, staff_site
from tests.browser.watching import Watch
from tests.factories import APPLICATION, NOW, RESIDENCY, make_notice, make_seats
from tests.fakes import FakePorts
from tests.functions.member_pages import signed_in_member
from tests.functions.staff_world import (
    HOSTILE,
    PAGE,
    PROGRAM_PAGES,
    accepted,
    help_needed,
    make_desk,
    reference,
    staff_form,
    waiting,
)

pytestmark = pytest.mark.browser

Made = Callable[[], FakePorts]
DECISIONS = f"{PROGRAM_PAGES}/decisions"
TOGETHER = f"{DECISIONS}/together?track=residency&a={reference(1)}&a={reference(2)}"
NOTICE = f"{PAGE}/notices/receipt/1"
HANDHELD = View("handheld", 390, 844, "light")


def stuck() -> FakePorts:
    flag = {"kind": "team_size", "detail": "A team of 8", "raised_at": NOW}
    return make_desk(help=help_needed(), flags=(flag,))


def undelivered() -> FakePorts:
    ports = make_desk()
    late = make_notice(
        kind="reminder",
        number="2",
        status="undelivered",
        problem="The mailbox does not exist",
        attempts=2,
        facts={"about": "draft", "until": NOW.isoformat()},
    )
    ports.applications.given(ports.applications.get(APPLICATION), notices=[late])
    return ports


def deciding() -> FakePorts:
    ports = waiting(6)
    for number in (11, 12, 14):
        accepted(ports, number)
    ports.rounds.put_seats(make_seats(RESIDENCY, capacity=6, taken=3))
    return ports


PAGES: dict[str, tuple[Made, str]] = {
    "staff-story": (stuck, PAGE),
    "staff-story-closed": (lambda: make_desk(Stage.CLOSED), PAGE),
    "staff-story-draft": (lambda: make_desk(Stage.DRAFT), f"{PAGE}?done=extend"),
    "staff-extend": (lambda: make_desk(Stage.CORRECTIONS), f"{PAGE}/extend"),
    "staff-reopen": (
        lambda: make_desk(Stage.CLOSED, closed_as=ClosedAs.INCOMPLETE),
        f"{PAGE}/extend",
    ),
    "staff-return": (make_desk, f"{PAGE}/return"),
    "staff-admit": (make_desk, f"{PAGE}/admit"),
    "staff-replace": (make_desk, f"{PAGE}/replace-reviewer"),
    "staff-transfer": (make_desk, f"{PAGE}/transfer"),
    "staff-withdraw": (make_desk, f"{PAGE}/withdraw"),
    "staff-decide": (lambda: make_desk(Stage.WITH_STAFF), f"{PAGE}/decide"),
    "staff-correct": (lambda: make_desk(Stage.ANNOUNCING), f"{PAGE}/correct-decision"),
    "staff-not-possible": (make_desk, f"{PAGE}/announce"),
    "staff-notices": (undelivered, f"{PROGRAM_PAGES}/notices"),
    "staff-notices-empty": (make_desk, f"{PROGRAM_PAGES}/notices?status=held"),
    "staff-notice": (make_desk, NOTICE),
    "staff-notice-undelivered": (undelivered, f"{PAGE}/notices/reminder/2"),
    "staff-notice-again": (undelivered, f"{PAGE}/notices/reminder/2/send-again"),
    "staff-decisions": (deciding, DECISIONS),
    "staff-decisions-empty": (lambda: waiting(0), DECISIONS),
    "staff-together": (deciding, TOGETHER),
}
IN_ALL_VIEWS = {
    "staff-story", "staff-return", "staff-decide", "staff-not-possible", "staff-notices",
    "staff-notice", "staff-notice-again", "staff-decisions", "staff-together",
}  # fmt: skip
"""Each page once; the others are further states, or another question on the same page."""


def page_image(route: Route) -> None:
    """Answer for the image of a letter's page."""
    content = io.BytesIO()
    Image.new("RGB", (850, 1100), "white").save(content, "JPEG")
    route.fulfill(body=content.getvalue(), content_type="image/jpeg")


def serve(ports: FakePorts, origin: str, context: BrowserContext) -> None:
    """Sign somebody in, and let page images come from where the pages come from."""
    ports.documents = ServedDocuments()
    ports.documents.served_at = origin
    context.route("**/previews/**", page_image)
    sign_in(context, ports, origin)


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_accessibility_problem(page: Page, context: BrowserContext, name: str) -> None:
    made, path = PAGES[name]
    ports = made()
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        page.goto(origin + path)
        screenshot(page, name, (DESK, NIGHT, PHONE))
        axe(page, VIEWS if name in IN_ALL_VIEWS else BOTH)


def test_story_with_everything_open_has_no_accessibility_problem(
    page: Page, context: BrowserContext
) -> None:
    ports = stuck()
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        page.goto(origin + PAGE)
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        expect(page.get_by_role("img", name=re.compile("Page 1"))).to_be_visible()
        screenshot(page, "staff-story-open", (DESK, HANDHELD))
        axe(page, BOTH)


def test_story_is_walked_by_keyboard(page: Page, context: BrowserContext) -> None:
    ports = make_desk()
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        page.goto(origin + PAGE)
        walked = keyboard_walk(page)
    contents = walked.index("What you can do")
    assert walked[contents : contents + 4] == ["What you can do", "What happened", "Form", "People"]
    for name in ("Replace a reviewer", "Answers (1)", "letter.pdf", "Receipt"):
        assert name in walked, walked


def test_hostile_text_stays_text(page: Page, context: BrowserContext) -> None:
    form = staff_form()
    form["organization"] |= {"name": HOSTILE, "population": (HOSTILE * 8)[:500]}
    form["answers"] = {"why-now": HOSTILE * 80}
    ports = make_desk(form=form)
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        for path in (PAGE, f"{PAGE}/withdraw", DECISIONS):
            page.goto(origin + path)
            axe(page, (DESK, PHONE))
        page.goto(origin + PAGE)
        page.get_by_text("Answers (1)").click()
        screenshot(page, "staff-story-hostile", (DESK, PHONE))


def test_wrong_and_stale_forms_have_no_accessibility_problem(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    watch.expected += ["status of 422", "status of 412"]
    ports = make_desk(Stage.WITH_STAFF)
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        page.goto(f"{origin}{PAGE}/decide")
        page.get_by_role("button", name="Decide").click()
        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.get_by_role("link", name="Say why, in a sentence.")).to_be_visible()
        screenshot(page, "staff-decide-wrong", (DESK, PHONE))
        axe(page, BOTH)
        page.goto(f"{origin}{PAGE}/decide")
        application = ports.applications.get(APPLICATION)
        ports.applications.given(application.with_(version=application.version + 1))
        page.get_by_role("radio", name="Accepted").check()
        page.get_by_label("Why").fill("Strong")
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_text("Nothing was done. Read what changed")).to_be_visible()
        expect(page.get_by_label("Why")).to_have_value("Strong")
        axe(page, (DESK, PHONE))
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_text("The decision stands.")).to_be_visible()


def test_two_people_decide_without_scripts(browser: Browser) -> None:
    ports = deciding()
    with (
        staff_site(ports) as origin,
        browser.new_context(locale="en-US", java_script_enabled=False) as context,
    ):
        sign_in(context, ports, origin)
        page = context.new_page()
        page.goto(origin + DECISIONS)
        page.get_by_label(f"Choose {reference(1)}").check()
        page.get_by_label(f"Choose {reference(3)}").check()
        page.get_by_role("button", name="Look at the chosen ones together").click()
        expect(page.get_by_role("heading", name="Decide 2 applications together")).to_be_visible()
        page.get_by_role("radio", name="Accepted").check()
        page.get_by_label("Why").fill("The panel agrees")
        page.get_by_role("button", name="Propose it to a second person").click()
        expect(page.get_by_text("You proposed this, so another member")).to_be_visible()
        expect(page.get_by_role("button", name="Confirm: Accepted")).to_have_count(0)
        screenshot(page, "staff-proposal-mine", (DESK, PHONE))
        token = signed_in_member(ports, "staff", subject="kim")
        cookies = [
            one | {"value": token} for one in context.cookies(origin.replace("http:", "https:"))
        ]
        context.clear_cookies()
        context.add_cookies(cookies)  # pyright: ignore[reportArgumentType] (what the browser gave)
        page.goto(origin + DECISIONS)
        page.get_by_role("link", name="Accepted: 2 applications of Residency").click()
        screenshot(page, "staff-proposal", (DESK, NIGHT, PHONE))
        page.get_by_role("button", name="Confirm: Accepted").click()
        expect(page.get_by_role("cell", name="Decided")).to_have_count(2)
        screenshot(page, "staff-proposal-done", (DESK, PHONE))


def test_proposal_has_no_accessibility_problem(page: Page, context: BrowserContext) -> None:
    ports = deciding()
    with staff_site(ports) as origin:
        serve(ports, origin, context)
        page.goto(origin + TOGETHER)
        page.get_by_role("radio", name="Waitlisted").check()
        page.get_by_label("Why").fill("Seats may become free")
        page.get_by_role("button", name="Propose it to a second person").click()
        axe(page)
        page.goto(origin + DECISIONS)
        axe(page, BOTH)
