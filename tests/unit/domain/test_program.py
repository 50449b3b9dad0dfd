"""The model of a program: its values, the rules between them, and the instants it means."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from roundtable.domain.program import (
    AttestationRequirement,
    Program,
    Role,
    Session,
    Track,
    effective,
)
from roundtable.domain.program_values import Closing, Length, LocalTime, ZoneName

EASTERN = ZoneInfo("America/New_York")


def track(**changes: Any) -> dict[str, Any]:
    return {
        "key": "main",
        "name": "Main",
        "capacity": 10,
        "closes": "2022-10-21",
        "promise": {"days_from_receipt": 30},
        "review": {"needed": 0},
        "decided_by": "staff",
    } | changes


def program(**changes: Any) -> Program:
    values: dict[str, Any] = {
        "key": "sample-2022",
        "name": "Sample",
        "summary": "A sample.",
        "organizer": {"name": "Organizer", "email": "office@example.org"},
        "timezone": "America/New_York",
        "reference_prefix": "SA",
        "opens": "2022-09-06T09:00",
        "tracks": [track()],
    }
    return Program.model_validate(values | changes)


def problems(
    error: pytest.ExceptionInfo[ValidationError],
) -> list[tuple[tuple[int | str, ...], str]]:
    return [(detail["loc"], detail["msg"]) for detail in error.value.errors()]


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def says(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as error:
        read(kind, value)
    [detail] = error.value.errors()
    return detail["msg"].removeprefix("Value error, ")


class TestValues:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("PT5M", timedelta(minutes=5)),
            ("PT1H30M", timedelta(minutes=90)),
            ("P1DT2H", timedelta(days=1, hours=2)),
            ("PT0S", timedelta()),
            ("5m", timedelta(minutes=5)),
            ("15 min", timedelta(minutes=15)),
            ("15 Minutes", timedelta(minutes=15)),
            ("1h 30m", timedelta(minutes=90)),
            ("1h30m", timedelta(minutes=90)),
            ("2 days", timedelta(days=2)),
            ("90 s", timedelta(seconds=90)),
        ],
    )
    def test_length_in_words_or_iso(self, text: str, expected: timedelta) -> None:
        assert read(Length, text) == expected

    @pytest.mark.parametrize(
        "value",
        [5, 5.0, "5", "5:00", "00:05:00", "P5M", "PT", "P", "-PT5M", "five minutes", "", None],
    )
    def test_length_without_a_clear_unit_is_refused(self, value: object) -> None:
        reason = "write a length of time with its unit, such as 5m, 15 min or PT5M"
        assert says(Length, value) == reason

    def test_length_beyond_measure_is_refused(self) -> None:
        assert says(Length, "99999999999 days") == "'99999999999 days' is too long"

    @given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=900)))
    def test_length_survives_being_stored(self, length: timedelta) -> None:
        adapter: TypeAdapter[timedelta] = TypeAdapter(Length)
        assert adapter.validate_json(adapter.dump_json(length)) == length

    def test_closing_at_midnight_stays_a_time(self) -> None:
        moment = datetime(2022, 10, 21)  # noqa: DTZ001 (local by intent)
        assert read(Closing, "2022-10-21T00:00") == moment
        assert type(read(Closing, "2022-10-21T00:00")) is datetime
        assert type(read(Closing, moment)) is datetime
        assert type(read(Closing, "2022-10-21")) is date
        assert type(read(Closing, date(2022, 10, 21))) is date

    @given(st.one_of(st.dates(), st.datetimes()))
    def test_closing_survives_being_stored(self, closing: date) -> None:
        if isinstance(closing, datetime) and (closing.hour, closing.minute) == (23, 59):
            return
        adapter: TypeAdapter[date] = TypeAdapter(Closing)
        stored = adapter.validate_json(adapter.dump_json(closing))
        assert (type(stored), stored) == (type(closing), closing)

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            (
                "2022-10-21T23:59",
                "to close at the end of the day write the day alone, 2022-10-21; "
                "an hour is the first moment that is too late",
            ),
            ("2022-10-32", "'2022-10-32' is not in the calendar"),
            (
                "October 21",
                "write a day (2022-10-21) or a day and an hour (2022-10-21T12:00)",
            ),
            (
                "2022-10-21T12:00-04:00",
                "write the local time without an offset; the program's timezone is used",
            ),
            (20221021, "write a day as year-month-day, such as 2022-10-21"),
        ],
    )
    def test_closing_that_is_unclear_is_refused(self, value: object, reason: str) -> None:
        assert says(Closing, value) == reason

    @pytest.mark.parametrize("value", ["2022-09-06", "tomorrow", 1662465600, None])
    def test_local_time_without_an_hour_is_refused(self, value: object) -> None:
        assert says(LocalTime, value) == "write a day and an hour, such as 2022-09-06T09:00"

    @pytest.mark.parametrize("name", ["America/New_York", "Asia/Kathmandu", "UTC"])
    def test_zone_of_the_database_is_kept(self, name: str) -> None:
        assert read(ZoneName, name) == name

    @pytest.mark.parametrize(
        "name", ["EST", "Eastern", "", "../etc/passwd", "America/Gotham", "America"]
    )
    def test_zone_that_is_none_or_has_no_summer_time_is_refused(self, name: str) -> None:
        assert (
            says(ZoneName, name) == f"'{name}' is not an IANA time zone, such as America/New_York"
        )


class TestInstants:
    @pytest.mark.scenario(1)
    def test_closes_at_the_local_midnight_after_a_day(self) -> None:
        sample = program()
        closes = sample.closes_at(sample.track("main"))
        assert closes == datetime(2022, 10, 22, 4, tzinfo=UTC)
        assert datetime(2022, 10, 22, 3, 59, 59, 999000, tzinfo=UTC) < closes

    @pytest.mark.scenario(7)
    def test_closes_at_a_local_time_exactly(self) -> None:
        sample = program(tracks=[track(closes="2024-02-28T12:00")])
        assert sample.closes_at(sample.track("main")) == datetime(2024, 2, 28, 17, tzinfo=UTC)

    @pytest.mark.scenario(3)
    @pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Tokyo"])
    def test_closes_at_the_same_instant_for_everybody(self, zone: str) -> None:
        sample = program()
        closes = sample.closes_at(sample.track("main"))
        assert closes == closes.astimezone(ZoneInfo(zone))
        assert sample.local_date(closes.astimezone(ZoneInfo(zone))) == date(2022, 10, 22)

    @pytest.mark.scenario(2)
    def test_a_day_of_the_clock_change_has_25_hours(self) -> None:
        sample = program()
        day = date(2022, 11, 6)
        assert sample.start_of(day) == datetime(2022, 11, 6, 4, tzinfo=UTC)
        assert sample.end_of(day) == datetime(2022, 11, 7, 5, tzinfo=UTC)

    def test_end_of_a_day_in_a_zone_that_changes_at_midnight(self) -> None:
        sample = program(timezone="Africa/Cairo")
        assert sample.end_of(date(2024, 4, 25)) == datetime(2024, 4, 25, 22, tzinfo=UTC)

    @given(st.datetimes(datetime(2022, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (bounds)
    def test_every_instant_lies_in_its_local_day(self, moment: datetime) -> None:
        sample = program()
        day = sample.local_date(moment)
        assert sample.start_of(day) <= moment < sample.end_of(day)

    def test_waitlist_ends_a_year_after_the_close_unless_said(self) -> None:
        open_end = program()
        assert open_end.waitlist_ends_at(open_end.track("main")) == datetime(
            2023, 10, 22, 4, tzinfo=UTC
        )
        said = program(tracks=[track(waitlist_until="2023-01-13")])
        assert said.waitlist_ends_at(said.track("main")) == datetime(2023, 1, 14, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("opens", "reason"),
        [
            (
                "2022-03-13T02:30",
                "2022-03-13 02:30 does not exist: the clocks are put forward then",
            ),
            ("2021-11-07T01:30", "2021-11-07 01:30 comes twice: the clocks are put back then"),
        ],
    )
    def test_opening_at_a_clock_change_is_refused(self, opens: str, reason: str) -> None:
        with pytest.raises(ValidationError) as error:
            program(opens=opens)
        assert problems(error) == [(("opens",), reason)]

    def test_say_names_the_zone_in_force(self) -> None:
        session = Session(
            title="Session 2",
            starts=datetime(2024, 3, 28, 12),  # noqa: DTZ001 (local by intent)
            ends=datetime(2024, 3, 28, 13, 30),  # noqa: DTZ001 (local by intent)
        )
        said = "Thursday, March 28, 2024, 12:00 pm to 1:30 pm EDT"
        assert program().say(session) == said


class TestRules:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            (
                {"tracks": [track(), track()]},
                [(("tracks",), "two tracks have the key 'main'")],
            ),
            (
                {"tracks": [track(closes="2022-09-01")]},
                [(("tracks", 0, "closes"), "the track closes before the round opens")],
            ),
            (
                {"tracks": [track(fallback={"track": "main"})]},
                [(("tracks", 0, "fallback", "track"), "'main' is no other track of this program")],
            ),
            (
                {
                    "tracks": [
                        track(fallback={"track": "two", "reserve": 7}),
                        track(key="three", fallback={"track": "two", "reserve": 4}),
                        track(key="two", capacity=10),
                    ]
                },
                [
                    (
                        ("tracks", 1, "fallback", "reserve"),
                        "11 seats are reserved in 'two', which has 10",
                    )
                ],
            ),
            (
                {
                    "tracks": [
                        track(fallback={"track": "two"}),
                        track(key="two", fallback={"track": "three"}),
                        track(key="three"),
                    ]
                },
                [
                    (
                        ("tracks", 0, "fallback", "track"),
                        "'two' falls back itself; a fallback has one step",
                    )
                ],
            ),
            (
                {
                    "tracks": [
                        track(
                            promise={"by": "2022-10-20"},
                            announcement={"on": "2022-12-06"},
                            waitlist_until="2022-10-20",
                        )
                    ]
                },
                [
                    (("tracks", 0, "promise", "by"), "is before the track closes"),
                    (("tracks", 0, "waitlist_until"), "is before the track closes"),
                    (("tracks", 0, "announcement", "on"), "is after the promise of 2022-10-20"),
                ],
            ),
            (
                {
                    "tracks": [
                        track(
                            requirements=[
                                {
                                    "kind": "attestation",
                                    "key": "there",
                                    "title": "There",
                                    "each_session": "I come to {title}.",
                                }
                            ]
                        )
                    ]
                },
                [
                    (
                        ("tracks", 0, "requirements", 0, "each_session"),
                        "asks about sessions, and the program has none",
                    )
                ],
            ),
            (
                {
                    "sections": [
                        {
                            "key": "one",
                            "title": "One",
                            "questions": [
                                {"key": "why", "label": "Why?", "tracks": ["other"]},
                                {"key": "why", "label": "Why now?"},
                            ],
                        }
                    ]
                },
                [
                    (
                        ("sections", 0, "questions", 0, "tracks", 0),
                        "'other' is no track of this program",
                    ),
                    (
                        ("sections", 0, "questions", 1, "key"),
                        "two questions have the key 'why'",
                    ),
                ],
            ),
        ],
    )
    def test_program_whose_parts_disagree_is_refused(
        self, changes: dict[str, Any], expected: list[tuple[tuple[int | str, ...], str]]
    ) -> None:
        with pytest.raises(ValidationError) as error:
            program(**changes)
        assert problems(error) == expected

    @pytest.mark.scenario(24)
    def test_fallback_that_would_ask_more_is_refused(self) -> None:
        sections = [
            {
                "key": "one",
                "title": "One",
                "questions": [
                    {"key": "why", "label": "Why?", "required": True, "tracks": ["two"]},
                    {"key": "what", "label": "What?", "tracks": ["two"]},
                ],
            }
        ]
        tracks = [track(fallback={"track": "two"}), track(key="two")]
        with pytest.raises(ValidationError) as error:
            program(sections=sections, tracks=tracks)
        assert problems(error) == [
            (
                ("tracks", 0, "fallback", "track"),
                "'two' requires an answer to 'why', which applicants to 'main' are not asked; "
                "nobody fills in anything when falling back",
            )
        ]

    def test_notice_of_no_kind_is_refused(self) -> None:
        with pytest.raises(ValidationError) as error:
            program(notices={"invite": {"subject": "Welcome"}})
        [(loc, reason)] = problems(error)
        assert loc == ("notices", "invite")
        assert reason.startswith("is no kind of notice; there are: receipt, corrections, ")

    @pytest.mark.parametrize(
        ("changes", "loc", "reason"),
        [
            (
                {"review": {"needed": 1}},
                ("rubric",),
                "reviews are asked for but there is no rubric",
            ),
            ({"decided_by": "reviews"}, ("decided_by",), "'reviews' asks for at least one review"),
            (
                {"review": {"needed": 0, "remind_after_days": 6}},
                ("review", "remind_after_days"),
                "remind_, replace_ and due_after_days must follow one another",
            ),
            (
                {
                    "requirements": [
                        {
                            "kind": "team",
                            "key": "team",
                            "title": "T",
                            "min_members": 8,
                            "max_members": 7,
                        }
                    ]
                },
                ("requirements", 0, "team", "min_members"),
                "must not be above max_members",
            ),
            (
                {
                    "requirements": [
                        {
                            "kind": "video",
                            "key": "video",
                            "title": "Video",
                            "min_length": "16m",
                            "max_length": "15m",
                        }
                    ]
                },
                ("requirements", 0, "video", "min_length"),
                "must be above zero and not above max_length",
            ),
        ],
    )
    def test_track_that_contradicts_itself_is_refused(
        self, changes: dict[str, Any], loc: tuple[int | str, ...], reason: str
    ) -> None:
        with pytest.raises(ValidationError) as error:
            Track.model_validate(track(**changes))
        assert problems(error) == [(loc, reason)]

    @pytest.mark.parametrize("template", ["I come.", "{title", "{title.__class__}", "{0}", "{who}"])
    def test_each_session_with_other_braces_is_refused(self, template: str) -> None:
        with pytest.raises(ValidationError) as error:
            AttestationRequirement(key="there", title="There", each_session=template)
        reason = "fill in {title}, {when} or both, and use no other braces"
        assert problems(error) == [(("each_session",), reason)]


class TestParts:
    def test_questions_for_a_track_leave_out_those_of_others(self) -> None:
        sample = program(
            tracks=[track(), track(key="two")],
            sections=[
                {
                    "key": "one",
                    "title": "One",
                    "questions": [
                        {"key": "all", "label": "All?"},
                        {"key": "second", "label": "Second?", "tracks": ["two"]},
                    ],
                }
            ],
        )
        assert [question.key for question in sample.questions_for("main")] == ["all"]
        assert [question.key for question in sample.questions_for("two")] == ["all", "second"]

    def test_tracks_reached_are_the_track_and_its_fallback(self) -> None:
        sample = program(tracks=[track(fallback={"track": "two"}), track(key="two")])
        assert [item.key for item in sample.tracks_reached("main")] == ["main", "two"]
        assert [item.key for item in sample.tracks_reached("two")] == ["two"]
        with pytest.raises(KeyError, match="three"):
            sample.tracks_reached("three")

    def test_role_title_is_what_an_applicant_reads(self) -> None:
        assert [role.title for role in Role] == ["CEO", "Board Chair", "Executive Director"]

    def test_program_survives_being_stored(self) -> None:
        sample = program(tracks=[track(closes="2022-10-21T00:00")])
        assert Program.model_validate_json(sample.model_dump_json()) == sample


class TestEffective:
    def test_dates_and_capacity_follow_the_newest_and_the_rest_does_not(self) -> None:
        submitted = program()
        newest = program(
            name="Renamed",
            opens="2022-09-07T09:00",
            tracks=[
                track(name="Renamed", capacity=12, closes="2022-10-28", decided_by="completeness")
            ],
        )
        judged = effective(submitted, newest)
        assert judged.name == "Sample"
        assert judged.opens_at == datetime(2022, 9, 7, 13, tzinfo=UTC)
        [main] = judged.tracks
        assert (main.name, main.capacity, main.closes, main.decided_by) == (
            "Main",
            12,
            date(2022, 10, 28),
            "staff",
        )

    def test_reserve_follows_a_smaller_capacity(self) -> None:
        submitted = program(
            tracks=[track(fallback={"track": "two", "reserve": 8}), track(key="two", capacity=10)]
        )
        newest = program(
            tracks=[track(fallback={"track": "two", "reserve": 3}), track(key="two", capacity=5)]
        )
        main, two = effective(submitted, newest).tracks
        assert main.fallback is not None
        assert (main.fallback.reserve, two.capacity) == (3, 5)

    def test_track_that_the_newest_dropped_stays_as_it_was(self) -> None:
        submitted = program(tracks=[track(), track(key="two")])
        assert effective(submitted, program()).track("two") == submitted.track("two")
