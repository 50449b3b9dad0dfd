"""The files in programs/: what each must keep to, and what the two we have say exactly."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest

from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    Program,
    Role,
    TeamRequirement,
    VideoRequirement,
)
from roundtable.programs.loading import load_program, load_programs

FOLDER = Path(__file__).parents[3] / "programs"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def equity() -> Program:
    return load_program(FOLDER / "pursuing-equity-2023.yaml")


@pytest.fixture
def workshops() -> Program:
    return load_program(FOLDER / "antiracism-workshops-2024.yaml")


def test_all_files_load_together() -> None:
    assert [program.key for program in load_programs(FOLDER)] == [path.stem for path in FILES]


class TestEveryFile:
    def test_key_is_the_name_of_the_file(self, file: Path) -> None:
        assert load_program(file).key == file.stem

    def test_question_keys_are_unique(self, file: Path) -> None:
        program = load_program(file)
        keys = [item.key for section in program.sections for item in section.questions]
        assert sorted(keys) == sorted(set(keys))

    def test_every_track_asks_something_of_its_applicants(self, file: Path) -> None:
        program = load_program(file)
        for track in program.tracks:
            assert any(question.required for question in program.questions_for(track.key))
            assert track.requirements

    def test_identity_questions_are_optional(self, file: Path) -> None:
        questions = [item for section in load_program(file).sections for item in section.questions]
        assert [item.key for item in questions if item.restricted and item.required] == []

    def test_free_text_has_a_limit(self, file: Path) -> None:
        questions = [item for section in load_program(file).sections for item in section.questions]
        unlimited = [
            item.key
            for item in questions
            if item.kind in {"text", "paragraph"} and item.max_words is None
        ]
        assert unlimited == []

    def test_announcements_and_promises_on_a_day_are_on_business_days(self, file: Path) -> None:
        program = load_program(file)
        for track in program.tracks:
            for day in (track.announcement.on, track.promise.by):
                if day is not None:
                    free = holidays.country_holidays(program.holidays, years=day.year)
                    assert day.weekday() < 5, day
                    assert day not in free, day

    def test_team_is_asked_where_a_team_is_required(self, file: Path) -> None:
        program = load_program(file)
        required = any(
            isinstance(item, TeamRequirement)
            for track in program.tracks
            for item in track.requirements
        )
        assert program.ask_team or not required

    def test_program_survives_being_stored(self, file: Path) -> None:
        program = load_program(file)
        assert Program.model_validate_json(program.model_dump_json()) == program


class TestPursuingEquity:
    def test_tracks_in_order_with_their_seats(self, equity: Program) -> None:
        assert [(track.key, track.capacity) for track in equity.tracks] == [
            ("action-community", 10),
            ("learning-network", 40),
        ]

    @pytest.mark.scenario(1)
    def test_action_community_closes_after_october_21(self, equity: Program) -> None:
        closes = equity.closes_at(equity.track("action-community"))
        assert closes == datetime(2022, 10, 22, 4, tzinfo=UTC)
        assert datetime(2022, 10, 22, 3, 59, 59, 999_000, tzinfo=UTC) < closes

    @pytest.mark.scenario(2)
    def test_learning_network_closes_after_november_1(self, equity: Program) -> None:
        closes = equity.closes_at(equity.track("learning-network"))
        assert closes == datetime(2022, 11, 2, 4, tzinfo=UTC)

    @pytest.mark.scenario(2)
    def test_promise_of_the_last_evening_ends_with_december_1(self, equity: Program) -> None:
        days = equity.track("learning-network").promise.days_from_receipt
        assert days == 30
        received = datetime(2022, 11, 2, 3, 30, tzinfo=UTC)  # November 1, 23:30 EDT
        promise = equity.local_date(received) + timedelta(days=days)
        assert promise == date(2022, 12, 1)
        assert equity.end_of(promise) == datetime(2022, 12, 2, 5, tzinfo=UTC)  # EST by then

    @pytest.mark.scenario(24)
    def test_action_community_hears_by_december_5_and_falls_back(self, equity: Program) -> None:
        track = equity.track("action-community")
        assert track.promise.by == date(2022, 12, 5)
        assert track.announcement.on == date(2022, 12, 1)
        assert track.decided_by == "staff"
        assert track.review.needed == 2
        assert track.fallback is not None
        assert track.fallback.model_dump() == {
            "track": "learning-network",
            "reserve": 12,
            "also_incomplete": True,
        }

    def test_learning_network_decides_by_one_review_as_they_come(self, equity: Program) -> None:
        track = equity.track("learning-network")
        assert (track.review.needed, track.decided_by, track.announcement.on) == (
            1,
            "reviews",
            None,
        )

    @pytest.mark.scenario(9)
    def test_one_letter_serves_both_tracks(self, equity: Program) -> None:
        signers = {
            track.key: item.signed_by
            for track in equity.tracks
            for item in track.requirements
            if isinstance(item, LetterRequirement) and item.key == "commitment-letter"
        }
        assert signers == {
            "action-community": (Role.CEO, Role.BOARD_CHAIR),
            "learning-network": (Role.CEO,),
        }

    @pytest.mark.scenario(12)
    def test_video_has_5_to_15_minutes_and_2_to_3_choices(self, equity: Program) -> None:
        [video] = [
            item
            for item in equity.track("action-community").requirements
            if isinstance(item, VideoRequirement)
        ]
        assert (video.min_length, video.max_length) == (timedelta(minutes=5), timedelta(minutes=15))
        assert (video.choose_at_least, video.choose_at_most, len(video.choose_from)) == (2, 3, 5)

    @pytest.mark.scenario(14)
    def test_teams_have_3_to_7_members_in_both_tracks(self, equity: Program) -> None:
        sizes = [
            (item.min_members, item.max_members)
            for track in equity.tracks
            for item in track.requirements
            if isinstance(item, TeamRequirement)
        ]
        assert sizes == [(3, 7), (3, 7)]

    @pytest.mark.scenario(32)
    def test_identity_is_restricted(self, equity: Program) -> None:
        restricted = {
            question.key
            for section in equity.sections
            for question in section.questions
            if question.restricted
        }
        assert restricted == {"pronouns", "racial-identity", "affinity-groups"}

    def test_call_is_on_september_21_from_3_to_4_pm(self, equity: Program) -> None:
        [call] = equity.calls
        assert (equity.at(call.starts), equity.at(call.ends)) == (
            datetime(2022, 9, 21, 19, tzinfo=UTC),
            datetime(2022, 9, 21, 20, tzinfo=UTC),
        )


class TestAntiracismWorkshops:
    @pytest.mark.scenario(7)
    def test_closes_at_noon_of_february_28(self, workshops: Program) -> None:
        [track] = workshops.tracks
        assert workshops.closes_at(track) == datetime(2024, 2, 28, 17, tzinfo=UTC)

    @pytest.mark.scenario(7)
    def test_second_session_starts_an_hour_before_the_others(self, workshops: Program) -> None:
        assert [
            (workshops.at(item.starts), workshops.at(item.ends)) for item in workshops.sessions
        ] == [
            (datetime(2024, 3, 21, 17, tzinfo=UTC), datetime(2024, 3, 21, 18, 30, tzinfo=UTC)),
            (datetime(2024, 3, 28, 16, tzinfo=UTC), datetime(2024, 3, 28, 17, 30, tzinfo=UTC)),
            (datetime(2024, 4, 4, 17, tzinfo=UTC), datetime(2024, 4, 4, 18, 30, tzinfo=UTC)),
            (datetime(2024, 4, 11, 17, tzinfo=UTC), datetime(2024, 4, 11, 18, 30, tzinfo=UTC)),
            (datetime(2024, 4, 18, 17, tzinfo=UTC), datetime(2024, 4, 18, 18, 30, tzinfo=UTC)),
        ]

    @pytest.mark.scenario(7)
    def test_all_sessions_and_the_affiliation_are_attested(self, workshops: Program) -> None:
        [track] = workshops.tracks
        [attestation] = track.requirements
        assert isinstance(attestation, AttestationRequirement)
        assert workshops.statements_of(attestation) == (
            "I am staff, faculty or a trainee at a Harvard-affiliated school or institution.",
            "I am interested in developing an antiracist action plan.",
            "I am available to attend all five sessions.",
            "I commit to approximately one hour of work between each session.",
            "I am available to attend Session 1, Thursday, March 21, 2024, 1:00 pm to 2:30 pm EDT.",
            "I am available to attend Session 2, "
            "Thursday, March 28, 2024, 12:00 pm to 1:30 pm EDT.",
            "I am available to attend Session 3, Thursday, April 4, 2024, 1:00 pm to 2:30 pm EDT.",
            "I am available to attend Session 4, Thursday, April 11, 2024, 1:00 pm to 2:30 pm EDT.",
            "I am available to attend Session 5, Thursday, April 18, 2024, 1:00 pm to 2:30 pm EDT.",
        )

    def test_needs_no_letter_no_team_and_no_review(self, workshops: Program) -> None:
        [track] = workshops.tracks
        assert (workshops.ask_team, track.review.needed, track.decided_by, track.offer) == (
            False,
            0,
            "completeness",
            None,
        )

    def test_is_for_affiliates_of_harvard(self, workshops: Program) -> None:
        [rule] = workshops.eligibility
        assert rule.accepts == ("medical-school", "other-affiliate")
        assert [option.value for option in rule.options] == [*rule.accepts, "none"]
