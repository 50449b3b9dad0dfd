"""The mail with a one-time code for signing in."""

from datetime import timedelta

from roundtable.domain.program import Program
from roundtable.messages.links import Links
from roundtable.messages.plain import line
from roundtable.messages.render import RenderedNotice, fill_parts, fill_subject


def render_sign_in(
    code: str, program: Program, *, site_url: str, valid_for: timedelta
) -> RenderedNotice:
    """Return the mail with a code to type. The subject does not show it, no link carries it."""
    context: dict[str, object] = {
        "program": line(program.name),
        "language": program.language,
        "organizer": line(program.organizer.name),
        "organizer_email": program.organizer.email,
        "greeting": "Hello,",
        "opening": (),
        "closing": (),
        "because_of": "somebody, most likely you, asked to sign in with this address",
        "rows": (),
        "actions": (),
        "code": code,
        "minutes": int(valid_for.total_seconds() // 60),
        "page": Links(site_url).program(program),
    }
    subject = fill_subject("Your code to sign in to {{ program }}", context)
    text, html = fill_parts("sign_in", context)
    return RenderedNotice(subject=subject, text=text, html=html)
