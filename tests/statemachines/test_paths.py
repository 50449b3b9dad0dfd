"""The ways of an application through the machine, and what they cost in transitions."""

import json

import pytest

from roundtable.domain.stages import Stage
from tests.statemachines.bench import Bench, Moves, Returns
from tests.statemachines.machine import HELP, HUB, LOOK, every, is_wait

HAPPY_PATH_AT_MOST = 16
FALLBACK_PATH_AT_MOST = 30
CHECKS = ["List requirements", "Check requirements", "Record checks", HUB]
REVIEWS = ["Assign reviewers", "Wait for reviews", "Decide", HUB]


def test_happy_path_stays_within_its_budget(obvious: Bench) -> None:
    execution = obvious.begin("checking")
    execution.resume("Wait for reviews", stage="deciding")
    execution.resume("Wait for announcement", stage="notifying")
    execution.resume("Wait for answer", stage="enrolling")
    entered = execution.finish()
    assert entered == [
        LOOK, HUB, *CHECKS, *REVIEWS,
        "Wait for announcement", "Send decision notice", HUB,
        "Wait for answer", "Enrol team", "Close",
    ]  # fmt: skip
    assert len(entered) <= HAPPY_PATH_AT_MOST
    assert execution.outcome()["status"] == "SUCCEEDED"


def test_fallback_path_stays_within_its_budget_even_where_staff_decide(obvious: Bench) -> None:
    obvious.play("Decide", Moves("with_staff"), Moves("announcing"))
    execution = obvious.begin("checking")
    execution.resume("Wait for reviews", stage="deciding")
    execution.resume("Wait for staff to decide", stage="fallback")
    execution.resume("Wait for reviews", stage="deciding")
    execution.resume("Wait for announcement", stage="notifying")
    execution.resume("Wait for answer", stage="enrolling")
    entered = execution.finish()
    assert entered == [
        LOOK, HUB, *CHECKS, *REVIEWS,
        "Wait for staff to decide", LOOK, HUB,
        "Move to fallback track", HUB, *CHECKS, *REVIEWS,
        "Wait for announcement", "Send decision notice", HUB,
        "Wait for answer", "Enrol team", "Close",
    ]  # fmt: skip
    assert len(entered) <= FALLBACK_PATH_AT_MOST


def test_corrections_made_are_checked_again(obvious: Bench) -> None:
    obvious.play("RecordChecks", Moves("corrections"), Moves("closed"))
    execution = obvious.begin("checking")
    execution.resume("Wait for corrections", stage="checking")
    assert execution.finish() == [
        LOOK, HUB, *CHECKS, "Ask for corrections", "Wait for corrections", *CHECKS, "Close",
    ]  # fmt: skip


def test_corrections_not_made_lead_to_the_fallback_track(obvious: Bench) -> None:
    obvious.play("RecordChecks", Moves("closed"))
    execution = obvious.begin("corrections")
    execution.divert("Wait for corrections", stage="fallback")
    assert execution.finish() == [
        LOOK, HUB, "Ask for corrections", "Wait for corrections",
        LOOK, HUB, "Move to fallback track", HUB, *CHECKS, "Close",
    ]  # fmt: skip


def test_waitlisted_team_is_told_again_once_it_has_a_seat(obvious: Bench) -> None:
    obvious.play("SendNotice", Moves("waitlist"), Moves("offer"))
    execution = obvious.begin("notifying")
    execution.resume("Wait for a seat", stage="notifying")
    execution.resume("Wait for answer", stage="enrolling")
    assert execution.finish() == [
        LOOK, HUB, "Send decision notice", HUB, "Wait for a seat",
        "Send decision notice", HUB, "Wait for answer", "Enrol team", "Close",
    ]  # fmt: skip


def test_declined_offer_gives_the_seat_back(obvious: Bench) -> None:
    execution = obvious.begin("offer")
    execution.divert("Wait for answer", stage="releasing")
    assert execution.finish() == [
        LOOK, HUB, "Wait for answer", LOOK, HUB, "Release seat", "Close",
    ]  # fmt: skip


def test_notice_held_back_waits_for_its_release(obvious: Bench) -> None:
    obvious.play("SendNotice", Moves("announcing"), Moves("closed"))
    execution = obvious.begin("notifying")
    execution.resume("Wait for announcement", stage="notifying")
    assert execution.finish() == [
        LOOK, HUB, "Send decision notice", HUB,
        "Wait for announcement", "Send decision notice", HUB, "Close",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "function"),
    [("letter", "CheckLetter"), ("video", "CheckVideo"), ("attestation", "CheckAttestation")],
)
def test_listed_document_goes_to_the_check_of_its_kind(
    obvious: Bench, kind: str, function: str
) -> None:
    document = {"application": "x", "requirement": "support", "number": 2, "kind": kind}
    obvious.play("ListRequirements", Returns({"documents": [document]}))
    obvious.play(function, Returns({}))
    obvious.play("RecordChecks", Moves("closed"))
    execution = obvious.begin("checking")
    # MiniStack notes no states inside a Map: what was called shows the way.
    assert execution.finish() == [LOOK, HUB, *CHECKS, "Close"]
    checked = {"application": execution.application, "requirement": "support", "number": 2}
    weighed = {
        "application": execution.application,
        "looked_into": [{"requirement": "support", "number": 2}],
    }
    assert obvious.calls[1:3] == [(function, checked), ("RecordChecks", weighed)]


