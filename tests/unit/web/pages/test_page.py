import pytest
from jinja2 import UndefinedError

from roundtable.web.pages.environment import environment
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.layout import Banner, Layout, Link, Organizer
from roundtable.web.pages.page import is_own_path, page, render, see_other
from roundtable.web.pages.texts import speaking
from tests.unit.web.pages.markup import Markup, parsed

HOSTILE = '"><script>alert(1)</script>'


def make_layout(**more: object) -> Layout:
    return Layout.model_validate({"title": "Your team", "program": "Pursuing Equity", **more})


def drawn(**more: object) -> Markup:
    return parsed(render("layout.html", make_layout(**more)))


def test_title_names_page_program_and_system() -> None:
    assert (
        drawn().one("title").text == "Your team \N{EN DASH} Pursuing Equity \N{EN DASH} Roundtable"
    )
    assert drawn(program="").one("title").text == "Your team \N{EN DASH} Roundtable"


def test_title_begins_with_error_where_something_is_wrong() -> None:
    wrong = (SummaryError(text="Enter a name.", href="#field-name"),)
    markup = drawn(errors=wrong)
    assert (
        markup.one("title").text
        == "Error: Your team \N{EN DASH} Pursuing Equity \N{EN DASH} Roundtable"
    )
    link = next(e for e in markup.all("a") if e.attributes["href"] == "#field-name")
    assert link.text.strip() == "Enter a name."


def test_page_says_its_language_and_direction() -> None:
    with speaking("es"):
        markup = drawn(back="/")
    html = markup.one("html").attributes
    assert (html["lang"], html["dir"]) == ("es", "ltr")
    assert "Volver" in {e.text for e in markup.all("a")}


def test_page_begins_with_the_way_to_its_content() -> None:
    markup = drawn()
    assert markup.all("a")[0].attributes["href"] == "#main"
    assert markup.one("main").attributes["id"] == "main"


def test_page_has_nothing_that_the_policy_forbids() -> None:
    markup = drawn(
        signed_in_as="ada", sign_out="/sign-out", csrf="t", errors=(SummaryError(text="x"),)
    )
    assert all(e.attributes.get("src") and not e.text for e in markup.all("script"))
    assert markup.all("style") == []
    names = {name for e in markup.elements for name in e.attributes}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    addresses = [e.attributes.get("src") or e.attributes.get("href") or "" for e in markup.elements]
    assert not [a for a in addresses if a.startswith(("http:", "https:", "//"))]


def test_page_offers_the_other_languages_by_their_own_names() -> None:
    buttons = [
        e for e in drawn(path="/apply").all("button") if e.attributes.get("name") == "language"
    ]
    assert [(e.text, e.attributes["value"], e.attributes["lang"]) for e in buttons] == [
        ("Español", "es", "es")
    ]


def test_sign_out_is_a_form_with_a_token() -> None:
    markup = drawn(signed_in_as="ada@stmary.example", sign_out="/sign-out", csrf="token")
    form = next(e for e in markup.all("form") if e.attributes["action"] == "/sign-out")
    assert form.attributes["method"] == "post"
    assert "ada@stmary.example" in form.text
    assert {"type": "hidden", "name": "csrf", "value": "token"} in [
        e.attributes for e in markup.all("input")
    ]


def test_footer_says_whom_to_ask() -> None:
    markup = drawn(organizer=Organizer(name="IHI", email="ask@ihi.example"))
    assert "mailto:ask@ihi.example" in {e.attributes["href"] for e in markup.all("a")}


def test_navigation_marks_where_one_is() -> None:
    links = (Link(text="Now", href="/now", current=True), Link(text="Lists", href="/lists"))
    found = {e.text: e.attributes.get("aria-current") for e in drawn(navigation=links).all("a")}
    assert (found["Now"], found["Lists"]) == ("page", None)


def test_texts_of_people_are_escaped_everywhere() -> None:
    markup = drawn(
        title=HOSTILE, program=HOSTILE, signed_in_as=HOSTILE, sign_out="/out", csrf=HOSTILE,
        organizer=Organizer(name=HOSTILE, email=HOSTILE), banner=Banner(text=HOSTILE),
        errors=(SummaryError(text=HOSTILE, href="#a"),), path=HOSTILE, back="/",
        navigation=(Link(text=HOSTILE, href=HOSTILE),),
    )  # fmt: skip
    assert {e.attributes.get("type") for e in markup.all("script")} == {"module"}
    assert (
        markup.one("title").text == f"Error: {HOSTILE} \N{EN DASH} {HOSTILE} \N{EN DASH} Roundtable"
    )


def test_banner_of_something_done_is_announced() -> None:
    done = drawn(banner=Banner(text="Saved.", success=True))
    note = drawn(banner=Banner(text="Closed."))
    assert [e.attributes["role"] for e in done.elements if e.attributes.get("role") == "alert"]
    assert [e.attributes["role"] for e in note.elements if e.attributes.get("role") == "region"]


def test_page_is_for_search_engines_only_when_it_says_so() -> None:
    def robots(markup: Markup) -> list[str | None]:
        metas = markup.all("meta")
        return [e.attributes["content"] for e in metas if e.attributes.get("name") == "robots"]

    assert robots(drawn()) == ["noindex"]
    assert robots(drawn(indexed=True)) == []


def test_answer_is_html_that_is_compressed_and_not_stored() -> None:
    answer = page("layout.html", make_layout(), status=422)
    assert (answer.status_code, answer.content_type) == (422, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Language"] == "en"
    assert answer.compress


def test_fact_that_was_not_given_is_an_error() -> None:
    template = environment().from_string("{{ forgotten }}")
    with pytest.raises(UndefinedError, match="'forgotten' is undefined"):
        template.render()


def test_after_a_form_the_browser_is_sent_on() -> None:
    answer = see_other("/apply?saved=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply?saved=1")
    with pytest.raises(ValueError, match="only paths"):
        see_other("https://evil.example")


@pytest.mark.parametrize(
    "path",
    ["", "apply", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y",
     "/\t/evil.example", "/ä", "\\/evil.example"],
)  # fmt: skip
def test_address_of_another_site_is_no_own_path(path: str) -> None:
    assert not is_own_path(path)


def test_own_path_is_one() -> None:
    assert is_own_path("/")
    assert is_own_path("/programs/pursuing-equity/apply?step=2#field-a")
