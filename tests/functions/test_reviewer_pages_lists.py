"""What waits for reviewers, what became of their reviews, and their conflicts of interest."""

from datetime import timedelta

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.stages import ClosedAs, Stage
from tests.factories import APPLICATION, NOW, make_id, make_outcome, make_reviewer
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, browser_of
from tests.functions.public_pages import assert_calm, marked, texts
from tests.functions.reviewing_world import (
    REVIEW,
    TRACK,
    equity_application,
    equity_review,
    equity_round,
    given_one,
)
from tests.unit.web.pages.markup import Markup, parsed


@pytest.fixture
def ports() -> FakePorts:
    return equity_round()


@pytest.fixture
def robin(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Browser:
    """Let the first reviewer be at the pages."""
    return browser_of(monkeypatch, ports, "reviewers", subject="reviewer-1")


def opened(robin: Browser, path: str) -> Markup:
    shown = robin.get(path)
    assert shown.status == 200, shown.body
    markup = parsed(shown.body)
    assert_calm(markup)
    return markup


def decided(decision: Decision, **overrides: object) -> dict[str, object]:
    outcome = make_outcome(decision, track=TRACK.key)
    return {"outcomes": (outcome,), "answered_on": NOW} | overrides


# --- the queue ---------------------------------------------------------------------------------


def test_queue_says_what_waits_by_due_date(robin: Browser, ports: FakePorts) -> None:
    begun = equity_review(
        application=make_id(2), due_at=NOW + timedelta(days=1), scores={"radical-hope": 3}
    )
    ports.applications.given(equity_application(number=2, findings=()), reviews=[begun])
    markup = opened(robin, "/reviewer")
    assert [
        e.attributes["href"] for e in markup.all("a") if "applications" in str(e.attributes)
    ] == [
        f"/reviewer/applications/{make_id(2)}",
        REVIEW,
    ]
    assert marked(markup, "govuk-tag") == [
        "1 day left", "Draft begun",
        "8 days left", "1 to look at", "1 check passed", "Not begun",
    ]  # fmt: skip


def test_queue_is_paged(robin: Browser, ports: FakePorts) -> None:
    for number in range(2, 28):
        review = equity_review(application=make_id(number), due_at=NOW + timedelta(hours=number))
        ports.applications.given(equity_application(number=number), reviews=[review])
    first = opened(robin, "/reviewer")
    assert len(first.all("h2")) == 25
    (following,) = [e for e in first.all("a") if "Next page" in e.text]
    last = opened(robin, following.attributes["href"] or "")
    assert len(last.all("h2")) == 2
    assert "Back to the beginning of the list" in texts(last, "a")


def test_empty_queue_says_so(robin: Browser, ports: FakePorts) -> None:
    ports.applications.given(equity_application(Stage.DECIDING))
    assert "Nothing waits for your review." in texts(opened(robin, "/reviewer"), "p")


def test_cursor_of_no_list_is_refused(robin: Browser) -> None:
    for path in ("/reviewer", "/reviewer/past"):
        assert robin.get(f"{path}?after=nonsense").status == 422


# --- what became of reviews --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "overrides", "tag", "sentence"),
    [
        (Stage.DECIDING, {}, "Not decided yet", "Nothing is decided yet."),
        (Stage.ANNOUNCING, decided(Decision.ACCEPTED, answered_on=None), "Decided, not told yet",
         "It is decided. You find the outcome here once the team has been told, so that the team "
         "hears it first."),
        (Stage.OFFER, decided(Decision.ACCEPTED), "Accepted",
         "The team was accepted for this track."),
        (Stage.WAITLIST, decided(Decision.WAITLISTED), "On the waitlist",
         "The team is on the waitlist of this track."),
        (Stage.CLOSED, decided(Decision.NOT_SELECTED, closed_as=ClosedAs.NOT_SELECTED),
         "Not selected", "The team was not selected for this track."),
        (Stage.CLOSED, decided(Decision.ACCEPTED, closed_as=ClosedAs.ENROLLED), "Accepted",
         "The team was accepted for this track. It takes part."),
        (Stage.CLOSED, {"outcomes": (), "answered_on": None, "closed_as": ClosedAs.WITHDRAWN},
         "Ended", "The application ended without a decision about this track. "
         "The applicant withdrew."),
    ],
)  # fmt: skip
def test_outcome_is_told_once_the_team_knows_it(
    robin: Browser,
    ports: FakePorts,
    stage: Stage,
    overrides: dict[str, object],
    tag: str,
    sentence: str,
) -> None:
    given_one(ports, 5, stage, **overrides)
    assert marked(opened(robin, "/reviewer/past"), "govuk-tag") == ["Approve", tag]
    markup = opened(robin, f"/reviewer/past/{make_id(5)}")
    assert marked(markup, "govuk-tag")[0] == tag
    (told,) = [text for text in texts(markup, "p") if text.startswith(sentence)]
    assert told.endswith(".")


def test_past_reviews_are_the_newest_first_and_paged(robin: Browser, ports: FakePorts) -> None:
    for number in range(2, 29):
        given_one(ports, number)
    first = opened(robin, "/reviewer/past")
    references = marked(first, "rt-reference")
    assert (len(references), references[0], references[-1]) == (25, "FW-TEST-0028", "FW-TEST-0004")
    (following,) = [e for e in first.all("a") if "Next page" in e.text]
    last = opened(robin, following.attributes["href"] or "")
    assert marked(last, "rt-reference") == ["FW-TEST-0003", "FW-TEST-0002"]


