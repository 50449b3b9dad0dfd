"""The addresses by which applicants get in, and which of them they may be led to."""

from urllib.parse import urlencode

from roundtable.web.pages.page import is_own_path
from roundtable.web.pages.program_pages import program_path


def start_path(program: str) -> str:
    """Return the path of the questions before the form."""
    return f"{program_path(program)}/start"


def sign_in_path(program: str, following: str = "", *, signed_out: bool = False) -> str:
    """Return the address to sign in at, to be led on to another path afterwards."""
    return _with(
        f"{program_path(program)}/sign-in",
        next=following,
        **{"signed-out": "yes" if signed_out else ""},
    )


def code_path(program: str, following: str = "", *, sent_again: bool = False) -> str:
    """Return the address at which the code is typed."""
    return _with(
        f"{program_path(program)}/sign-in/code",
        next=following,
        again="yes" if sent_again else "",
    )


def applications_path(program: str) -> str:
    """Return the path of somebody's list of applications."""
    return f"{program_path(program)}/applications"


def below(program: str) -> str:
    """Return what the paths of a program's further pages begin with."""
    return f"{program_path(program)}/"


def led_on_to(given: str, program: str) -> str:
    """Return a path as it was given if somebody may be led to it; otherwise an empty text.

    Addresses can be written by anybody: only pages of the same program are taken.
    """
    below_it = given.startswith(below(program)) and given != below(program)
    return given if is_own_path(given) and below_it else ""


def _with(path: str, **query: str) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
