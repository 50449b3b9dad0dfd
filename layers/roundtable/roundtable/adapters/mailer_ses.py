"""Mail by Amazon SES (version 2 of its interface), as MIME that we write ourselves."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.ports import Attachment, Mailer, Message, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import SendEmailRequestTypeDef

_FOR_NOW = frozenset({"AccountSuspendedException", "SendingPausedException"})
"""Nothing is wrong with the message: sending is switched off for all."""
_FINAL = frozenset(
    {
        "BadRequestException", "InvalidParameterValue", "MailFromDomainNotVerifiedException",
        "MessageRejected", "NotFoundException",
    }
)  # fmt: skip
_LINE_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's controls, lone surrogates, and separators of lines and paragraphs."""


class SesMailer(Mailer):
    """Sends under one verified address; replies go to the message's own."""

    def __init__(self, client: "SESV2Client", sender: str, configuration_set: str = "") -> None:
        self._client = client
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, message: Message) -> str:
        """Send a message and return the service's id.

        Raises Unavailable where it may be sent later, ValueError where it never will be.
        """
        request: SendEmailRequestTypeDef = {
            "FromEmailAddress": self._sender,
            "Destination": {"ToAddresses": list(message.to)},
            "Content": {"Raw": {"Data": mime(message, self._sender).as_bytes()}},
            "EmailTags": [
                {"Name": encode_tag(name), "Value": encode_tag(value)}
                for name, value in message.tags.items()
            ],
        }
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        try:
            with service("SES"):
                return self._client.send_email(**request)["MessageId"]
        except ClientError as error:
            code = code_of(error)
            if code in _FOR_NOW:
                raise Unavailable(f"SES: {code}") from error
            if code in _FINAL:
                raise ValueError(f"SES does not take this message: {code}") from error
            raise


def mime(message: Message, sender: str) -> EmailMessage:
    """Return a message as MIME; raises ValueError where a header would hold a control character."""
    kept = EmailMessage(policy=SMTP)
    try:
        kept["From"] = _address(message.sender_name, sender)
        kept["To"] = [_address("", to) for to in message.to]
        kept["Reply-To"] = _address("", message.reply_to)
        kept["Subject"] = _header(message.subject)
        kept["Auto-Submitted"] = "auto-generated"
        if "notice" in message.tags:
            kept["X-Roundtable-Notice"] = _header(
                f"{message.tags.get('application', '')}/{message.tags['notice']}"
            )
    except HeaderParseError as error:
        raise ValueError("an address of the message cannot be parsed") from error
    kept.set_content(message.text)
    kept.add_alternative(message.html, subtype="html")
    for attachment in message.attachments:
        _attach(kept, attachment)
    return kept


def _address(name: str, address: str) -> Address:
    return Address(display_name=_header(name), addr_spec=_header(address))


def _header(text: str) -> str:
    """Return a header's text; raises ValueError rather than let it begin another header."""
    if any(unicodedata.category(sign) in _LINE_BREAKING for sign in text):
        raise ValueError("a header of the message holds a control character")
    return text


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, _, rest = attachment.content_type.partition(";")
    main, _, sub = kind.strip().partition("/")
    parameters = {
        name.strip(): value.strip()
        for name, mark, value in (part.partition("=") for part in rest.split(";"))
        if mark
    }
    message.add_attachment(
        attachment.content,
        maintype=main,
        subtype=sub,
        filename=_header(attachment.file_name),
        params=parameters,
    )


def encode_tag(text: str) -> str:
    """Return a tag that SES takes: letters, digits and hyphens; other signs as `_` and their hex.

    SES refuses `#` and `:`, which the keys of notices hold.
    """
    return "".join(
        sign
        if re.fullmatch(r"[A-Za-z0-9-]", sign)
        else "".join(f"_{byte:02x}" for byte in sign.encode())
        for sign in text
    )


def decode_tags(tags: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return our tags from the `mail.tags` of a delivery event, without SES's own (`ses:…`)."""
    return {
        _decode(name): _decode(values[0])
        for name, values in tags.items()
        if values and not name.startswith("ses:")
    }


def _decode(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        return bytes.fromhex(found.group().replace("_", "")).decode(errors="replace")

    return re.sub(r"(?:_[0-9a-f]{2})+", sign, text)
