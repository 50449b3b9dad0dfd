"""The form of a review: its fields from the program, and what it sends for the use cases.

What was noted and what was posted are read as the same thing, so that nothing typed is ever lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from roundtable.domain.documents import DocumentBinding
from roundtable.domain.program import Criterion
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Recommendation
from roundtable.usecases.errors import Invalid
from roundtable.usecases.reviewing.desk import Desk, DeskRequirement
from roundtable.usecases.reviewing.giving import ReviewGiven, ReviewNotes
from roundtable.web.pages.fields import Field, SummaryError, summary, with_errors
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer.review_fields import as_written, review_fields, videos
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pointers import field_problems

SEEN = "seen"
"""Name of the hidden field with the documents that the page showed."""
_bindings: TypeAdapter[tuple[DocumentBinding, ...]] = TypeAdapter(tuple[DocumentBinding, ...])
_OF_RETURN = re.compile(r"/returns/(?P<number>\d+)(?P<part>/\w+).*")
N = TypeVar("N", bound=ReviewNotes)


@dataclass(frozen=True)
class Checklist:
    """A video with the fields to tick off what it shows."""

    video: DeskRequirement
    included: Field
    chosen: Field


@dataclass(frozen=True)
class Return:
    """What was sent in for a requirement, with the fields to return it."""

    documents: Field
    reason: Field


@dataclass(frozen=True)
class ReviewForm:
    """All fields of a review."""

    checklists: tuple[Checklist, ...]
    scores: tuple[tuple[Criterion, Field], ...]
    recommendation: Field
    returns: tuple[Return, ...]
    comment: Field
    feedback: Field
    seen: str
    """The documents that the page shows, for the hidden field."""
    errors: tuple[SummaryError, ...]


def review_form(desk: Desk, said: Posted, problems: Sequence[FieldProblem] = ()) -> ReviewForm:
    """Return the fields of a review with what was said so far and what is wrong with it."""
    placed = [_placed(problem, desk, said) for problem in problems]
    fields = {field.name: field for field in with_errors(review_fields(desk, said), placed)}
    asked = {item.asked.key: item for item in desk.requirements}
    return ReviewForm(
        checklists=tuple(
            Checklist(asked[video.key], fields[f"{at}/included"], fields[f"{at}/chosen"])
            for at, video in videos(desk)
        ),
        scores=tuple((item, fields[f"/scores/{item.key}"]) for item in desk.review.rubric),
        recommendation=fields["/recommendation"],
        returns=tuple(
            Return(fields[f"/returns/{place}/documents"], fields[f"/returns/{place}/reason"])
            for place in range(len(desk.returnable))
        ),
        comment=fields["/comment"],
        feedback=fields["/feedback"],
        seen=_bindings.dump_json(desk.review.seen).decode(),
        errors=summary(list(fields.values()), placed),
    )


def noted(desk: Desk) -> Posted:
    """Return what was noted before, as the form would send it."""
    mine = desk.review.mine
    ticks = {item.requirement: item for item in mine.checklist}
    returns = {item.requirement: item for item in desk.returns}
    fields: dict[str, tuple[str, ...]] = {
        f"/scores/{key}": (str(points),) for key, points in mine.scores.items()
    }
    fields["/recommendation"] = (mine.recommendation or "",)
    fields["/comment"] = (mine.comment,)
    fields["/feedback"] = (mine.feedback,)
    for at, video in videos(desk):
        if ticked := ticks.get(video.key):
            fields[f"{at}/included"] = ticked.included
            fields[f"{at}/chosen"] = ticked.chosen
    for place, item in enumerate(desk.returnable):
        if returned := returns.get(item.asked.key):
            fields[f"/returns/{place}/reason"] = (returned.reason,)
            fields[f"/returns/{place}/documents"] = tuple(map(str, returned.documents))
    return Posted(fields=fields)


def seen_in(form: Posted) -> tuple[DocumentBinding, ...]:
    """Return the documents that the page showed; none where the field is not as we sent it."""
    try:
        return _bindings.validate_json(form.one(SEEN))
    except ValidationError:
        return ()


def notes_in(desk: Desk, form: Posted) -> ReviewNotes:
    """Return what is to be noted; raises Invalid."""
    return _validated(ReviewNotes, _said(desk, form))


def review_in(desk: Desk, form: Posted) -> ReviewGiven:
    """Return the review that is to be given; raises Invalid.

    What was written of documents to be mended counts only where that is recommended.
    """
    said = _said(desk, form)
    if said["recommendation"] != Recommendation.RETURN:
        said["returns"] = []
    return _validated(ReviewGiven, {**said, "seen": seen_in(form)})


def typed_words(form: Posted) -> tuple[str, ...]:
    """Return the texts that somebody typed, for where they can be sent to nobody any more."""
    names = sorted(
        name for name in form.fields if name.endswith(("/reason", "/comment", "/feedback"))
    )
    return tuple(text for name in names if (text := form.one(name)))


def _validated(kind: type[N], said: dict[str, object]) -> N:
    try:
        return kind.model_validate(said)
    except ValidationError as refused:
        errors = [{**error, "loc": ("body", *error["loc"])} for error in refused.errors()]
        problems = [
            FieldProblem(path=item.place, reason=item.words)
            for item in field_problems(errors, said)
        ]
    raise Invalid("invalid-review", "The review cannot be taken as it is.", problems)


def _said(desk: Desk, form: Posted) -> dict[str, object]:
    scores = {item.key: form.one(f"/scores/{item.key}") for item in desk.review.rubric}
    return {
        "scores": {key: points for key, points in scores.items() if points},
        "recommendation": form.one("/recommendation") or None,
        "comment": _lines(form.one("/comment")),
        "feedback": _lines(form.one("/feedback")),
        "checklist": [
            {
                "requirement": video.key,
                "included": as_written(form.all(f"{at}/included"), video.must_include),
                "chosen": as_written(form.all(f"{at}/chosen"), video.choose_from),
            }
            for at, video in videos(desk)
        ],
        "returns": [
            {
                "requirement": desk.returnable[place].asked.key,
                "documents": list(form.all(f"/returns/{place}/documents")),
                "reason": _lines(form.one(f"/returns/{place}/reason")),
            }
            for place in _returned(desk, form)
        ],
    }


def _returned(desk: Desk, form: Posted) -> list[int]:
    """Return the places of the requirements about which something was said."""
    return [
        place
        for place in range(len(desk.returnable))
        if form.one(f"/returns/{place}/reason") or form.all(f"/returns/{place}/documents")
    ]


def _lines(text: str) -> str:
    """Return a text with the line ends that it had before the browser sent it."""
    return text.replace("\r\n", "\n")


def _placed(problem: FieldProblem, desk: Desk, said: Posted) -> FieldProblem:
    """Return a problem of what was sent with the path of the page's field, in the page's words."""
    criteria = {f"/scores/{item.key}": item.title for item in desk.review.rubric}
    if problem.path in criteria:
        reason = _("Choose a score for “%(title)s”.") % {"title": criteria[problem.path]}
        return FieldProblem(path=problem.path, reason=reason)
    if problem.path == "/recommendation":
        return FieldProblem(path=problem.path, reason=_("Choose what you recommend."))
    if problem.path == "/returns":
        reason = _("Write what is to be mended, in at least one of these.")
        return FieldProblem(path="/returns/0/reason", reason=reason)
    if found := _OF_RETURN.fullmatch(problem.path):
        place = _returned(desk, said)[int(found["number"])]
        part = "documents" if found["part"] == "/documents" else "reason"
        reason = problem.reason if part == "documents" else _("Write what is to be mended.")
        return FieldProblem(path=f"/returns/{place}/{part}", reason=reason)
    return problem
