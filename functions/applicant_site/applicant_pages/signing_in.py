"""Signing in by a one-time code, as pages; and signing out."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.entering import entrance
from roundtable.usecases.applying.sign_in import ask_for_code, sign_out, typed_address, typed_code
from roundtable.usecases.errors import Invalid, TooMany
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages.applicant.addresses import code_path, sign_in_path
from roundtable.web.pages.applicant.entering.arriving import (
    arrived,
    arriving,
    own_place,
    says,
    visitor_if_any,
    wanted_path,
)
from roundtable.web.pages.applicant.entering.carried import carried_address, carry_address
from roundtable.web.pages.applicant.entering.entering import OnTheWay, code_page, sign_in_page
from roundtable.web.pages.cookies import SESSION, forgotten
from roundtable.web.pages.guards import form_from_us
from roundtable.web.pages.page import see_other
from roundtable.web.pages.texts import language
from roundtable.web.reading import cookies

router = Router()


@router.get("/programs/<program>/sign-in", include_in_schema=False, enable_validation=False)
def get_sign_in(program: str) -> Response[str]:
    """Ask for an e-mail address; who is signed in already is led on."""
    met, wanted = entrance(ports_of(router), program), wanted_path(router, program)
    if present := visitor_if_any(router, program):
        return see_other(wanted or own_place(present))
    on_the_way = OnTheWay(following=wanted)
    return sign_in_page(met.program, on_the_way, signed_out=says(router, "signed-out"))


@router.post("/programs/<program>/sign-in", include_in_schema=False, enable_validation=False)
def post_sign_in(program: str) -> Response[str]:
    """Send a code, and go on to typing it; the answer is the same for every address."""
    who = arriving(router, program)
    if who.form.one("other"):
        return sign_in_page(who.program, who.on_the_way)
    try:
        email = typed_address(who.email)
        ask_for_code(who.ports, program, email, source=who.source, language=language())
    except (Invalid, TooMany) as refusal:
        return sign_in_page(who.program, who.on_the_way, email=who.email, refusal=refusal)
    carried = [carry_address(email)]
    if who.on_the_way.kept:
        return code_page(
            who.program, who.on_the_way, email=email, sent_again=who.asks_again, cookies=carried
        )
    path = code_path(program, who.on_the_way.following, sent_again=who.asks_again)
    return see_other(path, cookies=carried)


@router.get("/programs/<program>/sign-in/code", include_in_schema=False, enable_validation=False)
def get_code(program: str) -> Response[str]:
    """Ask for the code that was sent."""
    met, wanted = entrance(ports_of(router), program), wanted_path(router, program)
    email = carried_address(cookies(event_of(router)))
    if not email:
        return see_other(sign_in_path(program, wanted))
    on_the_way = OnTheWay(following=wanted)
    return code_page(met.program, on_the_way, email=email, sent_again=says(router, "again"))


@router.post("/programs/<program>/sign-in/code", include_in_schema=False, enable_validation=False)
def post_code(program: str) -> Response[str]:
    """Use the code up, and lead on."""
    who = arriving(router, program)
    try:
        return arrived(who, typed_code(who.form.one("/code")))
    except (Invalid, TooMany) as refusal:
        return code_page(who.program, who.on_the_way, email=who.email, refusal=refusal)


@router.post("/programs/<program>/sign-out", include_in_schema=False, enable_validation=False)
def post_sign_out(program: str) -> Response[str]:
    """End the session, and have the browser forget it.

    From any page of ours, however old: who wants to leave is not asked for more.
    """
    form_from_us(router)
    ports = ports_of(router)
    key = entrance(ports, program).program.key
    sign_out(ports, cookies(event_of(router)).get(SESSION, ""))
    return see_other(sign_in_path(key, signed_out=True), cookies=[forgotten(SESSION)])
