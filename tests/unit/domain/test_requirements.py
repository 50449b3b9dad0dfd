from datetime import date, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Form
from roundtable.domain.documents import Document
from roundtable.domain.evidence import Verdict
from roundtable.domain.program import Role
from roundtable.domain.requirements import (
    FieldProblem,
    form_problems,
    is_complete,
    judge_team,
    present_findings,
)
from roundtable.domain.stages import Stage
from tests.factories import (
    ATTESTATION,
    LETTER,
    NOW,
    RESIDENCY,
    TEAM,
    VIDEO,
    make_application,
    make_document,
    make_form,
    make_letter_evidence,
    make_program,
    make_track,
    make_video_evidence,
    role_found,
)


def letter(**changes: Any) -> Document:
    return make_document(**({"status": "checked", "evidence": make_letter_evidence()} | changes))


def video(seconds: int = 600) -> Document:
    evidence = make_video_evidence(seconds=seconds)
    return make_document(kind="video", status="checked", evidence=evidence)


def verdicts(*documents: Document, **application: Any) -> dict[str, Verdict]:
    program = make_program()
    found = present_findings(
        program,
        program.track(RESIDENCY),
        make_application(Stage.CHECKING, **application),
        documents,
    )
    return {item.requirement: item.verdict for item in found}


@pytest.mark.scenario(8)
def test_present_findings_without_documents_name_what_is_missing() -> None:
    program = make_program()
    found = present_findings(
        program, program.track(RESIDENCY), make_application(Stage.CHECKING), ()
    )
    assert [(item.requirement, item.verdict.value, item.reason) for item in found] == [
        (LETTER, "fail", "Letter of commitment: nothing was uploaded yet."),
        (VIDEO, "fail", "Video of the team: nothing was uploaded yet."),
        (ATTESTATION, "pass", "All statements are affirmed."),
        (TEAM, "pass", "The team has 3 members."),
    ]
    assert not is_complete(found)


def test_present_findings_with_everything_are_complete() -> None:
    found = verdicts(letter(), video())
    assert found == dict.fromkeys((LETTER, VIDEO, ATTESTATION, TEAM), Verdict.PASS)


@pytest.mark.scenario(9)
def test_present_findings_of_two_letters_weigh_both() -> None:
    ceo = make_letter_evidence(roles=(role_found(Role.CEO),))
    chair = make_letter_evidence(roles=(role_found(Role.BOARD_CHAIR),))
    first, second = letter(evidence=ceo), letter(number=2, evidence=chair)
    assert verdicts(first)[LETTER] is Verdict.FAIL
    assert verdicts(first, second)[LETTER] is Verdict.PASS
    assert verdicts(letter(evidence=ceo, status="superseded"), second)[LETTER] is Verdict.FAIL


@pytest.mark.parametrize(
    ("dated", "verdict"),
    [
        (date(2021, 9, 5), Verdict.LOOK),
        (date(2021, 9, 6), Verdict.PASS),
        (date(2022, 10, 4), Verdict.PASS),
        (date(2022, 10, 5), Verdict.LOOK),
    ],
)
def test_present_findings_of_a_letter_by_its_date(dated: date, verdict: Verdict) -> None:
    """The round opened on September 6, 2022; the newest letter came at 10 am on October 3."""
    evidence = make_letter_evidence(dated=dated)
    earlier = letter(evidence=evidence, received_at=NOW - timedelta(days=9))
    assert verdicts(earlier, letter(number=2), video())[LETTER] is verdict


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(299, Verdict.FAIL), (300, Verdict.PASS), (900, Verdict.PASS), (901, Verdict.FAIL)],
)
def test_present_findings_of_a_video_by_its_length(seconds: int, verdict: Verdict) -> None:
    assert verdicts(video(seconds))[VIDEO] is verdict


def test_present_findings_of_an_unchecked_document_are_for_a_person() -> None:
    assert verdicts(make_document())[LETTER] is Verdict.LOOK


@pytest.mark.scenario(10)
def test_present_findings_of_a_returned_document_give_the_persons_reason() -> None:
    program = make_program()
    returned = letter(rejected="The letter is of last year.")
    found = present_findings(
        program, program.track(RESIDENCY), make_application(Stage.CHECKING), (returned,)
    )
    assert (found[0].verdict, found[0].reason, found[0].documents) == (
        Verdict.FAIL,
        "The letter is of last year.",
        (1,),
    )


