"""What the pages say that anybody may read, as the site answers them."""

from datetime import UTC, datetime

import pytest

from roundtable.domain.program import Program
from roundtable.runtime import composition
from tests.functions.applicant_world import SITE, World, read_event
from tests.functions.members import Context
from tests.functions.public_pages import (
    EQUITY,
    PROGRAMS,
    WORKSHOPS,
    assert_calm,
    get,
    marked,
    page_of,
    texts,
    words,
)
from tests.unit.web.pages.markup import parsed


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["programs_page", "program_page"])
def test_public_page_is_kept_for_a_minute_by_language(world: World, name: str) -> None:
    headers = world.play(read_event(name)).headers
    assert headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": "en",
        "Content-Encoding": "gzip",
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_unknown_program_is_told_kindly_in_the_visitors_language(world: World) -> None:
    answered = world.play(read_event("unknown_program_page"))
    markup = parsed(answered.body)
    assert answered.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["Content-Language"] == "es"
    assert texts(markup, "h1") == ["No tenemos este programa"]
    assert "Ir a la página de inicio" in texts(markup, "a")


def test_stylesheet_of_another_release_is_answered_with_the_present_one(world: World) -> None:
    answered = world.play(read_event("static_stylesheet"))
    assert answered.headers["Cache-Control"] == "public, no-cache"
    assert ".rt-track" in answered.body


def test_chosen_language_is_spoken_from_then_on(world: World) -> None:
    result = SITE.handler(read_event("language"), Context())
    cookie = result["cookies"][0].partition(";")[0]
    markup = parsed(get(world, result["headers"]["Location"], cookie=cookie).body)
    assert markup.one("html").attributes["lang"] == "es"


# --- what the list says ------------------------------------------------------------------------


def test_list_names_what_is_offered_and_the_next_date(world: World) -> None:
    world.ports.rounds.given(EQUITY)
    markup = parsed(get(world, "/").body)
    assert texts(markup, "h1") == ["Programs"]
    assert texts(markup, "h2") == ["Fellowship 2022", "Pursuing Equity 2023\N{EN DASH}24"]
    assert {"/programs/fellowship", "/programs/pursuing-equity-2023"} <= {
        element.attributes["href"] for element in markup.all("a")
    }
    assert marked(markup, "govuk-tag") == ["Applications are open", "Applications are open"]
    assert marked(markup, "rt-quiet")[1] == (
        "Next closing date, Action Community: Friday, October 21, 2022, 11:59 PM EDT. 18 days left."
    )


def test_list_of_one_program_is_a_list(world: World) -> None:
    assert texts(parsed(get(world, "/").body), "h2") == ["Fellowship 2022"]


def test_list_of_none_says_so(world: World) -> None:
    world.ports.rounds.__init__()
    assert "There are no programs at present. Please come back later." in texts(
        parsed(get(world, "/").body), "p"
    )


def test_list_says_when_a_program_opens_and_that_one_is_closed(world: World) -> None:
    world.ports.clock.set(datetime(2023, 12, 1, tzinfo=UTC))
    world.ports.rounds.given(WORKSHOPS)
    markup = parsed(get(world, "/").body)
    assert marked(markup, "govuk-tag") == ["Not open yet", "Closed"]
    assert marked(markup, "rt-quiet") == [
        "Applications open on Tuesday, January 16, 2024, 9:00 AM EST."
    ]


# --- what a program's page says ----------------------------------------------------------------


def test_page_of_pursuing_equity_says_what_its_request_for_applications_says(world: World) -> None:
    markup = page_of(world, EQUITY)
    text = words(markup.one("main"))
    assert texts(markup, "h1") == ["Pursuing Equity 2023\N{EN DASH}24"]
    assert texts(markup, "h3") == ["Action Community", "Learning Network"]
    assert texts(markup, "dd") == [
        "Friday, October 21, 2022, 11:59 PM EDT 18 days left",
        "10",
        "by Monday, December 5, 2022",
        "you have 14 days to answer",
        "Tuesday, November 1, 2022, 11:59 PM EDT 29 days left",
        "40",
        "within 30 days after we receive your application",
        "you have 14 days to answer",
    ]
    assert marked(markup, "rt-needs__title") == [
        "Letter of commitment", "Team video", "Team",
        "What teams in the Action Community commit to",
        "What teams in the Learning Network commit to",
        "Letter of commitment", "Team", "What teams in the Learning Network commit to",
    ]  # fmt: skip
    for sentence in (
        "Signed by: CEO and Board Chair",
        "One letter, or up to 2 letters",
        "PDF, Word, JPEG, PNG, TIFF or HEIC, up to 20 MB and 20 pages",
        "5 to 15 minutes long",
        "As a link: Vimeo, YouTube, Loom, Wistia, Zoom, Google Drive, Dropbox, OneDrive or Panopto",
        "Or as a file: MP4, MOV or WebM, up to 2 GB",
        "And 2 to 3 of these:",
        "How do you define racism?",
        "3 to 7 people",
        "Read the 9 statements that you affirm",
        "Your application is then considered for this track: Learning Network. "
        "You do not need to do anything.",
        "Informational call Wednesday, September 21, 2022, 3:00 PM to 4:00 PM EDT",
        "Offered by Institute for Healthcare Improvement.",
        "Times are in the time zone of America/New York.",
    ):
        assert sentence in text
    assert "mailto:pursuingequity@ihi.org" in {e.attributes["href"] for e in markup.all("a")}


