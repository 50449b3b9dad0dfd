"""Settings of the environment."""

import pytest

from roundtable.runtime.settings import (
    ALL_SETTINGS,
    CheckersSettings,
    ClockSettings,
    ConductorSettings,
    DocumentsSettings,
    HostedSignInSettings,
    MailerSettings,
    SettingsMissingError,
    SiteSettings,
)


def test_settings_are_read_from_their_variables() -> None:
    settings = DocumentsSettings.read({"BUCKET_NAME": "files", "PATH": "/bin"})

    assert settings.bucket_name == "files"
    assert settings.encryption == ""


def test_every_missing_variable_is_named() -> None:
    with pytest.raises(SettingsMissingError) as raised:
        CheckersSettings.read({})

    assert str(raised.value) == (
        "set these environment variables right: CHECK_LETTER_FUNCTION: is missing; "
        "CHECK_VIDEO_FUNCTION: is missing"
    )


def test_wrong_value_is_named_but_not_repeated() -> None:
    with pytest.raises(SettingsMissingError) as raised:
        ConductorSettings.read({"STATE_MACHINE_ARN": "secret-value"})

    assert "STATE_MACHINE_ARN" in str(raised.value)
    assert "secret-value" not in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "environment"),
    [
        (ClockSettings, {"CLOCK_SOURCE": "sundial"}),
        (MailerSettings, {"SENDER_ADDRESS": "nobody"}),
        (SiteSettings, {"SITE_URL": "apply.example.org"}),
        (SiteSettings, {"SITE_URL": "https://apply.example.org/path"}),
        (DocumentsSettings, {"BUCKET_NAME": ""}),
    ],
)
def test_wrong_values_are_refused(kind: type[ClockSettings], environment: dict[str, str]) -> None:
    with pytest.raises(SettingsMissingError, match=next(iter(environment))):
        kind.read(environment)


@pytest.mark.parametrize(
    "address",
    [
        "http://people.example.org",
        "http://localhost.example.org",
        "http://localhost@example.org",
        "https://people.example.org/path",
        "http://localhost:80/path",
        "",
    ],
)
def test_sign_in_is_over_tls_except_on_this_machine(address: str) -> None:
    with pytest.raises(SettingsMissingError, match="SIGN_IN_URL"):
        HostedSignInSettings.read({"SIGN_IN_URL": address, "USER_POOL_CLIENT_ID": "client"})
    for right in ("https://people.example.org", "http://localhost:4566", "http://127.0.0.1:4566"):
        told = {"SIGN_IN_URL": right, "USER_POOL_CLIENT_ID": "client"}
        assert HostedSignInSettings.read(told).sign_in_url == right


def test_the_clock_is_the_systems_unless_told() -> None:
    assert ClockSettings.read({}).clock_source == "system"


def test_variables_are_told_for_the_template() -> None:
    assert {name for kind in ALL_SETTINGS for name in kind.variables()} == {
        "ALARM_PREFIX",
        "BUCKET_ENCRYPTION",
        "BUCKET_NAME",
        "CHECK_LETTER_FUNCTION",
        "CHECK_VIDEO_FUNCTION",
        "CLOCK_SOURCE",
        "CONFIGURATION_SET",
        "EVENT_BUS_NAME",
        "MALWARE_SCANNER",
        "READ_LETTER_FUNCTION",
        "SENDER_ADDRESS",
        "SIGNATURE_DETECTION",
        "SIGN_IN_URL",
        "SITE_URL",
        "STATE_MACHINE_ARN",
        "TABLE_NAME",
        "USER_POOL_CLIENT_ID",
        "USER_POOL_ID",
        "VERIFY_SIGNATURES_FUNCTION",
    }