def test_present_findings_of_a_missing_affirmation_name_it() -> None:
    program = make_program()
    application = make_application(Stage.CHECKING, form=make_form(attestations={}))
    found = present_findings(program, program.track(RESIDENCY), application, ())
    reasons = {item.requirement: item.reason for item in found}
    assert reasons[ATTESTATION] == "Please affirm: We take part in every meeting."


@pytest.mark.scenario(14)
@pytest.mark.parametrize(
    ("members", "verdict"),
    [(2, Verdict.FAIL), (3, Verdict.PASS), (7, Verdict.PASS), (8, Verdict.FAIL)],
)
def test_judge_team_from_three_to_seven(members: int, verdict: Verdict) -> None:
    requirement = make_track().requirement(TEAM)
    assert requirement is not None
    assert requirement.kind == "team"
    assert judge_team(requirement, members)[0] is verdict


@pytest.mark.scenario(14)
def test_present_findings_admitted_by_staff_pass() -> None:
    team = ({"name": "Ada Brook", "role": "Physician"},)
    assert verdicts(form=make_form(team=team))[TEAM] is Verdict.FAIL
    assert verdicts(form=make_form(team=team), admitted=(TEAM,))[TEAM] is Verdict.PASS


QUESTIONS = [
    {"key": "why", "label": "Why?", "kind": "paragraph", "required": True, "max_words": 3},
    {"key": "again", "label": "Again?", "kind": "yes_no"},
    {
        "key": "area",
        "label": "Area",
        "kind": "choice",
        "options": [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}],
    },
    {"key": "only", "label": "Only residents", "required": True, "tracks": [RESIDENCY]},
]


def problems(**form: Any) -> dict[str, str]:
    program = make_program(
        sections=({"key": "about", "title": "About", "questions": QUESTIONS},),
        organization_types=({"value": "hospital", "label": "Hospital"},),
    )
    given = Form.model_validate(
        make_form(organization={"name": "St. Mary's", "type": "hospital"}) | form
    )
    return {item.path: item.reason for item in form_problems(program, given)}


def test_form_problems_of_a_complete_form_are_none() -> None:
    answers = {"why": "We are ready", "again": True, "area": "one", "only": "Yes"}
    assert problems(answers=answers) == {}
    assert problems(tracks=("seminar",), answers={"why": "Why not"}) == {}


def test_form_problems_name_every_field() -> None:
    answers = {"why": "One two three four", "again": "no", "area": "three", "what": "?"}
    assert problems(tracks=("nowhere",), contact=None, organization={"name": "A"}) == {
        "/tracks/0": "There is no track 'nowhere'. Choose one of: residency, seminar.",
        "/contact": "Give the name and e-mail address of a contact.",
        "/organization/type": "Choose the type of your organization: hospital.",
        "/answers/why": "Answer this question.",
    }
    assert problems(answers=answers) == {
        "/answers/why": "Use at most 3 words; you have 4.",
        "/answers/again": "Answer with yes or no.",
        "/answers/area": "Choose from: one, two.",
        "/answers/only": "Answer this question.",
        "/answers/what": "The form has no such question.",
    }


def test_form_problems_of_an_empty_form() -> None:
    found = form_problems(make_program(), Form())
    assert found == (
        FieldProblem(path="/tracks", reason="Choose the track you apply for."),
        FieldProblem(path="/contact", reason="Give the name and e-mail address of a contact."),
        FieldProblem(path="/organization", reason="Give the name of your organization."),
    )


def test_form_problems_of_who_is_not_eligible_say_so() -> None:
    rule = {
        "key": "affiliated",
        "question": "Are you affiliated?",
        "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
        "accepts": ["yes"],
        "refusal": "This is for affiliates.",
    }
    program = make_program(eligibility=(rule,))

    def reasons(**form: Any) -> list[str]:
        given = Form.model_validate(make_form(**form))
        return [item.reason for item in form_problems(program, given)]

    assert reasons() == ["Answer the question: Are you affiliated?"]
    assert reasons(eligibility={"affiliated": "no"}) == ["This is for affiliates."]
    assert reasons(eligibility={"affiliated": "yes"}) == []
