"""What is offered, and everything a form needs to know before anything is filled in or sent."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import EmailStr, Field

from roundtable.domain.deadlines import close_for
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import (
    MEGABYTE,
    AttestationRequirement,
    EligibilityRule,
    LetterRequirement,
    Option,
    Program,
    Requirement,
    Section,
    Session,
    TeamRequirement,
    Track,
    VideoRequirement,
)
from roundtable.domain.videos import KNOWN_HOSTS
from roundtable.ports import NotFound, Ports
from roundtable.usecases.applying.changeable import VIDEO_TYPES, letter_types
from roundtable.usecases.errors import Unknown
from roundtable.usecases.following.moments import Moment, day, deadline, moment

_KEY = re.compile(r"[a-z][a-z0-9-]{0,62}")


class SessionSaid(Record):
    """A meeting or a call, in the program's local time and as an instant."""

    title: str
    starts: Instant
    ends: Instant
    local: str
    location: str


class LetterAsked(Record):
    """A letter: who signs it, and what may be uploaded."""

    kind: Literal["letter"] = "letter"
    key: Key
    title: str
    help: str
    signed_by: tuple[str, ...]
    content_types: tuple[str, ...]
    max_bytes: int
    max_pages: int
    max_documents: int


class VideoAsked(Record):
    """A video: how long (seconds), where it may be linked to, and what may be uploaded."""

    kind: Literal["video"] = "video"
    key: Key
    title: str
    help: str
    min_seconds: int
    max_seconds: int
    hosts: tuple[str, ...]
    content_types: tuple[str, ...]
    max_bytes: int
    must_include: tuple[str, ...]
    choose_from: tuple[str, ...]
    choose_at_least: int
    choose_at_most: int


class AttestationAsked(Record):
    """Statements to affirm, each sent back in the words shown."""

    kind: Literal["attestation"] = "attestation"
    key: Key
    title: str
    help: str
    statements: tuple[str, ...]


class TeamAsked(Record):
    """How many people a team comprises."""

    kind: Literal["team"] = "team"
    key: Key
    title: str
    help: str
    min_members: int
    max_members: int


RequirementAsked = Annotated[
    LetterAsked | VideoAsked | AttestationAsked | TeamAsked, Field(discriminator="kind")
]


class TrackDescription(Record):
    """A way to take part: until when, what to bring, when one hears."""

    key: Key
    name: str
    summary: str
    who_should_apply: tuple[str, ...]
    closes: Moment = Field(description="The first instant that is too late.")
    takes_applications: bool
    promise: str
    requirements: tuple[RequirementAsked, ...]
    falls_back_to: str | None
    """Track that one not selected is considered for without doing anything."""


class ProgramSummary(Record):
    """One line of the list of programs."""

    key: Key
    name: str
    summary: str
    organizer: str
    opens: Moment
    closes: Moment
    takes_applications: bool


class ProgramDescription(Record):
    """A program with its form."""

    key: Key
    version: int
    name: str
    summary: str
    organizer: str
    contact: EmailStr
    website: str | None
    timezone: str
    language: str
    opens: Moment
    takes_applications: bool
    upload_grace_minutes: int
    eligibility: tuple[EligibilityRule, ...]
    ask_team: bool
    organization_types: tuple[Option, ...]
    organization_sizes: tuple[Option, ...]
    regions: tuple[Option, ...]
    sections: tuple[Section, ...]
    sessions: tuple[SessionSaid, ...]
    calls: tuple[SessionSaid, ...]
    tracks: tuple[TrackDescription, ...]


class ProgramList(Record):
    """All published programs."""

    programs: tuple[ProgramSummary, ...]


def published(ports: Ports, key: str) -> tuple[int, Program]:
    """Return the newest version of a program and its number; raises Unknown."""
    if _KEY.fullmatch(key):
        try:
            return ports.rounds.newest(key)
        except NotFound:
            pass
    raise Unknown("unknown-program", "There is no such program.")