def test_page_of_the_workshops_says_who_may_come_and_when(world: World) -> None:
    world.ports.clock.set(datetime(2024, 2, 28, 12, 0, tzinfo=UTC))
    markup = page_of(world, WORKSHOPS)
    text = words(markup.one("main"))
    assert texts(markup, "h2") == [
        "Who can take part", "Workshop series", "Sessions", "What we ask",
    ]  # fmt: skip
    assert texts(markup, "dd") == [
        "Wednesday, February 28, 2024, 12:00 PM EST Today is the last day",
        "40",
        "by Wednesday, March 6, 2024",
    ]
    assert "You can apply if one of these is your answer: Yes, affiliated with Harvard" in text
    assert "Session 2 Thursday, March 28, 2024, 12:00 PM to 1:30 PM EDT" in text
    assert "I am available to attend Session 5, Thursday, April 18, 2024" in text
    for absent in ("If you are not selected", "Calls before you apply", "Signed by", "As a link"):
        assert absent not in text


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2022, 9, 1, tzinfo=UTC), "Not open yet"),
        (datetime(2022, 10, 25, tzinfo=UTC), "Applications are open"),
        (datetime(2022, 11, 2, 4, tzinfo=UTC), "Closed"),
    ],
)
def test_page_says_whether_applications_are_taken(world: World, now: datetime, state: str) -> None:
    world.ports.clock.set(now)
    assert marked(page_of(world, EQUITY), "govuk-tag") == [state]


def test_page_says_which_track_has_closed(world: World) -> None:
    world.ports.clock.set(datetime(2022, 10, 22, 4, tzinfo=UTC))
    assert texts(page_of(world, EQUITY), "dd")[::4] == [
        "Friday, October 21, 2022, 11:59 PM EDT Closed",
        "Tuesday, November 1, 2022, 11:59 PM EDT 10 days left",
    ]


@pytest.mark.parametrize(
    ("now", "ways"),
    [
        (datetime(2022, 9, 1, tzinfo=UTC), set[str]()),
        (datetime(2022, 10, 3, tzinfo=UTC), {"start", "sign-in"}),
        (datetime(2022, 10, 25, tzinfo=UTC), {"start", "sign-in"}),
        (datetime(2022, 11, 2, 4, tzinfo=UTC), {"sign-in"}),
    ],
)
def test_page_offers_no_way_to_apply_that_leads_nowhere(
    world: World, now: datetime, ways: set[str]
) -> None:
    world.ports.clock.set(now)
    markup = page_of(world, EQUITY)
    assert [button.text for button in markup.all("button")] == ["Español"]
    assert {e.attributes["href"] for e in markup.all("a")} == {
        "#main", "/", "mailto:pursuingequity@ihi.org",
        "https://www.ihi.org/Engage/Initiatives/Pursuing-Equity/Pages/default.aspx",
        *(f"/programs/pursuing-equity-2023/{way}" for way in ways),
    }  # fmt: skip
    for way in ways:
        path = f"/programs/pursuing-equity-2023/{way}"
        assert world.call("GET", path, email=None).status in {200, 303}


def test_programs_own_words_are_marked_with_their_language(world: World) -> None:
    markup = page_of(world, EQUITY, accept_language="es")
    assert markup.one("html").attributes["lang"] == "es"
    assert markup.one("h1").attributes["lang"] == "en"
    assert texts(markup, "h2")[0] == "2 formas de participar"
    unmarked = [e for e in markup.all("h2") if "lang" in e.attributes]
    assert unmarked == []
    assert all(e.attributes["lang"] == "en" for e in markup.all("h3"))


def test_programs_own_words_are_not_marked_on_a_page_of_their_language(world: World) -> None:
    markup = page_of(world, EQUITY)
    assert [e.tag for e in markup.elements if "lang" in e.attributes] == ["html", "button"]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_page_has_nothing_that_its_policy_forbids(
    world: World, program: Program, language: str
) -> None:
    assert_calm(page_of(world, program, accept_language=language))
