"""What the script of uploads is answered, as JSON."""

from collections.abc import Mapping
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.model import Record
from roundtable.domain.program import LetterRequirement, VideoRequirement
from roundtable.usecases.applying.uploads import UploadSlot
from roundtable.usecases.errors import Refused
from roundtable.usecases.following.documents import Progress, Shown
from roundtable.web.pages.applicant.documents import document_words
from roundtable.web.pages.headers import page_headers

_JSON = "application/json"


class SlotGiven(Record):
    """Where to send a file, and which fields go before it."""

    number: int
    url: str
    fields: Mapping[str, str]


class SlotRefused(Record):
    """Why a file cannot be uploaded, in the visitor's language."""

    problem: str


class ProgressTold(Record):
    """How far a file has come."""

    progress: Progress
    words: str
    settled: bool
    """Whether the page has something to show now."""


def slot_given(slot: UploadSlot) -> Response[str]:
    """Answer with the form for one file."""
    answer = SlotGiven(number=slot.document.number, url=slot.form.url, fields=slot.form.fields)
    return _answered(answer, HTTPStatus.CREATED)


def slot_refused(
    requirement: LetterRequirement | VideoRequirement, refused: Refused
) -> Response[str]:
    """Answer with what is wrong with a file, or why there is no place for it."""
    if not refused.problems:
        answer = SlotRefused(problem=document_words.refusal(refused.code))
        return _answered(answer, HTTPStatus.CONFLICT)
    first = refused.problems[0]
    words = document_words.unfit(requirement, first.path, refused.code, first.reason)
    return _answered(SlotRefused(problem=words), HTTPStatus.UNPROCESSABLE_ENTITY)


def progress_told(shown: Shown) -> Response[str]:
    """Answer with how far a file has come."""
    return _answered(
        ProgressTold(
            progress=shown.progress,
            words=document_words.progress(shown),
            settled=shown.progress.settled,
        ),
        HTTPStatus.OK,
    )


def _answered(answer: Record, status: HTTPStatus) -> Response[str]:
    return Response(
        status_code=status,
        content_type=_JSON,
        body=answer.model_dump_json(),
        headers=page_headers(),
    )
