from typing import Any

import pytest

from roundtable.domain.evidence import SignatureKind
from roundtable.domain.program import LetterRequirement, Role, VideoRequirement
from roundtable.usecases.following.documents import Progress, Shown, requirement_shown
from roundtable.web.pages.applicant.documents import document_words as words
from roundtable.web.pages.applicant.documents.file_kinds import (
    accepted,
    most_bytes,
    types_by_ending,
)
from tests.factories import (
    LETTER,
    RESIDENCY,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_program,
    make_track,
    make_video_evidence,
    role_found,
)
from tests.fakes import FakePorts

TRACK = make_track(RESIDENCY)


def letter(**changes: Any) -> LetterRequirement:
    found = TRACK.requirement(LETTER)
    assert isinstance(found, LetterRequirement)
    return found.with_(**changes)


def video() -> VideoRequirement:
    found = TRACK.requirement(VIDEO)
    assert isinstance(found, VideoRequirement)
    return found


@pytest.mark.parametrize("progress", Progress)
@pytest.mark.parametrize("kind", ["letter", "video"])
def test_every_progress_has_a_sentence_and_a_word(progress: Progress, kind: str) -> None:
    shown = Shown(document=make_document(kind=kind), progress=progress)
    assert words.progress(shown).endswith(".")
    assert words.tag(shown).text


@pytest.mark.parametrize(
    ("found", "tag"),
    [
        ([], "Not found"),
        ([role_found(Role.CEO)], "Signature found"),
        ([role_found(Role.CEO, None, unsigned=True)], "Title found, not signed"),
        ([role_found(Role.CEO, None)], "Title found, signature not sure"),
        ([role_found(Role.CEO, SignatureKind.INK)], "Title found, signature not sure"),
        ([role_found(Role.CEO, certain=False)], "Title found, signature not sure"),
        ([role_found(Role.CEO, None), role_found(Role.CEO)], "Signature found"),
    ],
)
def test_role_is_said_as_it_was_found(found: list[Any], tag: str) -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    document = make_document(status="checked", evidence=make_letter_evidence(roles=tuple(found)))
    application = ports.applications.given(make_application(), documents=[document])
    ceo, _ = words.roles(requirement_shown(ports, application, LETTER))
    assert (ceo.role, ceo.tag.text) == ("CEO", tag)
    assert ceo.names == (("Jane Doe",) if found else ())


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({"seconds": 65, "host": "Vimeo"},
         (("Found at", "Vimeo"), ("Length", "1:05 (minutes and seconds)"))),
        ({"seconds": 600, "host": "", "stated": True},
         (("Length", "10:00, as you said; a person will confirm it"),)),
        ({"seconds": None, "host": "Loom"}, (("Found at", "Loom"),)),
    ],
)  # fmt: skip
def test_video_facts(changes: dict[str, Any], facts: tuple[tuple[str, str], ...]) -> None:
    document = make_document(kind="video", evidence=make_video_evidence(**changes))
    assert words.video_facts(document) == facts


def test_name_in_a_sentence_turns_nothing_around() -> None:
    assert words.named(make_document(file_name="letter.pdf")) == "letter.pdf"
    turned = words.named(make_document(file_name="a\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"))
    assert turned.startswith("\N{FIRST STRONG ISOLATE}a")
    assert turned.endswith("exe\N{POP DIRECTIONAL ISOLATE}")


@pytest.mark.parametrize(
    "code", ["not-open-yet", "closed", "not-returned", "not-removable", "slot-over", "other"]
)
def test_every_refusal_is_a_sentence_of_its_own(code: str) -> None:
    assert words.refusal(code).endswith(".")


def test_unfit_file_is_said_in_the_words_of_the_script() -> None:
    said = words.script_words(letter(), places=1)
    assert words.unfit(letter(), "/content_type", "invalid-document", "x") == said["wrong_type"]
    assert words.unfit(letter(), "/size", "too-large", "x") == said["too_large"]
    assert words.unfit(letter(), "/size", "invalid-document", "x") == said["empty"]
    assert words.unfit(letter(), "/url", "invalid-document", "x") == "x"


def test_script_words_of_a_video_advise_a_link() -> None:
    said = words.script_words(video(), places=1)
    assert said["too_large"] == (
        "This file is too large: it may have up to 2 GB. Export it in a smaller size, or give "
        "a link to it instead."
    )
    assert said["too_many"] == "Choose one file."


def test_kinds_of_files_follow_the_requirement() -> None:
    wanted = letter(formats=("pdf", "jpeg"), max_megabytes=3)
    assert types_by_ending(wanted) == {
        "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    }  # fmt: skip
    assert accepted(wanted) == ".pdf,.jpg,.jpeg,application/pdf,image/jpeg"
    assert most_bytes(wanted) == 3_000_000
    assert set(types_by_ending(video())) == {"mp4", "m4v", "mov", "webm"}
