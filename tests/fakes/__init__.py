"""In-memory stand-ins for every port; the contract suite holds them to what the adapters do."""

from dataclasses import dataclass, field

from tests.fakes.alarms import FakeAlarms
from tests.fakes.applications import FakeApplications
from tests.fakes.documents import FakeDocuments
from tests.fakes.mail import FakeEventBus, FakeMailer
from tests.fakes.people import (
    FakeDirectory,
    FakeHolidays,
    FakeHostedSignIn,
    FakeVideoDirectory,
)
from tests.fakes.readers import FakeLetterReader
from tests.fakes.rounds import FakeRounds
from tests.fakes.scanner import FakeMalwareScanner
from tests.fakes.sign_ins import FakeSignIns
from tests.fakes.signatures import FakeSignatureDetector, FakeSignatureVerifier
from tests.fakes.time import FakeClock, FakeRandomness
from tests.fakes.workflow import FakeCheckers, FakeConductor

__all__ = [
    "FakeAlarms",
    "FakeApplications",
    "FakeCheckers",
    "FakeClock",
    "FakeConductor",
    "FakeDirectory",
    "FakeDocuments",
    "FakeEventBus",
    "FakeHolidays",
    "FakeHostedSignIn",
    "FakeLetterReader",
    "FakeMailer",
    "FakeMalwareScanner",
    "FakePorts",
    "FakeRandomness",
    "FakeRounds",
    "FakeSignIns",
    "FakeSignatureDetector",
    "FakeSignatureVerifier",
    "FakeVideoDirectory",
]


@dataclass
class FakePorts:
    """All fakes together; applications and rounds share their seats as they share the table."""

    rounds: FakeRounds = field(default_factory=FakeRounds)
    applications: FakeApplications = field(default_factory=FakeApplications)
    sign_ins: FakeSignIns = field(default_factory=FakeSignIns)
    clock: FakeClock = field(default_factory=FakeClock)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    conductor: FakeConductor = field(default_factory=FakeConductor)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    event_bus: FakeEventBus = field(default_factory=FakeEventBus)
    checkers: FakeCheckers = field(default_factory=FakeCheckers)
    malware_scanner: FakeMalwareScanner = field(default_factory=FakeMalwareScanner)
    letter_reader: FakeLetterReader = field(init=False)
    signature_verifier: FakeSignatureVerifier = field(default_factory=FakeSignatureVerifier)
    signature_detector: FakeSignatureDetector = field(default_factory=FakeSignatureDetector)
    video_directory: FakeVideoDirectory = field(default_factory=FakeVideoDirectory)
    holidays: FakeHolidays = field(default_factory=FakeHolidays)
    directory: FakeDirectory = field(default_factory=FakeDirectory)
    alarms: FakeAlarms = field(default_factory=FakeAlarms)
    hosted_sign_in: FakeHostedSignIn = field(default_factory=FakeHostedSignIn)
    randomness: FakeRandomness = field(default_factory=FakeRandomness)
    site_url: str = "https://apply.example.org"

    def __post_init__(self) -> None:
        self.applications.rounds = self.rounds
        self.letter_reader = FakeLetterReader(self.documents)
