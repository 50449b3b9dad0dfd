"""Who is at a page of reviewers or staff, and what every page of theirs has around its content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Router
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.domain.program import Program
from roundtable.ports import MemberSession, Ports
from roundtable.usecases.errors import NotAllowed
from roundtable.usecases.members import member_of
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import Caller
from roundtable.web.pages.cookies import MEMBER
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.guards import form_of_session, token_for_forms
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.layout import Banner, Layout, Link
from roundtable.web.pages.page import page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _
from roundtable.web.reading import cookies

_PRESENT = "present"
"""Under this name the request in hand and its visitor are kept, so that both are read once."""
REVIEWERS, STAFF = "reviewers", "staff"
HOMES = {REVIEWERS: "/reviewer", STAFF: "/staff"}
"""Each group's own part of the site; all its pages are below."""
ENTERING = ("sign-in", "signed-in", "sign-out", "signed-out")
"""The pages of each part that are for those who are not signed in."""


@dataclass(frozen=True)
class Member:
    """A reviewer or member of staff who is signed in."""

    ports: Ports
    session: MemberSession
    token: str
    """The session's secret, with which the tokens of forms are made."""

    @property
    def caller(self) -> Caller:
        """Who it is, as the use cases and the audit know them."""
        return Caller(subject=self.session.subject, groups=self.session.groups)


def members_only(group: str) -> Callable[[ApiGatewayResolver, NextMiddleware], Response[Any]]:
    """Return what lets nobody but a group in to its pages, whatever a page itself asks."""
    home = HOMES[group]
    entering = {f"{home}/{name}" for name in ENTERING}

    def let_in(app: ApiGatewayResolver, next_middleware: NextMiddleware) -> Response[Any]:
        path = app.current_event.path
        if f"{path}/".startswith(f"{home}/") and path not in entering:
            member(app, group)
        following = cast("Callable[[ApiGatewayResolver], Response[Any]]", next_middleware)
        return following(app)

    return let_in


def member(router: Router | ApiGatewayResolver, group: str) -> Member:
    """Return who is signed in as one of a group; raises NotSignedIn or NotAllowed."""
    event, ports = event_of(router), ports_of(router)
    context = cast("dict[str, object]", router.context)  # pyright: ignore[reportUnknownMemberType]
    asked, present = cast("tuple[object, Member | None]", context.get(_PRESENT, (None, None)))
    if asked is not event or present is None:
        token = cookies(event).get(MEMBER, "")
        present = Member(ports, member_of(ports, token), token)
        context[_PRESENT] = event, present
    if group not in present.session.groups:
        raise NotAllowed("wrong-group", "Your sign-in is not for this part of the site.")
    return present


def members_form(router: Router, group: str) -> tuple[Member, Posted]:
    """Return who sent a form of ours, and the form.

    Raises NotSignedIn, NotAllowed or SentBefore.
    """
    present = member(router, group)
    return present, form_of_session(router, present.token)


def members_layout(
    present: Member,
    site: str,
    title: str,
    path: str,
    *,
    program: Program | None = None,
    current: str = "",
    back: str = "",
    banner: Banner | None = None,
    errors: Sequence[SummaryError] = (),
    wide: bool = False,
) -> Layout:
    """Return the frame of a page of REVIEWERS or of STAFF.

    `program` is the one whose pages a member of staff is at. `current` is the address of the
    entry of the navigation that the page belongs to, where its own `path` does not tell.
    """
    home = HOMES[site]
    entries = _reviewers_entries() if site == REVIEWERS else _staffs_entries(program)
    here = current or max(
        (href for _text, href in entries if f"{path}/".startswith(f"{href}/")),
        key=len,
        default="",
    )
    return Layout(
        title=title,
        program=program.name if program else "",
        home=home,
        path=path,
        back=back,
        navigation=tuple(
            Link(text=text, href=href, current=href == here) for text, href in entries
        ),
        banner=banner,
        errors=tuple(errors),
        signed_in_as=present.session.email,
        sign_out=f"{home}/sign-out",
        csrf=token_for_forms(present.token),
        wide=wide,
    )


def plain_layout(present: Member, site: str, title: str) -> Layout:
    """Return the frame of a page beside the others, without their navigation."""
    home = HOMES[site]
    return Layout(
        title=title,
        home=home,
        path=home,
        signed_in_as=present.session.email,
        sign_out=f"{home}/sign-out",
        csrf=token_for_forms(present.token),
    )


def members_page(
    present: Member,
    template: str,
    layout: Layout,
    *,
    status: int = 200,
    bucket: str = "",
    cookies: Sequence[Cookie] = (),
    **facts: object,
) -> Response[str]:
    """Return a page of a member as an answer; its way out leads over the hosted sign-in."""
    headers = members_headers(present.ports, bucket=bucket)
    return page(template, layout, status=status, headers=headers, cookies=cookies, **facts)


def members_headers(ports: Ports, *, bucket: str = "") -> dict[str, str]:
    """Return the headers of a members' page: signing out ends at the hosted sign-in's origin.

    `bucket` as in `page_headers`, for pages that show images from it.
    """
    return page_headers(bucket=bucket, sends_to=[ports.hosted_sign_in.origin])


def _reviewers_entries() -> tuple[tuple[str, str], ...]:
    return (
        (_("Queue"), "/reviewer"),
        (_("What became of my reviews"), "/reviewer/past"),
        (_("Conflicts"), "/reviewer/conflicts"),
    )


def _staffs_entries(program: Program | None) -> tuple[tuple[str, str], ...]:
    if program is None:
        return ((_("Programs"), "/staff"),)
    within = f"/staff/programs/{program.key}"
    return (
        (_("Now"), within),
        (_("Applications"), f"{within}/applications"),
        (_("Notices"), f"{within}/notices"),
        (_("Decisions"), f"{within}/decisions"),
        (_("Round"), f"{within}/round"),
        (_("Reviewers"), f"{within}/reviewers"),
    )
