"""Addresses of pages that notices lead to. None of them carries a token."""

from dataclasses import dataclass
from urllib.parse import quote

from roundtable.domain.application import Application
from roundtable.domain.program import Program


@dataclass(frozen=True, slots=True)
class Links:
    """The pages of one site. `site_url` is its address, with or without a slash at its end."""

    site_url: str

    def program(self, program: Program) -> str:
        """Return where a program's applicants sign in."""
        return self.page(f"/programs/{quote(program.key)}")

    def application(self, application: Application) -> str:
        """Return where an applicant sees an application, after signing in."""
        return self.page(
            f"/programs/{quote(application.program)}/applications/{quote(application.reference)}"
        )

    def review(self, application: Application) -> str:
        """Return where a reviewer reviews an application, after signing in."""
        return self.page(f"/reviewer/applications/{quote(application.id)}")

    def staff(self, application: Application) -> str:
        """Return where staff see an application, after signing in."""
        return self.page(f"/staff/applications/{quote(application.id)}")

    def page(self, address: str) -> str:
        """Return a whole address; a path is one of the site's own pages."""
        return address if not address.startswith("/") else self.site_url.rstrip("/") + address