def test_checks_run_for_every_listed_document(obvious: Bench) -> None:
    obvious.play(
        "ListRequirements",
        Returns({"documents": [
            {"requirement": "support", "number": number, "kind": "letter"} for number in (1, 2, 3)
        ]}),
    )  # fmt: skip
    obvious.play("CheckLetter", Returns({}))
    obvious.play("RecordChecks", Moves("closed"))
    execution = obvious.begin("checking")
    execution.finish()
    assert [name for name, _ in obvious.calls].count("CheckLetter") == 3
    assert next(payload for name, payload in obvious.calls if name == "RecordChecks") == {
        "application": execution.application,
        "looked_into": [{"requirement": "support", "number": number} for number in (1, 2, 3)],
    }


@pytest.mark.parametrize(
    ("stage", "first"),
    [
        ("checking", "List requirements"),
        ("corrections", "Ask for corrections"),
        ("review", "Assign reviewers"),
        ("deciding", "Decide"),
        ("with_staff", "Wait for staff to decide"),
        ("fallback", "Move to fallback track"),
        ("announcing", "Wait for announcement"),
        ("notifying", "Send decision notice"),
        ("waitlist", "Wait for a seat"),
        ("offer", "Wait for answer"),
        ("enrolling", "Enrol team"),
        ("releasing", "Release seat"),
        ("closed", "Close"),
    ],
)
def test_new_execution_picks_up_from_every_stage(bench: Bench, stage: str, first: str) -> None:
    execution = bench.begin(stage)
    if is_wait(every()[first].state):
        execution.fail(first, "Unexpected")
    # No function does anything here, so that the first step is seen and the execution ends.
    assert execution.finish() == [LOOK, HUB, first, HELP]


def test_every_stage_of_a_submitted_application_has_a_step() -> None:
    choices = every()[HUB].state["Choices"]
    known = {stage for stage in Stage if f"'{stage.value}'" in str(choices)}
    assert known == set(Stage) - {Stage.DRAFT}


@pytest.mark.parametrize("stage", ["draft", "a stage of tomorrow", None])
def test_stage_that_no_step_belongs_to_is_brought_to_staff(bench: Bench, stage: str | None) -> None:
    execution = bench.begin(stage)
    assert execution.finish() == [LOOK, HUB, HELP]
    assert bench.calls == [
        (
            "AskForHelp",
            {
                "application": execution.application,
                "error": {"state": HUB, "error": "Roundtable.UnknownStage"},
            },
        )
    ]


def test_token_is_written_with_the_application_and_its_stage(obvious: Bench) -> None:
    execution = obvious.begin("offer")
    token = execution.wait_until_waiting("Wait for answer")
    assert execution.item() == {
        "pk": f"APP#{execution.application}",
        "sk": "META",
        "stage": "offer",
        "wait_stage": "offer",
        "wait_token": token,
    }
    execution.resume("Wait for answer", stage="enrolling")
    execution.finish()


def test_states_hand_on_ids_stages_and_verdicts_only(obvious: Bench) -> None:
    document = {"requirement": "support", "number": 1, "kind": "letter"}
    obvious.play("ListRequirements", Returns({"documents": [document]}))
    obvious.play("CheckLetter", Returns({"signed_by": "Ada Lovelace"}))
    obvious.play("RecordChecks", Returns({"stage": "closed", "team": "Ada Lovelace"}))
    obvious.play("CloseApplication", Returns({"team": "Ada Lovelace"}))
    execution = obvious.begin("checking")
    execution.finish()
    handed_on = {
        event["stateExitedEventDetails"]["name"]: json.loads(
            event["stateExitedEventDetails"]["output"]
        )
        for event in execution.history()
        if event["type"].endswith("StateExited")
    }
    looked_into = {"requirement": "support", "number": 1}
    assert handed_on == {
        LOOK: {"stage": "checking", "after": ""},
        HUB: {"stage": "closed"},
        "List requirements": {"documents": [document]},
        "Check requirements": {"looked_into": [looked_into]},
        "Record checks": {"stage": "closed"},
        "Close": {},
    }
