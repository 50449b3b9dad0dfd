"""One team's request, with everything that decides where it stands."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import EmailStr, Field

from roundtable.domain.documents import DocumentBinding
from roundtable.domain.due import Due
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Key, LongText, Record, ShortText
from roundtable.domain.stages import ClosedAs, Stage


class Contact(Record):
    """A person the notices go to."""

    name: ShortText
    email: EmailStr


class Organization(Record):
    """Who applies; type, region and size are keys of the program's own lists."""

    name: ShortText
    type: str = ""
    city: str = Field(default="", max_length=200)
    region: str = ""
    size: str = ""
    population: str = Field(default="", max_length=500)
    """Populations served, in the applicant's words."""
    website: str = Field(default="", max_length=500)


class Member(Record):
    """One person of the team."""

    name: ShortText
    role: ShortText
    email: EmailStr | None = None
    lens: str = Field(default="", max_length=200)
    """Data, quality improvement, equity, patient-facing care … as the team says it."""


Answer = str | tuple[str, ...] | bool


class Form(Record):
    """What an applicant fills in; every part may be missing in a draft."""

    tracks: tuple[Key, ...] = ()
    """Tracks the team is interested in; it is considered in the program's order."""
    contact: Contact | None = None
    second_contact: Contact | None = None
    organization: Organization | None = None
    team: tuple[Member, ...] = Field(default=(), max_length=50)
    eligibility: dict[Key, str] = Field(default_factory=dict)
    answers: dict[Key, Answer] = Field(default_factory=dict)
    attestations: dict[Key, tuple[LongText, ...]] = Field(default_factory=dict)
    """Statements affirmed, in the words shown, by requirement."""


class Decision(StrEnum):
    """What was decided for one track."""

    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    NOT_SELECTED = "not_selected"


class Outcome(Record):
    """The one decision of a track about this application, and to which content it is bound."""

    track: Key
    decision: Decision
    decided_at: Instant
    decided_by: str
    """A staff member's or the system's name in the audit."""
    feedback: LongText = ""
    """Words for the applicant."""
    documents: tuple[DocumentBinding, ...] = ()
    promoted_at: Instant | None = None
    """When a waitlisted application was given a seat."""
    seat: Literal["", "open", "reserved"] = ""
    """From which pool the seat was taken; empty where none is held."""


class Finding(Record):
    """One thing about one requirement that the applicant is to do or a person to look at."""

    requirement: Key
    verdict: Verdict
    reason: LongText
    documents: tuple[int, ...] = ()


class Corrections(Record):
    """What was returned or is missing, and until when it can be mended."""

    asked_at: Instant
    until: Instant
    """End of the correction window; what was never provided may follow until a later close."""
    items: tuple[Finding, ...]
    returned_by: str = ""
    """The reviewer or staff member who returned it; empty when the checks did."""


class PanelSeat(Record):
    """One reviewer's place in the panel of the present track."""

    reviewer: str
    assigned_at: Instant
    remind_at: Instant
    replace_at: Instant
    due_at: Instant
    done: bool = False


class Extension(Record):
    """A later close for this application alone."""

    until: Instant
    reason: ShortText
    granted_by: str


class Offer(Record):
    """An acceptance that waits for the team's yes."""

    track: Key
    made_at: Instant
    answer_by: Instant
    answer: Literal["", "yes", "no", "lapsed"] = ""
    answered_at: Instant | None = None


class HelpNeeded(Record):
    """Why the application is stuck; the stage stays, so that a restart goes on from it."""

    since: Instant
    reason: ShortText
    state: str = ""


class Flag(Record):
    """Something staff should know; nothing is merged or refused because of it."""

    kind: Literal["duplicate_organization", "team_size", "second_address", "look"]
    detail: ShortText
    raised_at: Instant


class Application(Record):
    """One application. `version` counts its changes and fences late writers."""

    id: str
    reference: str
    program: Key
    program_version: int
    owner: EmailStr
    """The address, in lower case, that signs in for this application."""
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    """The language in which its applicant reads pages and notices."""
    form: Form = Form()
    track: Key
    """The track it is considered for now."""
    stage: Stage = Stage.DRAFT
    created_at: Instant
    updated_at: Instant
    received_at: Instant | None = None
    """Receipt time: the server's, at submission; it never changes."""
    promise: date | None = None
    """Local day by whose end the applicant hears, before business days are applied."""
    answered_on: Instant | None = None
    """When the first decision notice went out: the promise was kept then."""
    promise_warned: bool = False
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What the latest checks found for the present track."""
    corrections: Corrections | None = None
    panel: tuple[PanelSeat, ...] = ()
    review_round: int = 0
    offer: Offer | None = None
    extension: Extension | None = None
    admitted: tuple[Key, ...] = ()
    """Requirements that staff admitted as they are, with a reason in the audit."""
    flags: tuple[Flag, ...] = ()
    help: HelpNeeded | None = None
    closed_as: ClosedAs | None = None
    closed_at: Instant | None = None
    waitlisted_at: Instant | None = None
    done: frozenset[str] = frozenset()
    """Due actions already carried out, by their mark."""
    due: Due | None = None
    run: int = 0
    """Number of the execution that conducts it; 0 before submission."""
    score: Decimal | None = None
    """Mean score of the present track's panel, 0 to 100, when it was decided."""
    form_revision: int = 0
    """Counts changes of the form; an applicant's stale change is refused by it."""
    version: int = 0
    audit_length: int = 0
    audit_head: str = ""

    def outcome(self, track: str) -> Outcome | None:
        """Return the decision of a track, if it was taken."""
        return next((item for item in self.outcomes if item.track == track), None)

    @property
    def present_outcome(self) -> Outcome | None:
        """The decision of the track it is considered for now."""
        return self.outcome(self.track)

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen to it by itself."""
        return self.stage is not Stage.CLOSED

    @property
    def submitted(self) -> bool:
        """Whether it was received."""
        return self.received_at is not None
