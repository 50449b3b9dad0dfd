"""Who plays in a rehearsal: generated applicants, each with a part, from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from roundtable.domain.program import Program, Track

_PLACES = (
    "Alder", "Birch", "Cedar", "Dover", "Elm", "Fairview", "Grandview", "Harbor", "Ivy", "Juniper",
    "Kings", "Lakeside", "Maple", "Northfield", "Oakdale", "Pine", "Quarry", "Riverside", "Summit",
    "Tamarack", "Union", "Valley", "Willow", "Yarrow",
)  # fmt: skip
_KINDS = ("Community Health Center", "Regional Hospital", "Children's Clinic", "Medical Center")
_FIRST = ("Ana", "Ben", "Chidi", "Dana", "Elif", "Femi", "Grace", "Hana", "Imani", "José", "Kofi")
_LAST = ("Abara", "Brown", "Castro", "Diallo", "Evans", "Flores", "Green", "Huang", "Ito", "Jones")


class Part(StrEnum):
    """What an applicant does in the round."""

    PROMPT = "prompt"
    """Everything is there at once."""
    INCOMPLETE = "incomplete"
    """A document follows days after the submission."""
    CORRECTED = "corrected"
    """The first letter lacks a signature; a mended one follows."""
    NEVER_MENDED = "never_mended"
    """What is missing never comes."""
    LAST_MINUTE = "last_minute"
    """Submits in the last second of the close, with a retry."""
    LATE = "late"
    """Submits one moment after the close."""
    WITHDRAWN = "withdrawn"
    UNSUBMITTED = "unsubmitted"
    """A draft that is never submitted."""
    DUPLICATE = "duplicate"
    """A second application of another's organization, spelled otherwise."""
    CONFLICTED = "conflicted"
    """The organization of a reviewer."""
    SILENT = "silent"
    """Does not answer an offer."""
    DECLINING = "declining"
    """Answers an offer with no."""


_PARTS = (
    Part.PROMPT, Part.PROMPT, Part.INCOMPLETE, Part.CORRECTED, Part.PROMPT, Part.CONFLICTED,
    Part.PROMPT, Part.WITHDRAWN, Part.LAST_MINUTE, Part.PROMPT, Part.LATE, Part.PROMPT,
    Part.UNSUBMITTED, Part.PROMPT, Part.NEVER_MENDED, Part.DECLINING, Part.PROMPT, Part.SILENT,
    Part.PROMPT, Part.DUPLICATE,
)  # fmt: skip
"""The parts in turn; those of a round's first twenty applicants hold every one."""


@dataclass(frozen=True)
class Applicant:
    """One generated applicant."""

    number: int
    name: str
    email: str
    organization: str
    part: Part
    track: str
    both: bool
    """Interested in the fallback track from the start, too."""
    begins_at: datetime
    docx: bool
    """Writes letters with a word processor; the others send PDF."""
    video_by_link: bool


def make_cast(
    program: Program, count: int, seed: int, conflicted_organization: str
) -> tuple[Applicant, ...]:
    """Return this many applicants; the same count and seed give the same ones."""
    chance = Random(f"cast {seed}")  # noqa: S311 (variety, no secret)
    cast: list[Applicant] = []
    for number in range(count):
        part = _PARTS[number % len(_PARTS)]
        # Two of five go for the first track; the shift keeps parts and tracks from pairing up.
        track = program.tracks[0 if (number + number // 5) % 5 in {0, 2} else -1]
        organization = _organization(number)
        if part is Part.DUPLICATE:
            organization = cast[number - 1].organization.replace("Center", "Ctr.").upper()
        if part is Part.CONFLICTED:
            organization = conflicted_organization
        cast.append(
            Applicant(
                number=number,
                name=f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
                email=f"lead{number}@applicant{number}.example",
                organization=organization,
                part=part,
                track=track.key,
                both=track is program.tracks[0] and chance.random() < 0.3,  # noqa: PLR2004 (share)
                begins_at=_beginning(program, track, part, chance),
                docx=chance.random() < 0.4,  # noqa: PLR2004 (share)
                video_by_link=chance.random() < 0.3,  # noqa: PLR2004 (share)
            )
        )
    return tuple(cast)


def _organization(number: int) -> str:
    place = _PLACES[number % len(_PLACES)]
    kind = _KINDS[(number // len(_PLACES) + number) % len(_KINDS)]
    return f"{place} {kind}" if number < len(_PLACES) else f"{place} {number} {kind}"


def _beginning(program: Program, track: Track, part: Part, chance: Random) -> datetime:
    """Return when an applicant acts: on one of the round's weeks, more of them towards its end."""
    closes_at = program.closes_at(track)
    if part is Part.LAST_MINUTE:
        return closes_at - timedelta(milliseconds=1)
    if part is Part.LATE:
        return closes_at
    weeks_before = chance.choice((4, 2, 2, 1, 1, 1))
    day = program.local_date(closes_at - timedelta(days=7 * weeks_before))
    return program.start_of(day) + timedelta(hours=10)
