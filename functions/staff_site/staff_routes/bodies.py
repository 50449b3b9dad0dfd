"""What several routes take and answer."""

from datetime import datetime
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from roundtable.domain.application import Application
from roundtable.domain.model import Record, ShortText
from roundtable.domain.stages import Stage

Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]


class Because(Record):
    """Why a person does something; it is kept in the audit, so name nobody of the applicants."""

    reason: ShortText


class BecauseOf(Because):
    """Why a person does something, and which version of the application that person read."""

    version: int | None = Field(default=None, ge=1)
    """Refused with 412 where the application changed since; left out, nothing is compared."""


class Changed(Record):
    """Where an application stands after a change."""

    application: str
    reference: str
    stage: Stage
    track: str
    version: int
    updated_at: datetime


def changed(application: Application) -> Changed:
    """Return where an application stands."""
    return Changed(
        application=application.id,
        reference=application.reference,
        stage=application.stage,
        track=application.track,
        version=application.version,
        updated_at=application.updated_at,
    )
