import pytest

from roundtable.web.pages import texts
from roundtable.web.pages.texts import direction, gettext, language, speaking


def test_text_is_english_unless_another_language_is_spoken() -> None:
    assert (language(), gettext("Back")) == ("en", "Back")


def test_text_is_given_in_the_language_spoken() -> None:
    with speaking("es"):
        assert (language(), gettext("Back")) == ("es", "Volver")
        with speaking("en"):
            assert gettext("Back") == "Back"
        assert gettext("Back") == "Volver"
    assert gettext("Back") == "Back"


def test_language_ends_with_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), speaking("es"):
        _ = 1 / 0
    assert language() == "en"


def test_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(ValueError, match="do not speak 'fr'"), speaking("fr"):
        pass


def test_direction_is_that_of_the_script() -> None:
    assert (direction("es"), direction("ar")) == ("ltr", "rtl")


def test_plural_follows_the_number() -> None:
    assert texts.ngettext("one team", "many teams", 2) == "many teams"
