"""Where staff are: signed in, at the pages of one program."""

from dataclasses import dataclass

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.program import Program
from roundtable.usecases.staff.lookups import find_program
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.layout import Banner, Layout
from roundtable.web.pages.members import STAFF, Member, member, members_form, members_layout
from roundtable.web.pages.posted import Posted


@dataclass(frozen=True)
class AtProgram:
    """A member of staff at the pages of a program."""

    present: Member
    program: Program
    version: int
    """The newest version's number."""

    def path(self, below: str = "") -> str:
        """Return the path of a page of the program."""
        return f"/staff/programs/{self.program.key}{below}"

    def layout(
        self,
        title: str,
        below: str = "",
        *,
        back: str = "",
        banner: Banner | None = None,
        errors: tuple[SummaryError, ...] = (),
        wide: bool = False,
    ) -> Layout:
        """Return the frame of a page of the program."""
        return members_layout(
            self.present,
            STAFF,
            title,
            self.path(below),
            program=self.program,
            back=back,
            banner=banner,
            errors=errors,
            wide=wide,
        )


def at_program(router: Router, key: str) -> AtProgram:
    """Return who asks for a page of which program; raises NotSignedIn, NotAllowed or Unknown."""
    return _at(member(router, STAFF), key)


def form_at_program(router: Router, key: str) -> tuple[AtProgram, Posted]:
    """Return who sent a form about which program, and the form.

    Raises NotSignedIn, NotAllowed, SentBefore or Unknown.
    """
    present, form = members_form(router, STAFF)
    return _at(present, key), form


def _at(present: Member, key: str) -> AtProgram:
    version, program = find_program(present.ports, key)
    return AtProgram(present, program, version)
