"""The reviewers' site on fakes, with page images from the same host and a reviewer signed in."""

import base64
import io
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import BrowserContext

from local.openapi import load_site
from roundtable.runtime import composition
from roundtable.web.api import answer, make_site
from roundtable.web.pages import asset_routes, language_routes
from roundtable.web.pages.cookies import MEMBER
from tests.browser.serving import serving
from tests.fakes import FakeDocuments, FakePorts
from tests.functions.member_pages import signed_in_member
from tests.functions.members import Context
from tests.functions.reviewing_world import equity_round

SITE = load_site("reviewer_site")
ASSETS = make_site("Styles and scripts", asset_routes.router, language_routes.router)
"""What all pages share; on AWS the applicants' site serves it."""
PAGE_SIZE = (850, 1100)
LINES = {
    "1": (
        (0.08, "St. Mary's Hospital, Springfield"),
        (0.16, "October 3, 2022"),
        (0.24, "Dear colleagues,"),
        (0.30, "we commit to Pursuing Equity and will give our team the time it needs."),
        (0.52, "/s/ Jane Doe"),
        (0.58, "Jane Doe"),
        (0.605, "Chief Executive Officer"),
    ),
    "2": ((0.25, "Sam Roe"), (0.305, "Board Chair")),
}


class ServedDocuments(FakeDocuments):
    """Documents whose page images come from where the pages come from."""

    def preview_url(self, key: str) -> str:
        return f"{self.served_at}/{key}"


@contextmanager
def reviewer_site() -> Generator[tuple[str, FakePorts]]:
    """Serve the site for the time being; gives its origin and what it stands on."""
    ports = equity_round()
    ports.documents = ServedDocuments()

    def handle(event: dict[str, Any]) -> dict[str, Any]:
        path = str(event["rawPath"])
        here = cast("LambdaContext", Context())
        if path.startswith("/previews/"):
            return _image(path)
        if f"{path}/".startswith("/reviewer/"):
            return SITE.handler(event, here)
        return answer(ASSETS, event, here, ports)

    with pytest.MonkeyPatch.context() as patch, serving(handle) as origin:
        ports.site_url = ports.documents.served_at = origin
        patch.setattr(composition, "ports", lambda: ports)
        yield origin, ports


def sign_in(
    context: BrowserContext, ports: FakePorts, origin: str, subject: str = "reviewer-1"
) -> None:
    """Give the visitor a reviewer's session."""
    token = signed_in_member(ports, "reviewers", subject=subject)
    host = urlsplit(origin).hostname or ""
    context.add_cookies(
        [{"name": MEMBER, "value": token, "url": f"https://{host}/", "secure": True}]
    )


def _image(path: str) -> dict[str, Any]:
    """Answer with a page of the letter, drawn as the evidence places it."""
    width, height = PAGE_SIZE
    image = Image.new("RGB", PAGE_SIZE, "white")
    draw = ImageDraw.Draw(image)
    number = path.rpartition("/")[2].partition(".")[0]
    for top, text in LINES.get(number, ()):
        draw.text((0.12 * width, top * height), text, "black", ImageFont.load_default(18))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=80)
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "image/jpeg"},
        "body": base64.b64encode(content.getvalue()).decode(),
        "isBase64Encoded": True,
    }
