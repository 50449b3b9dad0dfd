"""Renders notices: a subject, a text and an HTML part, and what is attached."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from roundtable.domain.application import Application
from roundtable.domain.model import Record
from roundtable.domain.notices import Notice, NoticeKind
from roundtable.domain.program import NoticeWords, Program
from roundtable.messages.facts import facts_for
from roundtable.messages.links import Links
from roundtable.messages.plain import line, name, paragraphs
from roundtable.messages.session_calendar import session_calendar
from roundtable.messages.subjects import subject_of
from roundtable.messages.texts import gettext as _
from roundtable.messages.texts import ngettext
from roundtable.messages.view import Viewer
from roundtable.ports import Attachment
from roundtable.texts.languages import LANGUAGES, SOURCE_LANGUAGE, language, speaking

_LONGEST_SUBJECT = 200


class RenderedNotice(Record):
    """A notice in words, ready to be addressed and sent."""

    subject: str
    text: str
    html: str
    language: str = SOURCE_LANGUAGE
    attachments: tuple[Attachment, ...] = ()


def render(
    notice: Notice, application: Application, program: Program, *, site_url: str, now: datetime
) -> RenderedNotice:
    """Return a notice in the words of its kind and of its program, in its reader's language.

    `program` is the one that the application is treated by (see `effective`). Dates are shown
    in its zone; `now` (UTC) only counts days left and stamps the calendar. The program's own
    words take the place of the standard subject, opening and closing, in the program's language;
    facts and dates stay.

    Raises ValueError where the facts do not fit the kind (see `facts_for`) or the application
    lacks what the kind tells, such as its decision.
    """
    with speaking(readers_language(notice, application)):
        return _render(notice, application, program, Links(site_url), now)


def readers_language(notice: Notice, application: Application) -> str:
    """Return the language of a notice: applicants' own; reviewers and staff read English."""
    theirs = notice.to in {"applicant", "second_contact"} and application.language in LANGUAGES
    return application.language if theirs else SOURCE_LANGUAGE


def _render(
    notice: Notice, application: Application, program: Program, links: Links, now: datetime
) -> RenderedNotice:
    facts = facts_for[notice.kind].model_validate(notice.facts)
    view = Viewer(notice.kind, application, program, links, now).view(facts)
    own = program.notices.get(notice.kind, NoticeWords())
    calendar = session_calendar(program, now) if notice.kind is NoticeKind.ENROLLED else None
    context: dict[str, object] = {
        **of_program(program),
        "reference": application.reference,
        "greeting": _greeting(notice, application),
        "opening": paragraphs(own.opening),
        "closing": paragraphs(own.closing),
        "because": _because(notice),
        "rows": view.rows,
        "actions": view.actions,
        **view.words,
    }
    text, html = fill_parts(notice.kind, context)
    return RenderedNotice(
        subject=one_line(own.subject or subject_of(notice.kind, context)),
        text=text,
        html=html,
        language=language(),
        attachments=(calendar,) if calendar else (),
    )


def one_line(subject: str) -> str:
    """Return a subject in one line that is not too long."""
    return line(subject)[:_LONGEST_SUBJECT]


def fill_parts(template: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Return the text and the HTML of a template."""
    environment = _environment()
    text = environment.get_template(f"{template}.txt").render(context)
    html = environment.get_template(f"{template}.html").render(context)
    return _without_gaps(text), _without_empty_lines(html)


def of_program(program: Program) -> dict[str, object]:
    """Return what every message says of its program, and in which language it is written.

    `theirs` is the language of the program's own words where that is another one.
    """
    spoken = language()
    return {
        "program": line(program.name),
        "language": spoken,
        "theirs": program.language if program.language != spoken else "",
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
            return _("Hello,")
    known = name(contact.name) if contact else ""
    return _("Dear %(name)s,") % {"name": known} if known else _("Hello,")


def _because(notice: Notice) -> str:
    """Return why somebody gets the message, as its last lines say."""
    match notice.to:
        case "applicant":
            return _("You get this message because you apply with this address.")
        case "second_contact":
            return _(
                "You get this message because you are named as the second contact of this "
                "application."
            )
        case "reviewer":
            return "You get this message because you review applications."
        case "staff":
            return "You get this message because you look after this program."


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("roundtable.messages"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method to the environment.
    cast("Any", made).install_gettext_callables(_, ngettext, newstyle=True)
    return made


def _without_empty_lines(html: str) -> str:
    return "\n".join(row for row in html.split("\n") if row.strip()) + "\n"


def _without_gaps(text: str) -> str:
    """Return a text with at most one blank line in a row; blocks left empty leave more."""
    rows: list[str] = []
    for row in text.split("\n"):
        if row.strip() or (rows and rows[-1]):
            rows.append(row.rstrip())
    return "\n".join(rows).strip() + "\n"
