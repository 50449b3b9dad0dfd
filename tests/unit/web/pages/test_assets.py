import gzip
import re
from typing import Any, cast

import pytest

from roundtable.web.api import answer, make_site
from roundtable.web.pages import asset_routes, assets
from tests.browser.serving import Event
from tests.functions.members import Context

TEMPLATES = assets.FOLDER.parent / "templates"
_NAMED = re.compile(r'asset\("([^"]+)"\)')
FORBIDDEN = ("GDS Transport", "@font-face", "url(", "@import")
SITE = make_site("Assets", asset_routes.router)


def asked(path: str, accept: str) -> dict[str, Any]:
    event: Event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"accept-encoding": accept},
        "requestContext": {"stage": "$default", "http": {"method": "GET", "path": path}},
    }
    return answer(SITE, event, cast("Any", Context()), cast("Any", None))


def test_address_names_the_content() -> None:
    address = assets.address("roundtable.css")
    assert re.fullmatch(r"/static/roundtable-[0-9a-f]{12}\.css", address)
    assert assets.address("roundtable.css") == address


def test_address_of_something_else_is_refused() -> None:
    with pytest.raises(KeyError):
        assets.address("../page.py")


def test_styles_are_all_parts_in_their_order() -> None:
    found = assets.find(assets.address("roundtable.css").removeprefix(assets.PREFIX))
    assert found
    text = found.content.decode()
    assert 0 < text.index("--rt-paper") < text.index(".rt-header") < text.index("@media print {")


@pytest.mark.parametrize("part", FORBIDDEN)
def test_styles_fetch_nothing_and_use_the_systems_fonts(part: str) -> None:
    found = assets.find(assets.address("roundtable.css").removeprefix(assets.PREFIX))
    assert found
    assert part not in found.content.decode()


def test_every_source_is_served() -> None:
    served = {part for _, parts in assets.PARTS.values() for part in parts}
    assert served == {path.name for path in assets.FOLDER.iterdir()}


@pytest.mark.parametrize("name", list(assets.PARTS))
def test_asset_is_sent_compressed_and_kept_for_a_year(name: str) -> None:
    sent = asked(assets.address(name), "gzip, br")
    plain = asked(assets.address(name), "identity")
    assert (sent["statusCode"], sent["isBase64Encoded"]) == (200, True)
    assert sent["headers"]["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain["headers"]
    for result in (sent, plain):
        assert result["headers"]["Cache-Control"] == "public, max-age=31536000, immutable"
        assert result["headers"]["Vary"] == "Accept-Encoding"
        assert result["headers"]["X-Content-Type-Options"] == "nosniff"
        assert result["headers"]["Content-Type"] == assets.PARTS[name][0]
    assert gzip.decompress(assets.compressed(name)).decode() == plain["body"]


def test_asset_of_another_release_is_the_present_one_and_not_kept() -> None:
    result = asked("/static/roundtable-000000000000.css", "identity")
    assert (result["statusCode"], result["headers"]["Cache-Control"]) == (200, "public, no-cache")
    assert result["body"] == gzip.decompress(assets.compressed("roundtable.css")).decode()


@pytest.mark.parametrize(
    "name", ["", ".", "-", "nothing-000000000000.css", "roundtable.css", "palette-000000000000.css"]
)
def test_name_of_no_asset_is_not_found(name: str) -> None:
    result = asked(f"/static/{name}", "gzip")
    assert (result["statusCode"], result["headers"]["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    ("template", "most"),
    [
        ("programs/program.html", 24_000),
        ("applicant/form.html", 28_000),
        ("applicant/documents.html", 30_000),
        ("applicant/status.html", 27_000),
        ("reviewer/review.html", 30_000),
        ("staff/application.html", 29_000),
    ],
)
def test_styles_and_scripts_of_a_page_stay_light(template: str, most: int) -> None:
    sizes = {
        name: len(assets.compressed(name))
        for source in ("layout.html", template)
        for name in _NAMED.findall((TEMPLATES / source).read_text("utf-8"))
    }
    assert {"roundtable.css", "govuk.js"} <= set(sizes)
    assert sum(sizes.values()) < most, sizes
