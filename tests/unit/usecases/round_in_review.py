"""A round at work: one application that two of three reviewers review."""

from typing import Any

from roundtable.domain.documents import bindings
from roundtable.domain.stages import Stage
from roundtable.usecases.reviewing.giving import ReviewGiven
from tests.factories import (
    APPLICATION,
    make_application,
    make_document,
    make_letter_evidence,
    make_notice,
    make_program,
    make_review,
    make_reviewer,
    make_video_evidence,
)
from tests.fakes import FakePorts


def make_round(stage: Stage = Stage.REVIEW, **overrides: Any) -> FakePorts:
    """Return a round with three reviewers and one application that two of them review."""
    ports = FakePorts()
    ports.rounds.given(make_program())
    for number in (1, 2, 3):
        ports.rounds.keep_reviewer(make_reviewer(number))
    statuses = {Stage.REVIEW: "assigned", Stage.WITH_STAFF: "submitted"}
    reviews = [
        make_review(reviewer=reviewer, status=statuses[stage])
        for reviewer in ("reviewer-1", "reviewer-2")
        if stage in statuses
    ]
    ports.applications.given(
        make_application(stage, **overrides),
        documents=[
            make_document(evidence=make_letter_evidence(), status="checked"),
            make_document(kind="video", evidence=make_video_evidence(), status="checked"),
        ],
        reviews=reviews,
        notices=[make_notice()],
    )
    return ports


def make_given(ports: FakePorts, **overrides: Any) -> ReviewGiven:
    """Return an approval of the documents as they are now."""
    given: dict[str, Any] = {
        "scores": {"commitment": 4, "readiness": 5},
        "recommendation": "approve",
        "comment": "Ready.",
        "feedback": "A strong team.",
        "seen": bindings(ports.applications.documents(APPLICATION)),
    }
    return ReviewGiven.model_validate(given | overrides)
