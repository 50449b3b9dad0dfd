"""Which documents can change now, and what a new one must be."""

from datetime import datetime

from roundtable.domain.application import Application
from roundtable.domain.deadlines import close_for, last_close
from roundtable.domain.program import (
    MEGABYTE,
    DocumentRequirement,
    LetterFormat,
    LetterRequirement,
    Program,
    VideoRequirement,
)
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.step import Step

_LETTER_TYPES: dict[LetterFormat, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "jpeg": ("image/jpeg",),
    "png": ("image/png",),
    "tiff": ("image/tiff",),
    "heic": ("image/heic", "image/heif"),
}
VIDEO_TYPES = {"MP4": "video/mp4", "MOV": "video/quicktime", "WebM": "video/webm"}
"""The media types that a browser may announce for a video, by the names people know."""
CHANGEABLE = frozenset({Stage.DRAFT, Stage.CHECKING, Stage.CORRECTIONS, Stage.REVIEW})


def changeable(step: Step, requirement: str) -> DocumentRequirement:
    """Return the requirement if its documents may change now; raises NotNow or Invalid."""
    wanted = _requirement(step.program, step.after, requirement)
    application = step.after
    if application.stage not in CHANGEABLE:
        raise NotNow("not-changeable", "The documents of this application cannot change any more.")
    if step.now < step.program.opens_at:
        raise NotNow("not-open-yet", "The round is not open yet.")
    if step.now >= changeable_until(step.program, application):
        raise NotNow(
            "closed", "The time for changes is over. What you gave before the close is kept."
        )
    if (
        application.stage is Stage.CORRECTIONS
        and application.corrections is not None
        and step.now >= close_for(step.program, step.track, application)
        and requirement not in {item.requirement for item in application.corrections.items}
    ):
        raise NotNow(
            "not-returned",
            f"After the close only what was returned can change; {wanted.title} was not returned.",
        )
    return wanted


def changeable_until(program: Program, application: Application) -> datetime:
    """Return the first instant (UTC) that is too late to change a document in this stage."""
    if application.stage is Stage.CORRECTIONS and application.corrections is not None:
        return correction_end(application, program)
    if application.stage is Stage.DRAFT:
        return last_close(program, application)
    return close_for(program, program.track(application.track), application)


def _requirement(program: Program, application: Application, key: str) -> DocumentRequirement:
    tracks = [application.track]
    if application.stage is Stage.DRAFT:
        tracks += [track for track in application.form.tracks if track not in tracks]
    for track in program.tracks:
        requirement = track.requirement(key) if track.key in tracks else None
        if isinstance(requirement, LetterRequirement | VideoRequirement):
            return requirement
    raise invalid_document("/requirement", f"This application needs no document '{key}'.")


def letter_types(wanted: LetterRequirement) -> tuple[str, ...]:
    """Return the media types that a browser may announce for a letter."""
    return tuple(kind for name in wanted.formats for kind in _LETTER_TYPES[name])


def check_announced(wanted: DocumentRequirement, content_type: str, size: int) -> None:
    """Raise Invalid unless a file of this type and size (bytes) may be uploaded."""
    if isinstance(wanted, LetterRequirement):
        allowed = letter_types(wanted)
        named = ", ".join(name.upper() for name in wanted.formats)
    else:
        allowed, named = tuple(VIDEO_TYPES.values()), ", ".join(VIDEO_TYPES)
    if content_type not in allowed:
        raise invalid_document("/content_type", f"Upload {wanted.title} as one of: {named}.")
    if size < 1:
        raise invalid_document("/size", "The file is empty.")
    if size > wanted.max_megabytes * MEGABYTE:
        raise invalid_document(
            "/size",
            f"The file has {size / MEGABYTE:.1f} MB; the most is {wanted.max_megabytes} MB.",
            code="too-large",
        )


def most_documents(step: Step, requirement: str) -> int:
    """Return how many documents of a requirement count at once."""
    for track in (step.track, *step.program.tracks):
        wanted = track.requirement(requirement)
        if isinstance(wanted, LetterRequirement):
            return wanted.max_documents
    return 1


def invalid_document(path: str, reason: str, code: str = "invalid-document") -> Invalid:
    """Return the refusal of one field, with what to do about it."""
    return Invalid(code, reason, [FieldProblem(path=path, reason=reason)])
