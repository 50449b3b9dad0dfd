"""The mail with a one-time code for signing in."""

from datetime import timedelta

from roundtable.domain.program import Program
from roundtable.messages.links import Links
from roundtable.messages.plain import line
from roundtable.messages.render import RenderedNotice, fill_parts, of_program, one_line
from roundtable.messages.texts import gettext as _
from roundtable.texts.languages import SOURCE_LANGUAGE, speaking


def render_sign_in(
    code: str,
    program: Program,
    *,
    site_url: str,
    valid_for: timedelta,
    language: str = SOURCE_LANGUAGE,
) -> RenderedNotice:
    """Return the mail with a code to type. The subject does not show it, no link carries it."""
    with speaking(language):
        context: dict[str, object] = {
            **of_program(program),
            "greeting": _("Hello,"),
            "opening": (),
            "closing": (),
            "because": _(
                "You get this message because somebody, most likely you, asked to sign in with "
                "this address."
            ),
            "rows": (),
            "actions": (),
            "code": code,
            "minutes": int(valid_for.total_seconds() // 60),
            "page": Links(site_url).program(program),
        }
        subject = _("Your code to sign in to %(program)s") % {"program": line(program.name)}
        text, html = fill_parts("sign_in", context)
    return RenderedNotice(subject=one_line(subject), text=text, html=html, language=language)
