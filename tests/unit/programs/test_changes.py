"""What is told about a new version of a program, and what is refused while the round is open."""

import pytest

from roundtable.domain.program import Program, effective
from roundtable.programs.changes import (
    Change,
    UnsafeChangeError,
    describe_changes,
    refuse_unsafe,
)
from roundtable.programs.loading import parse_program

SAMPLE = """\
key: sample-2022
name: Sample
summary: A sample.
organizer: {name: Organizer, email: office@example.org}
timezone: America/New_York
reference_prefix: SA
opens: 2022-09-06T09:00
sessions:
  - {title: Session 1, starts: 2023-03-21T13:00, ends: 2023-03-21T14:30}
sections:
  - key: one
    title: One
    questions:
      - {key: why, label: Why?, required: true}
      - {key: pronouns, label: Pronouns, restricted: true}
tracks:
  - key: large
    name: Large
    capacity: 10
    closes: 2022-10-21
    promise: {by: 2022-12-05}
    requirements:
      - {kind: letter, key: letter, title: Letter, signed_by: [ceo]}
    review: {needed: 0}
    decided_by: staff
    fallback: {track: small, reserve: 3}
  - key: small
    name: Small
    capacity: 5
    closes: 2022-11-01
    promise: {days_from_receipt: 30}
    review: {needed: 0}
    decided_by: staff
"""
OLD = parse_program(SAMPLE, "old")


def new(*changes: tuple[str, str]) -> Program:
    text = SAMPLE
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return parse_program(text, "new")


def summary(change: Change) -> tuple[str, object, object, bool, str | None, bool]:
    return (
        change.path,
        change.before,
        change.after,
        change.moves_date,
        change.track,
        change.reaches_open,
    )


def test_describe_changes_of_equal_versions_is_empty() -> None:
    assert describe_changes(OLD, OLD) == ()


def test_describe_changes_tells_path_values_and_whom_it_reaches() -> None:
    version = new(
        ("name: Sample", "name: Sample 2022"),
        ("closes: 2022-10-21", "closes: 2022-10-28"),
        ("capacity: 5", "capacity: 8"),
        ("reserve: 3", "reserve: 4"),
        ("label: Why?", "label: Why now?"),
        ("13:00, ends", "12:30, ends"),
    )
    assert [summary(change) for change in describe_changes(OLD, version)] == [
        ("name", "Sample", "Sample 2022", False, None, False),
        ("sections[one].questions[why].label", "Why?", "Why now?", False, None, False),
        (
            "sessions[Session 1].starts",
            "2023-03-21T13:00:00",
            "2023-03-21T12:30:00",
            True,
            None,
            True,
        ),
        ("tracks[large].closes", "2022-10-21", "2022-10-28", True, "large", True),
        ("tracks[large].fallback.reserve", 3, 4, False, "large", True),
        ("tracks[small].capacity", 5, 8, False, "small", True),
    ]


def test_describe_changes_of_a_promise_tells_both_of_its_fields() -> None:
    version = new(("{by: 2022-12-05}", "{days_from_receipt: 40}"))
    assert [summary(change) for change in describe_changes(OLD, version)] == [
        ("tracks[large].promise.by", "2022-12-05", None, True, "large", True),
        ("tracks[large].promise.days_from_receipt", None, 40, True, "large", True),
    ]


def test_describe_changes_of_a_close_written_otherwise_moves_no_date() -> None:
    version = new(("closes: 2022-10-21", "closes: 2022-10-22T00:00"))
    [change] = describe_changes(OLD, version)
    assert summary(change) == (
        "tracks[large].closes",
        "2022-10-21",
        "2022-10-22T00:00:00",
        False,
        "large",
        True,
    )


