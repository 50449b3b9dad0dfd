"""Reviewers: their load, and the register that staff keep."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.staff.overview import programs
from roundtable.usecases.staff.reviewers import (
    add_reviewer,
    change_reviewer,
    reviewer_entry,
    workloads,
)
from roundtable.web.pages.page import see_other
from roundtable.web.pages.staff.frame import at_program, form_at_program
from roundtable.web.pages.staff.reviewer_fields import EMAIL, answers_in, new_reviewer, patch_of
from roundtable.web.pages.staff.reviewers_page import (
    CHANGED,
    INVITED,
    REVIEWERS,
    entry_page,
    invite_page,
    reviewers_page,
)

router = Router()
REGISTER = "/staff/programs/<program>/reviewers"
ENTRY = f"{REGISTER}/entries/<reviewer>"


@router.get(REGISTER, include_in_schema=False, enable_validation=False)
def get_reviewers(program: str) -> Response[str]:
    """Show all reviewers of a program."""
    at = at_program(router, program)
    done = router.current_event.query_string_parameters.get("done", "")
    return reviewers_page(at, workloads(at.present.ports, program), done=done)


@router.get(f"{REGISTER}/invite", include_in_schema=False, enable_validation=False)
def get_invite(program: str) -> Response[str]:
    """Ask whom to invite."""
    at = at_program(router, program)
    return invite_page(at, programs(at.present.ports), {})


@router.post(f"{REGISTER}/invite", include_in_schema=False, enable_validation=False)
def post_invite(program: str) -> Response[str]:
    """Invite somebody."""
    at, form = form_at_program(router, program)
    ports = at.present.ports
    try:
        add_reviewer(ports, new_reviewer(form))
    except Invalid as refusal:
        return invite_page(at, programs(ports), answers_in(form), refusal.problems)
    except NotNow as refusal:
        problems = [FieldProblem(path=EMAIL, reason=refusal.sentence)]
        return invite_page(at, programs(ports), answers_in(form), problems)
    return see_other(at.path(f"{REVIEWERS}?done={INVITED}"))


@router.get(ENTRY, include_in_schema=False, enable_validation=False)
def get_entry(program: str, reviewer: str) -> Response[str]:
    """Show one entry of the register."""
    at = at_program(router, program)
    ports = at.present.ports
    return entry_page(at, programs(ports), reviewer_entry(ports, reviewer))


@router.post(ENTRY, include_in_schema=False, enable_validation=False)
def post_entry(program: str, reviewer: str) -> Response[str]:
    """Change one entry of the register."""
    at, form = form_at_program(router, program)
    ports = at.present.ports
    row = reviewer_entry(ports, reviewer)
    try:
        change_reviewer(ports, reviewer, patch_of(form), at.present.caller.as_staff)
    except Invalid as refusal:
        return entry_page(at, programs(ports), row, answers_in(form), refusal.problems)
    return see_other(at.path(f"{REVIEWERS}?done={CHANGED}"))
