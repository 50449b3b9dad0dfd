"""Takes note of what became of a mail."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.adapters.mailer_ses import decode_tags
from roundtable.runtime import composition
from roundtable.runtime.observability import about, observed
from roundtable.usecases.conducting.sending import record_delivery

UNDELIVERED = {
    "Bounce": "The address bounced.",
    "Complaint": "The recipient reported it as spam.",
    "Reject": "The mail service refused it.",
    "Rendering Failure": "The mail service could not render it.",
}
"""By the event's type. A bounce is for staff, a permanent one as well as one given up."""


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Record a delivery or its failure; a mail that is no notice, and a delay, change nothing."""
    del context
    detail = event["detail"]
    tags = decode_tags(detail["mail"].get("tags", {}))
    if not {"application", "notice"} <= tags.keys():
        return
    application, key = tags["application"], tags["notice"]
    about(application)
    kind = detail["eventType"]
    if kind == "Delivery" or kind in UNDELIVERED:
        record_delivery(
            composition.ports(),
            application,
            key,
            delivered=kind == "Delivery",
            problem=UNDELIVERED.get(kind, ""),
        )
