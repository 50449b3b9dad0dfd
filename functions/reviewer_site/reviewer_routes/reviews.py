"""One application before its reviewer: reading, noting, and giving the review."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.reviewing.giving import (
    ReviewGiven,
    ReviewNotes,
    ReviewReceipt,
    give_review,
    keep_notes,
)
from roundtable.usecases.reviewing.reading import ReviewPage, read_for_review
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of

router = Router()
TAGS = ["Reviewers"]


@router.get(
    "/api/reviewer/applications/<application>", summary="One application to review", tags=TAGS
)
def read(application: str) -> ReviewPage:
    """Return an application with its documents, checks and rubric; reading changes nothing.

    Restricted answers and addresses are left out; colleagues' reviews appear once one's own
    is in.
    """
    return read_for_review(ports_of(router), application, caller_of(event_of(router)).subject)


@router.put("/api/reviewer/applications/<application>/notes", summary="Keep my notes", tags=TAGS)
def note(application: str, notes: ReviewNotes) -> ReviewReceipt:
    """Keep scores, words and ticks noted so far; they count for nothing until the review is given.

    The items of a video's checklist are sent back in the words in which the page gave them.
    """
    reviewer = caller_of(event_of(router)).subject
    return keep_notes(ports_of(router), application, reviewer, notes)


@router.post(
    "/api/reviewer/applications/<application>/review",
    summary="Give my review",
    tags=TAGS,
    status_code=201,
)
def give(application: str, review: ReviewGiven) -> ReviewReceipt:
    """Approve, decline, or return to the applicant with a reason for each document.

    Send `seen` as the page gave it: a review is bound to the documents read, and refused with
    412 where they changed since. The first review stands; a second is told so with 409. An
    approval may leave items of a video's checklist unticked; the answer names them, and staff
    see them.
    """
    reviewer = caller_of(event_of(router)).subject
    return give_review(ports_of(router), application, reviewer, review)
