"""Reading program files: what is refused, in which words, at which line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.programs.loading import (
    ProgramFileError,
    load_program,
    load_programs,
    parse_program,
)

SAMPLE = """\
key: sample-2022
name: Sample
summary: A sample.
organizer:
  name: Organizer
  email: office@example.org
timezone: America/New_York
reference_prefix: SA
opens: 2022-09-06T09:00
sections:
  - key: one
    title: One
    questions:
      - key: why
        label: Why?
        required: true
tracks:
  - key: main
    name: Main
    capacity: 10
    closes: 2022-10-21
    promise:
      days_from_receipt: 30
    requirements:
      - kind: video
        key: video
        title: Video
        min_length: 5m
        max_length: PT15M
    rubric:
      - {key: hope, title: Hope, weight: 1.5}
    review:
      needed: 1
    decided_by: reviews
"""


def complaints(text: str) -> str:
    with pytest.raises(ProgramFileError) as error:
        parse_program(text, "programs/x.yaml")
    return str(error.value)


def changed(before: str, after: str) -> str:
    assert SAMPLE.count(before) == 1
    return SAMPLE.replace(before, after)


def test_parse_program_gives_the_program() -> None:
    program = parse_program(SAMPLE, "programs/x.yaml")
    [track] = program.tracks
    [video] = track.requirements
    assert video.kind == "video"
    assert (str(video.min_length), str(video.max_length)) == ("0:05:00", "0:15:00")
    assert str(track.rubric[0].weight) == "1.5"
    assert program.opens_at.isoformat() == "2022-09-06T13:00:00+00:00"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "closes: 2022-10-21",
            "closes: 2022-10-32",
            "programs/x.yaml:21: tracks[0].closes: '2022-10-32' is not in the calendar",
        ),
        (
            "closes: 2022-10-21",
            "closes: 2022-09-01",
            "programs/x.yaml:21: tracks[0].closes: the track closes before the round opens",
        ),
        (
            "    capacity: 10\n",
            "",
            "programs/x.yaml:18: tracks[0].capacity: is missing",
        ),
        (
            "capacity: 10",
            "capacity: ten",
            "programs/x.yaml:20: tracks[0].capacity: must be a whole number",
        ),
        (
            "capacity: 10",
            "capacity: 0",
            "programs/x.yaml:20: tracks[0].capacity: must be at least 1",
        ),
        (
            "required: true",
            "requird: true",
            "programs/x.yaml:16: sections[0].questions[0].requird: is not a field here; "
            "did you mean 'required'?",
        ),
        (
            "required: true",
            "colour: red",
            "programs/x.yaml:16: sections[0].questions[0].colour: is not a field here",
        ),
        (
            "key: hope, ",
            "key: Hope!, ",
            "programs/x.yaml:31: tracks[0].rubric[0].key: 'Hope!' cannot be used: it begins with "
            "a small letter and has only small letters, digits and hyphens, at most 63",
        ),
        (
            "title: Video",
            "title: 2022",
            "programs/x.yaml:27: tracks[0].requirements[0].title: must be a text; put it in quotes",
        ),
        (
            "min_length: 5m",
            "min_length: 5",
            "programs/x.yaml:28: tracks[0].requirements[0].min_length: write a length of time "
            "with its unit, such as 5m, 15 min or PT5M",
        ),
        (
            "min_length: 5m",
            "min_length: 16m",
            "programs/x.yaml:28: tracks[0].requirements[0].min_length: "
            "must be above zero and not above max_length",
        ),
        (
            "kind: video",
            "kind: film",
            "programs/x.yaml:25: tracks[0].requirements[0]: 'film' is no kind of requirement; "
            "there are: 'letter', 'video', 'attestation', 'team'",
        ),
        (
            "      - kind: video\n        key: video",
            "      - key: video",
            "programs/x.yaml:25: tracks[0].requirements[0]: must say its 'kind': letter, video, "
            "attestation or team",
        ),
        (
            "    promise:\n      days_from_receipt: 30",
            "    promise: soon",
            "programs/x.yaml:22: tracks[0].promise: must be a group of fields, each as "
            "'name: value' on a line of its own",
        ),
        (
            "days_from_receipt: 30",
            "{}",
            "programs/x.yaml:22: tracks[0].promise: give either 'by' (a date) or "
            "'days_from_receipt'",
        ),
        (
            "decided_by: reviews",
            "decided_by: lot",
            "programs/x.yaml:34: tracks[0].decided_by: "
            "must be 'reviews', 'staff' or 'completeness'",
        ),
        (
            "needed: 1",
            "needed: 0",
            "programs/x.yaml:34: tracks[0].decided_by: 'reviews' asks for at least one review",
        ),
        (
            "timezone: America/New_York",
            "timezone: EST",
            "programs/x.yaml:7: timezone: 'EST' is not an IANA time zone, such as America/New_York",
        ),
        (
            "reference_prefix: SA",
            "reference_prefix: sample",
            "programs/x.yaml:8: reference_prefix: 'sample' cannot be used: it is two to four "
            "capital letters",
        ),
        (
            "summary: A sample.",
            "summary: A sample.\nnotices:\n  invite:\n    opening: Welcome",
            "programs/x.yaml:5: notices.invite: is no kind of notice; there are: receipt, "
            "corrections, reminder, not_submitted, closed_incomplete, moved, review_asked, "
            "review_reminder, invitation, fallback_offer, waitlisted, not_selected, "
            "offer_reminder, lapsed, withdrawn, enrolled, staff_alert",
        ),
    ],
)
def test_parse_program_tells_the_line_of_a_wrong_value(
    before: str, after: str, expected: str
) -> None:
    assert complaints(changed(before, after)) == expected


def test_parse_program_tells_every_problem_in_the_order_of_lines() -> None:
    text = changed("capacity: 10", "capacity: ten").replace("name: Sample", "name: ''")
    assert complaints(text.replace("min_length", "minimum")).splitlines() == [
        "programs/x.yaml:2: name: must not be empty",
        "programs/x.yaml:20: tracks[0].capacity: must be a whole number",
        "programs/x.yaml:25: tracks[0].requirements[0].min_length: is missing",
        "programs/x.yaml:28: tracks[0].requirements[0].minimum: is not a field here",
    ]


def test_problem_carries_its_place_in_parts() -> None:
    with pytest.raises(ProgramFileError) as error:
        parse_program(changed("capacity: 10", "capacity: ten"), "x.yaml")
    [problem] = error.value.problems
    assert (problem.file, problem.line, problem.column, problem.path, problem.reason) == (
        "x.yaml",
        20,
        15,
        "tracks[0].capacity",
        "must be a whole number",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "programs/x.yaml:1: is empty"),
        ("# only a comment\n", "programs/x.yaml:1: is empty"),
        (
            "just a text",
            "programs/x.yaml:1: must be a group of fields, each as 'name: value' on a line of "
            "its own",
        ),
        (
            "key: a\nname: One: two\n",
            "programs/x.yaml:2: is not YAML: mapping values are not allowed here "
            "(a text with a colon goes in quotes, and fields of one group are aligned)",
        ),
        (
            "key: a\n\tname: b\n",
            "programs/x.yaml:2: is not YAML: found character '\\t' that cannot start any token; "
            "while scanning for the next token "
            "(indent with spaces, and put a text that begins with a sign in quotes)",
        ),
        (
            "key: a\nname: b\nkey: c\n",
            "programs/x.yaml:3: key: is given twice; the first is in line 1",
        ),
        (
            "key: a\norganizer:\n  name: b\n  name: c\n",
            "programs/x.yaml:4: organizer.name: is given twice; the first is in line 3",
        ),
        (
            "key: a\nname: &anchor b\n",
            "programs/x.yaml:2: uses an anchor or alias (& or *); write the value out again",
        ),
        (
            "key: a\nname: !!python/object:os.system b\n",
            "programs/x.yaml:2: name: has a tag (tag:yaml.org,2002:python/object:os.system); "
            "leave it out",
        ),
        (
            "%YAML 1.1\n---\nkey: a\n",
            "programs/x.yaml:2: has a directive (%) above this line; leave it out",
        ),
        ("key: a\n? [b]\n: c\n", "programs/x.yaml:2: the name of a field must be a plain word"),
        ("key: a\nname: \x07\n", "programs/x.yaml:2: has a sign that no text may hold "
         "(a control character)"),
        ("a: " + "[" * 5000, "programs/x.yaml:1: is nested too deeply"),
        ("# " + "x" * 256 * 1024, "programs/x.yaml:1: is larger than 256 KB"),
        (
            "key: a\n---\nkey: b\n",
            "programs/x.yaml:2: is not YAML: but found another document; expected a single "
            "document in the stream",
        ),
    ],
)  # fmt: skip
def test_parse_program_refuses_what_is_no_plain_file(text: str, expected: str) -> None:
    assert complaints(text) == expected


def test_parse_program_refuses_an_anchor_bomb_before_it_unfolds() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert complaints("\n".join(lines)) == (
        "programs/x.yaml:1: uses an anchor or alias (& or *); write the value out again"
    )


@given(st.text(max_size=200))
def test_parse_program_never_fails_in_another_way(text: str) -> None:
    with pytest.raises(ProgramFileError):
        parse_program(text, "x.yaml")


@given(
    st.integers(min_value=0, max_value=len(SAMPLE.splitlines()) - 1),
    st.sampled_from(["", "- ", "x: 1", "key: 1", "    ", "capacity: [", "? !", "closes: 5", "{}"]),
)
def test_parse_program_with_a_spoilt_line_gives_a_program_or_problems(
    place: int, line: str
) -> None:
    lines: list[str] = list(SAMPLE.splitlines())
    lines[place] = line
    problems = ()
    try:
        parse_program("\n".join(lines), "x.yaml")
    except ProgramFileError as error:
        problems = error.problems or ("an error without problems",)
    for problem in problems:
        assert not isinstance(problem, str)
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.reason


class TestFiles:
    def test_load_program_names_the_file_from_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        path = tmp_path / "programs" / "x.yaml"
        path.parent.mkdir()
        path.write_text(changed("capacity: 10", "capacity: ten"), encoding="utf-8")
        with pytest.raises(ProgramFileError) as error:
            load_program(path)
        assert str(error.value) == (
            "programs/x.yaml:20: tracks[0].capacity: must be a whole number"
        )

    def test_load_program_reads_a_file_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + SAMPLE.encode())
        assert load_program(path) == parse_program(SAMPLE, "x.yaml")

    @pytest.mark.parametrize(
        ("content", "line", "reason"),
        [
            (b"key: a\nname: caf\xe9\n", 2, "is not written in UTF-8"),
            (b"#" * (256 * 1024 + 1), 1, "is larger than 256 KB"),
        ],
    )
    def test_load_program_refuses_a_file_that_is_no_text(
        self, tmp_path: Path, content: bytes, line: int, reason: str
    ) -> None:
        path = tmp_path / "x.yaml"
        path.write_bytes(content)
        with pytest.raises(ProgramFileError) as error:
            load_program(path)
        [problem] = error.value.problems
        assert (problem.line, problem.reason) == (line, reason)

    def test_load_program_tells_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(ProgramFileError) as error:
            load_program(tmp_path / "none.yaml")
        [problem] = error.value.problems
        assert problem.reason == "cannot be read: No such file or directory"

    def test_load_programs_gives_all_in_the_order_of_names(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text(SAMPLE, encoding="utf-8")
        (tmp_path / "a.yml").write_text(
            changed("key: sample-2022", "key: other").replace("prefix: SA", "prefix: OT"),
            encoding="utf-8",
        )
        (tmp_path / "notes.txt").write_text("no program", encoding="utf-8")
        assert [program.key for program in load_programs(tmp_path)] == ["other", "sample-2022"]

    def test_load_programs_refuses_a_key_or_prefix_used_twice(self, tmp_path: Path) -> None:
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text(SAMPLE, encoding="utf-8")
        a, b = tmp_path / "a.yaml", tmp_path / "b.yaml"
        with pytest.raises(ProgramFileError) as error:
            load_programs(tmp_path)
        assert str(error.value).splitlines() == [
            f"{b}:1: key: 'sample-2022' is used by {a}, too",
            f"{b}:1: reference_prefix: 'SA' is used by {a}, too",
        ]

    def test_load_programs_tells_the_problems_of_all_files(self, tmp_path: Path) -> None:
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text("", encoding="utf-8")
        with pytest.raises(ProgramFileError) as error:
            load_programs(tmp_path)
        assert [problem.reason for problem in error.value.problems] == ["is empty", "is empty"]
