"""Finding what staff name: a program, an application by its id or reference."""

import re

from roundtable.domain.application import Application
from roundtable.domain.program import Program
from roundtable.domain.reference import is_reference
from roundtable.ports import NotFound, Ports
from roundtable.usecases.applying.drafts import is_application_id
from roundtable.usecases.errors import Stale, Unknown

_KEY = re.compile(r"[a-z][a-z0-9-]{0,62}")


def find_program(ports: Ports, program: str) -> tuple[int, Program]:
    """Return the newest version of a program and its number; raises Unknown."""
    unknown = Unknown("unknown-program", f"There is no program '{program[:63]}'.")
    if not _KEY.fullmatch(program):
        raise unknown
    try:
        return ports.rounds.newest(program)
    except NotFound:
        raise unknown from None


def find_application(ports: Ports, name: str, *, version: int | None = None) -> Application:
    """Return an application by its id or its reference number.

    Raises Unknown, and Stale where it is not at the version that a person looked at.
    """
    unknown = Unknown("unknown-application", "There is no such application.")
    if not is_reference(name) and not is_application_id(name):
        raise unknown
    try:
        application = (
            ports.applications.by_reference(name.strip().upper())
            if is_reference(name)
            else ports.applications.get(name)
        )
    except NotFound:
        raise unknown from None
    if version is not None and version != application.version:
        raise Stale(
            "application-changed",
            f"{application.reference} changed since you read it (version {version}, now "
            f"{application.version}). Read it again, then decide.",
        )
    return application
