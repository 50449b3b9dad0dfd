"""What an applicant is told about applications."""

from datetime import date
from typing import Literal

from pydantic import Field

from roundtable.domain.application import Decision, Form
from roundtable.domain.documents import DocumentStatus
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.requirements import FieldProblem
from roundtable.ports import UploadForm
from roundtable.usecases.following.moments import Moment
from roundtable.usecases.following.timeline import Happening, Phase
from roundtable.usecases.following.view import State

Can = Literal["edit", "submit", "upload", "switch_track", "withdraw", "answer"]


class Missing(Record):
    """A requirement that is not fulfilled yet, with what to do."""

    requirement: Key
    title: str
    reason: str


class RequirementStatus(Record):
    """The verdict on one requirement; `open` where nothing was found out yet."""

    requirement: Key
    title: str
    kind: str
    verdict: Verdict | Literal["open"]
    reason: str


class DocumentVersion(Record):
    """One version of a document."""

    requirement: Key
    number: int
    kind: str
    source: str
    name: str
    status: DocumentStatus
    received_at: Instant | None
    in_grace: bool
    virus_check: str
    """How the search of the file for viruses stands, in words; empty once it is found clean."""
    returned: str
    """Why a person returned it; empty where nobody did."""
    replaces: int | None


class UploadSlotRead(Record):
    """A place for one version of a document, and the form that uploads it."""

    document: DocumentVersion
    form: UploadForm


class DecisionTold(Record):
    """A decision whose notice went out."""

    track: Key
    track_name: str
    decision: Decision
    feedback: str


class OfferTold(Record):
    """An offer, and until when it can be answered."""

    track: Key
    answer_by: Moment
    answer: Literal["", "yes", "no", "lapsed"]


class PromiseTold(Record):
    """The day by whose end the applicant hears."""

    by: date
    local: str


class MyApplication(Record):
    """One line of the caller's applications."""

    id: str
    reference: str
    program: Key
    track: Key
    state: State
    organization: str
    updated_at: Instant
    revision: int


class MyApplications(Record):
    """The caller's applications to one program, newest first."""

    applications: tuple[MyApplication, ...]


class ApplicationRead(Record):
    """An application's form, with everything that stands between it and its submission."""

    id: str
    reference: str
    program: Key
    track: Key
    state: State
    revision: int
    form: Form
    problems: tuple[FieldProblem, ...] = Field(
        description="What is still to be filled in; each path is a JSON pointer into `form`."
    )
    missing: tuple[Missing, ...]
    submit_until: Moment | None
    can: tuple[Can, ...]


class Status(Record):
    """Where an application stands."""

    id: str
    reference: str
    program: Key
    track: Key
    track_name: str
    state: State
    received_at: Moment | None
    promise: PromiseTold | None
    phases: tuple[Phase, ...]
    timeline: tuple[Happening, ...]
    missing: tuple[Missing, ...]
    missing_until: Moment | None
    requirements: tuple[RequirementStatus, ...]
    documents: tuple[DocumentVersion, ...]
    decisions: tuple[DecisionTold, ...]
    offer: OfferTold | None
    extended_until: Moment | None
    tracks_open: tuple[Key, ...]
    """Tracks that it could change to now."""
    can: tuple[Can, ...]
