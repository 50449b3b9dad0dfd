import pytest

from roundtable.ports import Conflict
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.errors import NotAllowed, NotNow, Refused, Stale, TooMany, Unknown
from roundtable.web.pages.error_pages import error_page
from roundtable.web.pages.guards import SentBefore
from roundtable.web.pages.posted import Posted
from roundtable.web.problems import TooLarge, problem_for
from tests.unit.web.pages.markup import parsed


def drawn(error: Exception, **headers: str) -> tuple[int, str, str]:
    """Return status, title and words of the page for an error."""
    problem, _ = problem_for(error, new_id=lambda: "17")
    answer = error_page(problem, {"headers": headers})
    markup = parsed(str(answer.body))
    paragraphs = " ".join(" ".join(e.text.split()) for e in markup.all("p"))
    return answer.status_code, markup.one("h1").text, paragraphs


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (Unknown("unknown-program", "x"), 404, "We do not have this program"),
        (Unknown("unknown", "x"), 404, "Page not found"),
        (TooMany("too-many-attempts", "x"), 429, "Please try again later"),
        (Conflict("x"), 503, "Please try again later"),
        (NotSignedIn("not-signed-in", "x"), 401, "Please sign in"),
        (NotAllowed("wrong-group", "x"), 403, "This page is not for your sign-in"),
        (NotAllowed("form-from-elsewhere", "x"), 403, "This did not come from our pages"),
        (SentBefore(Posted(fields={})), 409, "Please send it once more"),
        (Stale("stale", "x"), 412, "This was changed meanwhile"),
        (TooLarge("too-large", "x"), 413, "This is too long"),
        (RuntimeError("x"), 500, "Something went wrong here"),
    ],
)
def test_page_says_what_happened(error: Exception, status: int, title: str) -> None:
    assert drawn(error)[:2] == (status, title)


@pytest.mark.parametrize("error", [NotNow("closed", "The round is over."), Refused("x", "No.")])
def test_page_repeats_the_reason_of_a_refusal(error: Refused) -> None:
    assert error.sentence in drawn(error)[2]


def test_failure_is_told_by_its_number_alone() -> None:
    said = drawn(RuntimeError("ada@stmary.example"))[2]
    assert "tell us this number: 17" in said
    assert "ada" not in said


def test_page_speaks_the_visitors_language() -> None:
    error = Unknown("unknown-program", "x")
    assert drawn(error, **{"Accept-Language": "es"})[1] == "No tenemos este programa"
    assert drawn(error, cookie="__Host-language=es")[1] == "No tenemos este programa"
