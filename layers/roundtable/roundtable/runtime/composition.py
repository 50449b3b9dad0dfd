"""The composition root: which adapter stands behind each port when the project runs on AWS."""

# ruff: noqa: PLC0415 (a function imports, and so pays for, only the adapters that it uses)
# ruff: noqa: D401 (properties say what they are)

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, cast

from roundtable.ports import (
    Alarms,
    Applications,
    Checkers,
    Clock,
    Conductor,
    Directory,
    Documents,
    EventBus,
    Holidays,
    HostedSignIn,
    LetterReader,
    Mailer,
    MalwareScanner,
    Ports,
    Randomness,
    Rounds,
    SignatureDetector,
    SignatureVerifier,
    SignIns,
    VideoDirectory,
)
from roundtable.runtime.settings import (
    AlarmsSettings,
    CheckersSettings,
    ClockSettings,
    ConductorSettings,
    DetectorSettings,
    DirectorySettings,
    DocumentsSettings,
    EventBusSettings,
    HostedSignInSettings,
    MailerSettings,
    ReaderSettings,
    ScannerSettings,
    SiteSettings,
    TableSettings,
    VerifierSettings,
)

if TYPE_CHECKING:
    from botocore.config import Config

    from roundtable.adapters.table.table import Table

    made_once = property
    """To whoever reads it, a property like any other."""
else:
    made_once = cached_property


LOOK_LASTS = 40
"""Seconds to wait for a look into a file: the 30 of the function that looks, and its cold start."""


