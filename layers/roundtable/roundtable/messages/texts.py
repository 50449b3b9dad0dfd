"""The notices' texts in the language of who reads them."""

from pathlib import Path

from roundtable.texts.catalogs import Texts

TEXTS = Texts("messages", Path(__file__).parent / "locale")
gettext = TEXTS.gettext
ngettext = TEXTS.ngettext


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Return a text as it is: it is put into the catalogs here and translated when it is said."""
    return message
