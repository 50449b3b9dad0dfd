"""The pages before an application: may I apply, who am I."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.domain.eligibility import refusing, unanswered
from roundtable.domain.model import Record
from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.applying.entering import Entrance
from roundtable.usecases.applying.sign_in import (
    CODE_ATTEMPTS,
    CODE_DIGITS,
    CODE_VALID_FOR,
    CODES_PER_EMAIL,
    WINDOW,
)
from roundtable.usecases.errors import Refused, TooMany
from roundtable.web.pages.applicant import addresses
from roundtable.web.pages.fields import Field, Option, SummaryError, summary, with_errors
from roundtable.web.pages.layout import Banner, Layout, Organizer
from roundtable.web.pages.page import page
from roundtable.web.pages.program_pages import program_path
from roundtable.web.pages.sending_again import FIELD, Kept, as_field
from roundtable.web.pages.texts import gettext as _

_UNPROCESSABLE, _TOO_MANY = 422, 429


class OnTheWay(Record):
    """What goes through the pages of signing in with somebody."""

    following: str = ""
    """The path to be led on to."""
    kept: Kept | None = None
    """A form that is sent again at the end."""


class CodeLimits(Record):
    """What is told of a code, in digits, minutes and times."""

    digits: int = CODE_DIGITS
    minutes: int = CODE_VALID_FOR // timedelta(minutes=1)
    attempts: int = CODE_ATTEMPTS
    codes: int = CODES_PER_EMAIL
    window: int = WINDOW // timedelta(minutes=1)


def entrance_layout(
    program: Program,
    title: str,
    path: str,
    *,
    back: str = "",
    banner: Banner | None = None,
    csrf: str = "",
) -> Layout:
    """Return the frame of a page for somebody who need not be signed in."""
    return Layout(
        title=title,
        program=program.name,
        home=program_path(program.key),
        path=path,
        organizer=Organizer(name=program.organizer.name, email=program.organizer.email),
        back=back,
        banner=banner,
        csrf=csrf,
    )


def eligibility_fields(program: Program, answers: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the questions before the form with what was answered."""
    return tuple(
        Field(
            name=f"/eligibility/{rule.key}",
            label=rule.question,
            kind="one",
            options=tuple(Option(value=o.value, label=o.label) for o in rule.options),
            values=(answers[rule.key],) if rule.key in answers else (),
            language=program.language,
        )
        for rule in program.eligibility
    )


def not_open_page(met: Entrance) -> Response[str]:
    """Return the page for somebody who wants to begin before the opening or after the close."""
    program = met.program
    title = (
        _("Applications are not open yet") if met.intake == "not_yet" else _("This round is closed")
    )
    layout = entrance_layout(
        program, title, addresses.start_path(program.key), back=program_path(program.key)
    )
    return page(
        "applicant/not_open.html",
        layout,
        program=program,
        intake=met.intake,
        sign_in=addresses.sign_in_path(program.key),
    )


def eligibility_page(
    program: Program, answers: Mapping[str, str], *, answered: bool = False, csrf: str = ""
) -> Response[str]:
    """Return the questions before the form; once `answered`, with what is missing."""
    missing = unanswered(program, answers) if answered else ()
    fields = with_errors(
        eligibility_fields(program, answers),
        [
            FieldProblem(path=f"/eligibility/{rule.key}", reason=_("Choose one of the answers."))
            for rule in missing
        ],
    )
    layout = entrance_layout(
        program,
        _("Before you start"),
        addresses.start_path(program.key),
        back=program_path(program.key),
        csrf=csrf,
    )
    return page(
        "applicant/eligibility.html",
        layout.model_copy(update={"errors": summary(fields)}),
        status=_UNPROCESSABLE if missing else 200,
        program=program,
        fields=fields,
    )


def not_eligible_page(program: Program, answers: Mapping[str, str]) -> Response[str]:
    """Return the page that tells somebody kindly why they cannot apply, and whom to ask."""
    start = addresses.start_path(program.key)
    layout = entrance_layout(program, _("You cannot apply to this program"), start, back=start)
    return page(
        "applicant/not_eligible.html",
        layout,
        program=program,
        rules=refusing(program, answers),
        answers=answers,
        start=start,
    )


