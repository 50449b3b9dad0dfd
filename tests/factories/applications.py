"""Applications at every stage, and their audit events."""

from datetime import date, timedelta
from typing import Any

from roundtable.domain.application import Application, Decision, Outcome
from roundtable.domain.audit import Actor, AuditEvent, seal
from roundtable.domain.evidence import Verdict
from roundtable.domain.stages import ClosedAs, Stage
from tests.factories.moment import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_id,
)


def make_form(**overrides: Any) -> dict[str, Any]:
    """Return a complete form for both tracks, to be validated with an application."""
    form: dict[str, Any] = {
        "tracks": (RESIDENCY, SEMINAR),
        "contact": {"name": "Ada Brook", "email": "ada@stmary.example"},
        "second_contact": {"name": "Ben Ash", "email": "ben@stmary.example"},
        "organization": {"name": "St. Mary's Hospital", "city": "Springfield"},
        "team": (
            {"name": "Ada Brook", "role": "Physician"},
            {"name": "Ben Ash", "role": "Data analyst"},
            {"name": "Cleo Dale", "role": "Community partner"},
        ),
        "attestations": {ATTESTATION: ("We take part in every meeting.",)},
    }
    return form | overrides


def make_application(stage: Stage = Stage.DRAFT, **overrides: Any) -> Application:
    """Return an application at a stage, with what it has got by then; version 1 by default."""
    number = overrides.pop("number", 1)
    application: dict[str, Any] = {
        "id": make_id(number),
        "reference": f"FW-TEST-{number:04}",
        "program": PROGRAM,
        "program_version": 1,
        "owner": "ada@stmary.example",
        "form": make_form(),
        "track": RESIDENCY,
        "stage": stage,
        "created_at": NOW - timedelta(days=2),
        "updated_at": NOW,
        "version": 1,
    }
    if stage is not Stage.DRAFT:
        application |= {
            "received_at": NOW - timedelta(days=1),
            "promise": date(2022, 12, 5),
            "run": 1,
        }
    track = overrides.get("track", RESIDENCY)
    return Application.model_validate(application | _by_stage(stage, track) | overrides)


def make_outcome(decision: Decision = Decision.ACCEPTED, **overrides: Any) -> Outcome:
    """Return a decision of the reviewed track; an acceptance holds an open seat."""
    outcome: dict[str, Any] = {
        "track": RESIDENCY,
        "decision": decision,
        "decided_at": NOW,
        "decided_by": "system:decide",
        "seat": "open" if decision is Decision.ACCEPTED else "",
    }
    return Outcome.model_validate(outcome | overrides)


def _by_stage(stage: Stage, track: str) -> dict[str, Any]:
    """Return what the steps up to a stage have left in an application."""
    accepted: dict[str, Any] = {"outcomes": (make_outcome(track=track),)}
    offer = {"track": track, "made_at": NOW, "answer_by": NOW + timedelta(days=14)}
    yes = accepted | {"offer": offer | {"answer": "yes", "answered_at": NOW}, "answered_on": NOW}
    finding = {
        "requirement": LETTER,
        "verdict": Verdict.FAIL,
        "reason": "The letter is not signed by the Board Chair.",
        "documents": (1,),
    }
    left: dict[Stage, dict[str, Any]] = {
        Stage.CORRECTIONS: {
            "findings": (finding,),
            "corrections": {
                "asked_at": NOW,
                "until": NOW + timedelta(days=7),
                "items": (finding,),
            },
        },
        Stage.REVIEW: {"review_round": 1, "panel": _panel(done=False)},
        Stage.DECIDING: {"review_round": 1, "panel": _panel(done=True)},
        Stage.WITH_STAFF: {"review_round": 1, "panel": _panel(done=True)},
        Stage.FALLBACK: {"outcomes": (make_outcome(Decision.NOT_SELECTED, track=track),)},
        Stage.ANNOUNCING: accepted,
        Stage.NOTIFYING: accepted,
        Stage.WAITLIST: {
            "outcomes": (make_outcome(Decision.WAITLISTED, track=track),),
            "waitlisted_at": NOW,
            "answered_on": NOW,
        },
        Stage.OFFER: yes | {"offer": offer},
        Stage.ENROLLING: yes,
        Stage.RELEASING: yes | {"offer": offer | {"answer": "no", "answered_at": NOW}},
        Stage.CLOSED: yes | {"closed_as": ClosedAs.ENROLLED, "closed_at": NOW},
    }
    return left.get(stage, {})


def _panel(*, done: bool) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "reviewer": reviewer,
            "assigned_at": NOW,
            "remind_at": NOW + timedelta(days=3),
            "replace_at": NOW + timedelta(days=6),
            "due_at": NOW + timedelta(days=8),
            "done": done,
        }
        for reviewer in ("reviewer-1", "reviewer-2")
    )


def make_event(application: str = APPLICATION, sequence: int = 1, **overrides: Any) -> AuditEvent:
    """Return a sealed event; without `previous` it stands for the first of its chain."""
    event: dict[str, Any] = {
        "at": NOW,
        "actor": Actor(kind="system", id="test"),
        "kind": "changed",
        "detail": {},
        "previous": "",
    }
    return seal(application, sequence, **(event | overrides))
