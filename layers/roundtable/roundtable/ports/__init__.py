"""What the use cases need from the world. Adapters implement it, fakes stand in for it."""

from typing import Protocol

from roundtable.ports.alarms import Alarm, Alarms
from roundtable.ports.applications import (
    Applications,
    Changes,
    DueItem,
    IdempotencyRecord,
    Page,
    SeatChange,
    Waiting,
)
from roundtable.ports.documents import (
    Checkers,
    Documents,
    LetterReader,
    MalwareScanner,
    SignatureDetector,
    SignatureVerifier,
    StoredObject,
    UploadForm,
)
from roundtable.ports.errors import (
    AlreadyThere,
    Conflict,
    NotFound,
    Quarantined,
    ReadingFailed,
    SeatsFull,
    Unavailable,
)
from roundtable.ports.messages import Attachment, EventBus, Mailer, Message
from roundtable.ports.rounds import Rounds
from roundtable.ports.sign_ins import (
    Directory,
    HostedSignIn,
    Identified,
    MemberSession,
    Session,
    SignInCode,
    SignInRefused,
    SignIns,
)
from roundtable.ports.surroundings import Clock, Holidays, Randomness, VideoDirectory
from roundtable.ports.workflow import Conductor, ExecutionStatus

__all__ = [
    "Alarm",
    "Alarms",
    "AlreadyThere",
    "Applications",
    "Attachment",
    "Changes",
    "Checkers",
    "Clock",
    "Conductor",
    "Conflict",
    "Directory",
    "Documents",
    "DueItem",
    "EventBus",
    "ExecutionStatus",
    "Holidays",
    "HostedSignIn",
    "IdempotencyRecord",
    "Identified",
    "LetterReader",
    "Mailer",
    "MalwareScanner",
    "MemberSession",
    "Message",
    "NotFound",
    "Page",
    "Ports",
    "Quarantined",
    "Randomness",
    "ReadingFailed",
    "Rounds",
    "SeatChange",
    "SeatsFull",
    "Session",
    "SignInCode",
    "SignInRefused",
    "SignIns",
    "SignatureDetector",
    "SignatureVerifier",
    "StoredObject",
    "Unavailable",
    "UploadForm",
    "VideoDirectory",
    "Waiting",
]


class Ports(Protocol):
    """Everything a use case may ask for. Each is made when it is first used."""

    @property
    def applications(self) -> Applications:
        """Applications and all that belongs to them."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Programs, seats, statistics, reviewers."""
        ...

    @property
    def sign_ins(self) -> SignIns:
        """Codes and sessions."""
        ...

    @property
    def clock(self) -> Clock:
        """The present."""
        ...

    @property
    def documents(self) -> Documents:
        """Uploaded files."""
        ...

    @property
    def conductor(self) -> Conductor:
        """Executions of the state machine."""
        ...

    @property
    def mailer(self) -> Mailer:
        """The mail service."""
        ...

    @property
    def event_bus(self) -> EventBus:
        """Subscribers."""
        ...

    @property
    def checkers(self) -> Checkers:
        """Functions that look into documents."""
        ...

    @property
    def letter_reader(self) -> LetterReader:
        """Who reads letters."""
        ...

    @property
    def signature_verifier(self) -> SignatureVerifier:
        """Who verifies digital signatures."""
        ...

    @property
    def signature_detector(self) -> SignatureDetector:
        """Who recognizes signatures by hand."""
        ...

    @property
    def malware_scanner(self) -> MalwareScanner:
        """Who searches files for malware."""
        ...

    @property
    def video_directory(self) -> VideoDirectory:
        """What hosts tell about videos."""
        ...

    @property
    def holidays(self) -> Holidays:
        """Public holidays."""
        ...

    @property
    def alarms(self) -> Alarms:
        """What rings where something fails."""
        ...

    @property
    def directory(self) -> Directory:
        """Who may sign in."""
        ...

    @property
    def hosted_sign_in(self) -> HostedSignIn:
        """The page at which reviewers and staff sign in."""
        ...

    @property
    def randomness(self) -> Randomness:
        """Ids, codes and tokens."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the sites, without a slash at its end."""
        ...
