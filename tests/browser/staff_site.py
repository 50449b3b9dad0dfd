"""The staff's site on fakes, with somebody of the staff signed in."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from playwright.sync_api import BrowserContext

from local.openapi import load_site
from roundtable.runtime import composition
from roundtable.web.api import answer, make_site
from roundtable.web.pages import asset_routes, language_routes
from roundtable.web.pages.cookies import MEMBER
from tests.browser.serving import serving
from tests.fakes import FakePorts
from tests.functions.member_pages import signed_in_member
from tests.functions.members import Context

SITE = load_site("staff_site")
ASSETS = make_site("Styles and scripts", asset_routes.router, language_routes.router)
"""What all pages share; on AWS the applicants' site serves it."""


@contextmanager
def staff_site(ports: FakePorts) -> Generator[str]:
    """Serve the site for the time being; gives its origin."""

    def handle(event: dict[str, Any]) -> dict[str, Any]:
        path = str(event["rawPath"])
        here = cast("LambdaContext", Context())
        if f"{path}/".startswith("/staff/"):
            return SITE.handler(event, here)
        return answer(ASSETS, event, here, ports)

    with pytest.MonkeyPatch.context() as patch, serving(handle) as origin:
        ports.site_url = origin
        patch.setattr(composition, "ports", lambda: ports)
        yield origin


def sign_in(context: BrowserContext, ports: FakePorts, origin: str) -> None:
    """Give the visitor a session of staff."""
    token = signed_in_member(ports, "staff")
    host = urlsplit(origin).hostname or ""
    context.add_cookies(
        [{"name": MEMBER, "value": token, "url": f"https://{host}/", "secure": True}]
    )
