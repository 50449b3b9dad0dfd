"""The languages, and the one that is spoken now."""

from pathlib import Path

import pytest

from roundtable.texts.catalogs import Texts
from roundtable.texts.languages import direction, language, speaking


def test_english_is_spoken_unless_another_language_is() -> None:
    assert language() == "en"
    with speaking("es"):
        assert language() == "es"
    assert language() == "en"


def test_function_can_be_said_in_one_language_whatever_is_spoken() -> None:
    spoken = speaking("en")(language)
    with speaking("es"):
        assert spoken() == spoken() == "en"
        assert language() == "es"


def test_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(ValueError, match="do not speak 'fr'"), speaking("fr"):
        pass


def test_direction_is_that_of_the_script() -> None:
    assert (direction("es"), direction("fa")) == ("ltr", "rtl")


def test_catalog_that_was_not_compiled_is_missed(tmp_path: Path) -> None:
    texts = Texts("nothing", tmp_path)
    assert texts.gettext("Back") == "Back"
    with speaking("es"), pytest.raises(FileNotFoundError):
        texts.gettext("Back")
