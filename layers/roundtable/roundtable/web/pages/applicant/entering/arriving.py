"""Somebody who may or may not be signed in yet: what they sent, and where they go from here."""

import re
from dataclasses import dataclass

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import Ports
from roundtable.usecases.applying.entering import Beginning, after_sign_in, enter, entrance
from roundtable.usecases.applying.sign_in import SESSION_LASTS, NotSignedIn, sign_out
from roundtable.usecases.errors import Invalid, Unknown
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages.applicant import addresses
from roundtable.web.pages.applicant.entering.carried import ADDRESS, ELIGIBILITY, carried_answers
from roundtable.web.pages.applicant.entering.entering import OnTheWay, sign_in_page
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor, application_path, visitor
from roundtable.web.pages.cookies import SESSION, cookie, forgotten
from roundtable.web.pages.guards import form_from_us
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.sending_again import from_field, send_again_page
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import language
from roundtable.web.reading import cookies, source_address

_APPLICATION = re.compile(r"/programs/[^/]+/applications/([^/]+)")


@dataclass(frozen=True)
class Arriving:
    """Somebody on the way in, with the form that they sent."""

    ports: Ports
    program: Program
    form: Posted
    on_the_way: OnTheWay
    source: str
    """Their network address."""
    cookies: dict[str, str]

    @property
    def email(self) -> str:
        """The address as it was typed."""
        return self.form.one("/email")

    @property
    def asks_again(self) -> bool:
        """Whether a code was sent before."""
        return bool(self.form.one("again"))


def visitor_if_any(router: Router, program: str) -> Visitor | None:
    """Return who is signed in for a program, or None."""
    try:
        return visitor(router, program)
    except NotSignedIn:
        return None


def wanted_path(router: Router, program: str) -> str:
    """Return where an address leads on to, as far as somebody may be led there."""
    query = router.current_event.query_string_parameters or {}
    return addresses.led_on_to(query.get("next", ""), program)


def says(router: Router, name: str) -> bool:
    """Return whether an address has a word after its question mark."""
    return bool((router.current_event.query_string_parameters or {}).get(name))


def arriving(router: Router, program: str) -> Arriving:
    """Return who sent a form on the way in; raises NotAllowed or Unknown."""
    ports, form, event = ports_of(router), form_from_us(router), event_of(router)
    return Arriving(
        ports=ports,
        program=entrance(ports, program).program,
        form=form,
        on_the_way=OnTheWay(
            following=addresses.led_on_to(form.one("next"), program),
            kept=from_field(form, below=addresses.below(program)),
        ),
        source=source_address(event),
        cookies=cookies(event),
    )


def arrived(who: Arriving, code: str) -> Response[str]:
    """Use a code up, and lead on: with the cookie of the new session.

    What was kept is not handed to another address than the one that wrote it. Raises Invalid or
    TooMany.
    """
    program, wanted = who.program, who.on_the_way.following
    token, session = enter(
        who.ports,
        program.key,
        who.email,
        code,
        source=who.source,
        former=who.cookies.get(SESSION, ""),
    )
    present = Visitor(who.ports, session, token)
    kept = who.on_the_way.kept
    if kept and not is_theirs(present, kept.path):
        sign_out(who.ports, token)
        return sign_in_page(program, who.on_the_way, refusal=another_address())
    session_cookie = cookie(SESSION, token, seconds=int(SESSION_LASTS.total_seconds()))
    given = [session_cookie, forgotten(ADDRESS), forgotten(ELIGIBILITY)]
    if kept:
        return send_again_page(
            applicants_layout(present, program, _("You are signed in again"), kept.path),
            kept,
            explanation=_("Nothing is lost. Press the button to send what you wrote."),
            status=200,
            cookies=given,
        )
    if wanted != addresses.start_path(program.key):
        return see_other(wanted or own_place(present), cookies=given)
    answers = carried_answers(program, who.cookies)
    beginning = Beginning(language=language(), eligibility=answers)
    return see_other(own_place(present, beginning), cookies=given)


def is_theirs(present: Visitor, path: str) -> bool:
    """Return whether a path is not that of an application of somebody else."""
    found = _APPLICATION.match(path)
    if found is None:
        return True
    try:
        present.application(found.group(1))
    except Unknown:
        return False
    return True


def another_address() -> Invalid:
    """Return why what was written cannot be sent by who signed in."""
    reason = "This application was begun with another address."
    return Invalid("another-address", reason, [FieldProblem(path="/email", reason=reason)])


def own_place(present: Visitor, beginning: Beginning | None = None) -> str:
    """Return where somebody signed in finds what is theirs: one application, or the list.

    With `beginning`, a draft is begun where there is none but drafts.
    """
    application = after_sign_in(present.ports, present.session, beginning)
    if application is None:
        return addresses.applications_path(present.session.program)
    return application_path(application)
