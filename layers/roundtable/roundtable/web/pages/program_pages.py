"""The pages that anybody reads before applying: what is offered, and one program."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.usecases.applying.offering import ProgramOffered
from roundtable.web.pages import layout, program_words
from roundtable.web.pages.headers import public_headers
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _

HOME = "/"


def program_path(key: str) -> str:
    """Return the path of a program's page."""
    return f"/programs/{key}"


def list_page(programs: Sequence[ProgramOffered]) -> Response[str]:
    """Return the list of what is offered."""
    frame = Layout(title=_("Programs"), path=HOME, indexed=True)
    return page(
        "programs/list.html",
        frame,
        headers=public_headers(),
        programs=programs,
        words=program_words,
        program_path=program_path,
    )


def program_page(offered: ProgramOffered) -> Response[str]:
    """Return the page of one program, made of its file alone."""
    organizer = offered.organizer
    frame = Layout(
        title=offered.name,
        path=program_path(offered.key),
        organizer=layout.Organizer(name=organizer.name, email=organizer.email),
        wide=True,
        indexed=True,
    )
    return page(
        "programs/program.html",
        frame,
        headers=public_headers(),
        program=offered,
        words=program_words,
    )
