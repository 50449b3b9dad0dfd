"""Reviewers on the staff's site: load, silence and pace; who is invited, who takes part."""

import pytest

from tests.factories import PROGRAM, RESIDENCY, make_program, make_reviewer
from tests.fakes import FakePorts
from tests.functions.full_round import make_full_round
from tests.functions.member_pages import Browser, Shown, browser_of
from tests.functions.members import make_round
from tests.functions.public_pages import assert_calm, words
from tests.functions.test_staff_overview_pages import HOSTILE
from tests.functions.test_staff_round_pages import errors
from tests.unit.web.pages.markup import Markup, parsed

REGISTER = f"/staff/programs/{PROGRAM}/reviewers"
INVITE = f"{REGISTER}/invite"
GRACE = {"/name": "Grace Okoro", "/email": "grace@panel4.example", "/tracks": RESIDENCY}


@pytest.fixture
def robin(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give a member of staff at a round in full swing."""
    return browser_of(monkeypatch, make_full_round(), "staff")


def page_of(shown: Shown, status: int = 200) -> Markup:
    assert shown.status == status, shown.body
    markup = parsed(shown.body)
    assert_calm(markup)
    return markup


def rows(markup: Markup) -> list[str]:
    return [words(e) for e in markup.all("tr")][1:]


def test_load_silence_pace_and_conflicts_are_told(robin: Browser) -> None:
    markup = page_of(robin.get(REGISTER))
    assert rows(markup) == [
        "Imani Wells Panel Office 2 Residency 2 1 Sep 25, 10:00 AM Oct 3, 10:00 AM not known 0",
        "Noor Haddad Lead Panel Office 1 all 3 1 Sep 24, 10:00 AM Oct 2, 10:00 AM 3 days 0",
        "Tomás Rey Not active Panel Office 3 all 0 0 not known 1",
    ]
    assert "5 reviews are open, 2 of them overdue." in words(markup.one("main"))


def test_reviewers_of_other_programs_are_not_listed(robin: Browser) -> None:
    robin.ports.rounds.keep_reviewer(make_reviewer(9, name="Elsewhere", programs=("other",)))
    assert "Elsewhere" not in robin.get(REGISTER).body


def test_no_reviewers_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    browser = browser_of(monkeypatch, ports, "staff")
    text = words(page_of(browser.get(REGISTER)).one("main"))
    assert "Nobody reviews for this program yet." in text


def test_somebody_is_invited(robin: Browser) -> None:
    page_of(robin.get(INVITE))
    form = GRACE | {"/lead": "yes", "/conflicts": "Mercy\r\n\r\n Harbor \r\nMercy"}
    shown = robin.post(INVITE, form)
    assert (shown.status, shown.location) == (303, f"{REGISTER}?done=invited")
    (kept,) = [item for item in robin.ports.rounds.reviewers() if item.name == "Grace Okoro"]
    assert (kept.email, kept.tracks, kept.programs) == ("grace@panel4.example", (RESIDENCY,), ())
    assert (kept.lead, kept.active, kept.conflicts) == (True, True, ("Mercy", "Harbor"))
    assert kept.id in robin.ports.directory.groups["reviewers"]
    assert "The invitation is on its way." in robin.get(shown.location).body


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, ["Enter a name.", "Enter an e-mail address."]),
        (GRACE | {"/email": "grace"}, ["Enter an e-mail address, such as name@example.org."]),
        (GRACE | {"/name": "x" * 5_000}, ["Enter a name of at most 200 characters."]),
        (GRACE | {"/organization": "x" * 5_000}, ["Enter at most 200 characters."]),
        (
            GRACE | {"/conflicts": "x" * 5_000},
            ["Enter at most 200 organizations, each of at most 200 characters."],
        ),
        (GRACE | {"/tracks": "nothing"}, ["There is no track 'nothing'."]),
        (GRACE | {"/tracks": "NO KEY"}, ["Choose what the list offers."]),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told(
    robin: Browser, form: dict[str, str], said: list[str]
) -> None:
    assert errors(page_of(robin.post(INVITE, form), 422)) == said
    assert len(robin.ports.rounds.reviewers()) == 3
    assert robin.ports.directory.groups["reviewers"] == set()


def test_a_double_click_invites_once(robin: Browser) -> None:
    robin.post(INVITE, GRACE)
    (said,) = errors(page_of(robin.post(INVITE, GRACE), 422))
    assert said.startswith("There is a reviewer with this address already")
    assert len(robin.ports.rounds.reviewers()) == 4


def test_an_entry_is_changed(robin: Browser) -> None:
    entry = f"{REGISTER}/entries/reviewer-3"
    markup = page_of(robin.get(entry))
    checked = {
        (e.attributes["name"], e.attributes["value"])
        for e in markup.all("input")
        if "checked" in e.attributes
    }
    assert checked == {("/lead", "no"), ("/active", "no")}
    assert markup.one("textarea").text.strip() == "Mercy Medical Center"
    form = {"/name": "Tomás Rey Sol", "/tracks": RESIDENCY, "/active": "yes"}
    assert robin.post(entry, form).location == f"{REGISTER}?done=changed"
    kept = robin.ports.rounds.reviewer("reviewer-3")
    assert (kept.name, kept.tracks, kept.active) == ("Tomás Rey Sol", (RESIDENCY,), True)
    assert (kept.organization, kept.conflicts) == ("", ())
    assert errors(page_of(robin.post(entry, {"/name": " "}), 422)) == ["Enter a name."]


def test_reviews_of_who_no_longer_takes_part_go_to_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = make_round()
    robin = browser_of(monkeypatch, ports, "staff")
    form = {"/name": "Reviewer 1", "/active": "no"}
    robin.post(f"{REGISTER}/entries/reviewer-1", form)
    assert ports.applications.open_reviews(["reviewer-1", "reviewer-3"]) == {
        "reviewer-1": 0,
        "reviewer-3": 1,
    }


def test_programs_are_asked_for_where_there_are_several(robin: Browser) -> None:
    assert 'name="/programs"' not in robin.get(INVITE).body
    robin.ports.rounds.given(make_program(key="second", name="Second round"))
    assert "Second round" in words(page_of(robin.get(INVITE)).one("main"))
    robin.post(INVITE, GRACE | {"/programs": "second", "/tracks": ""})
    (kept,) = [item for item in robin.ports.rounds.reviewers() if item.name == "Grace Okoro"]
    assert kept.programs == ("second",)


@pytest.mark.parametrize("name", ["nobody", "x" * 3_000])
def test_an_unknown_reviewer_is_not_found(robin: Browser, name: str) -> None:
    assert robin.get(f"{REGISTER}/entries/{name}").status == 404
    assert robin.post(f"{REGISTER}/entries/{name}", {"/name": "X"}).status == 404


@pytest.mark.parametrize("path", [INVITE, f"{REGISTER}/entries/reviewer-3"])
def test_forms_from_elsewhere_change_nothing(robin: Browser, path: str) -> None:
    before = robin.ports.rounds.reviewers()
    assert robin.post(path, GRACE, origin="https://evil.example").status == 403
    assert robin.post(path, GRACE, sec_fetch_site="cross-site").status == 403
    assert robin.post(path, GRACE, token=False).status != 303
    assert robin.ports.rounds.reviewers() == before


def test_hostile_words_stay_words(robin: Browser) -> None:
    hostile = {"name": HOSTILE, "organization": HOSTILE, "conflicts": (HOSTILE,)}
    robin.ports.rounds.keep_reviewer(make_reviewer(7, **hostile))
    assert words(page_of(robin.get(REGISTER)).one("main")).count(HOSTILE) == 2
    page_of(robin.get(f"{REGISTER}/entries/reviewer-7"))
