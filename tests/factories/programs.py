"""A small program of two tracks, and seats."""

from datetime import date, datetime, timedelta
from typing import Any

from roundtable.domain.program import Program, Role, Track
from roundtable.domain.seats import Seats
from tests.factories.moment import ATTESTATION, LETTER, PROGRAM, RESIDENCY, SEMINAR, TEAM, VIDEO


def make_track(key: str = RESIDENCY, **overrides: Any) -> Track:
    """Return the reviewed track `residency`, or `seminar`, which asks for little."""
    track: dict[str, Any] = {
        "key": key,
        "name": key.capitalize(),
        "capacity": 2,
        "closes": date(2022, 10, 21),
        "requirements": [
            {
                "kind": "attestation",
                "key": ATTESTATION,
                "title": "Commitments",
                "statements": ["We take part in every meeting."],
            }
        ],
        "promise": {"days_from_receipt": 30},
        "review": {"needed": 0},
        "decided_by": "completeness",
    }
    if key == RESIDENCY:
        track |= {
            "requirements": [
                {
                    "kind": "letter",
                    "key": LETTER,
                    "title": "Letter of commitment",
                    "signed_by": [Role.CEO, Role.BOARD_CHAIR],
                },
                {
                    "kind": "video",
                    "key": VIDEO,
                    "title": "Video of the team",
                    "min_length": timedelta(minutes=5),
                    "max_length": timedelta(minutes=15),
                },
                *track["requirements"],
                {
                    "kind": "team",
                    "key": TEAM,
                    "title": "Team",
                    "min_members": 3,
                    "max_members": 7,
                },
            ],
            "promise": {"by": date(2022, 12, 5)},
            "rubric": [
                {"key": "commitment", "title": "Commitment"},
                {"key": "readiness", "title": "Readiness", "weight": 2},
            ],
            "review": {"needed": 2},
            "decided_by": "reviews",
            "fallback": {"track": SEMINAR, "reserve": 1},
            "offer": {"answer_within_days": 14},
        }
    return Track.model_validate(track | overrides)


def make_program(**overrides: Any) -> Program:
    """Return the program with the tracks `residency` and `seminar`."""
    program: dict[str, Any] = {
        "key": PROGRAM,
        "name": "Fellowship 2022",
        "summary": "Teams learn together for a year.",
        "organizer": {"name": "Fellowship Office", "email": "office@fellowship.example"},
        "timezone": "America/New_York",
        "reference_prefix": "FW",
        "opens": datetime(2022, 9, 6, 9, 0),  # noqa: DTZ001 (the program's wall clock)
        "tracks": (make_track(RESIDENCY), make_track(SEMINAR)),
    }
    return Program.model_validate(program | overrides)


def make_seats(track: str = RESIDENCY, **overrides: Any) -> Seats:
    """Return a track's seats, all open; of what is given, `open` makes up the capacity."""
    seats: dict[str, Any] = {"program": PROGRAM, "track": track, "capacity": 2} | overrides
    seats.setdefault("open", seats["capacity"] - seats.get("taken", 0) - seats.get("reserved", 0))
    return Seats.model_validate(seats)
