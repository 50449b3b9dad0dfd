"""What waits for the reviewer who calls, and what became of it."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from roundtable.domain.model import Record
from roundtable.usecases.reviewing.queue import QueueItem, ReviewOutcome, my_queue, review_outcome
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of

router = Router()
TAGS = ["Reviewers"]


class ReviewQueue(Record):
    """A page of a reviewer's queue, the earliest due first."""

    items: tuple[QueueItem, ...]
    cursor: str | None


@router.get("/api/reviewer/queue", summary="My queue", tags=TAGS)
def queue(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> ReviewQueue:
    """Return the caller's open reviews with their checks, by due date."""
    reviewer = caller_of(event_of(router)).subject
    page = my_queue(ports_of(router), reviewer, limit=limit, cursor=cursor)
    return ReviewQueue(items=page.items, cursor=page.cursor)


@router.get(
    "/api/reviewer/applications/<application>/outcome", summary="What became of it", tags=TAGS
)
def outcome(application: str) -> ReviewOutcome:
    """Return what became of an application that the caller was asked to review."""
    return review_outcome(ports_of(router), application, caller_of(event_of(router)).subject)
