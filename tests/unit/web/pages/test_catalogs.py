"""Every text of pages and notices is translated; `python -m local.catalogs` writes the catalogs."""

import pytest

from local import catalogs
from roundtable.texts.catalogs import Texts
from roundtable.texts.languages import LANGUAGES, SOURCE_LANGUAGE

OTHERS = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})
KEPT = [(texts, language) for texts in catalogs.EVERY for language in OTHERS]

every_catalog = pytest.mark.parametrize(
    ("texts", "language"), KEPT, ids=[f"{texts.domain}-{language}" for texts, language in KEPT]
)


@every_catalog
def test_catalog_translates_every_text(texts: Texts, language: str) -> None:
    assert catalogs.missing(catalogs.merged(texts, language)) == []


@every_catalog
def test_catalog_is_as_it_is_written(texts: Texts, language: str) -> None:
    path = catalogs.po_path(texts, language)
    written = catalogs.as_po(catalogs.merged(texts, language))
    assert path.read_text("utf-8") == written.decode(), "run python -m local.catalogs"


@every_catalog
def test_compiled_catalog_is_made_of_the_kept_one(texts: Texts, language: str) -> None:
    path = catalogs.po_path(texts, language).with_suffix(".mo")
    made = catalogs.as_mo(catalogs.kept(texts, language))
    assert path.read_bytes() == made, "run python -m local.catalogs"


@every_catalog
def test_translation_keeps_the_places_of_values(texts: Texts, language: str) -> None:
    faulty = {
        str(message.id): [str(error) for error in errors]
        for message, errors in catalogs.kept(texts, language).check()
    }
    assert faulty == {}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (catalogs.PAGES, {"Skip to main content", "Please choose"}),
        (
            catalogs.MESSAGES,
            {
                "Hello,",
                "Monday",
                "%(program)s: your team is enrolled (%(reference)s)",
                "Still missing",
                "Your place is reserved. You do not need to do anything for now.",
            },
        ),
    ],
    ids=["pages", "messages"],
)
def test_extraction_finds_texts_of_templates_and_modules(texts: Texts, found: set[str]) -> None:
    assert found <= {str(message.id) for message in catalogs.extracted(texts)}
