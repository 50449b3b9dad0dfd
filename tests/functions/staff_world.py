"""A round on the desk of staff: one application with all that can belong to it, and others."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from roundtable.domain.application import HelpNeeded
from roundtable.domain.reference import reference_number
from roundtable.domain.stages import Stage
from roundtable.usecases.step import Step, system
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_document,
    make_form,
    make_id,
    make_letter_evidence,
    make_notice,
    make_outcome,
    make_program,
    make_review,
    make_reviewer,
    make_track,
    make_video_evidence,
)
from tests.fakes import FakePorts

PROGRAM_PAGES = "/staff/programs/fellowship"
REGIONS = ("northeast", "midwest", "south", "west")
TYPES = ("hospital", "health-center", "health-plan")
SIZES = ("small", "large")
HOSTILE = (
    "<script>alert(1)</script> {{7*7}} "
    "\N{RIGHT-TO-LEFT OVERRIDE}dlrow\N{POP DIRECTIONAL FORMATTING}"
)
QUESTIONS = {
    "why-now": "Why does your organization want to take part, and why now?",
    "pronouns": "Which pronouns do you use?",
}


def reference(number: int = 1) -> str:
    """Return the reference number of the numbered application, with its check sign."""
    return reference_number("FW", number * 7_919_317)


PAGE = f"/staff/applications/{reference()}"


def staff_program(**track: Any) -> Any:
    """Return the program with an organization's choices and a restricted question."""
    return make_program(
        tracks=(make_track(RESIDENCY, **track), make_track(SEMINAR)),
        regions=[{"value": key, "label": key.capitalize()} for key in REGIONS],
        organization_types=[
            {"value": key, "label": key.replace("-", " ").capitalize()} for key in TYPES
        ],
        organization_sizes=[
            {"value": "small", "label": "Up to 500 employees"},
            {"value": "large", "label": "More than 500 employees"},
        ],
        sections=[
            {
                "key": "work",
                "title": "Your work",
                "questions": [
                    {"key": "why-now", "label": QUESTIONS["why-now"], "kind": "paragraph"},
                    {
                        "key": "pronouns",
                        "label": QUESTIONS["pronouns"],
                        "kind": "text",
                        "restricted": True,
                    },
                ],
            }
        ],
    )


def staff_form(number: int = 1, **overrides: Any) -> dict[str, Any]:
    """Return a form of one of several organizations."""
    names = ("St. Mary's Hospital", "Riverside Health Center", "Lakeview Health Plan")
    organization = {
        "name": names[(number - 1) % 3],
        "city": "Springfield",
        "region": REGIONS[(number - 1) % 4],
        "type": TYPES[(number - 1) % 3],
        "size": SIZES[(number - 1) % 2],
        "population": ("Rural families, farm workers", "Families with children", "Elders")[
            (number - 1) % 3
        ],
    }
    answers = {
        "why-now": "Our teams have begun to measure gaps.\n\nWe want to learn with others.",
        "pronouns": "she/her",
    }
    return make_form(organization=organization, answers=answers) | overrides


def make_desk(stage: Stage = Stage.REVIEW, *, track: Any = None, **overrides: Any) -> FakePorts:
    """Return a round with one application at a stage, its documents, reviews and notices."""
    ports = FakePorts()
    ports.rounds.given(staff_program(**(track or {})))
    for number in (1, 2, 3):
        ports.rounds.keep_reviewer(make_reviewer(number, name=("Ana", "Bo", "Cy")[number - 1]))
    given: dict[str, Any] = {"reference": reference(), "form": staff_form()} | overrides
    application = make_application(stage, **given)
    ports.applications.given(
        application,
        documents=_documents(),
        reviews=_reviews(stage),
        notices=[
            make_notice(status="delivered", sent_at=NOW),
            *overrides.pop("notices", ()),
        ],
    )
    step = Step(ports, ports.applications.get(APPLICATION), system("test"), NOW)
    step.record("application_submitted", track=application.track, received_at=NOW.isoformat())
    step.record("requirement_checked", track=application.track, requirement=LETTER, verdict="pass")
    step.commit()
    return ports


def _documents() -> Sequence[Any]:
    letter = make_letter_evidence(previews=1)
    return [
        make_document(number=1, status="superseded", file_name="first.pdf", sha256="3" * 64),
        make_document(number=2, evidence=letter, status="checked", replaces=1),
        make_document(kind="video", evidence=make_video_evidence(), status="checked"),
    ]


def _reviews(stage: Stage) -> Sequence[Any]:
    if stage is Stage.REVIEW:
        return [
            make_review(status="submitted", comment="A strong team.", feedback="Well done."),
            make_review(reviewer="reviewer-2"),
        ]
    if stage is Stage.WITH_STAFF:
        return [
            make_review(status="submitted"),
            make_review(reviewer="reviewer-2", status="submitted", recommendation="decline"),
        ]
    return []


def help_needed() -> HelpNeeded:
    """Return why an application is stuck."""
    return HelpNeeded(since=NOW, reason="The step failed", state="Assign reviewers")


def waiting(count: int, *, capacity: int = 4, **track: Any) -> FakePorts:
    """Return a round in which applications wait for a decision of staff, and one is accepted."""
    ports = FakePorts()
    ports.rounds.given(staff_program(decided_by="staff", capacity=capacity, **track))
    for number in range(1, count + 1):
        identity = make_id(number)
        ports.applications.given(
            make_application(
                Stage.WITH_STAFF,
                number=number,
                reference=reference(number),
                form=staff_form(number),
                score=f"{95 - number * 5}.0",
                received_at=NOW - timedelta(days=3, minutes=-number),
                version=3,
            ),
            reviews=[
                make_review(
                    application=identity,
                    reviewer=f"reviewer-{reviewer}",
                    status="submitted",
                    recommendation="approve" if (number + reviewer) % 3 else "decline",
                    feedback="Please describe how you measure.",
                )
                for reviewer in (1, 2)
            ],
        )
    return ports


def accepted(ports: FakePorts, number: int, *, track: str = RESIDENCY) -> None:
    """Put a further application among those that have a seat; a seat must be taken for it."""
    ports.applications.given(
        make_application(
            Stage.OFFER,
            number=number,
            reference=reference(number),
            form=staff_form(number),
            outcomes=(make_outcome(track=track),),
        )
    )
