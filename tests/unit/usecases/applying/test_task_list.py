"""Which pages a form has, and how far each task is."""

import pytest

from roundtable.domain.application import Form
from roundtable.domain.stages import Stage
from roundtable.usecases.applying.form_pages import form_pages, open_pages, requirements_of
from roundtable.usecases.applying.task_list import TaskState, task_list
from roundtable.usecases.following.standing import Standing
from tests.factories import (
    ATTESTATION,
    LETTER,
    RESIDENCY,
    SEMINAR,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_form,
    make_program,
)
from tests.fakes import FakePorts

ALL = ["tracks", "contact", "organization", "team", f"commitments/{ATTESTATION}"]


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def _view(ports: FakePorts, stage: Stage = Stage.DRAFT, **overrides: object) -> Standing:
    return Standing(ports, ports.applications.given(make_application(stage, **overrides)))


def test_pages_follow_the_chosen_tracks() -> None:
    program = make_program(ask_team=False)
    pages = {
        track: [
            page.path for page in form_pages(program, make_application(form=Form(tracks=track)))
        ]
        for track in ((), (SEMINAR,), (RESIDENCY,))
    }
    assert pages == {
        (): ["tracks", "contact", "organization"],
        (SEMINAR,): ["tracks", "contact", "organization", f"commitments/{ATTESTATION}"],
        (RESIDENCY,): ALL,
    }


def test_requirement_of_two_tracks_is_brought_once() -> None:
    keys = [item.key for item in requirements_of(make_program(), make_application())]
    assert keys == [LETTER, VIDEO, ATTESTATION, TEAM]


def test_every_page_of_a_draft_is_open_until_the_close(ports: FakePorts) -> None:
    view = _view(ports)
    assert open_pages(view) == set(ALL)
    ports.clock.advance(days=60)
    assert open_pages(Standing(ports, view.application)) == frozenset()


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.DRAFT}))
def test_no_page_is_open_once_it_was_received(ports: FakePorts, stage: Stage) -> None:
    assert open_pages(_view(ports, stage)) == frozenset()


def test_tasks_lead_from_one_to_the_next(ports: FakePorts) -> None:
    tasks = task_list(_view(ports))
    paths = [task.path for task in tasks.tasks]
    assert paths == [*ALL[:4], f"documents/{LETTER}", f"documents/{VIDEO}", ALL[4], "check"]
    assert [tasks.after(path) for path in paths] == [*paths[1:], ""]
    assert tasks.after("nowhere") == ""


def test_complete_form_is_ready_and_its_documents_may_follow(ports: FakePorts) -> None:
    tasks = task_list(_view(ports))
    assert tasks.problems == ()
    assert {task.path: task.state for task in tasks.tasks} == {
        **dict.fromkeys(ALL, TaskState.DONE),
        f"documents/{LETTER}": TaskState.NOT_STARTED,
        f"documents/{VIDEO}": TaskState.NOT_STARTED,
        "check": TaskState.NOT_STARTED,
    }


def test_team_is_not_called_optional_before_a_track_is_chosen(ports: FakePorts) -> None:
    tasks = {task.path: task for task in task_list(_view(ports, form=Form())).tasks}
    assert tasks["team"].state is TaskState.NOT_STARTED


def test_document_that_does_not_do_is_to_be_mended(ports: FakePorts) -> None:
    documents = [make_document(rejected="It is not signed."), make_document(kind="video")]
    application = ports.applications.given(make_application(), documents=documents)
    tasks = {task.path: task for task in task_list(Standing(ports, application)).tasks}
    letter = tasks[f"documents/{LETTER}"]
    assert letter.state is TaskState.RETURNED
    assert letter.finding
    assert letter.finding.reason == "It is not signed."
    assert tasks[f"documents/{VIDEO}"].state is TaskState.RECEIVED


def test_statements_and_people_are_counted(ports: FakePorts) -> None:
    people = [{"name": f"Person {number}", "role": "Nurse"} for number in range(9)]
    form = make_form(team=people, attestations={ATTESTATION: ("Other words.",)})
    tasks = {task.path: task for task in task_list(_view(ports, form=form)).tasks}
    assert (tasks["team"].missing, tasks["team"].too_many) == (0, 2)
    assert tasks[f"commitments/{ATTESTATION}"].missing == 1
    assert tasks["check"].state is TaskState.NOT_STARTED


def test_closed_track_is_told_with_what_is_still_open(ports: FakePorts) -> None:
    view = _view(ports, form=make_form(tracks=(RESIDENCY,)))
    assert [track.days_left for track in task_list(view).tracks] == [18]
    assert task_list(view).open_elsewhere == ("Seminar",)
    ports.clock.advance(days=60)
    late = task_list(Standing(ports, view.application))
    assert not late.in_time
    assert late.open_elsewhere == ()
