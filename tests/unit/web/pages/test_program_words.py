from datetime import timedelta

import pytest

from roundtable.domain.program import (
    LetterFormat,
    LetterRequirement,
    Role,
    TeamRequirement,
    VideoRequirement,
)
from roundtable.web.pages import program_words as words
from roundtable.web.pages.texts import speaking


def letter(**more: object) -> LetterRequirement:
    return LetterRequirement.model_validate(
        {"key": "letter", "title": "Letter", "signed_by": ["ceo"], **more}
    )


def video(least: int, most: int, **more: object) -> VideoRequirement:
    return VideoRequirement.model_validate(
        {
            "key": "video",
            "title": "Video",
            "min_length": timedelta(seconds=least),
            "max_length": timedelta(seconds=most),
            **more,
        }
    )


@pytest.mark.parametrize(
    ("days", "said", "in_spanish"),
    [
        (0, "Today is the last day", "Hoy es el último día"),
        (1, "1 day left", "Queda 1 día"),
        (2, "2 days left", "Quedan 2 días"),
    ],
)
def test_time_left_is_told_in_days(days: int, said: str, in_spanish: str) -> None:
    assert words.time_left(days) == said
    with speaking("es"):
        assert words.time_left(days) == in_spanish


def test_all_who_sign_are_named() -> None:
    assert words.signers(letter(signed_by=list(Role))) == (
        "CEO, Board Chair and Executive Director"
    )
    assert words.signers(letter()) == "CEO"


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (("pdf",), "PDF, up to 20 MB and 1 page"),
        (("pdf", "docx"), "PDF or Word, up to 20 MB and 1 page"),
    ],
)
def test_letter_tells_its_formats_and_limits(formats: tuple[LetterFormat, ...], said: str) -> None:
    assert words.letter_file(letter(formats=formats, max_pages=1)) == said


def test_letter_tells_how_many_count() -> None:
    assert words.letters(letter(max_documents=1)) == "One letter"
    assert words.letters(letter(max_documents=2)) == "One letter, or up to 2 letters"


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (300, 900, "5 to 15 minutes long"),
        (60, 60, "Exactly 1 minute long"),
        (120, 120, "Exactly 2 minutes long"),
        (90, 300, "1:30 minutes to 5 minutes long"),
    ],
)
def test_video_tells_its_length(least: int, most: int, said: str) -> None:
    assert words.video_length(video(least, most)) == said


def test_video_names_the_programs_own_hosts_too() -> None:
    said = words.video_link(video(60, 90, hosts=["media.example.edu"]))
    assert said.startswith("As a link: Vimeo, YouTube")
    assert said.endswith("Panopto or media.example.edu")


@pytest.mark.parametrize(("megabytes", "size"), [(2000, "2 GB"), (1500, "1500 MB")])
def test_video_tells_how_large_its_file_may_be(megabytes: int, size: str) -> None:
    asked = video(60, 90, max_megabytes=megabytes)
    assert words.video_file(asked) == f"MP4, MOV or WebM, up to {size}"
    assert words.video_as_file(asked) == f"Or as a file: MP4, MOV or WebM, up to {size}"


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (2, 3, "And 2 to 3 of these:"),
        (2, 2, "And 2 of these:"),
        (1, 1, "And one of these:"),
        (0, 2, "And, if you like, up to 2 of these:"),
        (0, 1, "And, if you like, one of these:"),
        (0, 0, ""),
    ],
)
def test_video_tells_how_much_it_may_choose(least: int, most: int, said: str) -> None:
    points = {"choose_from": ["a", "b", "c"], "choose_at_least": least, "choose_at_most": most}
    assert words.video_choice(video(60, 90, **points)) == said
    assert words.video_choice(video(60, 90)) == ""


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(3, 7, "3 to 7 people"), (4, 4, "4 people"), (1, 1, "One person")],
)
def test_team_tells_its_size(least: int, most: int, said: str) -> None:
    team = TeamRequirement(key="team", title="Team", min_members=least, max_members=most)
    assert words.people(team) == said
