"""Settings from the environment, typed, one model for each service that a function may use.

A function's settings are those of the services it uses: each is read once, when the service
is first asked for (see `composition`), so a template gives a function only what it needs.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, EmailStr, Field, StringConstraints, ValidationError

Name = Annotated[str, StringConstraints(min_length=1)]
Arn = Annotated[str, StringConstraints(pattern=r"^arn:[a-z-]+:")]


class SettingsMissingError(RuntimeError):
    """A setting is missing or wrong. The message names it and never repeats its value."""


class Settings(BaseModel):
    """The base of all settings; each field's alias is the name of its variable."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Return the settings of an environment; raises SettingsMissingError."""
        try:
            return cls.model_validate(dict(environment))
        except ValidationError as error:
            problems = "; ".join(
                f"{fault['loc'][0]}: {_words(fault['type'], fault['msg'])}"
                for fault in error.errors(include_input=False, include_url=False)
            )
            raise SettingsMissingError(
                f"set these environment variables right: {problems}"
            ) from None

    @classmethod
    def variables(cls) -> frozenset[str]:
        """Return the names of the variables that are read."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items())


class TableSettings(Settings):
    """The table of applications, rounds and sign-ins."""

    table_name: Name = Field(alias="TABLE_NAME")


class ClockSettings(Settings):
    """Where the present comes from: the system, or the table (a rehearsal, a test)."""

    clock_source: Literal["system", "virtual"] = Field(default="system", alias="CLOCK_SOURCE")


class DocumentsSettings(Settings):
    """The bucket of uploaded files."""

    bucket_name: Name = Field(alias="BUCKET_NAME")
    encryption: Literal["", "AES256", "aws:kms"] = Field(default="", alias="BUCKET_ENCRYPTION")
    """Asked of each upload; empty where the bucket encrypts by default."""


class ConductorSettings(Settings):
    """The state machine."""

    state_machine_arn: Arn = Field(alias="STATE_MACHINE_ARN")


class MailerSettings(Settings):
    """Under which address mail is sent."""

    sender_address: EmailStr = Field(alias="SENDER_ADDRESS")
    configuration_set: str = Field(default="", alias="CONFIGURATION_SET")


class EventBusSettings(Settings):
    """The bus that events are published on."""

    event_bus_name: Name = Field(alias="EVENT_BUS_NAME")


class CheckersSettings(Settings):
    """The functions that look into documents."""

    check_letter_function: Name = Field(alias="CHECK_LETTER_FUNCTION")
    check_video_function: Name = Field(alias="CHECK_VIDEO_FUNCTION")


class ReaderSettings(Settings):
    """The function that reads letters."""

    read_letter_function: Name = Field(alias="READ_LETTER_FUNCTION")


class VerifierSettings(Settings):
    """The function that verifies digital signatures."""

    verify_signatures_function: Name = Field(alias="VERIFY_SIGNATURES_FUNCTION")


class DetectorSettings(Settings):
    """Who recognizes signatures by hand; nobody where there is no such service."""

    signature_detection: Literal["textract", "none"] = Field(alias="SIGNATURE_DETECTION")


class ScannerSettings(Settings):
    """Who searches uploaded files for malware; `built-in` recognizes the test file alone."""

    malware_scanner: Literal["guardduty", "built-in"] = Field(alias="MALWARE_SCANNER")


class AlarmsSettings(Settings):
    """The alarms of a deployment; none where it has none."""

    alarm_prefix: str = Field(default="", alias="ALARM_PREFIX")
    """How the names of all its alarms begin."""


class DirectorySettings(Settings):
    """The user pool of reviewers and staff."""

    user_pool_id: Name = Field(alias="USER_POOL_ID")


class HostedSignInSettings(Settings):
    """The page at which reviewers and staff sign in."""

    sign_in_url: Annotated[
        str,
        StringConstraints(pattern=r"^(https://[^\s/]+|http://(localhost|127\.0\.0\.1)(:\d+)?)/?$"),
    ] = Field(alias="SIGN_IN_URL")
    """Over TLS; only this machine may be asked without."""
    user_pool_client_id: Name = Field(alias="USER_POOL_CLIENT_ID")


class SiteSettings(Settings):
    """The address of the sites, for links in messages."""

    site_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+/?$")] = Field(
        alias="SITE_URL"
    )


ALL_SETTINGS: tuple[type[Settings], ...] = (
    TableSettings,
    ClockSettings,
    DocumentsSettings,
    ConductorSettings,
    MailerSettings,
    EventBusSettings,
    CheckersSettings,
    ReaderSettings,
    VerifierSettings,
    DetectorSettings,
    ScannerSettings,
    AlarmsSettings,
    DirectorySettings,
    HostedSignInSettings,
    SiteSettings,
)


def _words(kind: str, message: str) -> str:
    return "is missing" if kind == "missing" else message
