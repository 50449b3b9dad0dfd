"""Where a round stands, and the lists behind each number, as the staff's site shows them."""

from datetime import timedelta

import pytest

from roundtable.domain.notices import NoticeStatus
from roundtable.domain.reference import reference_number
from roundtable.domain.stages import Stage
from tests.factories import (
    NOW,
    PROGRAM,
    make_application,
    make_form,
    make_id,
    make_notice,
    make_program,
)
from tests.fakes import FakePorts
from tests.functions.full_round import make_full_round
from tests.functions.member_pages import Browser, browser_of
from tests.functions.public_pages import assert_calm, marked, words
from tests.unit.web.pages.markup import Markup, parsed

BASE = f"/staff/programs/{PROGRAM}"
HOSTILE = "<script>alert(1)</script>{{7*7}}\N{RIGHT-TO-LEFT OVERRIDE}=1+1"


@pytest.fixture
def robin(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give a member of staff at a round in full swing."""
    return browser_of(monkeypatch, make_full_round(), "staff")


@pytest.fixture
def newcomer(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give a member of staff at a round in which nobody has begun anything."""
    ports = FakePorts()
    ports.rounds.given(make_program())
    return browser_of(monkeypatch, ports, "staff")


def page_of(browser: Browser, below: str = "") -> Markup:
    shown = browser.get(f"{BASE}{below}")
    assert shown.status == 200, shown.body
    markup = parsed(shown.body)
    assert_calm(markup)
    return markup


def links(markup: Markup) -> dict[str, str]:
    return {words(e): e.attributes.get("href") or "" for e in markup.all("a")}


def tiles(markup: Markup) -> dict[str, str]:
    numbers, labels = marked(markup, "rt-tile__number"), marked(markup, "rt-tile__label")
    return dict(zip(labels, numbers, strict=True))


# --- programs and now ---------------------------------------------------------------------------


def test_the_only_program_is_gone_to(newcomer: Browser) -> None:
    shown = newcomer.get("/staff")
    assert (shown.status, shown.location) == (303, BASE)


def test_several_programs_are_listed(newcomer: Browser) -> None:
    newcomer.ports.rounds.given(make_program(key="second", name="Second round"))
    markup = parsed(newcomer.get("/staff").body)
    assert links(markup)["Second round"] == "/staff/programs/second"
    assert links(markup)["Fellowship 2022"] == BASE


def test_no_program_is_said(newcomer: Browser) -> None:
    newcomer.ports.rounds.__init__()
    assert "No program is published yet." in newcomer.get("/staff").body


def test_now_counts_and_each_number_opens_its_list(robin: Browser) -> None:
    markup = page_of(robin)
    assert tiles(markup) == {
        "Overdue": "1",
        "Due today": "4",
        "Due within 7 days": "15",
        "Stuck": "1",
        "Undelivered messages": "1",
        "Failing functions": "1",
    }
    hrefs = [e.attributes["href"] for e in markup.all("a") if "rt-tile" in str(e.attributes)]
    assert hrefs == [
        f"{BASE}/due?until=late",
        f"{BASE}/due?until=today",
        f"{BASE}/due?until=week",
        f"{BASE}/attention",
        f"{BASE}/notices?status=undelivered",
        "#failing",
    ]
    cells = [words(e) for e in markup.all("td")]
    assert cells[:9] == ["2", "1", "3", "3", "1", "4", "11", "0", "11"]
    addresses = [e.attributes["href"] for e in markup.all("a")]
    assert f"{BASE}/applications?stage=review&track=residency" in addresses


def test_now_shows_the_seats_of_each_track(robin: Browser) -> None:
    markup = page_of(robin)
    assert marked(markup, "rt-legend")[:2] == [
        "3 taken 0 reserved 7 open of 10",
        "12 taken 4 reserved 24 open of 40",
    ]
    rects = [e.attributes for e in markup.all("rect")][:6]
    assert [(rect["x"], rect["width"]) for rect in rects] == [
        ("30.00%", "70.00%"),
        ("30.00%", "0.00%"),
        ("0%", "30.00%"),
        ("40.00%", "60.00%"),
        ("30.00%", "10.00%"),
        ("0%", "30.00%"),
    ]


def test_now_says_what_fails_and_since_when(robin: Browser) -> None:
    (said,) = marked(page_of(robin), "rt-alarms")
    assert said == (
        "A function outside the workflow failed. Since Monday, October 3, 2022, 9:40 AM EDT"
    )


@pytest.mark.parametrize(
    ("rings", "silent", "number", "said"),
    [
        ([], False, "0", "Nothing fails."),
        (None, False, "?", "This is not known here"),
        ([], True, "?", "This is not known here"),
    ],
)
def test_now_says_whether_it_is_known_what_fails(
    newcomer: Browser, rings: list[object] | None, silent: bool, number: str, said: str
) -> None:
    newcomer.ports.alarms.rings = None if rings is None else []
    newcomer.ports.alarms.silent = silent
    markup = page_of(newcomer)
    assert tiles(markup)["Failing functions"] == number
    assert said in words(markup.one("main"))


def test_now_of_an_empty_round_says_so(newcomer: Browser) -> None:
    markup = page_of(newcomer)
    assert set(tiles(markup).values()) == {"0"}
    assert marked(markup, "rt-tile--urgent") == []
    assert "Nobody has begun an application yet." in words(markup.one("main"))


def test_more_than_a_thousand_are_not_counted_to_the_end(newcomer: Browser) -> None:
    given = newcomer.ports.applications.given(make_application(Stage.REVIEW))
    notices = [
        make_notice(number=f"{number}", status=NoticeStatus.UNDELIVERED) for number in range(1_100)
    ]
    newcomer.ports.applications.given(given, notices=notices)
    assert tiles(page_of(newcomer))["Undelivered messages"] == "1,000+"


# --- lists --------------------------------------------------------------------------------------


def test_applications_come_stage_by_stage_without_people(robin: Browser) -> None:
    markup = page_of(robin, "/applications")
    assert len(markup.all("tr")) == 51
    text = words(markup.one("main"))
    assert "Ada" not in text
    assert "@" not in text
    following = links(markup)["Next page"]
    rest = parsed(robin.get(following).body)
    assert len(rest.all("tr")) == 58 - 50
    assert "Next page" not in links(rest)
    assert links(rest)["First page"] == f"{BASE}/applications"
    references = [words(e) for m in (markup, rest) for e in m.all("th") if "FW-" in e.text]
    assert len(set(references)) == 57


def test_applications_are_filtered_by_stage_track_and_decision(robin: Browser) -> None:
    markup = page_of(robin, "/applications?stage=with_staff&track=seminar&decision=")
    rows = [words(e) for e in markup.all("tr")][1:]
    assert len(rows) == 2
    assert all("Seminar With staff, to decide" in row for row in rows)
    waitlisted = page_of(robin, "/applications?decision=waitlisted")
    assert len(waitlisted.all("tr")) == 1 + 6
    assert [
        e.attributes["value"] for e in waitlisted.all("option") if "selected" in e.attributes
    ] == ["waitlisted"]
    assert links(waitlisted)["CSV"] == f"{BASE}/exports/applications.csv?decision=waitlisted"


@pytest.mark.parametrize("query", ["stage=nonsense&track=x&decision=y", "stage=", "until=3"])
def test_filters_that_are_unknown_narrow_nothing(robin: Browser, query: str) -> None:
    assert len(page_of(robin, f"/applications?{query}").all("tr")) == 51


@pytest.mark.parametrize("below", ["/applications", "/due", "/attention"])
@pytest.mark.parametrize("cursor", ["nonsense", "review.nonsense", "draft."])
def test_a_cursor_that_no_list_gave_is_refused_kindly(
    robin: Browser, below: str, cursor: str
) -> None:
    shown = robin.get(f"{BASE}{below}?stage=review&cursor={cursor}")
    assert shown.status == 422
    assert "<h1" in shown.body


def test_an_application_is_found_by_its_reference(robin: Browser) -> None:
    reference = reference_number("FW", 7_919)
    markup = page_of(robin, f"/applications?q={reference.lower()}")
    assert links(markup)[reference] == f"/staff/applications/{reference}"
    assert len(markup.all("tr")) == 2


def test_applications_of_an_organization_are_found(robin: Browser) -> None:
    markup = page_of(robin, "/applications?q=mercy+medical+CENTER")
    assert {words(e) for e in markup.all("td") if "Mercy" in e.text} == {"Mercy Medical Center"}


def test_another_programs_application_is_not_found(robin: Browser) -> None:
    reference = reference_number("FW", 99)
    other = make_application(Stage.REVIEW, number=99, program="other", reference=reference)
    robin.ports.applications.given(other)
    assert "Nothing was found." in words(page_of(robin, f"/applications?q={reference}").one("main"))


def test_what_is_due_is_listed_first_due_first(robin: Browser) -> None:
    markup = page_of(robin, "/due?until=today")
    rows = [words(e) for e in markup.all("tr")][1:]
    assert len(rows) == 4
    assert rows[0].startswith("Oct 3, 9:00 AM Overdue Remind the team to mend FW-")
    assert rows[-1].startswith("Oct 3, 5:00 PM End the time to mend FW-")
    assert "Routine look" not in words(markup.one("main"))


def test_what_is_late_holds_the_routine_too(newcomer: Browser) -> None:
    relook = {"at": NOW - timedelta(hours=2), "action": "relook", "mark": "m"}
    newcomer.ports.applications.given(make_application(Stage.REVIEW, due=relook))
    assert len(page_of(newcomer, "/due?until=late").all("tr")) == 2
    assert "Nothing is due." in words(page_of(newcomer, "/due?until=week").one("main"))


def test_what_is_stuck_is_listed_with_its_reason(robin: Browser) -> None:
    (row,) = [words(e) for e in page_of(robin, "/attention").all("tr")][1:]
    assert "Oct 3, 7:00 AM The step failed: Unavailable" in row


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("/applications", "Nobody has begun an application yet."),
        ("/applications?stage=review", "No application fits these filters."),
        ("/applications?q=Nobody", "Nothing was found."),
        ("/due", "Nothing is due."),
        ("/attention", "Nothing is stuck."),
    ],
)
def test_an_empty_list_says_so(newcomer: Browser, below: str, said: str) -> None:
    assert said in words(page_of(newcomer, below).one("main"))


