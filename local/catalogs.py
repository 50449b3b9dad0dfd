"""The catalogs of pages and notices: `python -m local.catalogs` after a text was added or changed.

It reads the texts out of templates and modules, merges them into the `.po` of each language and
compiles these. Nothing is guessed: a new text waits in the catalog with an empty translation until
somebody writes it, and a test names it until then.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from roundtable.messages.texts import TEXTS as MESSAGES
from roundtable.texts.catalogs import Texts
from roundtable.texts.languages import LANGUAGES, SOURCE_LANGUAGE
from roundtable.web.pages.texts import TEXTS as PAGES

EVERY = (PAGES, MESSAGES)
_TEMPLATES = ("**/templates/**.html", "**/templates/**.txt")
_METHODS = [*((name, "jinja2.ext.babel_extract") for name in _TEMPLATES), ("**.py", "python")]
_OPTIONS = {name: {"trimmed": "true", "silent": "false"} for name in _TEMPLATES}
_NOT_KEPT = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Generated-By",
    )
)
"""Headers that change by themselves or say nothing here."""
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def main() -> None:
    """Bring the catalogs of all languages up to date and say what is missing."""
    for texts in EVERY:
        for language in LANGUAGES:
            if language != SOURCE_LANGUAGE:
                write(texts, language)


def write(texts: Texts, language: str) -> None:
    """Bring one catalog up to date and say what is missing."""
    catalog = merged(texts, language)
    path = po_path(texts, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog))
    path.with_suffix(".mo").write_bytes(as_mo(catalog))
    for message in missing(catalog):
        print(f"{texts.domain}, {language}: not translated: {message!r}")


def po_path(texts: Texts, language: str) -> Path:
    """Return where a language's catalog is kept."""
    return texts.locale / language / "LC_MESSAGES" / f"{texts.domain}.po"


def extracted(texts: Texts) -> Catalog:
    """Return all texts of the pages or of the notices, untranslated."""
    catalog = Catalog(project="Roundtable", fuzzy=False)
    found = extract_from_dir(
        texts.locale.parent, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translations",)
    )
    for file, line, message, comments, context in found:
        catalog.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def kept(texts: Texts, language: str) -> Catalog:
    """Return a language's catalog as it is kept; an empty one where there is none yet."""
    path = po_path(texts, language)
    if not path.exists():
        return Catalog(locale=language, project="Roundtable", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=texts.domain)


def merged(texts: Texts, language: str) -> Catalog:
    """Return a language's catalog with exactly the texts that there are now."""
    catalog = kept(texts, language)
    catalog.update(extracted(texts), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = (
        f"# The {texts.domain}' texts ({language}); kept by `python -m local.catalogs`."
    )
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Return the texts that have no translation, or one that nobody confirmed."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not all(_parts(message.string)))
    ]


def as_po(catalog: Catalog) -> bytes:
    """Return a catalog as text, the same for the same texts: no lines, no dates."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, no_location=True, omit_header=False, sort_output=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_NOT_KEPT)).encode()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalog as the functions read it; the same bytes for the same texts."""
    buffer = BytesIO()
    undated = read_po(BytesIO(as_po(catalog)), locale=catalog.locale)
    undated.creation_date = undated.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    write_mo(buffer, undated)
    return buffer.getvalue()


def _parts(string: object) -> tuple[str, ...]:
    several = cast("Sequence[object]", string) if isinstance(string, tuple | list) else (string,)
    return tuple(str(part or "") for part in several)


if __name__ == "__main__":
    main()
