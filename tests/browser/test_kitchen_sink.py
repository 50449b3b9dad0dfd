"""What pages are made of, in real Chromium."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import kitchen_sink
from tests.browser.accessibility import DESK, NIGHT, PHONE, PHONE_AT_NIGHT, axe, look, too_wide
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import FOLDER, screenshot
from tests.browser.serving import serving
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(loopback: None) -> Iterator[str]:
    with serving(kitchen_sink.handle) as origin:
        yield origin


@pytest.mark.parametrize("state", ["", "errors", "disabled", "done"])
def test_page_has_no_accessibility_problem(page: Page, site: str, state: str) -> None:
    page.goto(f"{site}/{state}")
    screenshot(page, f"kitchen-sink-{state or 'normal'}", (DESK, NIGHT, PHONE, PHONE_AT_NIGHT))
    axe(page)


def test_page_in_spanish_has_no_accessibility_problem(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_text("viernes, 21 de octubre de 2022, 23:59 EDT")).to_be_visible()
    axe(page, (DESK, PHONE))


def test_axe_finds_what_is_wrong(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("() => document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match='"rule": "label"'):
        axe(page, (DESK,))


def test_page_that_is_too_wide_is_noticed(page: Page, site: str) -> None:
    page.goto(site)
    look(page, PHONE)
    assert too_wide(page) == []
    page.evaluate("() => { document.querySelector('h1').style.width = '400px' }")
    assert too_wide(page)[0].startswith('<h1 class="govuk-heading-l"')


def test_keyboard_reaches_everything(page: Page, site: str) -> None:
    page.goto(site)
    stops = keyboard_walk(page)
    assert stops[:6] == [
        "Skip to main content", "Roundtable", "Pursuing Equity 2023\N{EN DASH}24", "Sign out",
        "Your application", "Messages",
    ]  # fmt: skip
    assert stops[-2:] == ["rounds@ihi.example", "Español"]
    assert {"What is your organization called?", "No", "Action Community", "Withdraw"} <= set(stops)
    assert "Pilot group" not in stops


def test_keyboard_walk_notices_a_focus_that_cannot_be_seen(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("""() => {
      const link = document.querySelector('.rt-header__name')
      const hide = () => link.setAttribute('hidden-focus', '')
      hide()
      const sheet = [...document.styleSheets][0]
      for (const state of [':focus-visible', '']) {
        const rule = `[hidden-focus]${state} { all: unset !important }`
        sheet.insertRule(rule, sheet.cssRules.length)
      }
    }""")
    with pytest.raises(AssertionError, match="nothing shows that Roundtable has focus"):
        keyboard_walk(page)


def test_first_stop_leads_to_the_content(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Read who should apply")).to_be_focused()


def test_error_summary_has_the_focus_and_leads_to_each_field(page: Page, site: str) -> None:
    page.goto(f"{site}/errors")
    expect(page).to_have_title(re.compile(r"^Error: Tell us about your team . Pursuing Equity"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    links = page.locator(".govuk-error-summary a")
    assert links.count() == len(kitchen_sink.PROBLEMS)
    for place in range(links.count()):
        links.nth(place).click()
        focused = page.evaluate("() => document.activeElement.name")
        assert re.sub(r"/0$", "", kitchen_sink.PROBLEMS[place].path) == focused


def test_words_are_counted_as_the_server_counts_them(page: Page, site: str) -> None:
    page.goto(site)
    area = page.get_by_label("Why is now the right time")
    area.fill("Well-known, long-term work isn't new.")
    shown = page.locator(".govuk-character-count__status")
    expect(shown).to_have_text(f"You have {150 - len(area.input_value().split())} words left")


def test_form_is_sent_once_when_its_button_is_clicked_twice(page: Page, site: str) -> None:
    kitchen_sink.RECEIVED.clear()
    page.goto(site)
    page.get_by_role("button", name="Save and continue").dblclick()
    expect(page).to_have_url(f"{site}/done")
    assert len(kitchen_sink.RECEIVED) == 1


def test_form_shows_that_it_comes_from_us(page: Page, site: str) -> None:
    kitchen_sink.RECEIVED.clear()
    page.goto(site)
    page.get_by_label("What is your organization called?").fill("St. Mary")
    page.get_by_label("Action Community").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(f"{site}/done")
    (sent,) = kitchen_sink.RECEIVED
    assert (sent["ours"], sent["token"]) == (True, True)
    assert sent["headers"]["origin"] == site
    assert sent["headers"]["sec-fetch-site"] == "same-origin"
    assert sent["form"].one("/organization/name") == "St. Mary"
    assert sent["form"].all("/tracks") == ("action-community", "learning-network")


def test_form_of_another_site_is_recognized_and_has_no_session(
    page: Page, site: str, watch: Watch
) -> None:
    kitchen_sink.RECEIVED.clear()
    page.goto(site)
    elsewhere = site.replace("roundtable.localhost", "127.0.0.1")
    page.route(
        f"{elsewhere}/trap",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<form method="post" action="{site}/send"><button>Win</button></form>',
        ),
    )
    watch.expected.append("status of 404")
    page.goto(f"{elsewhere}/trap")
    page.get_by_role("button").click()
    expect(page).to_have_url(f"{site}/done")
    (sent,) = kitchen_sink.RECEIVED
    assert (sent["ours"], sent["token"]) == (False, False)
    assert sent["headers"]["sec-fetch-site"] == "cross-site"


def test_cookies_are_kept_on_this_machine_and_hidden_from_scripts(page: Page, site: str) -> None:
    page.goto(site)
    (kept,) = page.context.cookies()
    assert {
        name: kept.get(name) for name in ("name", "secure", "httpOnly", "sameSite", "path")
    } == {
        "name": "__Host-session",
        "secure": True,
        "httpOnly": True,
        "sameSite": "Lax",
        "path": "/",
    }
    assert page.evaluate("() => document.cookie") == ""


def test_policy_keeps_a_script_in_the_page_from_running(
    page: Page, site: str, watch: Watch
) -> None:
    page.goto(site)
    watch.expected.append("Content Security Policy")
    page.evaluate("""() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      const picture = '<img src="data:," alt="" onerror="window.ran = true">'
      document.body.insertAdjacentHTML('beforeend', picture)
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.ran ?? false") is False
    assert any("Content Security Policy" in complaint for complaint in watch.complaints)


