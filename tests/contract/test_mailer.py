"""The mailer: the fake and SES (moto)."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from roundtable.adapters.mailer_ses import SesMailer, decode_tags, encode_tag, mime
from roundtable.ports import Attachment, Mailer, Message, Unavailable
from tests.fakes import FakeMailer

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

SENDER = "roundtable@apply.example.org"


def make_message(**overrides: Any) -> Message:
    """Return a message with an attachment."""
    message: dict[str, Any] = {
        "to": ("ada@stmary.example",),
        "sender_name": "Büro, Fellowship",
        "reply_to": "office@fellowship.example",
        "subject": "Grüße: your application (FW-TEST-0001)",
        "text": "Dear Ada,\n\nWelcome.\n",
        "html": "<p>Dear Ada,</p><p>Welcome.</p>",
        "attachments": (
            Attachment(
                file_name="sessions.ics",
                content_type="text/calendar; method=PUBLISH; charset=utf-8",
                content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
            ),
        ),
        "tags": {"application": "01GEF2AYR00000000000000001", "notice": "review_asked#r1:2"},
    }
    return Message.model_validate(message | overrides)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SESV2Client]":
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        # Services without stubs make the overloads partly unknown.
        client = boto3.client("sesv2", region_name="us-east-1")  # pyright: ignore[reportUnknownMemberType]
        client.create_email_identity(EmailIdentity=SENDER)
        yield client


@pytest.fixture(params=["fake", "ses"])
def mailer(request: pytest.FixtureRequest) -> Mailer:
    if request.param == "fake":
        return FakeMailer()
    return SesMailer(request.getfixturevalue("client"), SENDER)


def test_sent_messages_have_ids_of_their_own(mailer: Mailer) -> None:
    assert mailer.send(make_message())
    assert mailer.send(make_message()) != mailer.send(make_message())


def test_tags_and_configuration_set_go_along(client: "SESV2Client") -> None:
    expected = {
        "FromEmailAddress": SENDER,
        "Destination": {"ToAddresses": ["ada@stmary.example"]},
        "Content": ANY,
        "EmailTags": [
            {"Name": "application", "Value": "01GEF2AYR00000000000000001"},
            {"Name": "notice", "Value": "review_5fasked_23r1_3a2"},
        ],
        "ConfigurationSetName": "roundtable",
    }
    with Stubber(client) as stub:
        stub.add_response("send_email", {"MessageId": "id-1"}, expected)
        assert SesMailer(client, SENDER, "roundtable").send(make_message()) == "id-1"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("MessageRejected", ValueError),
        ("MailFromDomainNotVerifiedException", ValueError),
        ("BadRequestException", ValueError),
        ("TooManyRequestsException", Unavailable),
        ("LimitExceededException", Unavailable),
        ("SendingPausedException", Unavailable),
    ],
)
def test_refusals_are_final_and_throttling_is_not(
    client: "SESV2Client", code: str, error: type[Exception]
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("send_email", code)
        with pytest.raises(error):
            SesMailer(client, SENDER).send(make_message())


def _read(message: Message) -> EmailMessage:
    content = mime(message, SENDER).as_bytes()
    return email.message_from_bytes(content, EmailMessage, policy=email.policy.default)


def test_mime_holds_text_html_and_attachment() -> None:
    read = _read(make_message())
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    (attachment,) = read.iter_attachments()

    assert read["From"] == f'"Büro, Fellowship" <{SENDER}>'
    assert read["To"] == "ada@stmary.example"
    assert read["Reply-To"] == "office@fellowship.example"
    assert read["Subject"] == "Grüße: your application (FW-TEST-0001)"
    assert read["X-Roundtable-Notice"] == "01GEF2AYR00000000000000001/review_asked#r1:2"
    assert read["Auto-Submitted"] == "auto-generated"
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Dear Ada,", "", "Welcome."]
    assert html.get_content().strip() == "<p>Dear Ada,</p><p>Welcome.</p>"
    assert attachment.get_filename() == "sessions.ics"
    assert attachment.get_content_type() == "text/calendar"
    assert attachment["Content-Type"].params["method"] == "PUBLISH"


HEADERS = st.sampled_from(["subject", "sender_name", "reply_to", "to"])


@given(header=HEADERS, before=st.text(max_size=20), mark=st.sampled_from("\r\n\x00\x0b\x85\u2028"))
def test_no_header_can_begin_another(header: str, before: str, mark: str) -> None:
    hostile = f"{before}{mark}Bcc: all@example.org"
    value = (hostile,) if header == "to" else hostile

    with pytest.raises(ValueError, match="header of the message"):
        mime(make_message(**{header: value}), SENDER)


@given(
    text=st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200
    )
)
def test_any_other_words_make_one_subject_and_one_sender(text: str) -> None:
    read = _read(make_message(subject=text, sender_name=text))

    assert set(read.keys()) == {
        "From", "To", "Reply-To", "Subject", "Auto-Submitted", "X-Roundtable-Notice",
        "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert read["From"].addresses[-1].addr_spec == SENDER
    assert len(read["From"].addresses) == 1


@given(name=st.text(max_size=20), value=st.text(max_size=80))
def test_tags_come_back_as_they_were(name: str, value: str) -> None:
    name, value = (part.encode("utf-8", "ignore").decode() for part in (name, value))
    tags = {encode_tag(name): [encode_tag(value)], "ses:operation": ["SendEmail"]}

    assert decode_tags(tags) == {name: value}
