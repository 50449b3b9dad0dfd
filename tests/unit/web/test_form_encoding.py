from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from roundtable.web.form_encoding import unflatten


def test_names_become_objects_and_lists() -> None:
    text = (
        "tracks=a&organization.name=St.+Mary%27s&team.0.name=Ada&team.1.name=Ben&team.10.name=Cleo"
        "&team.2.name=Dee&answers.why=because&answers.which=x&answers.which=y&attestations.c=yes"
    )
    assert unflatten(parse_qsl(text)) == {
        "tracks": ["a"],
        "organization": {"name": "St. Mary's"},
        "team": [{"name": "Ada"}, {"name": "Ben"}, {"name": "Dee"}, {"name": "Cleo"}],
        "answers": {"why": "because", "which": ["x", "y"]},
        "attestations": {"c": ["yes"]},
    }


def test_lists_may_be_repeated_or_numbered() -> None:
    assert unflatten([("tracks", "a"), ("tracks", "b")]) == {"tracks": ["a", "b"]}
    assert unflatten([("tracks.0", "a"), ("tracks.1", "b")]) == {"tracks": ["a", "b"]}


def test_empty_fields_were_not_filled_in() -> None:
    assert unflatten([("second_contact.name", ""), ("second_contact.email", "  ")]) == {}


def test_value_and_object_of_one_name_are_both_kept() -> None:
    assert unflatten([("a", "1"), ("a.b", "2")]) == {"a": {"0": "1", "b": "2"}}
    assert unflatten([("a.b", "2"), ("a", "1")]) == {"a": {"b": "2", "1": "1"}}


@given(st.lists(st.tuples(st.text(alphabet="ab01.", max_size=8), st.text(max_size=4))))
def test_nothing_sent_breaks_it(pairs: list[tuple[str, str]]) -> None:
    assert isinstance(unflatten(pairs), dict)
