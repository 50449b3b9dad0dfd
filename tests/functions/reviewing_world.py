"""Reviewers at work in the round of this repository's program, for the tests of their pages."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from roundtable.domain.evidence import Box, Place
from roundtable.domain.program import Role
from roundtable.domain.stages import Stage
from roundtable.programs.loading import load_programs
from tests.factories import (
    APPLICATION,
    NOW,
    make_application,
    make_document,
    make_form,
    make_id,
    make_letter_evidence,
    make_review,
    make_reviewer,
    make_video_evidence,
)
from tests.factories.documents import role_found
from tests.fakes import FakePorts

EQUITY = next(
    item
    for item in load_programs(Path(__file__).parents[2] / "programs")
    if item.key == "pursuing-equity-2023"
)
TRACK = EQUITY.tracks[0]
LETTER, VIDEO = "commitment-letter", "team-video"
REVIEW = f"/reviewer/applications/{APPLICATION}"
ANSWERS = {
    "why-now": "Our equity council began its work in spring.\n\nWe have data, and now a plan.",
    "populations-served": "Families of the river wards, many of them new to this country.",
    "team-composition": "A physician, a data analyst and a partner from the community.",
    "earlier-participation": False,
    "pronouns": "she, they",
}
SCORES = {criterion.key: 4 for criterion in TRACK.rubric}
WHOLE = {
    **{f"/scores/{key}": str(points) for key, points in SCORES.items()},
    "/recommendation": "approve",
    "/comment": "A team that is ready.",
}
"""A review as the form sends it, without what it was shown."""


def equity_round(stage: Stage = Stage.REVIEW, **overrides: Any) -> FakePorts:
    """Return the round with one application that two of three reviewers review."""
    ports = FakePorts()
    ports.rounds.given(EQUITY)
    for number in (1, 2, 3):
        ports.rounds.keep_reviewer(make_reviewer(number))
    ports.applications.given(
        equity_application(stage, **overrides),
        documents=[equity_letter(), equity_video()],
        reviews=[equity_review(reviewer=f"reviewer-{number}") for number in (1, 2)],
    )
    return ports


def equity_application(stage: Stage = Stage.REVIEW, **overrides: Any) -> Any:
    """Return an application to the track that asks for letters and a video."""
    form = make_form(
        tracks=(TRACK.key,),
        answers=ANSWERS,
        attestations={"commitments-action-community": ("We commit to naming racism.",)},
    )
    known: dict[str, Any] = {
        "program": EQUITY.key,
        "track": TRACK.key,
        "form": form,
        "findings": (
            {"requirement": LETTER, "verdict": "look", "reason": "A person will look at it."},
            {"requirement": VIDEO, "verdict": "pass", "reason": ""},
        ),
    }
    return make_application(stage, **(known | overrides))


def equity_review(**overrides: Any) -> Any:
    """Return an assigned review of the track."""
    known = {"program": EQUITY.key, "track": TRACK.key, "due_at": NOW + timedelta(days=8)}
    return make_review(**(known | overrides))


def equity_letter(**overrides: Any) -> Any:
    """Return a letter of two pages, signed on each."""
    chair = Place(page=2, box=Box(left=0.12, top=0.3, right=0.4, bottom=0.33))
    evidence = make_letter_evidence(
        pages=2,
        previews=2,
        roles=(
            role_found(Role.CEO, name="Jane Doe", line="Chief Executive Officer"),
            role_found(Role.BOARD_CHAIR, None, name="Sam Roe", line="Board Chair", place=chair),
        ),
        organization_line="St. Mary's Hospital",
        program_line="Pursuing Equity",
    )
    known = {"requirement": LETTER, "evidence": evidence, "status": "checked"}
    return make_document(**(known | overrides))


def equity_video(**overrides: Any) -> Any:
    """Return a linked video of ten minutes."""
    known = {"kind": "video", "evidence": make_video_evidence(), "status": "checked"}
    return make_document(**(known | overrides))


def given_one(ports: FakePorts, number: int, stage: Stage = Stage.DECIDING, **outcome: Any) -> None:
    """Store another application that the first reviewer reviewed, an hour apart."""
    ports.applications.given(
        equity_application(stage, number=number, **outcome),
        reviews=[
            equity_review(
                application=make_id(number),
                reference=f"FW-TEST-{number:04}",
                status="submitted",
                recommendation="approve",
                scores=SCORES,
                submitted_at=NOW + timedelta(hours=number),
            )
        ],
    )


PLAYED = {
    "queue": 200,
    "review": 200,
    "give": 303,
    "save_draft": 303,
    "autosave": 204,
    "document": 303,
    "recusal": 200,
    "step_back": 303,
    "conflicts": 200,
    "declare": 303,
    "past": 200,
    "outcome": 200,
}
"""The status with which each event of the reviewers' pages is answered on `equity_round`."""