def test_nothing_given_yet_says_so(robin: Browser) -> None:
    assert "You have not given a review yet." in texts(opened(robin, "/reviewer/past"), "p")


def test_what_a_conflict_keeps_away_is_not_in_the_past(robin: Browser, ports: FakePorts) -> None:
    given_one(ports, 5)
    ports.rounds.keep_reviewer(make_reviewer(1, conflicts=("Saint Marys Hospital",)))
    assert marked(opened(robin, "/reviewer/past"), "rt-task") == []


def test_application_that_waits_again_leads_to_its_review(robin: Browser, ports: FakePorts) -> None:
    returned = equity_review(
        status="released", recommendation="return", submitted_at=NOW,
        returns=({"requirement": "team-video", "reason": "There is no sound."},),
    )  # fmt: skip
    again = equity_review(round=2, assigned_at=NOW + timedelta(days=1))
    ports.applications.given(equity_application(review_round=2), reviews=[returned, again])
    markup = opened(robin, f"/reviewer/past/{APPLICATION}")
    assert marked(markup, "govuk-inset-text") == [
        "A review of this application waits for you. Go to the review"
    ]
    assert marked(markup, "rt-said__words") == ["There is no sound."]


# --- conflicts ---------------------------------------------------------------------------------


def test_stepping_back_says_what_it_means_and_takes_the_application_away(
    robin: Browser, ports: FakePorts
) -> None:
    asked = opened(robin, f"{REVIEW}/recusal")
    assert texts(asked, "h1") == ["Step back from reviewing St. Mary's Hospital"]
    assert "your scores and notes do not count," in texts(asked, "li")
    shown = robin.post(f"{REVIEW}/recusal", {"/reason": "I advised them.", "/declare": "yes"})
    assert (shown.status, shown.location) == (303, "/reviewer?done=stepped-back")
    queue = opened(robin, shown.location)
    assert marked(queue, "govuk-notification-banner__heading")[0].startswith("You stepped back.")
    assert marked(queue, "rt-task") == []
    assert ports.rounds.reviewer("reviewer-1").conflicts == ("St. Mary's Hospital",)
    for path in (REVIEW, f"/reviewer/past/{APPLICATION}", f"{REVIEW}/recusal"):
        gone = robin.get(path)
        assert gone.status == 404
        assert "You stepped back from this application" in gone.body
    again = robin.post(f"{REVIEW}/recusal", {"/reason": "I advised them."})
    assert (again.status, "You stepped back from this application" in again.body) == (404, True)


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("", "Say in a few words why you step back."),
        ("z" * 5_000, "Shorten this to 200 characters; it has 5000."),
    ],
)
def test_stepping_back_asks_for_a_reason(
    robin: Browser, ports: FakePorts, reason: str, problem: str
) -> None:
    shown = robin.post(f"{REVIEW}/recusal", {"/reason": reason, "/declare": "yes"})
    assert shown.status == 422
    markup = parsed(shown.body)
    (link,) = [e for e in markup.all("a") if e.attributes["href"] == "#field-reason"]
    assert link.text == problem
    assert [e for e in markup.all("input") if "checked" in e.attributes]
    assert ports.applications.commits == []


def test_stepping_back_after_the_decision_leads_to_what_became(
    robin: Browser, ports: FakePorts
) -> None:
    ports.applications.given(equity_application(Stage.OFFER, review_round=1))
    shown = robin.post(f"{REVIEW}/recusal", {"/reason": "I advised them."})
    assert (shown.status, shown.location) == (303, f"/reviewer/past/{APPLICATION}")


def test_declaring_a_conflict_ends_open_reviews_and_is_listed(
    robin: Browser, ports: FakePorts
) -> None:
    assert "Nothing yet." in texts(opened(robin, "/reviewer/conflicts"), "p")
    shown = robin.post("/reviewer/conflicts", {"/organization": "  Saint  Marys Hospital "})
    assert (shown.status, shown.location) == (303, "/reviewer/conflicts?done=1")
    markup = opened(robin, shown.location)
    assert marked(markup, "govuk-notification-banner__heading") == [
        "The organization is kept as a conflict. 1 open review of it goes to somebody else."
    ]
    assert "Saint Marys Hospital" in texts(markup, "li")
    again = robin.post("/reviewer/conflicts", {"/organization": "Saint Marys Hospital"})
    assert again.location == "/reviewer/conflicts?done=0"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "Enter the name of the organization."),
        ("z" * 5_000, "Shorten this to 200 characters; it has 5000."),
    ],
)
def test_conflict_needs_a_name(robin: Browser, name: str, problem: str) -> None:
    shown = robin.post("/reviewer/conflicts", {"/organization": name})
    assert (shown.status, f">{problem}<" in shown.body) == (422, True)


def test_more_conflicts_than_can_be_kept_are_refused(robin: Browser, ports: FakePorts) -> None:
    declared = tuple(f"Clinic {number}" for number in range(200))
    ports.rounds.keep_reviewer(make_reviewer(1, conflicts=declared))
    shown = robin.post("/reviewer/conflicts", {"/organization": "Harbor Clinics"})
    assert shown.status == 422
    assert "Name an organization; at most 200 can be kept." in shown.body


@pytest.mark.parametrize("done", ["", "x", "-1", "9" * 5_000])
def test_nothing_is_said_of_what_was_not_done(robin: Browser, done: str) -> None:
    markup = opened(robin, f"/reviewer/conflicts?done={done}")
    assert marked(markup, "govuk-notification-banner") == []
