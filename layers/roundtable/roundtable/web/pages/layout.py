"""What every page says around its content."""

from roundtable.domain.model import Record
from roundtable.web.pages.fields import SummaryError


class Banner(Record):
    """What happened, or what to know before reading on; said once at the top."""

    text: str
    success: bool = False
    """Whether something was done; otherwise it is something to know."""


class Organizer(Record):
    """Who runs the program and answers questions."""

    name: str
    email: str


class Link(Record):
    """An entry of the navigation."""

    text: str
    href: str
    current: bool = False


class Layout(Record):
    """The facts of a page's frame; the template says them in the language spoken now."""

    title: str
    """The page's own heading, as the first part of its title."""
    program: str = ""
    home: str = "/"
    """Where the name in the header leads."""
    path: str = "/"
    """The page's own path, to come back to it after the language was chosen."""
    organizer: Organizer | None = None
    back: str = ""
    """Where the back link leads; none without it."""
    navigation: tuple[Link, ...] = ()
    banner: Banner | None = None
    errors: tuple[SummaryError, ...] = ()
    signed_in_as: str = ""
    """Name or address of who is signed in; shown with the way out."""
    sign_out: str = ""
    """Path to which the sign-out form is sent."""
    csrf: str = ""
    """The token of the page's forms (see `csrf.csrf_token`); empty before sign-in."""
    wide: bool = False
    """Whether the content needs the whole width, as tables do; text stays narrow."""
    indexed: bool = False
    """Whether search engines may show it: only what is public."""
