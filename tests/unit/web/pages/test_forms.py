import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.web.pages.fields import Field, Kind, Option
from roundtable.web.pages.forms import (
    field_of,
    fields_of,
    hidden_csrf,
    link_button,
    submit_button,
)
from roundtable.web.pages.texts import speaking
from tests.unit.web.pages.markup import parsed

KINDS: tuple[Kind, ...] = (
    "text", "email", "tel", "url", "number", "code", "long", "one", "some", "list", "file",
)  # fmt: skip
OPTIONS = (
    Option(value="a", label="First", hint="The first one"),
    Option(value="b", label="Second"),
)


def make_field(kind: Kind, **more: object) -> Field:
    given = {"name": "/answers/why", "label": "Why?", "kind": kind, "options": OPTIONS, **more}
    return Field.model_validate(given)


@pytest.mark.parametrize("kind", KINDS)
def test_field_has_its_name_and_a_label(kind: Kind) -> None:
    markup = parsed(field_of(make_field(kind)))
    controls = [e for e in markup.elements if e.attributes.get("name")]
    labelled = {e.attributes.get("for") for e in markup.all("label")}
    assert {e.attributes["name"] for e in controls} == {"/answers/why"}
    assert {e.attributes["id"] for e in controls} == labelled
    assert controls[0].attributes["id"] == "field-answers_why"
    assert any("Why?" in e.text for e in (*markup.all("label"), *markup.all("legend")))


@pytest.mark.parametrize("kind", KINDS)
def test_field_is_described_by_its_hint_and_error(kind: Kind) -> None:
    markup = parsed(field_of(make_field(kind, hint="In short.", error="Say why.")))
    ids = {e.attributes.get("id"): e.text for e in markup.elements}
    described = next(
        words for e in markup.elements
        if (words := e.attributes.get("aria-describedby")) and "field-answers_why-error" in words
    )  # fmt: skip
    assert ids["field-answers_why-hint"].strip() == "In short."
    assert ids["field-answers_why-error"].split() == ["Error:", "Say", "why."]
    assert {"field-answers_why-hint", "field-answers_why-error"} <= set(described.split())


@pytest.mark.parametrize("kind", KINDS)
def test_disabled_field_cannot_be_changed(kind: Kind) -> None:
    markup = parsed(field_of(make_field(kind, disabled=True)))
    controls = [e for e in markup.elements if e.attributes.get("name")]
    assert all("disabled" in e.attributes for e in controls)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=60), kind=st.sampled_from(KINDS))
def test_texts_of_people_are_never_markup(text: str, kind: Kind) -> None:
    plain = field_of(make_field(kind, label="x", hint="x", error="x", values=("x",)))
    option = Option(value=text, label=text, hint=text)
    field = make_field(
        kind, label=text, hint=text, error=text, values=(text,), options=(option, option)
    )
    drawn = parsed(field_of(field))
    assert [e.tag for e in drawn.elements if e.tag in {"script", "b"}] == []
    if kind not in {"one", "some", "list"}:
        assert [e.tag for e in drawn.elements] == [e.tag for e in parsed(plain).elements]


HTML_TEXT = st.text(
    st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), min_size=1, max_size=80
)


@settings(max_examples=60, deadline=None)
@given(text=HTML_TEXT, max_words=st.sampled_from([None, 20]))
def test_text_area_holds_exactly_what_was_written(text: str, max_words: int | None) -> None:
    field = make_field("long", values=(text,), max_words=max_words)
    assert parsed(field_of(field)).one("textarea").text == text


@settings(max_examples=60, deadline=None)
@given(text=HTML_TEXT)
def test_input_holds_exactly_what_was_written(text: str) -> None:
    drawn = parsed(field_of(make_field("text", values=(text,))))
    assert drawn.one("input").attributes["value"] == text


def test_chosen_options_are_marked() -> None:
    for kind in ("one", "some"):
        inputs = parsed(field_of(make_field(kind, values=("b",)))).all("input")
        assert ["checked" in e.attributes for e in inputs] == [False, True]
    options = parsed(field_of(make_field("list", values=("b",)))).all("option")
    assert [(e.attributes["value"], "selected" in e.attributes) for e in options] == [
        ("", False), ("a", False), ("b", True),
    ]  # fmt: skip


def test_drop_down_begins_with_nothing_chosen() -> None:
    first = parsed(field_of(make_field("list"))).all("option")[0]
    assert (first.text, "selected" in first.attributes) == ("Please choose", True)


def test_code_is_filled_in_from_the_message() -> None:
    attributes = parsed(field_of(make_field("code"))).one("input").attributes
    assert (attributes["autocomplete"], attributes["inputmode"]) == ("one-time-code", "numeric")
    assert attributes["type"] == "text"


def test_limit_is_told_and_not_enforced() -> None:
    markup = parsed(field_of(make_field("long", max_words=150)))
    area = markup.one("textarea")
    assert "maxlength" not in area.attributes
    assert area.attributes["data-count-type"] == "words"
    assert "You can write up to 150 words" in {e.text.strip() for e in markup.elements}


def test_limit_of_characters_is_told() -> None:
    markup = parsed(field_of(make_field("long", max_length=200)))
    assert "You can write up to 200 characters" in {e.text.strip() for e in markup.elements}


def test_limit_is_told_in_spanish() -> None:
    with speaking("es"):
        drawn = field_of(make_field("long", max_words=150))
    assert "Puede escribir hasta 150 palabras" in drawn
    assert "Le quedan %{count} palabras" in drawn


def test_optional_field_says_so() -> None:
    assert "Why? (optional)" in field_of(make_field("text", optional=True))


def test_label_can_be_the_heading() -> None:
    assert parsed(field_of(make_field("text", is_heading=True))).one("h1").text.strip() == "Why?"
    assert parsed(field_of(make_field("one", is_heading=True))).one("h1").text.strip() == "Why?"


def test_two_short_answers_stand_in_a_row() -> None:
    yes_no = (Option(value="yes", label="Yes"), Option(value="no", label="No"))
    assert "govuk-radios--inline" in field_of(make_field("one", options=yes_no))
    assert "govuk-radios--inline" not in field_of(make_field("one"))


def test_file_field_names_the_types_it_takes() -> None:
    attributes = parsed(field_of(make_field("file", accept=".pdf"))).one("input").attributes
    assert (attributes["type"], attributes["accept"]) == ("file", ".pdf")


def test_fields_are_drawn_in_their_order() -> None:
    drawn = parsed(fields_of([make_field("text"), make_field("long", name="/b")]))
    assert [e.attributes["name"] for e in drawn.elements if "name" in e.attributes] == [
        "/answers/why", "/b",
    ]  # fmt: skip


def test_token_is_hidden_and_escaped() -> None:
    assert hidden_csrf('"><b>') == '<input type="hidden" name="csrf" value="&#34;&gt;&lt;b&gt;">'


def test_button_sends_once() -> None:
    button = parsed(submit_button("Save", "secondary", name="later", value="yes")).one("button")
    assert button.text.strip() == "Save"
    assert button.attributes == {
        "type": "submit",
        "name": "later",
        "value": "yes",
        "data-prevent-double-click": "true",
        "class": "govuk-button govuk-button--secondary",
        "data-module": "govuk-button",
    }


def test_link_button_is_a_link() -> None:
    link = parsed(link_button("Go on", "/next?a=1&b=2")).one("a")
    assert (link.text.strip(), link.attributes["href"]) == ("Go on", "/next?a=1&b=2")
