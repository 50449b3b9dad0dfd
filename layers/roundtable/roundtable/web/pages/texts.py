"""The pages' texts in the visitor's language."""

from pathlib import Path

from roundtable.texts.catalogs import Texts
from roundtable.texts.languages import LANGUAGES, SOURCE_LANGUAGE, direction, language, speaking

__all__ = [
    "LANGUAGES",
    "SOURCE_LANGUAGE",
    "TEXTS",
    "direction",
    "gettext",
    "language",
    "ngettext",
    "speaking",
]

TEXTS = Texts("pages", Path(__file__).parent / "locale")
gettext = TEXTS.gettext
ngettext = TEXTS.ngettext
