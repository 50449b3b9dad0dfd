"""Visits to all pages of a site with good addresses and forms, of which a test spoils some."""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.domain.application import Decision
from roundtable.domain.audit import Actor
from roundtable.domain.stages import Stage
from roundtable.usecases.deciding.together import propose
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.api import API
from roundtable.web.pages.cookies import MEMBER, SESSION
from tests.factories import APPLICATION, LETTER, PROGRAM, RESIDENCY, make_document, make_id
from tests.fakes import FakePorts
from tests.functions.applicant_world import ADA, TOKENS, World
from tests.functions.document_visits import linked
from tests.functions.form_pages import everything_asked
from tests.functions.member_pages import signed_in_member
from tests.functions.members import Context, Event
from tests.functions.reviewing_world import LETTER as EQUITY_LETTER
from tests.functions.reviewing_world import equity_round
from tests.functions.staff_world import make_desk, reference, waiting
from tests.unit.web.pages.markup import parsed

Values = Mapping[str, tuple[str, ...]]
Fields = dict[str, list[str]]
_PLACE = re.compile(r"<(\w+)>")
_TYPED = {
    "/until": "2022-10-28",
    "/email": "new@elsewhere.example",
    "/address": "new@elsewhere.example",
    "/contact/email": "new@elsewhere.example",
    "/second_contact/email": "",
    "/length": "9:30",
}
"""What a person types where not any words will do."""


@dataclass(frozen=True)
class Visited:
    """A site with something at every address, and somebody who may see all of it."""

    site: str
    ports: FakePorts
    cookies: dict[str, str]
    values: Values
    """What stands in each place of its addresses."""

    def routes(self, method: str) -> list[str]:
        """Return the addresses of the pages with a method, their places unfilled."""
        app: Any = load_site(self.site).app
        known = app._static_routes + app._dynamic_routes
        return sorted(
            one.path for one in known if one.method == method and not one.path.startswith(API)
        )

    def paths(self, route: str) -> list[str]:
        """Return a page's addresses with something in each place."""
        names = _PLACE.findall(route)
        filled = product(*(self.values[name] for name in names))
        return [_filled(route, values) for values in filled]

    def spoiled(self, route: str, text: str) -> list[str]:
        """Return a page's addresses with a text in one place, and good values in the others."""
        names = _PLACE.findall(route)
        good = [self.values[name][0] for name in names]
        return [
            _filled(route, [*good[:place], text, *good[place + 1 :]]) for place in range(len(names))
        ]

    def send(self, event: Event) -> dict[str, Any]:
        """Send a request with the cookies of who is signed in, unless it brings its own."""
        given = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        event["headers"].setdefault("cookie", given)
        handler = load_site(self.site).handler
        return handler(event, cast(LambdaContext, Context()))


def _filled(route: str, values: Iterable[str]) -> str:
    left = iter(values)
    return _PLACE.sub(lambda _: next(left), route)


def filling_in() -> Visited:
    """Return the applicants' site with a draft, a letter and a link."""
    world = World()
    everything_asked(world)
    _documents(world)
    return _applicants(world)


def offered() -> Visited:
    """Return the applicants' site with an offer that waits for its answer."""
    world = World()
    application = world.given(Stage.OFFER)
    assert application.offer
    _documents(world)
    return _applicants(world)


def checking() -> Visited:
    """Return the applicants' site with an application that is looked into."""
    world = World()
    world.given(Stage.CHECKING)
    _documents(world)
    return _applicants(world)


def _documents(world: World) -> None:
    application = world.ports.applications.get(APPLICATION)
    documents = [make_document(status="checked"), linked()]
    world.ports.applications.given(application, documents=documents)


def _applicants(world: World) -> Visited:
    return Visited(
        "applicant_site",
        world.ports,
        {SESSION: TOKENS[ADA]},
        {
            "program": (PROGRAM,),
            "reference": ("FW-TEST-0001",),
            "requirement": (LETTER, "team-video"),
            "number": ("1",),
            "key": ("work", "identity", "commitments"),
            "kind": ("receipt",),
            "name": ("none.css",),
        },
    )


def reviewing() -> Visited:
    """Return the reviewers' site with a review that is open."""
    ports = equity_round()
    return Visited(
        "reviewer_site",
        ports,
        {MEMBER: signed_in_member(ports, "reviewers", subject="reviewer-1")},
        {
            "application": (APPLICATION,),
            "requirement": (EQUITY_LETTER,),
            "number": ("1",),
        },
    )


def at_a_desk() -> Visited:
    """Return the staff's site with an application that is reviewed."""
    return _staff(make_desk())


def deciding() -> Visited:
    """Return the staff's site with applications to decide, and a proposal about one of them."""
    ports = waiting(3)
    proposal = propose(
        ports,
        PROGRAM,
        Actor(kind="staff", id="kim"),
        track=RESIDENCY,
        names=[make_id(1)],
        decision=Decision.ACCEPTED,
        reason="The panel agrees",
    )
    return _staff(ports, proposal.id)


def announcing() -> Visited:
    """Return the staff's site with a decision that was not told yet."""
    return _staff(make_desk(Stage.ANNOUNCING))


def _staff(ports: FakePorts, proposal: str = "") -> Visited:
    notices = ports.applications.notices(APPLICATION)
    return Visited(
        "staff_site",
        ports,
        {MEMBER: signed_in_member(ports, "staff", subject="robin")},
        {
            "program": (PROGRAM,),
            "application": (reference(),),
            "action": (*StaffAction, "send-again", "correct", "cancel", "release"),
            "requirement": (LETTER,),
            "number": (notices[0].number if notices else "1",),
            "kind": ("receipt",),
            "track": (RESIDENCY,),
            "proposal": (proposal or make_id(9),),
            "reviewer": ("reviewer-1",),
        },
    )


def arriving() -> Visited:
    """Return the applicants' site for somebody who asked for a code and is about to type it."""
    visited = filling_in()
    address = base64.urlsafe_b64encode(ADA.encode()).decode()
    return replace(visited, cookies={"__Host-address": address})


WORLDS = (arriving, filling_in, checking, offered, reviewing, at_a_desk, deciding, announcing)


@dataclass(frozen=True)
class Form:
    """A form of a page with every field that it has, those filled in that a person would."""

    method: str
    action: str
    fields: Fields


def forms_of(body: str) -> list[Form]:
    """Return the forms of a page that stay at its site."""
    found: list[Form] = []
    for element in parsed(body).elements:
        given = element.attributes
        if element.tag == "form":
            method = (given.get("method") or "get").upper()
            found.append(Form(method, given.get("action") or "", {}))
        name = given.get("name")
        if found and name and element.tag in {"input", "select", "textarea", "button"}:
            value = element.text if element.tag == "textarea" else given.get("value") or ""
            found[-1].fields.setdefault(name, []).append(value or _TYPED.get(name, "Words"))
    return [form for form in found if form.action.startswith("/")]
