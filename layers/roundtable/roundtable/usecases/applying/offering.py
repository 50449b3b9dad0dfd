"""What is offered, as facts that a page says in its visitor's language. Public."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from roundtable.domain.deadlines import close_for
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import (
    AttestationRequirement,
    EligibilityRule,
    Organizer,
    Program,
    PromiseRule,
    Question,
    Requirement,
    Section,
    Session,
    Track,
)
from roundtable.messages.dates import days_left
from roundtable.ports import Ports
from roundtable.usecases.applying.description import published


class Intake(StrEnum):
    """Whether applications are taken at an instant."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


class Meeting(Record):
    """A session of the program, or a call before it."""

    title: str
    starts: Instant
    ends: Instant
    location: str


class WhoMay(Record):
    """A question about eligibility, and the answers with which one may apply."""

    question: str
    accepted: tuple[str, ...]


class QuestionAhead(Record):
    """A question of the form, to be thought about beforehand."""

    label: str
    help: str
    options: tuple[str, ...]
    max_words: int | None
    optional: bool
    only_for: tuple[str, ...]
    """Names of the tracks that it is asked for; empty: for all."""


class SectionAhead(Record):
    """A part of the form."""

    title: str
    help: str
    questions: tuple[QuestionAhead, ...]


class Fallback(Record):
    """The track for which an application not selected is considered by itself."""

    track: str
    also_incomplete: bool


class TrackOffered(Record):
    """A way to take part: until when, what to bring, what happens then."""

    key: Key
    name: str
    summary: str
    who_should_apply: tuple[str, ...]
    capacity: int
    closes: Instant
    """The first instant that is too late."""
    intake: Intake
    days_left: int
    """Calendar days of the program's zone that remain after today; 0 on the last day."""
    requirements: tuple[Requirement, ...]
    """Attestations with every statement in full, those about sessions too."""
    promise: PromiseRule
    answer_within_days: int | None
    """Days that an offer waits for its answer; None: no answer is needed."""
    fallback: Fallback | None


class ProgramOffered(Record):
    """A program as somebody reads it who thinks about applying."""

    key: Key
    name: str
    summary: str
    organizer: Organizer
    language: str
    """The language of the program's own texts."""
    timezone: str
    opens: Instant
    intake: Intake
    tracks: tuple[TrackOffered, ...]
    eligibility: tuple[WhoMay, ...]
    sections: tuple[SectionAhead, ...]
    sessions: tuple[Meeting, ...]
    calls: tuple[Meeting, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the program's dates are meant."""
        return ZoneInfo(self.timezone)

    @property
    def next_to_close(self) -> TrackOffered | None:
        """The track whose close comes first among those that are not closed, if there is one."""
        ahead = [track for track in self.tracks if track.intake is not Intake.CLOSED]
        return min(ahead, key=lambda track: track.closes, default=None)


def programs_offered(ports: Ports) -> tuple[ProgramOffered, ...]:
    """Return all published programs: open ones first, then those to come, then closed ones.

    The next date comes first; of what is closed, the latest.
    """
    now = ports.clock.now()
    found = (offered(ports.rounds.newest(key)[1], now) for key in ports.rounds.programs())
    return tuple(sorted(found, key=_place))


def program_offered(ports: Ports, key: str) -> ProgramOffered:
    """Return the newest version of a program; raises Unknown."""
    return offered(published(ports, key)[1], ports.clock.now())


def offered(program: Program, now: datetime) -> ProgramOffered:
    """Return what a program offers at an instant."""
    tracks = tuple(_track(program, track, now) for track in program.tracks)
    return ProgramOffered(
        key=program.key,
        name=program.name,
        summary=program.summary,
        organizer=program.organizer,
        language=program.language,
        timezone=program.timezone,
        opens=program.opens_at,
        intake=_intake(program, max(track.closes for track in tracks), now),
        tracks=tracks,
        eligibility=tuple(_who_may(rule) for rule in program.eligibility),
        sections=tuple(_section(program, section) for section in program.sections),
        sessions=tuple(_meeting(program, session) for session in program.sessions),
        calls=tuple(_meeting(program, call) for call in program.calls),
    )


def _place(program: ProgramOffered) -> tuple[int, float, str]:
    order = (Intake.OPEN, Intake.NOT_YET, Intake.CLOSED).index(program.intake)
    if program.intake is Intake.NOT_YET:
        return order, program.opens.timestamp(), program.key
    if program.next_to_close is not None:
        return order, program.next_to_close.closes.timestamp(), program.key
    return order, -max(track.closes for track in program.tracks).timestamp(), program.key


def _intake(program: Program, closes: datetime, now: datetime) -> Intake:
    if now < program.opens_at:
        return Intake.NOT_YET
    return Intake.OPEN if now < closes else Intake.CLOSED


def _track(program: Program, track: Track, now: datetime) -> TrackOffered:
    closes = close_for(program, track)
    return TrackOffered(
        key=track.key,
        name=track.name,
        summary=track.summary,
        who_should_apply=track.who_should_apply,
        capacity=track.capacity,
        closes=closes,
        intake=_intake(program, closes, now),
        days_left=days_left(closes, now, program.zone),
        requirements=tuple(_in_full(program, item) for item in track.requirements),
        promise=track.promise,
        answer_within_days=track.offer.answer_within_days if track.offer else None,
        fallback=_fallback(program, track),
    )


def _in_full(program: Program, requirement: Requirement) -> Requirement:
    if isinstance(requirement, AttestationRequirement):
        statements = program.statements_of(requirement)
        return requirement.model_copy(update={"statements": statements, "each_session": ""})
    return requirement


def _fallback(program: Program, track: Track) -> Fallback | None:
    rule = track.fallback
    if rule is None:
        return None
    return Fallback(track=program.track(rule.track).name, also_incomplete=rule.also_incomplete)


def _who_may(rule: EligibilityRule) -> WhoMay:
    accepted = tuple(option.label for option in rule.options if option.value in rule.accepts)
    return WhoMay(question=rule.question, accepted=accepted)


def _section(program: Program, section: Section) -> SectionAhead:
    questions = tuple(_question(program, question) for question in section.questions)
    return SectionAhead(title=section.title, help=section.help, questions=questions)


def _question(program: Program, question: Question) -> QuestionAhead:
    return QuestionAhead(
        label=question.label,
        help=question.help,
        options=tuple(option.label for option in question.options),
        max_words=question.max_words,
        optional=not question.required,
        only_for=tuple(program.track(key).name for key in question.tracks),
    )


def _meeting(program: Program, session: Session) -> Meeting:
    return Meeting(
        title=session.title,
        starts=program.at(session.starts),
        ends=program.at(session.ends),
        location=session.location,
    )