def test_hostile_words_stay_words(robin: Browser) -> None:
    form = make_form(organization={"name": HOSTILE})
    robin.ports.applications.given(make_application(Stage.REVIEW, number=90, form=form))
    robin.ports.applications.given(
        make_application(Stage.REVIEW, number=91, form=form, help={"since": NOW, "reason": HOSTILE})
    )
    for below in ("/applications?stage=review", "/attention"):
        markup = page_of(robin, below)
        assert HOSTILE in words(markup.one("main"))
    found = page_of(robin, "/applications?q=%3Cscript%3Ealert(1)%3C/script%3E%7B%7B7*7%7D%7D")
    values = [e.attributes["value"] for e in found.all("input") if e.attributes["name"] == "q"]
    assert values == ["<script>alert(1)</script>{{7*7}}"]


def test_a_name_of_five_thousand_characters_is_searched_for(robin: Browser) -> None:
    assert "Nothing was found." in words(
        page_of(robin, f"/applications?q={'x' * 5_000}").one("main")
    )


@pytest.mark.parametrize("below", ["", "/applications", "/due", "/attention", "/round"])
def test_a_program_that_does_not_exist_is_not_found(robin: Browser, below: str) -> None:
    assert robin.get(f"/staff/programs/another{below}").status == 404


def test_applications_of_another_program_are_not_counted(robin: Browser) -> None:
    due = {"at": NOW - timedelta(hours=2), "action": "close_draft", "mark": "m"}
    robin.ports.applications.given(
        make_application(number=80, id=make_id(80), program="other", due=due)
    )
    assert tiles(page_of(robin))["Overdue"] == "1"
