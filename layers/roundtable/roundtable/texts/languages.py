"""Which languages there are, and the one that is spoken now."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

SOURCE_LANGUAGE = "en"
LANGUAGES = {"en": "English", "es": "Español"}
"""The languages that pages and notices speak, each by its own name."""

_WRITTEN_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})
_spoken: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Give texts in a language for the time being; ValueError for one that is not spoken here."""
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
