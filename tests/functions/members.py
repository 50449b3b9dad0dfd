"""A round at work, and requests of those who sign in, for the tests of two sites."""

import copy
import json
from pathlib import Path
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.runtime import composition, observability
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_round

EVENTS = Path(__file__).parents[2] / "events"
Event = dict[str, Any]
OBSERVED = observability.observed
"""Imported here because the tracer opens its socket on import, and tests may open none."""


class Context:
    """What Lambda tells a function about its call."""

    function_name = "site"
    function_version = "1"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:site"
    aws_request_id = "00000000-0000-4000-8000-000000000000"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


def sample(site: str, scenario: str) -> Event:
    """Return one of the site's events."""
    return cast(Event, json.loads((EVENTS / site / f"{scenario}.json").read_text()))


def scenarios(site: str) -> list[str]:
    """Return the names of all events of a site's API."""
    found = {path.stem for path in (EVENTS / site).glob("*.json")}
    return sorted(found.difference(page_scenarios(site)))


def page_scenarios(site: str) -> list[str]:
    """Return the names of all events of a site's pages."""
    return sorted(path.stem for path in (EVENTS / site).glob("pages_*.json"))


def signed_in(event: Event, subject: str, *groups: str) -> Event:
    """Return the same request by somebody else; without a subject, by nobody."""
    other = copy.deepcopy(event)
    if not subject:
        del other["requestContext"]["authorizer"]
        return other
    claims = {"sub": subject, "cognito:groups": list(groups)}
    other["requestContext"]["authorizer"]["jwt"]["claims"] = claims
    return other


def call(
    monkeypatch: pytest.MonkeyPatch, site: str, event: Event, ports: FakePorts
) -> tuple[int, dict[str, Any]]:
    """Send a request to a site; return the status and the body."""
    monkeypatch.setattr(composition, "ports", lambda: ports)
    answer = load_site(site).handler(event, cast(LambdaContext, Context()))
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    return answer["statusCode"], json.loads(answer["body"])


def routes(site: str) -> set[tuple[str, str]]:
    """Return every method and path that a site knows."""
    document = json.loads(load_site(site).app.get_openapi_json_schema())
    return {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
    }


def route_of(site: str, event: Event) -> tuple[str, str]:
    """Return the route that answers a request."""
    http = event["requestContext"]["http"]
    parts = http["path"].split("/")
    fitting = [
        (method, path)
        for method, path in routes(site)
        if method == http["method"]
        and len(path.split("/")) == len(parts)
        and all(
            pattern.startswith("{") or pattern == part
            for pattern, part in zip(path.split("/"), parts, strict=True)
        )
    ]
    assert fitting, http
    return min(fitting, key=lambda item: item[1].count("{"))


__all__ = [
    "call",
    "make_round",
    "page_scenarios",
    "route_of",
    "routes",
    "sample",
    "scenarios",
    "signed_in",
]
