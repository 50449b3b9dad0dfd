import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.web.pages.posted import posted


def test_form_gives_values_by_name() -> None:
    form = posted({"/tracks": ["a", "b"], "/organization/name": " St. Mary ", "csrf": "t"})
    assert form.one("/organization/name") == "St. Mary"
    assert form.all("/tracks") == ("a", "b")
    assert (form.one("csrf"), form.one("/missing"), form.all("/missing")) == ("t", "", ())


@pytest.mark.parametrize("body", [None, [], "text", {"/a": 1, "/b": None, "/c": {"d": "e"}}])
def test_body_that_no_page_sends_is_an_empty_form(body: object) -> None:
    assert posted(body).fields == {}


@given(st.dictionaries(st.text(), st.lists(st.text(), min_size=1, max_size=3)))
def test_form_of_any_names_is_read(body: dict[str, list[str]]) -> None:
    form = posted(body)
    assert {name: list(form.all(name)) for name in body} == body
