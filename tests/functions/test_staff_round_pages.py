"""The round on the staff's site: looked at, moved with a reason, told who moved what."""

from datetime import date, timedelta

import pytest

from roundtable.domain.audit import Actor
from roundtable.usecases.staff.rounds import RoundPatch, move_round
from tests.factories import NOW, PROGRAM, RESIDENCY, SEMINAR, make_program, make_track
from tests.functions.full_round import make_full_round
from tests.functions.member_pages import Browser, Shown, browser_of
from tests.functions.public_pages import assert_calm, marked, texts, words
from tests.functions.test_staff_overview_pages import HOSTILE
from tests.unit.web.pages.markup import Markup, parsed

ROUND = f"/staff/programs/{PROGRAM}/round"
TRACK = f"{ROUND}/tracks/{RESIDENCY}"
STAYS = {
    "/closes/day": "2022-10-21",
    "/capacity": "10",
    "/promise": "2022-12-05",
    "/offer": "14",
    "/corrections": "7",
}
MOVES = STAYS | {"/closes/day": "2022-10-28", "/capacity": "12"}
WHY = {"version": "1", "/reason": "A storm closed many offices"}


@pytest.fixture
def robin(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give a member of staff at a round in full swing."""
    return browser_of(monkeypatch, make_full_round(), "staff")


def page_of(shown: Shown, status: int = 200) -> Markup:
    assert shown.status == status, shown.body
    markup = parsed(shown.body)
    assert_calm(markup)
    return markup


def preview(browser: Browser, track: str = RESIDENCY, **values: str) -> Shown:
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return browser.get(f"{ROUND}/tracks/{track}/preview?{query}")


def errors(markup: Markup) -> list[str]:
    (box,) = [e for e in markup.elements if e.attributes.get("class") == "govuk-error-summary"]
    return [line.strip() for line in box.text.split("\n") if line.strip()][1:]


def fields(markup: Markup) -> dict[str, str | None]:
    return {e.attributes["name"] or "": e.attributes.get("value") for e in markup.all("input")}


def hidden(markup: Markup) -> dict[str, str]:
    found = [e.attributes for e in markup.all("input") if e.attributes.get("type") == "hidden"]
    return {str(f["name"]): str(f["value"]) for f in found if f["name"] not in {"csrf", "back"}}


def newest(browser: Browser) -> int:
    return browser.ports.rounds.newest(PROGRAM)[0]


def test_the_round_is_told(robin: Browser) -> None:
    markup = page_of(robin.get(ROUND))
    assert texts(markup, "dd") == [
        "Tuesday, September 6, 2022, 9:00 AM EDT",
        "Friday, October 21, 2022, 11:59 PM EDT",
        "10, of them 3 taken, 0 reserved, 7 open",
        "by Monday, December 5, 2022",
        "once they are taken",
        "14 days to answer",
        "7 days to mend what was returned",
        "one year after the close",
        "Friday, October 21, 2022, 11:59 PM EDT",
        "40, of them 12 taken, 4 reserved, 24 open",
        "within 30 days after the receipt",
        "once they are taken",
        "7 days to mend what was returned",
        "one year after the close",
    ]


def test_a_tracks_form_holds_what_it_is_now(robin: Browser) -> None:
    values = fields(page_of(robin.get(TRACK)))
    assert values.items() >= STAYS.items()
    assert values["/closes/time"] == ""
    assert "/offer" not in fields(page_of(robin.get(f"{ROUND}/tracks/{SEMINAR}")))


def test_a_preview_tells_the_consequence_and_changes_nothing(robin: Browser) -> None:
    markup = page_of(preview(robin, **MOVES))
    assert marked(markup, "rt-moved") == [
        "Residency: Seats From 10 \N{RIGHTWARDS ARROW} to 12 "
        "Residency: Close From Friday, October 21, 2022 \N{RIGHTWARDS ARROW} to "
        "Friday, October 28, 2022"
    ]
    text = words(markup.one("main"))
    assert "3 seats of this track are taken now." in text
    assert "36 applications are under way." in text
    assert hidden(markup) == {**MOVES, "version": "1"}
    assert newest(robin) == 1


def test_a_preview_without_a_change_says_so(robin: Browser) -> None:
    markup = page_of(preview(robin, **STAYS))
    assert "Nothing would change." in words(markup.one("main"))
    assert "Move the round" not in texts(markup, "button")


def test_a_move_is_done_with_its_reason(robin: Browser) -> None:
    shown = robin.post(TRACK, MOVES | WHY)
    assert (shown.status, shown.location) == (303, f"{ROUND}?moved=2")
    number, program = robin.ports.rounds.newest(PROGRAM)
    residency = program.track(RESIDENCY)
    assert (number, residency.capacity, residency.closes) == (2, 12, date(2022, 10, 28))
    assert robin.ports.rounds.seats(PROGRAM, RESIDENCY).open == 9
    markup = page_of(robin.get(shown.location))
    assert "The round was moved." in words(markup.one("main"))
    first, _ = [words(e) for e in markup.all("li") if "Version" in e.text]
    assert first.startswith(
        "Version 2 You, Monday, October 3, 2022, 10:00 AM EDT Reason: A storm closed many offices"
    )
    assert "The round was moved." not in robin.get(ROUND).body


def test_somebody_elses_move_names_them(robin: Browser) -> None:
    patch = RoundPatch.model_validate({"tracks": {RESIDENCY: {"capacity": 11}}})
    move_round(robin.ports, PROGRAM, patch, Actor(kind="staff", id="alex"), version=1)
    assert "Staff (alex), Monday, October 3" in words(page_of(robin.get(ROUND)).one("main"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"/capacity": "none"}, "Seats: enter a whole number, 1 or more."),
        ({"/capacity": "0"}, "Seats: enter a whole number, 1 or more."),
        ({"/capacity": "9" * 5_000}, "Seats: enter a whole number, 1 or more."),
        ({"/capacity": "2"}, "3 seats of residency are taken already; the capacity cannot be 2"),
        ({"/closes/day": ""}, "Last day to apply: enter a day."),
        ({"/closes/day": "21.10.2022"}, "Write the day as year-month-day, such as 2022-10-21."),
        ({"/closes/time": "noon"}, "Write the time as hours and minutes, such as 17:00."),
        ({"/promise": ""}, "Day by which teams hear: enter a day."),
        ({"/offer": "-1"}, "Days to answer an offer: enter a whole number, 1 or more."),
    ],
)
def test_a_move_that_cannot_be_is_told_at_its_field(
    robin: Browser, wrong: dict[str, str], said: str
) -> None:
    markup = page_of(preview(robin, **(MOVES | wrong)), 422)
    assert errors(markup) == [said]
    assert markup.one("title").text.startswith("Error: ")
    assert page_of(robin.post(TRACK, MOVES | wrong | WHY), 422)
    assert newest(robin) == 1


def test_a_closing_time_is_a_minute_of_the_program(robin: Browser) -> None:
    robin.post(TRACK, MOVES | WHY | {"/closes/time": "17:00"})
    program = robin.ports.rounds.newest(PROGRAM)[1]
    assert f"{program.track(RESIDENCY).closes}" == "2022-10-28 17:00:00"
    assert fields(page_of(robin.get(TRACK)))["/closes/time"] == "17:00"


def test_a_minute_before_midnight_is_refused_with_what_to_write(robin: Browser) -> None:
    (said,) = errors(page_of(preview(robin, **(MOVES | {"/closes/time": "23:59"})), 422))
    assert "to close at the end of the day write the day alone" in said


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "Say in a sentence why it moves."), ("x" * 5_000, "Say it in 200 characters or fewer.")],
)
@pytest.mark.parametrize(
    "path", [TRACK, f"{ROUND}/opening", f"{TRACK}/closing", f"{ROUND}/opening-now"]
)
def test_nothing_moves_without_a_reason(robin: Browser, path: str, reason: str, said: str) -> None:
    opens = {"/opens/day": "2022-09-01", "/opens/time": "09:00"}
    markup = page_of(robin.post(path, MOVES | opens | {"version": "1", "/reason": reason}), 422)
    assert errors(markup) == [said]
    assert newest(robin) == 1


def test_a_stale_version_is_told_with_what_was_moved(robin: Browser) -> None:
    patch = RoundPatch.model_validate({"tracks": {RESIDENCY: {"capacity": 11}}})
    alex = Actor(kind="staff", id="alex")
    move_round(robin.ports, PROGRAM, patch, alex, version=1, reason="More rooms")
    markup = page_of(robin.post(TRACK, MOVES | WHY), 412)
    text = words(markup.one("main"))
    assert "Nothing was moved" in text
    assert "Staff (alex)" in text
    assert "Reason: More rooms" in text
    assert newest(robin) == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 500])
def test_a_version_that_is_none_moves_nothing(robin: Browser, version: str) -> None:
    page_of(robin.post(TRACK, MOVES | WHY | {"version": version}), 412)
    assert newest(robin) == 1


def test_a_double_click_moves_once(robin: Browser) -> None:
    form = MOVES | WHY
    first, second = robin.post(TRACK, form), robin.post(TRACK, form)
    assert (first.location, second.location) == (f"{ROUND}?moved=2", f"{ROUND}?moved=2")
    assert newest(robin) == 2


def test_the_opening_is_moved(robin: Browser) -> None:
    values = {"/opens/day": "2022-09-01", "/opens/time": "08:30"}
    query = "&".join(f"{name}={value}" for name, value in values.items())
    markup = page_of(robin.get(f"{ROUND}/opening/preview?{query}"))
    assert hidden(markup) == {**values, "version": "1"}
    assert robin.post(f"{ROUND}/opening", values | WHY).status == 303
    assert f"{robin.ports.rounds.newest(PROGRAM)[1].opens}" == "2022-09-01 08:30:00"
    assert page_of(robin.get(f"{ROUND}/opening/preview?/opens/day=x"), 422)
    assert errors(page_of(robin.post(f"{ROUND}/opening", WHY), 422)) == [
        "Day of the opening: enter a day.",
        "Time of the opening: enter a time.",
    ]


def test_a_track_is_closed_at_once(robin: Browser) -> None:
    assert "Close Residency now?" in texts(page_of(robin.get(f"{TRACK}/closing")), "h1")
    assert robin.post(f"{TRACK}/closing", WHY).status == 303
    program = robin.ports.rounds.newest(PROGRAM)[1]
    assert program.closes_at(program.track(RESIDENCY)) == NOW
    assert "Close now" not in " ".join(texts(page_of(robin.get(ROUND)), "a")[:10])
    page_of(robin.post(f"{TRACK}/closing", WHY | {"version": "2"}), 412)


def test_a_round_is_opened_at_once(robin: Browser) -> None:
    robin.ports.clock.set(NOW - timedelta(days=60))
    assert "Open the round now" in texts(page_of(robin.get(ROUND)), "a")
    assert "Open the round now?" in texts(page_of(robin.get(f"{ROUND}/opening-now")), "h1")
    assert robin.post(f"{ROUND}/opening-now", WHY).status == 303
    assert robin.ports.rounds.newest(PROGRAM)[1].opens_at == NOW - timedelta(days=60)


def test_hostile_words_stay_words(robin: Browser) -> None:
    track = make_track(RESIDENCY, name=HOSTILE, capacity=10, fallback=None)
    robin.ports.rounds.given(make_program(tracks=(track, make_track(SEMINAR, capacity=40))))
    robin.post(TRACK, MOVES | WHY | {"version": "2", "/reason": HOSTILE})
    text = words(page_of(robin.get(ROUND)).one("main"))
    assert text.count(HOSTILE) >= 3


@pytest.mark.parametrize(
    "path", [TRACK, f"{TRACK}/closing", f"{ROUND}/opening", f"{ROUND}/form-keys"]
)
def test_forms_from_elsewhere_move_nothing(robin: Browser, path: str) -> None:
    form = MOVES | WHY | {"/label": "Form"}
    assert robin.post(path, form, origin="https://evil.example").status == 403
    assert robin.post(path, form, sec_fetch_site="cross-site").status == 403
    assert robin.post(path, form, token=False).status != 303
    assert newest(robin) == 1


@pytest.mark.parametrize("below", ["", "/preview", "/closing"])
def test_an_unknown_track_is_not_found(robin: Browser, below: str) -> None:
    assert robin.get(f"{ROUND}/tracks/nothing{below}").status == 404


def test_a_key_is_told_once(robin: Browser) -> None:
    path = f"{ROUND}/form-keys"
    markup = page_of(robin.post(path, {"/label": HOSTILE}))
    key = markup.one("code").text
    assert key.startswith("rtk_")
    assert HOSTILE in words(markup.one("main"))
    assert key not in robin.get(path).body
    assert errors(page_of(robin.post(path), 422)) == ["Say for which form the key is."]
    assert errors(page_of(robin.post(path, {"/label": "x" * 5_000}), 422)) == [
        "Say it in 200 characters or fewer."
    ]
