"""Letters and videos as they are: read apart, verified, shown as page images, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local.cloud import Cloud
from local.functions import function_names
from local.rehearsal.applicants import DOCX, MP4, PDF, expect
from local.rehearsal.files import infected, letter_pdf, signers, web_page, zip_bomb_docx
from local.visitor import Upload, Visitor
from roundtable.domain.evidence import SignatureKind
from roundtable.domain.program import Role
from tests.e2e.scene import ACTION_COMMUNITY, Scene, Team
from tests.e2e.uploads import LETTER, VIDEO, checked, shown, upload, versions
from tests.e2e.waiting import until
from tests.factories.signed_pdfs import edited_after_signing, signed_pdf

JPEG = b"\xff\xd8\xff"


@pytest.fixture(scope="module")
def uploading(scene: Scene) -> Team:
    """A team with a draft for the Action Community, which asks for a letter and a video."""
    team = scene.draft(scene.performer(scene.round_of("hostile-e2e"), ACTION_COMMUNITY))
    team.performer.wait_for_uploads(team.visitor)
    return team


@pytest.fixture
def broken_reader(cloud: Cloud) -> Iterator[None]:
    """A reader that stops over whatever it is given."""
    client = cloud.client("lambda")
    name = function_names(cloud.account)["ReadLetterFunction"]
    client.update_function_configuration(FunctionName=name, Handler="app.missing")
    yield
    client.update_function_configuration(FunctionName=name, Handler="app.handler")


@pytest.mark.scenario(9)
def test_digital_signature_is_verified_and_staff_see_the_pages(
    scene: Scene, uploading: Team
) -> None:
    organization = uploading.performer.applicant.organization
    ceo, chair = signers((Role.CEO, Role.BOARD_CHAIR), seed=1)
    letter = letter_pdf(organization, seed=1, signature="none")
    by_ceo = signed_pdf(letter, ceo.name)
    number = upload(uploading, LETTER, Upload("letter.pdf", PDF, by_ceo))
    until("the letter was looked into", lambda: checked(uploading, LETTER, number))
    found = evidence(scene, uploading, number)
    assert [(one["signer"], one["state"]) for one in found["digital"]] == [(ceo.name, "valid")]
    kinds = {one["role"]: one["signature"] for one in found["roles"]}
    assert kinds == {"ceo": SignatureKind.DIGITAL.value, "board_chair": None}
    assert verdict(uploading) == "fail"
    assert chair.name in {one["name"] for one in found["roles"]}

    both = signed_pdf(by_ceo, chair.name, field="Chair")
    number = upload(uploading, LETTER, Upload("letter.pdf", PDF, both))
    until("the letter was looked into", lambda: checked(uploading, LETTER, number))
    assert verdict(uploading) == "pass"
    _, pages = shown(scene, uploading, LETTER, number)
    assert len(pages) == 1
    image = Visitor(uploading.visitor.home).get(pages[0])
    assert image.status == 200
    assert image.content.startswith(JPEG)

    number = upload(uploading, LETTER, Upload("letter.pdf", PDF, edited_after_signing(both)))
    until("the letter was looked into", lambda: checked(uploading, LETTER, number))
    assert verdict(uploading) == "fail"


def test_letter_that_makes_its_reader_stop_comes_to_a_person(
    uploading: Team, broken_reader: None
) -> None:
    del broken_reader
    content = letter_pdf(uploading.performer.applicant.organization, seed=5)
    number = upload(uploading, LETTER, Upload("letter.pdf", PDF, content))
    until("the letter was looked into", lambda: checked(uploading, LETTER, number))
    assert verdict(uploading) == "look"


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("requirement", "file", "words"),
    [
        (LETTER, Upload("letter.pdf", PDF, infected()), "infected with a virus"),
        (VIDEO, Upload("team.mp4", MP4, infected()), "infected with a virus"),
        (LETTER, Upload("letter.docx", DOCX, zip_bomb_docx()), "packed too deep"),
        (
            LETTER,
            Upload("letter.pdf", PDF, letter_pdf("A Hospital", password="secret")),
            "locked with a password",
        ),
        (LETTER, Upload("letter.pdf", PDF, web_page()), "a web page"),
        (VIDEO, Upload("team.mp4", MP4, web_page()), "a web page"),
    ],
)
def test_hostile_file_is_refused_in_words(
    scene: Scene, uploading: Team, requirement: str, file: Upload, words: str
) -> None:
    number = upload(uploading, requirement, file)
    until("the file was looked into", lambda: checked(uploading, requirement, number))
    requirements = uploading.status()["requirements"]
    (found,) = (it for it in requirements if it["requirement"] == requirement)
    assert found["verdict"] == "fail"
    assert words in found["reason"]
    assert shown(scene, uploading, requirement, number) == ("", [])


@pytest.mark.scenario(13)
def test_infected_file_in_review_comes_back_and_no_reviewer_can_open_it(scene: Scene) -> None:
    program = scene.round_of("infected-e2e")
    team = scene.draft(scene.performer(program, ACTION_COMMUNITY))
    team.submit()
    scene.waits_in(team, "review")
    assert shown(scene, team, LETTER, 1) != ("", [])

    number = upload(team, LETTER, Upload("letter.pdf", PDF, infected()), replaces=1)
    scene.waits_in(team, "corrections")
    (missing,) = team.status()["missing"]
    assert missing["requirement"] == LETTER
    assert "infected with a virus" in missing["reason"]
    (version,) = (it for it in versions(team, LETTER) if it["number"] == number)
    assert "infected with a virus" in version["virus_check"]
    assert shown(scene, team, LETTER, number) == ("", [])
    assert scene.crew.panel(team.id) == []
    until("the applicant is told", lambda: "corrections" in scene.mails(team))

    team.performer.upload_letter(team.visitor, (Role.CEO, Role.BOARD_CHAIR))
    scene.waits_in(team, "review")
    assert scene.broken_invariants(program) == []


def verdict(team: Team, requirement: str = LETTER) -> str:
    """Return what the applicant is told of a requirement."""
    (found,) = (it for it in team.status()["requirements"] if it["requirement"] == requirement)
    return str(found["verdict"])


def evidence(scene: Scene, team: Team, number: int) -> Any:
    """Return what was found in a version of the letter, as staff see it."""
    story = expect("story", scene.desk.get(f"/api/staff/applications/{team.id}"), 200)
    (found,) = (
        it["evidence"]
        for it in story["documents"]
        if (it["requirement"], it["number"]) == (LETTER, number)
    )
    return found
