"""Following an application, in real Chromium: in every state, by keyboard, without JavaScript."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roundtable.domain.application import Application, Decision
from roundtable.domain.evidence import Verdict
from roundtable.domain.notices import NoticeStatus, SentWords
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Changes
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, VIEWS, View, axe
from tests.browser.applicant_site import ACTION, ADA, NETWORK, path_of, signed_in, whole_form
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import FOLDER, screenshot
from tests.browser.program_site import EQUITY, OPEN, program_site
from tests.browser.watching import Watch
from tests.factories import (
    make_application,
    make_document,
    make_event,
    make_letter_evidence,
    make_notice,
    make_outcome,
    make_video_evidence,
)
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

LOOKS = (DESK, NIGHT, PHONE)
LETTER, VIDEO, TEAM = "commitment-letter", "team-video", "team"
COMMITMENTS = "commitments-action-community"
FEEDBACK = (
    "Your aims are clear, and your community partners speak for themselves.\n\n"
    "We would have liked to read more about how you use data on race and ethnicity."
)
LATER = OPEN + timedelta(days=70)


class Case(NamedTuple):
    """An application in a state, and when it is looked at."""

    application: Application
    now: Any = OPEN


def an_application(stage: Stage, **overrides: Any) -> Application:
    given: dict[str, Any] = {
        "reference": "PE-7KQM-24XR",
        "program": EQUITY,
        "owner": ADA,
        "track": ACTION,
        "form": whole_form(),
        "created_at": OPEN - timedelta(days=9),
        "received_at": OPEN - timedelta(days=2),
        "findings": _findings(Verdict.PASS),
    }
    return make_application(stage, **(given | overrides))


def _findings(letter: Verdict) -> tuple[dict[str, Any], ...]:
    said = "The letter names your CEO, but nobody signed as Board Chair. Please have it signed."
    reason = said if letter is Verdict.FAIL else ""
    return (
        {"requirement": LETTER, "verdict": letter, "reason": reason, "documents": (1,)},
        {"requirement": VIDEO, "verdict": Verdict.PASS, "reason": ""},
        {"requirement": TEAM, "verdict": Verdict.PASS, "reason": "The team has 3 members."},
    )


def _corrections() -> dict[str, Any]:
    (letter, *_others) = _findings(Verdict.FAIL)
    reason = "Please affirm: Our team takes part in every session."
    commitments = {"requirement": COMMITMENTS, "verdict": Verdict.FAIL, "reason": reason}
    return {"asked_at": OPEN, "until": OPEN + timedelta(days=7), "items": (letter, commitments)}


def _not_selected() -> Any:
    return make_outcome(Decision.NOT_SELECTED, track=ACTION, feedback=FEEDBACK)


def _fell_back() -> tuple[Any, ...]:
    return (_not_selected(), make_outcome(track=NETWORK))


def _offer(track: str, **overrides: Any) -> dict[str, Any]:
    return {"track": track, "made_at": OPEN, "answer_by": OPEN + timedelta(days=14)} | overrides


CASES: dict[str, Case] = {
    "checking": Case(an_application(Stage.CHECKING, findings=(), form=whole_form(team=()))),
    "incomplete": Case(
        an_application(
            Stage.CORRECTIONS, findings=_findings(Verdict.FAIL), corrections=_corrections()
        )
    ),
    "in-review": Case(an_application(Stage.REVIEW)),
    "waitlisted": Case(
        an_application(Stage.WAITLIST, outcomes=(make_outcome(Decision.WAITLISTED, track=ACTION),))
    ),
    "offered": Case(
        an_application(Stage.OFFER, outcomes=(make_outcome(track=ACTION),), offer=_offer(ACTION))
    ),
    "fallback-offered": Case(
        an_application(Stage.OFFER, track=NETWORK, outcomes=_fell_back(), offer=_offer(NETWORK))
    ),
    "accepted": Case(
        an_application(
            Stage.ENROLLING,
            outcomes=(make_outcome(track=ACTION),),
            offer=_offer(ACTION, answer="yes", answered_at=OPEN),
        )
    ),
    "enrolled": Case(
        an_application(
            Stage.CLOSED,
            outcomes=(make_outcome(track=ACTION),),
            offer=_offer(ACTION, answer="yes", answered_at=OPEN),
        )
    ),
    "not-selected": Case(
        an_application(
            Stage.CLOSED,
            closed_as=ClosedAs.NOT_SELECTED,
            offer=None,
            outcomes=(
                _not_selected(),
                make_outcome(Decision.NOT_SELECTED, track=NETWORK),
            ),
            track=NETWORK,
        )
    ),
    "declined": Case(
        an_application(
            Stage.CLOSED,
            closed_as=ClosedAs.DECLINED,
            outcomes=(make_outcome(track=ACTION),),
            offer=_offer(ACTION, answer="no", answered_at=OPEN),
        )
    ),
    "lapsed": Case(
        an_application(
            Stage.CLOSED,
            closed_as=ClosedAs.LAPSED,
            outcomes=(make_outcome(track=ACTION),),
            offer=_offer(ACTION, answer="lapsed", answered_at=OPEN + timedelta(days=14)),
        ),
        LATER,
    ),
    "withdrawn": Case(
        an_application(
            Stage.CLOSED, closed_as=ClosedAs.WITHDRAWN, outcomes=(), offer=None, answered_on=None
        )
    ),
    "closed-incomplete": Case(
        an_application(
            Stage.CLOSED,
            closed_as=ClosedAs.INCOMPLETE,
            outcomes=(),
            offer=None,
            answered_on=None,
            findings=_findings(Verdict.FAIL),
        ),
        LATER,
    ),
    "not-submitted": Case(
        an_application(
            Stage.CLOSED,
            closed_as=ClosedAs.NOT_SUBMITTED,
            outcomes=(),
            offer=None,
            answered_on=None,
            received_at=None,
            promise=None,
            run=0,
            findings=(),
        ),
        LATER,
    ),
}


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts]]:
    with program_site() as site_and_ports:
        yield site_and_ports


Given = Callable[[str], str]


@pytest.fixture
def given(served: tuple[str, FakePorts], context: BrowserContext) -> Given:
    """Store an application in a state; gives the address of its own page."""
    origin, ports = served
    signed_in(context, origin, ports)

    def store(state: str) -> str:
        application, now = CASES[state]
        ports.clock.set(now)
        ports.applications.__init__()
        ports.applications.given(
            application, documents=_documents(application), notices=_notices(application)
        )
        events = _events(application)
        after = application.with_(version=2, audit_length=len(events), audit_head=events[-1].hash)
        ports.applications.commit(Changes(application=after, events=events))
        return origin + path_of(application)

    return store


def _documents(application: Application) -> list[Any]:
    common = {"application": application.id, "received_at": OPEN - timedelta(days=3)}
    return [
        make_document(**common, requirement=LETTER, status="superseded", file_name="letter.pdf"),
        make_document(
            **common,
            requirement=LETTER,
            number=2,
            status="checked",
            evidence=make_letter_evidence(),
            replaces=1,
            file_name="Letter of commitment, St. Mary's Hospital, signed 2022-09-30.pdf",
        ),
        make_document(**common, kind="video", requirement=VIDEO, evidence=make_video_evidence()),
    ]


def _notices(application: Application) -> list[Any]:
    common = {
        "application": application.id,
        "program": EQUITY,
        "words": SentWords(
            to=ADA,
            language="en",
            subject=f"Pursuing Equity 2023: we received your application ({application.reference})",
            text="Dear Ada Brook,\n\nThank you for applying. Your application has arrived.\n",
        ),
    }
    sent = make_notice(**common, status=NoticeStatus.DELIVERED, sent_at=OPEN - timedelta(days=2))
    bounced = make_notice(
        **common,
        kind="reminder",
        number="draft:1",
        status=NoticeStatus.UNDELIVERED,
        sent_at=OPEN - timedelta(days=5),
    )
    held = make_notice(**common, kind="not_selected", status=NoticeStatus.HELD)
    return [sent, bounced, held]


def _events(application: Application) -> tuple[Any, ...]:
    kinds = ["application_started", "document_received", "application_submitted"]
    if application.stage is not Stage.CHECKING:
        kinds.append("requirement_checked")
    if application.outcomes:
        kinds.append("decision_told")
    detail = {"track": application.track}
    return tuple(
        make_event(
            application.id,
            number,
            kind=kind,
            detail=detail,
            at=OPEN - timedelta(days=9 - 2 * number),
        )
        for number, kind in enumerate(kinds, 1)
    )


@pytest.mark.parametrize("state", CASES)
def test_status_has_no_accessibility_problem_in_any_state(
    page: Page, given: Given, state: str
) -> None:
    page.goto(f"{given(state)}/status")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application")
    screenshot(page, f"status-{state}", LOOKS)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    axe(page, VIEWS if state == "incomplete" else BOTH)


@pytest.mark.parametrize(
    ("state", "name", "views"),
    [
        ("in-review", "withdraw", VIEWS),
        ("enrolled", "withdraw", BOTH),
        ("in-review", "track", VIEWS),
        ("offered", "offer", VIEWS),
        ("lapsed", "offer", BOTH),
        ("incomplete", "messages/receipt/1", VIEWS),
        ("incomplete", "messages/reminder/draft:1", BOTH),
    ],
)
def test_what_asks_before_it_happens_has_no_accessibility_problem(
    page: Page, given: Given, state: str, name: str, views: tuple[View, ...]
) -> None:
    page.goto(f"{given(state)}/{name}")
    screenshot(page, f"status-{state}-{name.replace('/', '-').replace(':', '-')}", LOOKS)
    axe(page, views)


def test_status_in_spanish_has_no_accessibility_problem(page: Page, given: Given) -> None:
    for state in ("incomplete", "fallback-offered"):
        page.goto(f"{given(state)}/status")
        if state == "incomplete":
            page.get_by_role("button", name="Español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        screenshot(page, f"status-{state}-es", (DESK, PHONE))
        axe(page, BOTH)


def test_applicant_withdraws_by_keyboard(page: Page, given: Given) -> None:
    page.goto(f"{given('in-review')}/status")
    assert "Withdraw this application" in keyboard_walk(page)
    page.get_by_role("link", name="Withdraw this application").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw this application")
    walk = keyboard_walk(page)
    assert walk[walk.index("Back") :][:3] == ["Back", "Withdraw the application", "Keep it"]
    page.get_by_role("button", name="Withdraw the application").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Your application is withdrawn.")
    screenshot(page, "status-after-withdrawing", (DESK, PHONE))
    axe(page, BOTH)
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("This application is withdrawn.")).to_be_visible()


def test_double_click_on_an_answer_takes_it_once(
    page: Page, given: Given, served: tuple[str, FakePorts]
) -> None:
    page.goto(f"{given('offered')}/offer")
    page.get_by_label("Yes, our team takes part").check()
    page.get_by_role("button", name="Send the answer").dblclick()
    expect(page.get_by_role("alert")).to_contain_text("your team takes the place")
    kept = served[1].applications.get(CASES["offered"].application.id)
    assert (kept.stage, kept.version) == (Stage.ENROLLING, 3)


def test_answer_by_keyboard_is_asked_for_until_it_is_given(
    page: Page, given: Given, watch: Watch
) -> None:
    watch.expected.append("status of 422")
    page.goto(f"{given('offered')}/offer")
    page.get_by_role("button", name="Send the answer").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose yes or no")
    screenshot(page, "status-offer-nothing-chosen", (DESK, PHONE))
    axe(page, BOTH)
    page.get_by_role("link", name="Choose yes or no").press("Enter")
    expect(page.get_by_label("Yes, our team takes part")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("your team takes the place")


def test_applicant_follows_and_decides_without_javascript(
    browser: Browser, served: tuple[str, FakePorts], given: Given
) -> None:
    address = given("in-review")
    with browser.new_context(java_script_enabled=False, locale="en-US") as context:
        signed_in(context, *served)
        page = context.new_page()
        page.goto(f"{address}/status")
        page.get_by_role("link", name="Change the track").click()
        page.get_by_role("radio", name="Learning Network").check()
        page.get_by_role("button", name="Change the track").click()
        expect(page.get_by_text("now considered for Learning Network")).to_be_visible()
        given("lapsed")
        page.goto(f"{address}/status")
        page.get_by_role("button", name="Join the waitlist").click()
        page.get_by_role("button", name="Join the waitlist").click()
        expect(page.get_by_text("Your team has joined the waitlist.")).to_be_visible()
        given("in-review")
        page.reload()
        expect(page.get_by_text("Your application is complete")).to_be_visible()


def test_second_tab_says_how_it_stands_now(page: Page, given: Given) -> None:
    address = given("offered")
    other = page.context.new_page()
    other.goto(f"{address}/offer")
    page.goto(f"{address}/offer")
    page.get_by_label("No, our team does not take part").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("does not take the place")
    other.get_by_label("Yes, our team takes part").check()
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_text("This is how it stands now")).to_be_visible()
    screenshot(other, "status-second-tab", (DESK,))
    other.goto(f"{address}/offer")
    expect(other).to_have_url(f"{address}/status")


def test_status_on_paper_keeps_to_what_can_be_read(page: Page, given: Given) -> None:
    page.goto(f"{given('fallback-offered')}/status")
    page.emulate_media(media="print")
    page.screenshot(path=FOLDER / "status-on-paper.png", full_page=True)
    expect(page.get_by_role("link", name="Withdraw this application")).to_be_hidden()
    expect(page.get_by_role("heading", name="Our decision")).to_be_visible()
