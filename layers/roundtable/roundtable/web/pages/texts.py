"""The pages' texts in the visitor's language, from gettext catalogs.

English is what the templates and modules say themselves; `locale/<language>/LC_MESSAGES/pages.mo`
holds every other language, written by `python -m local.catalogs`.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "pages"
SOURCE_LANGUAGE = "en"
LANGUAGES = {"en": "English", "es": "Español"}
"""The languages that the pages speak, each by its own name."""

_WRITTEN_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})
_spoken: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Give texts in a language for the time being; ValueError where the pages do not speak it."""
    if language not in LANGUAGES:
        raise ValueError(f"the pages do not speak {language!r}")
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """Return the language in which texts are given now, such as `es`."""
    return _spoken.get()


def direction(of: str) -> str:
    """Return the direction in which a language is written, as HTML's `dir` has it."""
    return "rtl" if of in _WRITTEN_FROM_THE_RIGHT else "ltr"


def gettext(message: str) -> str:
    """Return a text in the language spoken now."""
    return _catalog(language()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the text for a number of things in the language spoken now."""
    return _catalog(language()).ngettext(singular, plural, number)


@cache
def _catalog(of: str) -> NullTranslations:
    """Return a language's catalog; FileNotFoundError where it was not compiled."""
    if of == SOURCE_LANGUAGE:
        return NullTranslations()
    return translation(DOMAIN, LOCALE, [of])
