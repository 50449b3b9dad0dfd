import base64
import json
from typing import cast

import pytest

from roundtable.adapters.table.keys import hashed
from roundtable.adapters.table.listings import Listing
from roundtable.adapters.table.table import Table

LISTING = Listing("stage", ("fellowship#review#0",))
NAME = hashed("stage", "fellowship#review#0", "")[:12]
NO_TABLE = cast(Table, None)
"""The table is not asked for what nobody was given."""


def cursor(content: str) -> str:
    return base64.urlsafe_b64encode(content.encode()).decode()


@pytest.mark.parametrize("after", ["\ud800", "2022\x00", "9" * 2_000, "é", 7, None])
def test_cursor_that_names_no_place_is_refused(after: object) -> None:
    made_up = cursor(json.dumps({"list": NAME, "after": after}))
    with pytest.raises(ValueError, match="the cursor is not one that this list gave out"):
        LISTING.page(NO_TABLE, 10, made_up)


def test_cursor_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="the cursor is not one that this list gave out"):
        LISTING.page(NO_TABLE, 10, cursor("[" * 50_000))


def test_place_behind_all_others_ends_the_list() -> None:
    assert LISTING.page(NO_TABLE, 10, cursor(json.dumps({"list": NAME, "after": "~~"}))) == (
        [],
        None,
    )