class AwsPorts(Ports):
    """Makes each adapter when it is first asked for, with its own settings and client.

    A setting that a function lacks is named when the function first needs it.
    """

    @made_once
    def applications(self) -> Applications:
        """Applications, in the table."""
        from roundtable.adapters.table.applications import TableApplications

        return TableApplications(self._table)

    @made_once
    def rounds(self) -> Rounds:
        """Programs, seats, statistics and reviewers, in the table."""
        from roundtable.adapters.table.rounds import TableRounds

        return TableRounds(self._table)

    @made_once
    def sign_ins(self) -> SignIns:
        """Codes and sessions, in the table."""
        from roundtable.adapters.table.sign_ins import TableSignIns

        return TableSignIns(self._table)

    @made_once
    def clock(self) -> Clock:
        """The system's clock; in a rehearsal, the one in the table."""
        if ClockSettings.read(os.environ).clock_source == "virtual":
            from roundtable.adapters.table.clock import VirtualClock

            return VirtualClock(self._table)
        from roundtable.adapters.table.clock import SystemClock

        return SystemClock()

    @made_once
    def documents(self) -> Documents:
        """Uploaded files, in S3."""
        from botocore.config import Config

        from roundtable.adapters.documents_s3 import S3Documents

        # Version 4 signatures for every region, in the region's own endpoint: addresses of the
        # global one are redirected for new buckets, which a browser's upload does not survive.
        # An endpoint of our own (the embedded AWS) has no host names for buckets.
        style = "path" if os.environ.get("AWS_ENDPOINT_URL") else "virtual"
        config = Config(signature_version="s3v4", s3={"addressing_style": style})
        settings = DocumentsSettings.read(os.environ)
        return S3Documents(
            self._client("s3", config),
            settings.bucket_name,
            encryption=settings.encryption,
        )

    @made_once
    def conductor(self) -> Conductor:
        """The state machine."""
        from roundtable.adapters.conductor_stepfunctions import StepFunctionsConductor

        settings = ConductorSettings.read(os.environ)
        client = self._client("stepfunctions")
        return StepFunctionsConductor(client, settings.state_machine_arn)

    @made_once
    def mailer(self) -> Mailer:
        """SES."""
        from roundtable.adapters.mailer_ses import SesMailer

        settings = MailerSettings.read(os.environ)
        client = self._client("sesv2")
        return SesMailer(client, settings.sender_address, settings.configuration_set)

    @made_once
    def event_bus(self) -> EventBus:
        """EventBridge."""
        from roundtable.adapters.event_bus import EventBridgeBus

        settings = EventBusSettings.read(os.environ)
        client = self._client("events")
        return EventBridgeBus(client, settings.event_bus_name)

    @made_once
    def checkers(self) -> Checkers:
        """The functions that look into documents."""
        from roundtable.adapters.checkers_lambda import LambdaCheckers

        settings = CheckersSettings.read(os.environ)
        return LambdaCheckers(
            self._client("lambda"),
            {"letter": settings.check_letter_function, "video": settings.check_video_function},
        )

    @made_once
    def letter_reader(self) -> LetterReader:
        """The function that reads letters."""
        from roundtable.adapters.reader_lambda import LambdaReader

        settings = ReaderSettings.read(os.environ)
        return LambdaReader(self._patient_client("lambda"), settings.read_letter_function)

    @made_once
    def signature_verifier(self) -> SignatureVerifier:
        """The function that verifies digital signatures."""
        from roundtable.adapters.verifier_lambda import LambdaVerifier

        settings = VerifierSettings.read(os.environ)
        return LambdaVerifier(self._patient_client("lambda"), settings.verify_signatures_function)

    @made_once
    def signature_detector(self) -> SignatureDetector:
        """Textract, or nobody."""
        if DetectorSettings.read(os.environ).signature_detection == "none":
            from roundtable.adapters.detector_none import NoDetector

            return NoDetector()
        from botocore.config import Config

        from roundtable.adapters.detector_textract import TextractDetector

        settings = DocumentsSettings.read(os.environ)
        # It throttles at a few pages a second in most accounts.
        client = self._client("textract", Config(retries={"total_max_attempts": 4}))
        return TextractDetector(client, settings.bucket_name)

    @made_once
    def malware_scanner(self) -> MalwareScanner:
        """GuardDuty, or a search for the test file alone."""
        bucket = DocumentsSettings.read(os.environ).bucket_name
        if ScannerSettings.read(os.environ).malware_scanner == "guardduty":
            from roundtable.adapters.scanner_guardduty import GuardDutyScanner

            return GuardDutyScanner(self._client("s3"), bucket)
        from roundtable.adapters.scanner_builtin import BuiltInScanner

        return BuiltInScanner(self._client("s3"), bucket)

    @made_once
    def video_directory(self) -> VideoDirectory:
        """The hosts' oEmbed endpoints, and the pages of videos."""
        from roundtable.adapters.videos.directory import HostsDirectory

        return HostsDirectory()

    @made_once
    def holidays(self) -> Holidays:
        """The calendar of public holidays."""
        from roundtable.adapters.holidays_calendar import CalendarHolidays

        return CalendarHolidays()

    @made_once
    def alarms(self) -> Alarms:
        """CloudWatch's, as far as they are this deployment's."""
        from roundtable.adapters.alarms_cloudwatch import CloudWatchAlarms

        settings = AlarmsSettings.read(os.environ)
        return CloudWatchAlarms(self._client("cloudwatch"), settings.alarm_prefix)

    @made_once
    def directory(self) -> Directory:
        """Cognito."""
        from botocore.config import Config

        from roundtable.adapters.directory_cognito import CognitoDirectory

        settings = DirectorySettings.read(os.environ)
        # Asked while somebody waits for a page, which is shown without an answer, too.
        patience = Config(read_timeout=5, retries={"total_max_attempts": 2})
        client = self._client("cognito-idp", patience)
        return CognitoDirectory(client, settings.user_pool_id)

    @made_once
    def hosted_sign_in(self) -> HostedSignIn:
        """Cognito's own page."""
        from roundtable.adapters.hosted_sign_in_cognito import CognitoHostedSignIn

        settings = HostedSignInSettings.read(os.environ)
        return CognitoHostedSignIn(settings.sign_in_url, settings.user_pool_client_id)

    @made_once
    def randomness(self) -> Randomness:
        """The operating system's."""
        from roundtable.adapters.randomness_system import SystemRandomness

        return SystemRandomness()

    @made_once
    def site_url(self) -> str:
        """The address of the sites, without a slash at its end."""
        return SiteSettings.read(os.environ).site_url.rstrip("/")

    # --- what the adapters share -------------------------------------------------------------

    def _client(self, service: str, config: "Config | None" = None) -> Any:  # noqa: ANN401
        """Return a client that waits briefly: a function is cut off at its timeout without a word.

        Untyped, because the type would follow from the text of the name; adapters say what
        they take.
        """
        import boto3
        from botocore.config import Config

        patience = Config(
            connect_timeout=2, read_timeout=10, retries={"mode": "standard", "max_attempts": 3}
        )
        return cast("Any", boto3).client(
            service, config=patience.merge(config) if config else patience
        )

    def _patient_client(self, service: str) -> Any:  # noqa: ANN401
        """Return a client for calls that take as long as the function which looks into a file.

        Such a call is not repeated by itself: it would be made twice at once.
        """
        from botocore.config import Config

        return self._client(
            service, Config(read_timeout=LOOK_LASTS, retries={"total_max_attempts": 1})
        )

    @made_once
    def _table(self) -> "Table":
        from roundtable.adapters.table.table import Table

        return Table(self._client("dynamodb"), TableSettings.read(os.environ).table_name)


@cache
def ports() -> Ports:
    """Return the ports of this process; they live as long as it does."""
    return AwsPorts()
