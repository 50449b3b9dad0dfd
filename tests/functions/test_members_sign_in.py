"""Reviewers and staff come in by the hosted page, and go out again."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from roundtable.ports import Identified, MemberSession
from roundtable.usecases.members import token_hash
from roundtable.web.pages.cookies import MEMBER
from roundtable.web.pages.entering_routes import SIGNING_IN
from roundtable.web.pages.members import HOMES
from tests.factories import NOW
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, Group, Shown, browser_of, signed_in_member
from tests.unit.web.pages.markup import parsed

ROBIN = Identified(subject="robin", email="robin@roundtable.example")
SITES: list[Group] = ["reviewers", "staff"]
pytestmark = pytest.mark.parametrize("site", SITES)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, site: Group) -> Browser:
    """Somebody whom the user pool knows, not signed in yet."""
    ports = FakePorts()
    ports.directory.subjects[ROBIN.email] = ROBIN.subject
    ports.directory.groups[site].add(ROBIN.subject)
    return Browser(monkeypatch, ports, site)


def home(browser: Browser) -> str:
    return HOMES[browser.site]


def sent(browser: Browser, following: str = "") -> dict[str, str]:
    """Set out to sign in; return what the hosted page is asked."""
    query = f"?next={following}" if following else ""
    shown = browser.get(f"{home(browser)}/sign-in{query}")
    assert shown.status == 303
    parts = urlsplit(shown.location)
    assert f"{parts.scheme}://{parts.netloc}" == browser.ports.hosted_sign_in.origin
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def come_back(browser: Browser, asked: dict[str, str], *, state: str = "") -> Shown:
    """Sign in at the hosted page and come back."""
    code = browser.ports.hosted_sign_in.signs_in(
        ROBIN, challenge=asked["code_challenge"], back_to=asked["redirect_uri"]
    )
    return browser.get(f"{home(browser)}/signed-in?code={code}&state={state or asked['state']}")


def assert_refused(browser: Browser, shown: Shown) -> None:
    assert shown.status == 400
    assert "Please sign in again" in shown.body
    assert MEMBER not in browser.cookies
    assert browser.ports.sign_ins.members == {}


def test_signing_in_opens_a_session_of_eight_hours(browser: Browser) -> None:
    asked = sent(browser)
    assert asked["redirect_uri"] == f"{browser.ports.site_url}{home(browser)}/signed-in"

    shown = come_back(browser, asked)

    assert (shown.status, shown.location) == (303, home(browser))
    token = browser.cookies[MEMBER]
    assert len(token) == 64
    assert browser.ports.sign_ins.members == {
        token_hash(token): MemberSession(
            subject="robin",
            email="robin@roundtable.example",
            groups=frozenset({browser.site}),
            checked_at=NOW,
            expires_at=NOW + timedelta(hours=8),
        )
    }
    assert SIGNING_IN not in browser.cookies
    (kept,) = (line for line in shown.cookies if line.startswith(MEMBER))
    for part in ("Max-Age=28800", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
        assert part in kept


def test_attempt_is_kept_for_ten_minutes_in_this_browser_alone(browser: Browser) -> None:
    shown = browser.get(f"{home(browser)}/sign-in")
    (kept,) = shown.cookies
    for part in ("Max-Age=600", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
        assert part in kept
    assert shown.headers["Cache-Control"] == "no-store"


def test_page_that_was_asked_for_is_shown_in_the_end(browser: Browser) -> None:
    following = f"{home(browser)}/past%3Fpage%3D2%26x%3D%25C3%25A9"
    assert come_back(browser, sent(browser, following)).location == (
        f"{home(browser)}/past?page=2&x=%C3%A9"
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/reviewer/",
        "//evil.example/staff/",
        "/%5Cevil.example",
        "/programs",
        "/reviewers",
        "/staffing",
        "/reviewer%0d%0aSet-Cookie:x",
        "/staff/" + "a" * 1_000,
    ],
)
def test_nobody_is_led_elsewhere_by_signing_in(browser: Browser, elsewhere: str) -> None:
    assert come_back(browser, sent(browser, elsewhere)).location == home(browser)


def test_other_state_is_refused(browser: Browser) -> None:
    assert_refused(browser, come_back(browser, sent(browser), state="another"))


def test_browser_that_was_not_sent_is_refused(browser: Browser) -> None:
    asked = sent(browser)
    browser.cookies.clear()
    assert_refused(browser, come_back(browser, asked))
    assert_refused(browser, browser.get(f"{home(browser)}/signed-in?code=code-1&state="))
    browser.cookies[SIGNING_IN] = "..!"
    assert_refused(browser, browser.get(f"{home(browser)}/signed-in?code=code-1&state="))


@pytest.mark.parametrize("query", ["", "?error=access_denied&state=x", "?code=&state="])
def test_coming_back_without_a_code_is_refused(browser: Browser, query: str) -> None:
    sent(browser)
    assert_refused(browser, browser.get(f"{home(browser)}/signed-in{query}"))


def test_code_of_another_attempt_is_refused(browser: Browser) -> None:
    first = sent(browser)
    second = sent(browser)
    mixed = {**second, "code_challenge": first["code_challenge"]}
    assert_refused(browser, come_back(browser, mixed))


def test_code_is_spent_once_and_the_back_button_does_no_harm(browser: Browser) -> None:
    asked = sent(browser)
    before = dict(browser.cookies)
    come_back(browser, asked)
    again = browser.get(f"{home(browser)}/signed-in?code=code-1&state={asked['state']}")
    assert (again.status, again.location) == (303, home(browser))
    assert len(browser.ports.sign_ins.members) == 1

    browser.cookies = before
    spent = browser.get(f"{home(browser)}/signed-in?code=code-1&state={asked['state']}")
    assert spent.status == 400


def test_failure_offers_to_sign_in_to_the_same_page(browser: Browser) -> None:
    asked = sent(browser, f"{home(browser)}/conflicts")
    shown = come_back(browser, asked, state="another")
    (link,) = [e for e in parsed(shown.body).all("a") if e.text.strip() == "Sign in again"]
    assert link.attributes["href"] == (
        f"{home(browser)}/sign-in?next=%2F{home(browser)[1:]}%2Fconflicts"
    )


def test_hosted_page_that_does_not_answer_leaves_the_attempt(browser: Browser) -> None:
    asked = sent(browser)
    browser.ports.hosted_sign_in.is_down = True
    assert come_back(browser, asked).status == 503
    browser.ports.hosted_sign_in.is_down = False
    again = browser.get(f"{home(browser)}/signed-in?code=code-1&state={asked['state']}")
    assert again.status == 303


def test_session_before_ends(browser: Browser) -> None:
    before = signed_in_member(browser.ports, browser.site)
    browser.cookies[MEMBER] = before
    come_back(browser, sent(browser))
    assert browser.cookies[MEMBER] != before
    assert set(browser.ports.sign_ins.members) == {token_hash(browser.cookies[MEMBER])}


def test_somebody_removed_meanwhile_is_not_let_in(browser: Browser) -> None:
    asked = sent(browser)
    browser.ports.directory.barred.add("robin")
    assert_refused(browser, come_back(browser, asked))


def test_signing_out_ends_both_sessions(monkeypatch: pytest.MonkeyPatch, site: Group) -> None:
    browser = browser_of(monkeypatch, FakePorts(), site)
    shown = browser.post(f"{home(browser)}/sign-out")
    assert shown.status == 303
    parts = urlsplit(shown.location)
    assert parts.path == "/logout"
    assert parse_qs(parts.query) == {
        "logout_uri": [f"{browser.ports.site_url}{home(browser)}/signed-out"]
    }
    assert browser.cookies == {}
    assert browser.ports.sign_ins.members == {}
    assert "You are signed out" in browser.get(f"{home(browser)}/signed-out").body


def test_signing_out_twice_is_no_error(monkeypatch: pytest.MonkeyPatch, site: Group) -> None:
    browser = browser_of(monkeypatch, FakePorts(), site)
    cookies = dict(browser.cookies)
    browser.post(f"{home(browser)}/sign-out")
    browser.cookies = cookies
    assert browser.post(f"{home(browser)}/sign-out").status == 303


def test_nobody_is_signed_out_by_others(monkeypatch: pytest.MonkeyPatch, site: Group) -> None:
    browser = browser_of(monkeypatch, FakePorts(), site)
    path = f"{home(browser)}/sign-out"
    elsewhere = browser.post(path, sec_fetch_site="cross-site")
    without_token = browser.post(path, token=False)
    assert [elsewhere.status, without_token.status] == [403, 409]
    assert len(browser.ports.sign_ins.members) == 1


def test_wrong_group_reads_who_is_signed_in_and_may_leave(
    monkeypatch: pytest.MonkeyPatch, site: Group
) -> None:
    other: Group = "staff" if site == "reviewers" else "reviewers"
    ports = FakePorts()
    browser = Browser(monkeypatch, ports, site, {MEMBER: signed_in_member(ports, other)})

    shown = browser.get(home(browser))

    assert shown.status == 403
    assert "robin@roundtable.example" in shown.body
    assert HOMES[other] in [e.attributes["href"] for e in parsed(shown.body).all("a")]
    assert (
        f"form-action 'self' {ports.hosted_sign_in.origin}"
        in (shown.headers["Content-Security-Policy"])
    )
    assert browser.post(f"{home(browser)}/sign-out").status == 303
    assert ports.sign_ins.members == {}
