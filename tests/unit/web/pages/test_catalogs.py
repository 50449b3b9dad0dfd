"""Every text of the pages is translated; `python -m local.catalogs` writes the catalogs."""

import pytest

from local import catalogs
from roundtable.web.pages.texts import LANGUAGES, SOURCE_LANGUAGE

OTHERS = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})


@pytest.mark.parametrize("language", OTHERS)
def test_catalog_translates_every_text(language: str) -> None:
    assert catalogs.missing(catalogs.merged(language)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_catalog_is_as_it_is_written(language: str) -> None:
    path = catalogs.po_path(language)
    written = catalogs.as_po(catalogs.merged(language))
    assert path.read_text("utf-8") == written.decode(), "run python -m local.catalogs"


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalog_is_made_of_the_kept_one(language: str) -> None:
    path = catalogs.po_path(language).with_suffix(".mo")
    made = catalogs.as_mo(catalogs.kept(language))
    assert path.read_bytes() == made, "run python -m local.catalogs"


@pytest.mark.parametrize("language", OTHERS)
def test_translation_keeps_the_places_of_values(language: str) -> None:
    faulty = {
        str(message.id): [str(error) for error in errors]
        for message, errors in catalogs.kept(language).check()
    }
    assert faulty == {}


def test_extraction_finds_texts_of_templates_and_modules() -> None:
    found = {str(message.id) for message in catalogs.extracted()}
    assert {"Skip to main content", "Please choose"} <= found