def list_programs(ports: Ports) -> ProgramList:
    """Return what is offered, in the order of its keys."""
    now = ports.clock.now()
    return ProgramList(
        programs=tuple(
            _summary(ports.rounds.newest(key)[1], now) for key in ports.rounds.programs()
        )
    )


def describe_program(ports: Ports, key: str) -> ProgramDescription:
    """Return a program with its form; raises Unknown."""
    number, program = published(ports, key)
    now = ports.clock.now()
    tracks = tuple(_track(program, track, now) for track in program.tracks)
    return ProgramDescription(
        key=program.key,
        version=number,
        name=program.name,
        summary=program.summary,
        organizer=program.organizer.name,
        contact=program.organizer.email,
        website=str(program.organizer.website) if program.organizer.website else None,
        timezone=program.timezone,
        language=program.language,
        opens=moment(program, program.opens_at),
        takes_applications=any(track.takes_applications for track in tracks),
        upload_grace_minutes=int(program.upload_grace.total_seconds() // 60),
        eligibility=program.eligibility,
        ask_team=program.ask_team,
        organization_types=program.organization_types,
        organization_sizes=program.organization_sizes,
        regions=program.regions,
        sections=program.sections,
        sessions=tuple(_session(program, item) for item in program.sessions),
        calls=tuple(_session(program, item) for item in program.calls),
        tracks=tracks,
    )


def _summary(program: Program, now: datetime) -> ProgramSummary:
    closes = max(close_for(program, track) for track in program.tracks)
    return ProgramSummary(
        key=program.key,
        name=program.name,
        summary=program.summary,
        organizer=program.organizer.name,
        opens=moment(program, program.opens_at),
        closes=deadline(program, closes),
        takes_applications=program.opens_at <= now < closes,
    )


def _track(program: Program, track: Track, now: datetime) -> TrackDescription:
    closes = close_for(program, track)
    if track.promise.by is not None:
        promise = f"You hear from us by {day(track.promise.by)}."
    else:
        promise = f"You hear from us within {track.promise.days_from_receipt} days of receipt."
    return TrackDescription(
        key=track.key,
        name=track.name,
        summary=track.summary,
        who_should_apply=track.who_should_apply,
        closes=deadline(program, closes),
        takes_applications=program.opens_at <= now < closes,
        promise=promise,
        requirements=tuple(_asked(program, item) for item in track.requirements),
        falls_back_to=track.fallback.track if track.fallback else None,
    )


def _asked(program: Program, requirement: Requirement) -> RequirementAsked:
    match requirement:
        case LetterRequirement():
            return LetterAsked(
                key=requirement.key,
                title=requirement.title,
                help=requirement.help,
                signed_by=tuple(role.title for role in requirement.signed_by),
                content_types=letter_types(requirement),
                max_bytes=requirement.max_megabytes * MEGABYTE,
                max_pages=requirement.max_pages,
                max_documents=requirement.max_documents,
            )
        case VideoRequirement():
            return VideoAsked(
                key=requirement.key,
                title=requirement.title,
                help=requirement.help,
                min_seconds=int(requirement.min_length.total_seconds()),
                max_seconds=int(requirement.max_length.total_seconds()),
                hosts=(*KNOWN_HOSTS, *requirement.hosts),
                content_types=tuple(VIDEO_TYPES.values()),
                max_bytes=requirement.max_megabytes * MEGABYTE,
                must_include=requirement.must_include,
                choose_from=requirement.choose_from,
                choose_at_least=requirement.choose_at_least,
                choose_at_most=requirement.choose_at_most,
            )
        case AttestationRequirement():
            return AttestationAsked(
                key=requirement.key,
                title=requirement.title,
                help=requirement.help,
                statements=program.statements_of(requirement),
            )
        case TeamRequirement():
            return TeamAsked(
                key=requirement.key,
                title=requirement.title,
                help=requirement.help,
                min_members=requirement.min_members,
                max_members=requirement.max_members,
            )


def _session(program: Program, session: Session) -> SessionSaid:
    return SessionSaid(
        title=session.title,
        starts=program.at(session.starts),
        ends=program.at(session.ends),
        local=program.say(session),
        location=session.location,
    )
