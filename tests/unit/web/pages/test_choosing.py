import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.web.pages.choosing import preferred
from roundtable.web.pages.texts import LANGUAGES


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ES-mx", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr, es;q=0.5, en;q=0.4", "es"),
        ("fr", "en"),
        ("*, es;q=0.5", "en"),
        ("es;q=0, en;q=0.1", "en"),
        ("es;q=0", "en"),
        ("en;q=0.3, es;q=0.7", "es"),
        ("es;q=high, en;q=0.1", "en"),
        ("es;q=nan, en;q=0.1", "en"),
        ("es;q=2, en;q=0.1", "en"),
        ("es, en", "es"),
    ],
)
def test_language_is_what_the_browser_asks_for(accepted: str, language: str) -> None:
    assert preferred("", accepted) == language


def test_language_that_was_chosen_comes_first() -> None:
    assert preferred("es", "en") == "es"


def test_language_that_was_chosen_and_is_not_spoken_is_passed_over() -> None:
    assert preferred("tlh", "es") == "es"


@given(st.text(max_size=200), st.text(max_size=300))
def test_language_is_always_one_of_ours(chosen: str, accepted: str) -> None:
    assert preferred(chosen, accepted) in LANGUAGES
