"""The questions before the form, as pages."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.eligibility import answers_that_count, refusing, unanswered
from roundtable.usecases.applying.entering import Beginning, entrance
from roundtable.usecases.applying.offering import Intake
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages.applicant.addresses import applications_path, sign_in_path, start_path
from roundtable.web.pages.applicant.entering.arriving import visitor_if_any
from roundtable.web.pages.applicant.entering.carried import carried_answers, carry_answers
from roundtable.web.pages.applicant.entering.entering import (
    eligibility_page,
    not_eligible_page,
    not_open_page,
)
from roundtable.web.pages.applicant.entering.list_page import begun
from roundtable.web.pages.guards import form_from_us, form_of_session, token_for_forms
from roundtable.web.pages.page import see_other
from roundtable.web.pages.texts import language
from roundtable.web.reading import cookies

router = Router()


@router.get("/programs/<program>/start", include_in_schema=False, enable_validation=False)
def get_start(program: str) -> Response[str]:
    """Ask what decides whether somebody may apply; where nothing does, go on."""
    met = entrance(ports_of(router), program)
    present = visitor_if_any(router, program)
    if met.intake is not Intake.OPEN:
        return not_open_page(met)
    if not met.program.eligibility:
        return see_other(applications_path(program) if present else _to_sign_in(program))
    answers = carried_answers(met.program, cookies(event_of(router)))
    csrf = token_for_forms(present.token) if present else ""
    return eligibility_page(met.program, answers, csrf=csrf)


@router.post("/programs/<program>/start", include_in_schema=False, enable_validation=False)
def post_start(program: str) -> Response[str]:
    """Tell whether somebody may apply; who may goes on to the form, or to sign in before it."""
    present = visitor_if_any(router, program)
    form = form_of_session(router, present.token) if present else form_from_us(router)
    met = entrance(ports_of(router), program)
    if met.intake is not Intake.OPEN:
        return not_open_page(met)
    rules = met.program.eligibility
    given = {rule.key: form.one(f"/eligibility/{rule.key}") for rule in rules}
    answers = answers_that_count(met.program, given)
    if refusing(met.program, answers):
        return not_eligible_page(met.program, answers)
    if unanswered(met.program, answers):
        csrf = token_for_forms(present.token) if present else ""
        return eligibility_page(met.program, answers, answered=True, csrf=csrf)
    if present:
        return begun(present, Beginning(language=language(), eligibility=answers))
    return see_other(_to_sign_in(program), cookies=[carry_answers(met.program, answers)])


def _to_sign_in(program: str) -> str:
    return sign_in_path(program, start_path(program))
