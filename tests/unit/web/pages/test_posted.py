import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.web.pages.posted import posted


def test_form_gives_values_by_name() -> None:
    form = posted({"/tracks": ["a", "b"], "/organization/name": " St. Mary ", "csrf": "t"})
    assert form.one("/organization/name") == "St. Mary"
    assert form.all("/tracks") == ("a", "b")
    assert (form.one("csrf"), form.one("/missing"), form.all("/missing")) == ("t", "", ())


def test_form_is_the_object_that_its_pointers_describe() -> None:
    form = posted(
        {
            "csrf": "t",
            "/organization/name": "St. Mary",
            "/tracks": "a",
            "/team/10/name": "Cy",
            "/team/2/name": "Bo",
            "/answers/why~1now~0": "because",
        }
    )
    assert form.tree(lists=["/tracks"]) == {
        "organization": {"name": "St. Mary"},
        "tracks": ["a"],
        "team": [{"name": "Bo"}, {"name": "Cy"}],
        "answers": {"why/now~": "because"},
    }


def test_name_of_a_value_and_an_object_is_the_object() -> None:
    expected = {"a": {"b": "2"}}
    assert posted({"/a": "1", "/a/b": "2"}).tree() == expected
    assert posted({"/a/b": "2", "/a": "1"}).tree() == expected


@pytest.mark.parametrize("body", [None, [], "text", {"/a": 1, "/b": None, "/c": {"d": "e"}}])
def test_body_that_no_page_sends_is_an_empty_form(body: object) -> None:
    assert posted(body).fields == {}


NAMES = st.lists(st.sampled_from(["a", "b", "0", "1", "", "~", "²"]), max_size=6).map("/".join)


@given(st.dictionaries(NAMES.map("/{}".format), st.lists(st.text(), min_size=1, max_size=3)))
def test_form_of_any_names_is_read(body: dict[str, list[str]]) -> None:
    tree = posted(body).tree()
    assert set(map(str, tree)) == {name.split("/")[1] for name in body}
