"""Reviewers, reviews and notices."""

from datetime import timedelta
from typing import Any

from roundtable.domain.notices import Notice
from roundtable.domain.reviews import Review, Reviewer
from tests.factories.moment import APPLICATION, NOW, PROGRAM, RESIDENCY


def make_reviewer(number: int = 1, **overrides: Any) -> Reviewer:
    """Return the numbered reviewer, of an organization of their own."""
    reviewer: dict[str, Any] = {
        "id": f"reviewer-{number}",
        "name": f"Reviewer {number}",
        "email": f"reviewer{number}@panel{number}.example",
        "organization": f"Panel Office {number}",
    }
    return Reviewer.model_validate(reviewer | overrides)


def make_review(**overrides: Any) -> Review:
    """Return an assigned review of the reviewed track; `status="submitted"` fills it in."""
    review: dict[str, Any] = {
        "application": APPLICATION,
        "reference": "FW-TEST-0001",
        "program": PROGRAM,
        "track": RESIDENCY,
        "reviewer": "reviewer-1",
        "round": 1,
        "assigned_at": NOW,
        "due_at": NOW + timedelta(days=8),
        "version": 1,
    }
    if overrides.get("status") == "submitted":
        review |= {
            "scores": {"commitment": 4, "readiness": 5},
            "recommendation": "approve",
            "submitted_at": NOW + timedelta(days=1),
        }
    return Review.model_validate(review | overrides)


def make_notice(**overrides: Any) -> Notice:
    """Return a queued receipt notice."""
    notice: dict[str, Any] = {
        "application": APPLICATION,
        "program": PROGRAM,
        "kind": "receipt",
        "created_at": NOW,
        "version": 1,
    }
    return Notice.model_validate(notice | overrides)
