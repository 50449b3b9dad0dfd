"""A round as staff meet it: every stage, reviewers at work, things that went wrong."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

from roundtable.domain.application import Application
from roundtable.domain.due import Due, DueAction
from roundtable.domain.notices import NoticeStatus
from roundtable.domain.program import Program
from roundtable.domain.reference import reference_number
from roundtable.domain.schedule import next_due
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.domain.statistics import places
from roundtable.ports import Alarm
from tests.factories import (
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_form,
    make_id,
    make_notice,
    make_program,
    make_review,
    make_reviewer,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts

NAMES = (
    "St. Mary's Hospital",
    "Mercy Medical Center",
    "Lakeside Community Health",
    "Children's Hospital of the Northern Plains and Affiliated Clinics",
    "Harbor County Public Health",
    "Clínica Nueva Esperanza",
)
STAGES = {
    Stage.DRAFT: 14,
    Stage.CHECKING: 3,
    Stage.CORRECTIONS: 4,
    Stage.REVIEW: 11,
    Stage.DECIDING: 1,
    Stage.WITH_STAFF: 5,
    Stage.ANNOUNCING: 2,
    Stage.WAITLIST: 6,
    Stage.OFFER: 3,
    Stage.CLOSED: 8,
}


def make_two_tracks() -> Program:
    """Return the program with seats for many."""
    residency = make_track(RESIDENCY, capacity=10, fallback={"track": SEMINAR, "reserve": 4})
    return make_program(tracks=(residency, make_track(SEMINAR, capacity=40)))


def make_full_round(stages: dict[Stage, int] | None = None) -> FakePorts:
    """Return a round with applications in many stages, and what the stream has counted of them."""
    ports = FakePorts()
    program = ports.rounds.given(make_two_tracks())
    ports.rounds.put_seats(make_seats(RESIDENCY, capacity=10, taken=3))
    ports.rounds.put_seats(make_seats(SEMINAR, capacity=40, taken=12, reserved=4))
    _reviewers(ports)
    names, number = cycle(NAMES), 0
    for stage, amount in (stages or STAGES).items():
        for place in range(amount):
            number += 1
            given = _application(program, stage, place, number, next(names))
            ports.applications.given(given)
            ports.rounds.count(f"event-{number}", PROGRAM, places(given))
    stuck = ports.applications.get(make_id(15))
    ports.applications.given(
        stuck.with_(
            help={"since": NOW - timedelta(hours=3), "reason": "The step failed: Unavailable"}
        ),
        notices=[make_notice(application=stuck.id, status=NoticeStatus.UNDELIVERED)],
        reviews=_reviews(),
    )
    late = ports.applications.get(make_id(18))
    reminded = Due(at=NOW - timedelta(hours=1), action=DueAction.REMIND_CORRECTIONS, mark="late")
    ports.applications.given(late.with_(due=reminded))
    soon = ports.applications.get(make_id(19))
    ending = Due(at=NOW + timedelta(hours=7), action=DueAction.END_CORRECTIONS, mark="soon")
    ports.applications.given(soon.with_(due=ending))
    ports.rounds.count("stuck", PROGRAM, {"help": 1, "given/reviewer-1/3": 2})
    ports.alarms.rings = [
        Alarm(about="A function outside the workflow failed.", since=NOW - timedelta(minutes=20))
    ]
    return ports


def _application(program: Program, stage: Stage, place: int, number: int, name: str) -> Application:
    received = NOW - timedelta(days=number % 9, hours=number)
    more: dict[str, Any] = {}
    if stage is Stage.CLOSED:
        more["closed_as"] = list(ClosedAs)[place % len(ClosedAs)]
    if stage not in {Stage.DRAFT, Stage.CHECKING, Stage.CORRECTIONS, Stage.REVIEW}:
        more["score"] = f"{60 + number % 40}.5"
    track = SEMINAR if place % 3 == 1 and stage is not Stage.REVIEW else RESIDENCY
    made = make_application(
        stage,
        number=number,
        reference=reference_number("FW", number * 7_919),
        form=make_form(organization={"name": name}),
        track=track,
        updated_at=NOW - timedelta(seconds=30 + number),
        **({} if stage is Stage.DRAFT else {"received_at": received}),
        **more,
    )
    return made.with_(due=next_due(made, program, lambda _: frozenset()))


def _reviewers(ports: FakePorts) -> None:
    ports.rounds.keep_reviewer(make_reviewer(1, name="Noor Haddad", lead=True))
    ports.rounds.keep_reviewer(make_reviewer(2, name="Imani Wells", tracks=(RESIDENCY,)))
    ports.rounds.keep_reviewer(
        make_reviewer(3, name="Tomás Rey", active=False, conflicts=("Mercy Medical Center",))
    )


def _reviews() -> Sequence[Any]:
    return [
        make_review(
            application=make_id(22 + number),
            reference=reference_number("FW", (22 + number) * 7_919),
            reviewer=f"reviewer-{1 + number % 2}",
            assigned_at=NOW - timedelta(days=9 - number),
            due_at=NOW - timedelta(days=1 - number),
        )
        for number in range(5)
    ]
