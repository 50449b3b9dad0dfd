import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from local.rehearsal import files
from roundtable.command import apart
from roundtable.command.check import main
from roundtable.domain.program import Role
from roundtable.domain.videos import Availability, LinkFacts
from tests.fakes.people import FakeVideoDirectory

ORGANIZATION = "Lakeside Clinic"
TERMS = ("--organization", ORGANIZATION, "--program", "pursuing-equity-2023")
BOTH = ("--signed-by", "ceo", "--signed-by", "board_chair")
LENGTHS = ("--min", "5m", "--max", "15m")
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return the exit code and what was printed as JSON."""

    def ran(*arguments: object, facts: LinkFacts | None = None) -> tuple[int, Any]:
        code = main([str(item) for item in arguments], FakeVideoDirectory(facts or LinkFacts()))
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, json.loads(printed.out)

    return ran


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int | str | None, str]]:
    """Return the exit code and the words for whoever typed it."""

    def ran(*arguments: object) -> tuple[int | str | None, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(item) for item in arguments], FakeVideoDirectory())
        printed = capsys.readouterr()
        assert printed.out == ""
        return ended.value.code, printed.err

    return ran


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_letter_that_passes_ends_with_0(run: Run, tmp_path: Path) -> None:
    letter = saved(tmp_path, "letter.pdf", files.letter_pdf(ORGANIZATION))
    code, printed = run("letter", letter, *BOTH, *TERMS)
    assert (code, printed["verdict"], printed["reasons"]) == (0, "pass", [])
    (evidence,) = printed["evidence"]
    evidence.pop("tool")
    evidence.pop("text")
    assert evidence == snapshot(
        {
            "kind": "letter",
            "readable": True,
            "problem": "",
            "unsure": "",
            "format": "pdf",
            "pages": 1,
            "scanned": [],
            "unread": [],
            "characters": 420,
            "roles": [
                {
                    "role": "ceo",
                    "name": "Imani Morales",
                    "line": "CEO",
                    "place": {
                        "page": 1,
                        "box": {"left": 0.1184, "top": 0.3989, "right": 0.1559, "bottom": 0.4093},
                    },
                    "certain": True,
                    "signature": "typed",
                    "unsigned": False,
                },
                {
                    "role": "board_chair",
                    "name": "Beatriz Patel",
                    "line": "Board President",
                    "place": {
                        "page": 1,
                        "box": {"left": 0.119, "top": 0.4698, "right": 0.2461, "bottom": 0.48},
                    },
                    "certain": True,
                    "signature": "typed",
                    "unsigned": False,
                },
            ],
            "digital": [],
            "organization": "matched",
            "organization_line": "Lakeside Clinic",
            "program": "matched",
            "program_line": (
                "On behalf of Lakeside Clinic, we are writing to confirm our commitment to "
                "Pursuing Equity. Our CEO and our Board Chair have discussed the aims with the "
                "team that is"
            ),
            "dated": "2022-09-01",
            "remarks": [],
            "previews": 1,
            "sha256": "0f2233d8a215a7da732225a806abd171b30050ee4b205c8abb673970c9aba363",
        }
    )


def test_letter_that_fails_ends_with_1(run: Run, tmp_path: Path) -> None:
    ceo = saved(tmp_path, "ceo.docx", files.letter_docx(ORGANIZATION, (Role.CEO,)))
    code, printed = run("letter", ceo, *BOTH, *TERMS)
    assert (code, printed["verdict"]) == (1, "fail")
    assert printed["reasons"] == snapshot(
        [
            (
                "We could not find the signature of your Board Chair. Please upload the letter "
                "signed by your Board Chair, with name and title below the signature, or upload"
                " another letter that they sign."
            )
        ]
    )


def test_letters_count_together_and_need_no_program(run: Run, tmp_path: Path) -> None:
    ceo = saved(tmp_path, "ceo.docx", files.letter_docx(ORGANIZATION, (Role.CEO,)))
    chair = saved(tmp_path, "chair.docx", files.letter_docx(ORGANIZATION, (Role.BOARD_CHAIR,)))
    told = (*BOTH, "--organization", ORGANIZATION, "--today", "2022-10-03")
    code, printed = run("letter", ceo, chair, *told)
    assert (code, printed["verdict"], printed["reasons"]) == (0, "pass", [])
    assert [item["program"] for item in printed["evidence"]] == ["unknown", "unknown"]


def test_letter_that_a_person_must_look_at_ends_with_2(run: Run, tmp_path: Path) -> None:
    letter = saved(tmp_path, "scan.pdf", files.letter_pdf(ORGANIZATION, scan=True))
    code, printed = run("letter", letter, *BOTH, *TERMS)
    assert (code, printed["verdict"]) == (2, "look")
    assert printed["reasons"] == snapshot(
        [
            (
                "A person will look at this letter: a letter, or a page of it, is a scan whose "
                "text cannot be read; we could not find the title of your CEO and your Board "
                "Chair in what we can read."
            )
        ]
    )


def test_letter_over_which_the_reader_stops_ends_with_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "import os; os.abort()")
    letter = saved(tmp_path, "letter.pdf", files.letter_pdf(ORGANIZATION))
    code, printed = run("letter", letter, *BOTH, *TERMS)
    assert (code, printed["verdict"]) == (2, "look")
    assert printed["reasons"] == snapshot(
        [
            (
                "This letter could not be read by itself: the reader stopped over it. A person "
                "will look at this letter: we could not find the title of your CEO and your "
                "Board Chair in what we can read."
            )
        ]
    )
    assert printed["reasons"][0].startswith(printed["evidence"][0]["unsure"])


def test_infected_letter_is_not_opened(run: Run, tmp_path: Path) -> None:
    letter = saved(tmp_path, "letter.pdf", files.infected())
    code, printed = run("letter", letter, *BOTH, *TERMS)
    assert (code, printed["verdict"]) == (1, "fail")
    assert printed["evidence"][0]["tool"] == "quarantine"


def test_letter_dated_after_the_day_of_the_check_is_looked_at(run: Run, tmp_path: Path) -> None:
    letter = saved(tmp_path, "letter.pdf", files.letter_pdf(ORGANIZATION))
    code, printed = run("letter", letter, *BOTH, *TERMS, "--today", "2022-08-30")
    assert (code, printed["reasons"]) == snapshot(
        (
            2,
            [
                (
                    "A person will look at this letter: it is dated September 1, 2022, which is"
                    " after the day we received it."
                )
            ],
        )
    )


def test_video_that_passes_ends_with_0(run: Run, tmp_path: Path) -> None:
    video = saved(tmp_path, "video.mp4", files.video_mp4(300))
    code, printed = run("video", video, *LENGTHS)
    printed["evidence"][0].pop("tool")
    assert (code, printed) == snapshot(
        (
            0,
            {
                "verdict": "pass",
                "reasons": [],
                "evidence": [
                    {
                        "kind": "video",
                        "readable": True,
                        "problem": "",
                        "unsure": "",
                        "host": "",
                        "seconds": 300,
                        "stated": False,
                    }
                ],
            },
        )
    )


def test_video_that_fails_ends_with_1(run: Run, tmp_path: Path) -> None:
    video = saved(tmp_path, "video.mp4", files.video_mp4(299))
    code, printed = run("video", video, "--program", "pursuing-equity-2023")
    assert (code, printed["verdict"], printed["reasons"]) == snapshot(
        (
            1,
            "fail",
            [
                (
                    "Your video is 4:59 long (minutes and seconds). It must be between 5:00 and"
                    " 15:00. Please give a video of that length."
                )
            ],
        )
    )


def test_infected_video_is_not_opened(run: Run, tmp_path: Path) -> None:
    video = saved(tmp_path, "video.mp4", files.video_mp4(300) + files.infected())
    code, printed = run("video", video, *LENGTHS)
    assert (code, printed["verdict"]) == (1, "fail")
    assert printed["reasons"][0].startswith("This file was recognized as infected")


def test_file_of_unknown_length_is_confirmed_by_a_person_if_it_is_stated(
    run: Run, tmp_path: Path
) -> None:
    video = saved(tmp_path, "video.mp4", files.video_mp4(600, fragmented=True))
    assert run("video", video, *LENGTHS)[0] == 1
    assert run("video", video, *LENGTHS, "--stated", "10m")[0] == 2


def test_link_is_judged_by_what_its_host_tells(run: Run) -> None:
    link = "https://vimeo.com/123456789"
    told = LinkFacts(availability=Availability.OPEN, seconds=600, tool="oembed")
    code, printed = run("video", link, *LENGTHS, facts=told)
    assert (code, printed) == snapshot(
        (
            0,
            {
                "verdict": "pass",
                "reasons": [],
                "evidence": [
                    {
                        "kind": "video",
                        "readable": True,
                        "problem": "",
                        "unsure": "",
                        "host": "Vimeo",
                        "seconds": 600,
                        "stated": False,
                        "tool": "oembed",
                    }
                ],
            },
        )
    )


def test_link_of_unknown_length_is_confirmed_by_a_person_if_it_is_stated(run: Run) -> None:
    link = "https://vimeo.com/123456789"
    code, printed = run("video", link, *LENGTHS)
    assert (code, printed["reasons"]) == snapshot(
        (
            1,
            [
                (
                    "We could not find out how long your video is. Please state its length in "
                    "minutes and seconds; it must be between 5:00 and 15:00."
                )
            ],
        )
    )
    code, printed = run("video", link, *LENGTHS, "--stated", "8m30s")
    assert (code, printed["reasons"]) == snapshot(
        (2, ["The stated length is 8:30; nothing else confirms it, so a person will."])
    )


def test_link_that_is_refused_ends_with_1(run: Run) -> None:
    code, printed = run("video", "https://10.0.0.1/video.mp4", *LENGTHS)
    assert (code, printed["verdict"]) == (1, "fail")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "roundtable-check: the following arguments are required: {letter,video}\n"),
        (["letter", "a.pdf", "--signed-by", "cto", *TERMS],
         "roundtable-check letter: argument --signed-by: 'cto' is none of: "
         "ceo, board_chair, executive_director\n"),
        (["letter", "a.pdf", "--organization", "x"],
         "roundtable-check: say who must sign: --signed-by ceo --signed-by board_chair\n"),
        (["letter", "a.pdf", "--organization", "x", "--program", "other"],
         "roundtable-check letter: argument --program: there is no program 'other'; known are: "
         "antiracism-workshops-2024, pursuing-equity-2023\n"),
        (["letter", "a.pdf", *TERMS, "--today", "soon"],
         "roundtable-check letter: argument --today: 'soon' is no day such as 2022-10-21\n"),
        (["video", "a.mp4", "--min", "5"],
         "roundtable-check video: argument --min: '5' is no length such as 5m or 8m30s\n"),
        (["video", "a.mp4"],
         "roundtable-check: say how long it must be: --min 5m --max 15m\n"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_64_and_one_line(
    refused: Callable[..., tuple[int, str]], arguments: list[str], words: str
) -> None:
    assert refused(*arguments) == (64, words)


def test_missing_file_ends_with_66_and_one_line(
    refused: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    gone = tmp_path / "gone.pdf"
    words = f"roundtable-check: cannot read {gone}: No such file or directory\n"
    assert refused("letter", gone, *BOTH, *TERMS) == (66, words)
    assert refused("video", gone, *LENGTHS) == (66, words)


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "0 pass, 1 fail, 2 look" in " ".join(capsys.readouterr().out.split())
