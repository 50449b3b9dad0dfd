from datetime import date, timedelta
from pathlib import Path

import pytest

from roundtable.command.terms import (
    UnknownProgram,
    find_program,
    last_day,
    letter_terms,
    video_requirement,
)
from roundtable.domain.program import Role
from tests.factories import make_program

TODAY = date(2022, 10, 3)
PURSUING_EQUITY = "pursuing-equity-2023"


def test_program_is_found_by_its_key_or_its_path() -> None:
    by_key = find_program(PURSUING_EQUITY)
    assert by_key.key == PURSUING_EQUITY
    assert find_program(f"programs/{PURSUING_EQUITY}.yaml") == by_key


def test_unknown_program_is_said_with_the_known_ones(tmp_path: Path) -> None:
    for name in ("second", "first"):
        (tmp_path / f"{name}.yaml").write_text("key: x")
    with pytest.raises(UnknownProgram, match="no program 'other'; known are: first, second"):
        find_program("other", [tmp_path])
    with pytest.raises(UnknownProgram, match="no program 'other'; known are: none from here"):
        find_program("other", [tmp_path / "nowhere"])


def test_program_file_with_problems_is_said_with_them(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("key: [")
    with pytest.raises(UnknownProgram, match=r"broken\.yaml has problems"):
        find_program("broken", [tmp_path])


def test_terms_of_letters_are_those_of_the_program_that_asks_the_same_roles() -> None:
    program = find_program(PURSUING_EQUITY)
    terms = letter_terms(program, [Role.CEO], "Lakeside Clinic", TODAY)
    asked = program.track("learning-network").requirement("commitment-letter")
    assert terms.requirement == asked
    assert terms.about == ("Pursuing Equity", "Action Community", "Learning Network")
    assert (terms.earliest, terms.latest) == (date(2021, 9, 6), date(2022, 10, 4))


def test_terms_of_letters_name_the_roles_of_the_program_unless_told() -> None:
    program = find_program(PURSUING_EQUITY)
    assert letter_terms(program, [], "", TODAY).requirement.signed_by == (
        Role.CEO,
        Role.BOARD_CHAIR,
    )
    director = letter_terms(program, [Role.EXECUTIVE_DIRECTOR] * 2, "", TODAY)
    assert director.requirement.signed_by == (Role.EXECUTIVE_DIRECTOR,)


def test_terms_of_letters_without_a_program_are_the_usual_ones() -> None:
    terms = letter_terms(None, [Role.CEO], "Lakeside Clinic", TODAY)
    assert terms.requirement.signed_by == (Role.CEO,)
    assert terms.about == ()
    assert (terms.earliest, terms.latest) == (date(2021, 10, 3), date(2022, 10, 4))
    with pytest.raises(ValueError, match="say who must sign"):
        letter_terms(None, [], "", TODAY)


def test_last_day_is_the_closing_of_the_track_that_closes_last() -> None:
    assert last_day(find_program(PURSUING_EQUITY)) == date(2022, 11, 1)
    assert last_day(find_program("antiracism-workshops-2024")) == date(2024, 2, 28)


def test_lengths_of_a_video_are_told_or_the_program_s() -> None:
    program = find_program(PURSUING_EQUITY)
    asked = video_requirement(program, None, None)
    assert (asked.min_length, asked.max_length) == (timedelta(minutes=5), timedelta(minutes=15))
    assert len(asked.must_include) == 5
    told = video_requirement(program, None, timedelta(minutes=8))
    assert (told.min_length, told.max_length) == (timedelta(minutes=5), timedelta(minutes=8))
    bare = video_requirement(None, timedelta(minutes=1), timedelta(minutes=2))
    assert (bare.min_length, bare.max_length) == (timedelta(minutes=1), timedelta(minutes=2))


@pytest.mark.parametrize("lengths", [(None, None), (None, timedelta(minutes=5))])
def test_lengths_of_a_video_that_nobody_tells_are_asked_for(
    lengths: tuple[timedelta | None, timedelta | None],
) -> None:
    with pytest.raises(ValueError, match="say how long it must be"):
        video_requirement(None, *lengths)


def test_lengths_of_a_video_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="--min is longer than --max"):
        video_requirement(None, timedelta(minutes=2), timedelta(minutes=1))
    with pytest.raises(ValueError, match="--min is longer than --max"):
        video_requirement(make_program(), timedelta(hours=9), None)
