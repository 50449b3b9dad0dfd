from datetime import timedelta

import pytest

from roundtable.domain.application import Flag, HelpNeeded
from roundtable.domain.audit import Actor, verify
from roundtable.domain.due import Due, DueAction
from roundtable.domain.reference import reference_number
from roundtable.domain.stages import Stage
from roundtable.ports import ExecutionStatus
from roundtable.usecases.errors import Invalid, Unknown
from roundtable.usecases.staff.actions import admit
from roundtable.usecases.staff.overview import (
    by_due,
    by_organization,
    by_stage,
    counts,
    in_need,
    programs,
)
from roundtable.usecases.staff.story import story
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    TEAM,
    make_application,
    make_form,
    make_id,
    make_program,
    make_seats,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_round

STAFF = Actor(kind="staff", id="staff-1")


def make_ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def test_programs_are_listed_with_their_newest_version() -> None:
    assert [(row.program, row.version) for row in programs(make_ports())] == [(PROGRAM, 1)]


def test_counts_come_from_statistics_and_seats() -> None:
    ports = make_ports()
    ports.rounds.put_seats(make_seats(SEMINAR, capacity=40, taken=3, reserved=12))
    changes = {f"stage/{SEMINAR}/review": 4, f"outcome/{SEMINAR}/accepted": 3, "help": 9}
    ports.rounds.count("event-1", PROGRAM, changes)
    told = counts(ports, PROGRAM)
    residency, seminar = told.tracks
    assert (residency.track, residency.stages, residency.open) == (RESIDENCY, {}, 2)
    assert (seminar.stages, seminar.outcomes) == ({"review": 4}, {"accepted": 3})
    assert (seminar.capacity, seminar.taken, seminar.open, seminar.reserved) == (40, 3, 25, 12)
    assert told.others == {"help": 9}


def test_applications_of_a_stage_come_a_page_at_a_time() -> None:
    ports = make_ports()
    for number in (1, 2, 3):
        ports.applications.given(
            make_application(Stage.REVIEW, number=number, received_at=NOW - timedelta(hours=number))
        )
    first = by_stage(ports, PROGRAM, Stage.REVIEW, limit=2)
    rest = by_stage(ports, PROGRAM, Stage.REVIEW, limit=2, cursor=first.cursor)
    assert [item.reference for item in (*first.items, *rest.items)] == [
        "FW-TEST-0003",
        "FW-TEST-0002",
        "FW-TEST-0001",
    ]
    assert by_stage(ports, PROGRAM, Stage.REVIEW, track=SEMINAR).items == ()


def test_a_row_names_no_person() -> None:
    ports = make_ports()
    ports.applications.given(make_application(Stage.REVIEW))
    (row,) = by_stage(ports, PROGRAM, Stage.REVIEW).items
    assert row.organization == "St. Mary's Hospital"
    told = row.model_dump_json()
    assert "Ada" not in told
    assert "@" not in told


def test_what_is_due_comes_first_due_first() -> None:
    ports = make_ports()
    for number, days in ((1, 3), (2, 1), (3, 30)):
        due = Due(at=NOW + timedelta(days=days), action=DueAction.RELOOK, mark=f"m{number}")
        ports.applications.given(make_application(Stage.REVIEW, number=number, due=due))
    assert [row.application.reference for row in by_due(ports, PROGRAM).items] == [
        "FW-TEST-0002",
        "FW-TEST-0001",
    ]
    later = by_due(ports, PROGRAM, until=NOW + timedelta(days=31))
    assert len(later.items) == 3


@pytest.mark.scenario(16)
def test_an_organization_is_found_however_it_is_written() -> None:
    ports = make_ports()
    ports.applications.given(make_application(Stage.REVIEW))
    flag = Flag(kind="duplicate_organization", detail="Also FW-TEST-0001", raised_at=NOW)
    form = make_form(organization={"name": "Saint Marys"})
    ports.applications.given(make_application(Stage.REVIEW, number=2, form=form, flags=(flag,)))
    rows = by_organization(ports, PROGRAM, "ST MARYS HOSPITAL")
    assert [(row.reference, row.flags) for row in rows] == [
        ("FW-TEST-0001", ()),
        ("FW-TEST-0002", ("duplicate_organization",)),
    ]


def test_what_is_stuck_is_listed_with_the_reason() -> None:
    ports = make_ports()
    stuck = HelpNeeded(since=NOW, reason="The step failed")
    ports.applications.given(make_application(Stage.REVIEW, help=stuck))
    ports.applications.given(make_application(Stage.REVIEW, number=2))
    assert [row.help for row in in_need(ports, PROGRAM).items] == ["The step failed"]


def test_an_unknown_program_or_cursor_is_refused() -> None:
    ports = make_ports()
    with pytest.raises(Unknown):
        counts(ports, "another")
    with pytest.raises(Invalid):
        by_stage(ports, PROGRAM, Stage.REVIEW, cursor="nonsense")


def test_a_story_holds_all_and_its_audit_is_verified() -> None:
    ports = make_round()
    admit(ports, APPLICATION, STAFF, requirement=TEAM, reason="Two share a post")
    told = story(ports, APPLICATION)
    assert [(item.kind, item.actor) for item in told.history] == [
        ("requirement_admitted", "staff:staff-1")
    ]
    assert told.history_verified
    assert told.people.owner == "ada@stmary.example"
    assert len(told.documents) == 2
    assert [item.notice for item in told.notices] == ["receipt#1"]


def test_a_story_whose_audit_was_altered_says_so() -> None:
    ports = make_round()
    after = admit(ports, APPLICATION, STAFF, requirement=TEAM, reason="Two share a post")
    ports.applications.given(after.with_(audit_head="0" * 64))
    assert not story(ports, APPLICATION).history_verified
    assert verify(ports.applications.events(APPLICATION), after.audit_length, after.audit_head)


def test_a_story_links_to_its_execution() -> None:
    ports = make_round()
    ports.conductor.statuses[APPLICATION, 1] = ExecutionStatus.LOST
    execution = story(ports, APPLICATION).execution
    assert (execution.run, execution.status) == (1, ExecutionStatus.LOST)
    assert execution.link.endswith(f"{APPLICATION}-r1")


def test_a_story_is_found_by_its_reference() -> None:
    ports = make_round()
    reference = reference_number("FW", 12345)
    ports.applications.given(make_application(Stage.REVIEW, number=2, reference=reference))
    assert story(ports, reference.lower()).summary.application == make_id(2)
