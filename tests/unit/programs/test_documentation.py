"""docs/add-a-program.md names everything that a program file may hold."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from roundtable.domain import program
from roundtable.domain.notices import NoticeKind

TEXT = (Path(__file__).parents[3] / "docs" / "add-a-program.md").read_text(encoding="utf-8")
FIELDS = sorted(
    {
        name
        for item in vars(program).values()
        if isinstance(item, type) and issubclass(item, BaseModel)
        for name in item.model_fields
    }
)


@pytest.mark.parametrize("word", [*FIELDS, *(kind.value for kind in NoticeKind)])
def test_documentation_names_every_field_and_notice(word: str) -> None:
    assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", TEXT) is not None


@pytest.mark.parametrize("name", [*program.FOLLOWS_NEWEST, *program.TRACK_FOLLOWS_NEWEST])
def test_documentation_names_what_follows_the_newest_version(name: str) -> None:
    section = TEXT.partition("## Change it while the round is open")[2]
    assert f"`{name}`" in section
