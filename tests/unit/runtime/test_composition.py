"""The composition root."""

import subprocess
import sys

import pytest

from roundtable import ports as port
from roundtable.adapters.conductor_stepfunctions import StepFunctionsConductor
from roundtable.adapters.detector_none import NoDetector
from roundtable.adapters.detector_textract import TextractDetector
from roundtable.adapters.documents_s3 import S3Documents
from roundtable.adapters.scanner_builtin import BuiltInScanner
from roundtable.adapters.scanner_guardduty import GuardDutyScanner
from roundtable.adapters.table.clock import SystemClock, VirtualClock
from roundtable.runtime.composition import AwsPorts, ports
from roundtable.runtime.settings import SettingsMissingError
from tests.factories import NOW

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "BUCKET_NAME": "files",
    "CHECK_LETTER_FUNCTION": "check-letter",
    "CHECK_VIDEO_FUNCTION": "check-video",
    "CLOCK_SOURCE": "system",
    "EVENT_BUS_NAME": "events",
    "MALWARE_SCANNER": "guardduty",
    "READ_LETTER_FUNCTION": "read-letter",
    "SENDER_ADDRESS": "roundtable@apply.example.org",
    "SIGNATURE_DETECTION": "textract",
    "SIGN_IN_URL": "https://people.example.org",
    "SITE_URL": "https://apply.example.org/",
    "STATE_MACHINE_ARN": "arn:aws:states:eu-west-1:123456789012:stateMachine:roundtable",
    "TABLE_NAME": "roundtable",
    "USER_POOL_CLIENT_ID": "client",
    "USER_POOL_ID": "eu-west-1_Pool",
    "VERIFY_SIGNATURES_FUNCTION": "verify-signatures",
}
NAMES = [name for name, value in vars(port.Ports).items() if isinstance(value, property)]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    return monkeypatch


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("name", NAMES)
def test_each_port_is_made_once(name: str) -> None:
    made = AwsPorts()

    assert getattr(made, name) is getattr(made, name)


@pytest.mark.usefixtures("environment")
def test_site_url_has_no_slash_at_its_end() -> None:
    assert AwsPorts().site_url == "https://apply.example.org"


def test_who_looks_into_files_is_chosen_by_settings(environment: pytest.MonkeyPatch) -> None:
    assert isinstance(AwsPorts().malware_scanner, GuardDutyScanner)
    assert isinstance(AwsPorts().signature_detector, TextractDetector)
    environment.setenv("MALWARE_SCANNER", "built-in")
    environment.setenv("SIGNATURE_DETECTION", "none")
    assert isinstance(AwsPorts().malware_scanner, BuiltInScanner)
    assert isinstance(AwsPorts().signature_detector, NoDetector)


def test_clock_is_the_tables_in_a_rehearsal(environment: pytest.MonkeyPatch) -> None:
    assert isinstance(AwsPorts().clock, SystemClock)
    environment.setenv("CLOCK_SOURCE", "virtual")
    assert isinstance(AwsPorts().clock, VirtualClock)


def test_missing_setting_is_named_when_it_is_needed(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("BUCKET_NAME")
    made = AwsPorts()

    assert isinstance(made.conductor, StepFunctionsConductor)
    with pytest.raises(SettingsMissingError, match="BUCKET_NAME: is missing"):
        _ = made.documents


def test_uploads_go_to_the_regions_own_endpoint(environment: pytest.MonkeyPatch) -> None:
    form = AwsPorts().documents.upload_form("k", content_type="a/b", max_bytes=1, now=NOW)
    assert form.url == "https://files.s3.eu-west-1.amazonaws.com/"

    environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    documents = AwsPorts().documents
    assert isinstance(documents, S3Documents)
    local = documents.upload_form("k", content_type="a/b", max_bytes=1, now=NOW)
    assert local.url == "http://127.0.0.1:4566/files"


def test_ports_are_made_once_for_the_process() -> None:
    assert ports() is ports()


def test_composition_imports_no_adapter_by_itself() -> None:
    script = (
        "import sys, roundtable.runtime.composition\n"
        "heavy = {'boto3', 'botocore', 'holidays', 'icalendar', 'jinja2'}\n"
        "adapters = {name for name in sys.modules if name.startswith('roundtable.adapters')}\n"
        "print(sorted(heavy & set(sys.modules)), sorted(adapters))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[] []"