def sign_in_page(
    program: Program,
    on_the_way: OnTheWay,
    *,
    email: str = "",
    refusal: Refused | None = None,
    signed_out: bool = False,
    status: int | None = None,
) -> Response[str]:
    """Return the page that asks for an e-mail address; with what was wrong with the one given."""
    fields, errors = _with_refusal(
        (
            Field(
                name="/email",
                label=_("E-mail address"),
                kind="email",
                autocomplete="email",
                values=(email,) if email else (),
            ),
        ),
        refusal,
    )
    wants_to_begin = on_the_way.following == addresses.start_path(program.key)
    title = _("Sign in to send what you wrote") if on_the_way.kept else _("Sign in")
    layout = entrance_layout(
        program,
        title,
        addresses.sign_in_path(program.key, on_the_way.following),
        back="" if on_the_way.kept else program_path(program.key),
        banner=Banner(text=_("You are signed out."), success=True) if signed_out else None,
    )
    return page(
        "applicant/sign_in.html",
        layout.model_copy(update={"errors": errors}),
        status=status or _status(refusal),
        fields=fields,
        wants_to_begin=wants_to_begin,
        action=addresses.sign_in_path(program.key),
        carried=_carried(on_the_way),
    )


def code_page(
    program: Program,
    on_the_way: OnTheWay,
    *,
    email: str,
    refusal: Refused | None = None,
    sent_again: bool = False,
    cookies: Sequence[Cookie] = (),
) -> Response[str]:
    """Return the page that asks for the code; with what was wrong with the one given."""
    fields, errors = _with_refusal(
        (Field(name="/code", label=_("Code"), kind="code", width="10"),), refusal
    )
    told = _("We sent you a new code. Older codes do not work any more.")
    layout = entrance_layout(
        program,
        _("Type the code from your e-mail"),
        addresses.code_path(program.key, on_the_way.following),
        banner=Banner(text=told) if sent_again and not errors else None,
    )
    return page(
        "applicant/code.html",
        layout.model_copy(update={"errors": errors}),
        status=_status(refusal),
        cookies=cookies,
        fields=fields,
        email=email,
        limits=CodeLimits(),
        action=addresses.code_path(program.key),
        ask_again=addresses.sign_in_path(program.key),
        carried=_carried(on_the_way),
    )


def _with_refusal(
    fields: Sequence[Field], refusal: Refused | None
) -> tuple[tuple[Field, ...], tuple[SummaryError, ...]]:
    """Return the only field of a page with what is wrong, and the lines of the summary."""
    if refusal is None:
        return tuple(fields), ()
    problems = [FieldProblem(path=field.name, reason=_reason(refusal)) for field in fields]
    marked = with_errors(fields, problems)
    return marked, summary(marked)


def _reason(refusal: Refused) -> str:
    """Return why signing in did not go on, in the language spoken now."""
    limits = CodeLimits()
    reasons = {
        "address-missing": _("Type your e-mail address."),
        "no-address": _("Type an e-mail address such as name@example.org."),
        "no-mail": _("We cannot send mail to this address. Check it, or use another one."),
        "another-address": _(
            "This application was begun with another address. Type that one, to send what you "
            "wrote."
        ),
        "code-missing": _("Type the code from your e-mail."),
        "code-refused": _(
            "This code is not right, was used before, or is older than %(minutes)s minutes. "
            "Type the newest one, or ask for a new one below."
        )
        % {"minutes": limits.minutes},
        "too-many-attempts": _(
            "There were too many attempts. Please wait %(minutes)s minutes, then try again."
        )
        % {"minutes": limits.window},
    }
    return reasons.get(refusal.code, refusal.sentence)


def _status(refusal: Refused | None) -> int:
    if refusal is None:
        return 200
    return _TOO_MANY if isinstance(refusal, TooMany) else _UNPROCESSABLE


def _carried(on_the_way: OnTheWay) -> dict[str, str]:
    """Return the hidden fields of each form on the way, by name."""
    fields = {"next": on_the_way.following, FIELD: as_field(on_the_way.kept)}
    return {name: value for name, value in fields.items() if value}
