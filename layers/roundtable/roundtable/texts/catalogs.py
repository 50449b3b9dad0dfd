"""Texts in the language spoken now, from gettext catalogs.

English is what templates and modules say themselves; `<locale>/<language>/LC_MESSAGES/<domain>.mo`
holds every other language, written by `python -m local.catalogs`.
"""

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

from roundtable.texts.languages import SOURCE_LANGUAGE, language


@dataclass(frozen=True)
class Texts:
    """The texts of one part of Roundtable: of its pages, or of its notices."""

    domain: str
    """Name of its catalogs."""
    locale: Path
    """The folder of its catalogs, beside the templates and modules that say the texts."""

    def gettext(self, message: str) -> str:
        """Return a text in the language spoken now."""
        return _catalog(self, language()).gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the text for a number of things in the language spoken now."""
        return _catalog(self, language()).ngettext(singular, plural, number)


@cache
def _catalog(texts: Texts, of: str) -> NullTranslations:
    """Return a language's catalog; FileNotFoundError where it was not compiled."""
    if of == SOURCE_LANGUAGE:
        return NullTranslations()
    return translation(texts.domain, texts.locale, [of])
