"""Renders notices: a subject, a text and an HTML part, and what is attached."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from roundtable.domain.application import Application
from roundtable.domain.model import Record
from roundtable.domain.notices import Notice, NoticeKind
from roundtable.domain.program import NoticeWords, Program
from roundtable.messages.facts import facts_for
from roundtable.messages.links import Links
from roundtable.messages.plain import line, name, paragraphs
from roundtable.messages.session_calendar import session_calendar
from roundtable.messages.subjects import SUBJECTS
from roundtable.messages.view import Viewer
from roundtable.ports import Attachment

_LONGEST_SUBJECT = 200


class RenderedNotice(Record):
    """A notice in words, ready to be addressed and sent."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


def render(
    notice: Notice, application: Application, program: Program, *, site_url: str, now: datetime
) -> RenderedNotice:
    """Return a notice in the words of its kind and of its program.

    `program` is the one that the application is treated by (see `effective`). Dates are shown
    in its zone; `now` (UTC) only counts days left and stamps the calendar. The program's own
    words take the place of the standard subject, opening and closing; facts and dates stay.

    Raises ValueError where the facts do not fit the kind (see `facts_for`) or the application
    lacks what the kind tells, such as its decision.
    """
    facts = facts_for[notice.kind].model_validate(notice.facts)
    links = Links(site_url)
    view = Viewer(notice.kind, application, program, links, now).view(facts)
    own = program.notices.get(notice.kind, NoticeWords())
    calendar = session_calendar(program, now) if notice.kind is NoticeKind.ENROLLED else None
    context: dict[str, object] = {
        **_of_program(program),
        "reference": application.reference,
        "greeting": _greeting(notice, application),
        "opening": paragraphs(own.opening),
        "closing": paragraphs(own.closing),
        "because_of": _BECAUSE_OF[notice.to],
        "rows": view.rows,
        "actions": view.actions,
        **view.words,
    }
    text, html = fill_parts(notice.kind, context)
    return RenderedNotice(
        subject=fill_subject(own.subject or SUBJECTS[notice.kind], context, own=bool(own.subject)),
        text=text,
        html=html,
        attachments=(calendar,) if calendar else (),
    )


def fill_subject(subject: str, context: Mapping[str, object], *, own: bool = False) -> str:
    """Return a subject in one line. A program's own is taken word for word."""
    filled = subject if own else _environment().from_string(subject).render(context)
    return line(filled)[:_LONGEST_SUBJECT]


def fill_parts(template: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Return the text and the HTML of a template."""
    environment = _environment()
    text = environment.get_template(f"{template}.txt").render(context)
    html = environment.get_template(f"{template}.html").render(context)
    return _without_gaps(text), _without_empty_lines(html)


def _of_program(program: Program) -> dict[str, object]:
    return {
        "program": line(program.name),
        "language": program.language,
        "organizer": line(program.organizer.name),
        "organizer_email": program.organizer.email,
    }


def _greeting(notice: Notice, application: Application) -> str:
    contact = None
    match notice.to:
        case "applicant":
            contact = application.form.contact
        case "second_contact":
            contact = application.form.second_contact
        case "reviewer":
            return "Dear reviewer,"
        case "staff":
            return "Hello,"
    known = name(contact.name) if contact else ""
    return f"Dear {known}," if known else "Hello,"


_BECAUSE_OF = {
    "applicant": "you apply with this address",
    "second_contact": "you are named as the second contact of this application",
    "reviewer": "you review applications",
    "staff": "you look after this program",
}
"""Why somebody gets the message, as its last lines say."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("roundtable.messages"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _without_empty_lines(html: str) -> str:
    return "\n".join(row for row in html.split("\n") if row.strip()) + "\n"


def _without_gaps(text: str) -> str:
    """Return a text with at most one blank line in a row; blocks left empty leave more."""
    rows: list[str] = []
    for row in text.split("\n"):
        if row.strip() or (rows and rows[-1]):
            rows.append(row.rstrip())
    return "\n".join(rows).strip() + "\n"