def test_visitor_elsewhere_sees_their_own_time_too(browser: Browser, site: str) -> None:
    with browser.new_context(locale="en-US", timezone_id="Europe/Berlin") as context:
        page = context.new_page()
        page.goto(site)
        yours = page.locator(".rt-your-time")
        expect(yours).to_have_count(1)
        expect(yours).to_have_text(re.compile(r"\(your time: Sat, Oct 22, 5:59\sAM GMT\+2\)"))


def test_visitor_in_the_programs_zone_sees_one_time(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_text("11:59 PM EDT")).to_be_visible()
    expect(page.locator(".rt-your-time")).to_have_count(0)


def test_page_works_without_scripts(browser: Browser, site: str) -> None:
    kitchen_sink.RECEIVED.clear()
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        expect(page.get_by_text("You can write up to 150 words")).to_be_visible()
        page.get_by_label("What is your organization called?").fill("St. Mary")
        page.get_by_role("button", name="Save and continue").click()
        expect(page.get_by_text("Your answers are saved.")).to_be_visible()
        page.get_by_role("button", name="Español").click()
        expect(page.get_by_role("button", name="Cerrar sesión")).to_be_visible()
    assert kitchen_sink.RECEIVED[0]["token"] is True


def test_first_visit_is_light(page: Page, site: str) -> None:
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}),
    )
    page.goto(site, wait_until="networkidle")
    assert len(sizes) >= 4
    assert sum(sizes.values()) < 40_000, sizes


def test_second_page_fetches_no_style_again(page: Page, site: str) -> None:
    page.goto(site, wait_until="networkidle")
    kitchen_sink.ASKED.clear()
    page.goto(f"{site}/done", wait_until="networkidle")
    assert kitchen_sink.ASKED == ["/done"]


def test_page_on_paper_has_nothing_to_click(page: Page, site: str) -> None:
    page.goto(f"{site}/done")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("button", name="Save and continue")).to_be_hidden()
    expect(page.get_by_text("Your reference is")).to_be_visible()
    ink = page.evaluate("() => getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(0, 0, 0)"
    page.screenshot(path=FOLDER / "kitchen-sink-print.png", full_page=True)