def test_describe_changes_of_added_and_reordered_items_names_them() -> None:
    version = new(
        (
            "sections:",
            "  - {title: Session 2, starts: 2023-03-28T12:00, ends: 2023-03-28T13:30}\nsections:",
        ),
        (
            "      - {key: why, label: Why?, required: true}\n"
            "      - {key: pronouns, label: Pronouns, restricted: true}\n",
            "      - {key: pronouns, label: Pronouns, restricted: true}\n"
            "      - {key: why, label: Why?, required: true}\n",
        ),
    )
    added, moved = sorted(describe_changes(OLD, version), key=lambda change: not change.moves_date)
    assert (added.path, added.before, added.moves_date) == ("sessions[Session 2]", None, True)
    assert summary(moved) == (
        "sections[one].questions",
        ["why", "pronouns"],
        ["pronouns", "why"],
        False,
        None,
        False,
    )


def test_describe_changes_of_a_new_offer_moves_a_date() -> None:
    version = new(
        (
            "    decided_by: staff\n    fallback",
            "    decided_by: staff\n    offer: {answer_within_days: 14}\n    fallback",
        )
    )
    [change] = describe_changes(OLD, version)
    assert summary(change) == (
        "tracks[large].offer",
        None,
        {"answer_within_days": 14, "remind_days_before": [7, 3, 1]},
        True,
        "large",
        True,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: Sample", "name: Other"),
        ("closes: 2022-10-21", "closes: 2022-10-28"),
        ("reserve: 3", "reserve: 4"),
        ("13:00, ends", "12:30, ends"),
        ("[ceo]", "[ceo, board_chair]"),
        ("capacity: 5", "capacity: 6"),
        ("decided_by: staff\n    fallback", "decided_by: completeness\n    fallback"),
    ],
)
def test_reaches_open_says_what_effective_does(before: str, after: str) -> None:
    version = new((before, after))
    [change] = describe_changes(OLD, version)
    assert change.reaches_open == (effective(OLD, version) != OLD)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            [("key: sample-2022", "key: sample-2023")],
            "key: 'sample-2022' cannot become 'sample-2023': applications are kept under the key; "
            "a new key is a new program",
        ),
        (
            [("America/New_York", "America/Chicago")],
            "timezone: America/New_York cannot become America/Chicago: every date already told "
            "to applicants would move",
        ),
        (
            [("reference_prefix: SA", "reference_prefix: SB")],
            "reference_prefix: SA cannot become SB: applicants hold numbers that begin with the "
            "old one",
        ),
        (
            [("key: small", "key: tiny"), ("track: small", "track: tiny")],
            "tracks[small]: cannot be removed: teams may have applied to it; to take no more "
            "applications, move its close",
        ),
        (
            [("kind: letter, key: letter, title: Letter, signed_by: [ceo]",
              "kind: team, key: letter, title: Team, min_members: 3, max_members: 7")],
            "tracks[large].requirements[letter].kind: letter cannot become team: what teams have "
            "sent in would not fit; use another key",
        ),
        (
            [("label: Why?,", "label: Why?, kind: yes_no,")],
            "question 'why': kind text cannot become yes_no: answers already given would not fit; "
            "use another key",
        ),
        (
            [(", restricted: true", "")],
            "question 'pronouns': restricted cannot be lifted: answers were given in the "
            "confidence that few see them; use another key",
        ),
    ],
)  # fmt: skip
def test_refuse_unsafe_says_why(changes: list[tuple[str, str]], reason: str) -> None:
    with pytest.raises(UnsafeChangeError) as error:
        refuse_unsafe(OLD, new(*changes))
    assert error.value.reasons == (reason,)


def test_refuse_unsafe_lets_dates_seats_words_and_new_tracks_pass() -> None:
    refuse_unsafe(
        OLD,
        new(
            ("name: Sample", "name: Renamed"),
            ("closes: 2022-10-21", "closes: 2022-10-28"),
            ("capacity: 5", "capacity: 8"),
            (
                "  - key: small",
                "  - {key: third, name: Third, capacity: 1, closes: 2022-11-01, decided_by: staff,"
                " promise: {days_from_receipt: 3}, review: {needed: 0}}\n  - key: small",
            ),
        ),
    )
