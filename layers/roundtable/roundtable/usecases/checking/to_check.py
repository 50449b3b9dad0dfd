"""What a check is asked to look into."""

from roundtable.domain.application import Application
from roundtable.domain.documents import Document, unchecked
from roundtable.domain.program import DocumentRequirement, LetterRequirement, VideoRequirement
from roundtable.ports import Ports
from roundtable.usecases.step import program_of


def to_check(ports: Ports, application_id: str, requirement: str, number: int) -> Document | None:
    """Return the document if it still waits for its check; None if it was replaced or checked."""
    for document in unchecked(ports.applications.documents(application_id)):
        if (document.requirement, document.number) == (requirement, number):
            return document
    return None


def requirement_of(ports: Ports, application: Application, key: str) -> DocumentRequirement | None:
    """Return a requirement for documents by its key, whichever track asks for it."""
    for track in program_of(ports, application).tracks:
        requirement = track.requirement(key)
        if isinstance(requirement, LetterRequirement | VideoRequirement):
            return requirement
    return None
