"""What the pages of somebody who applies have in common around their content."""

from collections.abc import Sequence

from roundtable.domain.program import Program
from roundtable.web.pages.applicant.visitors import Visitor
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.guards import token_for_forms
from roundtable.web.pages.layout import Banner, Layout, Organizer
from roundtable.web.pages.program_pages import program_path


def applicants_layout(
    visitor: Visitor,
    program: Program,
    title: str,
    path: str,
    *,
    back: str = "",
    banner: Banner | None = None,
    errors: Sequence[SummaryError] = (),
    wide: bool = False,
) -> Layout:
    """Return the frame of a page for somebody signed in, with a fresh token for its forms.

    `path` is the page's own; the language switch comes back to it with GET.
    """
    home = program_path(program.key)
    return Layout(
        title=title,
        program=program.name,
        home=home,
        path=path,
        organizer=Organizer(name=program.organizer.name, email=program.organizer.email),
        back=back,
        banner=banner,
        errors=tuple(errors),
        signed_in_as=visitor.session.email,
        sign_out=f"{home}/sign-out",
        csrf=token_for_forms(visitor.token),
        wide=wide,
    )
