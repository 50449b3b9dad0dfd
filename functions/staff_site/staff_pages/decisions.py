"""Deciding about what waits, several applications together with a second person."""

from urllib.parse import parse_qsl

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.deciding.together import (
    chosen_applications,
    confirm,
    drop,
    find_proposal,
    propose,
)
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.staff.deciding import applications_of, to_decide, together
from roundtable.web.api import event_of
from roundtable.web.pages.page import see_other
from roundtable.web.pages.staff.decisions_page import (
    PROPOSALS,
    chosen_in,
    decisions_page,
    proposal_page,
    together_page,
)
from roundtable.web.pages.staff.frame import AtProgram, at_program, form_at_program
from roundtable.web.pages.staff.performing import check_filled, decision_in, reason_in

router = Router()
DECISIONS = "/staff/programs/<program>/decisions"
ONE = f"{DECISIONS}/proposals/<proposal>"


@router.get(DECISIONS, include_in_schema=False, enable_validation=False)
def read_decisions(program: str) -> Response[str]:
    """Show what waits for a decision of staff."""
    at = at_program(router, program)
    done = router.current_event.query_string_parameters.get("done", "")
    return decisions_page(at, to_decide(at.present.ports, program), done=done)


@router.get(f"{DECISIONS}/together", include_in_schema=False, enable_validation=False)
def read_together(program: str) -> Response[str]:
    """Show the chosen applications side by side, with the mix they would make."""
    at = at_program(router, program)
    ports = at.present.ports
    track, names = chosen_in(parse_qsl(str(event_of(router).get("rawQueryString") or "")))
    try:
        chosen = chosen_applications(ports, program, track, names)
    except Invalid as refusal:
        return decisions_page(at, to_decide(ports, program), refusal=refusal)
    return together_page(at, together(ports, program, track, chosen))


@router.post(f"{DECISIONS}/together", include_in_schema=False, enable_validation=False)
def propose_together(program: str) -> Response[str]:
    """Keep a proposal for a second person."""
    at, form = form_at_program(router, program)
    ports, track, names = at.present.ports, form.one("track"), form.all("a")
    try:
        chosen = chosen_applications(ports, program, track, names)
    except Invalid as refusal:
        return decisions_page(at, to_decide(ports, program), refusal=refusal)
    try:
        check_filled(form, "/decision", "/reason")
        proposal = propose(
            ports,
            program,
            at.present.caller.as_staff,
            track=track,
            names=names,
            decision=decision_in(form),
            reason=reason_in(form),
        )
    except Invalid as refusal:
        return together_page(
            at, together(ports, program, track, chosen), filled=form, refusal=refusal
        )
    return see_other(at.path(f"{PROPOSALS}/{proposal.id}?done=propose"))


@router.get(ONE, include_in_schema=False, enable_validation=False)
def read_proposal(program: str, proposal: str) -> Response[str]:
    """Show a proposal, or what became of it."""
    done = router.current_event.query_string_parameters.get("done", "")
    return _proposal(at_program(router, program), proposal, done=done)


@router.post(f"{ONE}/confirm", include_in_schema=False, enable_validation=False)
def confirm_proposal(program: str, proposal: str) -> Response[str]:
    """Decide about each application, as the second person."""
    at, _form = form_at_program(router, program)
    try:
        confirm(at.present.ports, program, proposal, at.present.caller.as_staff)
    except NotNow as refusal:
        return _proposal(at, proposal, refusal=refusal)
    return see_other(at.path(f"{PROPOSALS}/{proposal}?done=confirm"))


@router.post(f"{ONE}/drop", include_in_schema=False, enable_validation=False)
def drop_proposal(program: str, proposal: str) -> Response[str]:
    """Take a proposal off the list; nothing is decided by it."""
    at, _form = form_at_program(router, program)
    try:
        drop(at.present.ports, program, proposal, at.present.caller.as_staff)
    except NotNow as refusal:
        return _proposal(at, proposal, refusal=refusal)
    return see_other(at.path("/decisions?done=drop"))


def _proposal(
    at: AtProgram, name: str, *, refusal: NotNow | None = None, done: str = ""
) -> Response[str]:
    ports = at.present.ports
    found = find_proposal(ports, at.program.key, name)
    chosen = together(ports, found.program, found.track, applications_of(ports, found))
    return proposal_page(at, found, chosen, refusal=refusal, done=done)
