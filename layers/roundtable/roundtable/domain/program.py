"""The model of a program: everything about a round that is data and not code."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import EmailStr, Field, HttpUrl, model_validator

from roundtable.domain.model import Key, LongText, Record, ShortText
from roundtable.domain.program_checks import placeholders, program_problems, repeated
from roundtable.domain.program_values import (
    Closing,
    Day,
    Length,
    LocalTime,
    ZoneName,
    refusal,
)

MEGABYTE = 1_000_000

LetterFormat = Literal["pdf", "docx", "jpeg", "png", "tiff", "heic"]


class Role(StrEnum):
    """Who signs a letter of commitment (request for applications, “Fees and How to Join”)."""

    CEO = "ceo"
    BOARD_CHAIR = "board_chair"
    EXECUTIVE_DIRECTOR = "executive_director"

    @property
    def title(self) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] (a role, no text)
        """The role as an applicant reads it."""
        return {"ceo": "CEO", "board_chair": "Board Chair"}.get(self, "Executive Director")


class LetterRequirement(Record):
    """A letter of commitment signed by named roles, in one letter or in several."""

    kind: Literal["letter"] = "letter"
    key: Key
    title: ShortText
    help: LongText = ""
    signed_by: tuple[Role, ...] = Field(min_length=1)
    about: tuple[ShortText, ...] = ()
    """Names by which a letter may call what it commits to; empty: the program's own name."""
    formats: tuple[LetterFormat, ...] = ("pdf", "docx", "jpeg", "png", "tiff", "heic")
    """Types of file that are taken; scans and photographs are looked at by a person."""
    max_megabytes: int = Field(default=20, ge=1, le=100)
    max_pages: int = Field(default=20, ge=1, le=50)
    max_documents: int = Field(default=2, ge=1, le=5)

    @model_validator(mode="after")
    def _roles(self) -> Self:
        if twice := repeated(self.signed_by):
            raise refusal("letter", (("signed_by",), f"'{twice[0]}' is named twice"))
        return self


class VideoRequirement(Record):
    """A video of a stated length, as a link to an allowed host or as a file."""

    kind: Literal["video"] = "video"
    key: Key
    title: ShortText
    help: LongText = ""
    min_length: Length
    max_length: Length
    hosts: tuple[str, ...] = ()
    """Hosts allowed in addition to the known ones."""
    max_megabytes: int = Field(default=2000, ge=1, le=5000)
    must_include: tuple[ShortText, ...] = ()
    choose_from: tuple[LongText, ...] = ()
    choose_at_least: int = Field(default=0, ge=0)
    choose_at_most: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _lengths(self) -> Self:
        if not timedelta() < self.min_length <= self.max_length:
            reason = "must be above zero and not above max_length"
            raise refusal("video", (("min_length",), reason))
        if not self.choose_at_least <= self.choose_at_most <= len(self.choose_from):
            reason = "must not be below choose_at_least nor above the number of choose_from"
            raise refusal("video", (("choose_at_most",), reason))
        return self


class AttestationRequirement(Record):
    """Statements that the team must affirm, one by one."""

    kind: Literal["attestation"] = "attestation"
    key: Key
    title: ShortText
    help: LongText = ""
    statements: tuple[LongText, ...] = ()
    each_session: str = ""
    """A statement for every session of the program; `{title}` and `{when}` are filled in."""

    @model_validator(mode="after")
    def _something_to_affirm(self) -> Self:
        if not self.statements and not self.each_session:
            raise refusal("attestation", (("statements",), "there is nothing to affirm"))
        if twice := repeated(self.statements):
            raise refusal("attestation", (("statements",), f"'{twice[0]}' stands there twice"))
        names = placeholders(self.each_session)
        if self.each_session and (
            names is None or not names or not names <= frozenset({"title", "when"})
        ):
            reason = "fill in {title}, {when} or both, and use no other braces"
            raise refusal("attestation", (("each_session",), reason))
        return self


class TeamRequirement(Record):
    """How many people a team comprises (“should comprise 3 to 7 individuals”)."""

    kind: Literal["team"] = "team"
    key: Key
    title: ShortText
    help: LongText = ""
    min_members: int = Field(ge=1)
    max_members: int = Field(ge=1)

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.min_members > self.max_members:
            raise refusal("team", (("min_members",), "must not be above max_members"))
        return self


Requirement = Annotated[
    LetterRequirement | VideoRequirement | AttestationRequirement | TeamRequirement,
    Field(discriminator="kind"),
]
DocumentRequirement = LetterRequirement | VideoRequirement
"""A requirement that a document fulfils."""


class PromiseRule(Record):
    """The date by which an applicant hears: a fixed day, or calendar days from the receipt."""

    by: Day | None = None
    days_from_receipt: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.by is None) == (self.days_from_receipt is None):
            raise ValueError("give either 'by' (a date) or 'days_from_receipt'")
        return self


class Criterion(Record):
    """One line of a rubric, scored from 1 to `scale`."""

    key: Key
    title: ShortText
    guidance: LongText = ""
    weight: Decimal = Field(default=Decimal(1), gt=0)
    scale: int = Field(default=5, ge=2, le=10)


class ReviewRule(Record):
    """How many reviews an application gets, and when a silent reviewer is reminded and relieved.

    Days are calendar days after the assignment, in the program's zone.
    """

    needed: int = Field(ge=0, le=5)
    remind_after_days: int = Field(default=3, ge=1)
    replace_after_days: int = Field(default=6, ge=1)
    due_after_days: int = Field(default=8, ge=1)

    @model_validator(mode="after")
    def _order(self) -> Self:
        if not self.remind_after_days < self.replace_after_days < self.due_after_days:
            reason = "remind_, replace_ and due_after_days must follow one another"
            raise refusal("review", (("remind_after_days",), reason))
        return self


class DecidedBy(StrEnum):
    """Who decides: agreeing reviewers, staff, or completeness alone while seats last."""

    REVIEWS = "reviews"
    STAFF = "staff"
    COMPLETENESS = "completeness"


class FallbackRule(Record):
    """The track that an application not selected is considered for automatically."""

    track: Key
    reserve: int = Field(default=0, ge=0)
    """Seats of that track kept for applications that may still fall back to it."""
    also_incomplete: bool = False
    """Whether an application incomplete at the close falls back, too."""


class AnnouncementRule(Record):
    """How decisions are told: each when taken, all on one day, or after a person's preview."""

    on: Day | None = None
    preview: bool = False


class OfferRule(Record):
    """Until when an offer waits for the team's answer, and the days before it with a reminder."""

    answer_within_days: int = Field(ge=1)
    remind_days_before: tuple[int, ...] = (7, 3, 1)


class CorrectionRule(Record):
    """How long a returned document may be mended, and the days before the end with a reminder."""

    within_days: int = Field(default=7, ge=1)
    remind_days_before: tuple[int, ...] = (7, 3, 1)


class Track(Record):
    """A way to take part, with its own requirements, deadline, capacity and promise."""

    key: Key
    name: ShortText
    summary: LongText = ""
    who_should_apply: tuple[LongText, ...] = ()
    capacity: int = Field(ge=1)
    closes: Closing
    requirements: tuple[Requirement, ...] = ()
    promise: PromiseRule
    rubric: tuple[Criterion, ...] = ()
    review: ReviewRule
    decided_by: DecidedBy
    fallback: FallbackRule | None = None
    announcement: AnnouncementRule = AnnouncementRule()
    offer: OfferRule | None = None
    """None: an acceptance needs no answer."""
    corrections: CorrectionRule = CorrectionRule()
    waitlist_until: Day | None = None
    """The day at whose end the waitlist closes; None: one year after the close."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [
            (("requirements",), f"two requirements have the key '{name}'")
            for name in repeated(item.key for item in self.requirements)
        ]
        problems += [
            (("rubric",), f"two criteria have the key '{name}'")
            for name in repeated(criterion.key for criterion in self.rubric)
        ]
        if self.review.needed and not self.rubric:
            problems.append((("rubric",), "reviews are asked for but there is no rubric"))
        if self.decided_by is DecidedBy.REVIEWS and not self.review.needed:
            problems.append((("decided_by",), "'reviews' asks for at least one review"))
        if problems:
            raise refusal("track", *problems)
        return self

    def requirement(self, key: str) -> Requirement | None:
        """Return the requirement with this key, if the track has it."""
        return next((item for item in self.requirements if item.key == key), None)


class Option(Record):
    """One choice of a question."""

    value: Key
    label: ShortText


class Question(Record):
    """One question of the form."""

    key: Key
    label: LongText
    help: LongText = ""
    kind: Literal["text", "paragraph", "choice", "choices", "yes_no"] = "text"
    required: bool = False
    max_words: int | None = Field(default=None, ge=1)
    options: tuple[Option, ...] = ()
    tracks: tuple[Key, ...] = ()
    """Only asked for these tracks; empty: for all."""
    restricted: bool = False
    """Identity data: seen by named roles only, never scored, exported or logged."""

    @model_validator(mode="after")
    def _options(self) -> Self:
        if (self.kind in {"choice", "choices"}) != bool(self.options):
            reason = "belong to questions of kind choice or choices, and only to them"
            raise refusal("question", (("options",), reason))
        if twice := repeated(option.value for option in self.options):
            raise refusal("question", (("options",), f"two options have the value '{twice[0]}'"))
        if self.max_words is not None and self.kind not in {"text", "paragraph"}:
            raise refusal("question", (("max_words",), "belongs to kind text or paragraph"))
        return self


class Section(Record):
    """A page of the form."""

    key: Key
    title: ShortText
    help: LongText = ""
    questions: tuple[Question, ...]


class EligibilityRule(Record):
    """A question asked before the form; any answer outside `accepts` ends it kindly."""

    key: Key
    question: LongText
    options: tuple[Option, ...] = Field(min_length=2)
    accepts: tuple[Key, ...] = Field(min_length=1)
    refusal: LongText

    @model_validator(mode="after")
    def _accepts_options(self) -> Self:
        values = [option.value for option in self.options]
        if twice := repeated(values):
            raise refusal("eligibility", (("options",), f"two options are '{twice[0]}'"))
        for number, value in enumerate(self.accepts):
            if value not in values:
                reason = f"'{value}' is none of the options"
                raise refusal("eligibility", (("accepts", number), reason))
        return self


class Session(Record):
    """A meeting of the program, or a call before it, in the program's local time."""

    title: ShortText
    starts: LocalTime
    ends: LocalTime
    location: str = ""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.starts >= self.ends:
            raise refusal("session", (("ends",), "must be after 'starts'"))
        return self


class Organizer(Record):
    """Who offers the program and signs its notices."""

    name: ShortText
    email: EmailStr
    website: HttpUrl | None = None


class NoticeWords(Record):
    """The program's own words in one kind of notice; empty ones leave the standard text."""

    subject: str = ""
    opening: LongText = ""
    closing: LongText = ""


class Program(Record):
    """One program file: what is offered, to whom, by when, and how it is decided."""

    key: Key
    name: ShortText
    summary: LongText
    organizer: Organizer
    timezone: ZoneName
    holidays: str = Field(default="US", pattern=r"^[A-Z]{2}$")
    """Country whose public holidays are no business days."""
    language: str = "en"
    reference_prefix: str = Field(pattern=r"^[A-Z]{2,4}$")
    opens: LocalTime
    upload_grace: Length = timedelta(minutes=30)
    """How long after the close an upload begun before it may still end."""
    retention_months: int = Field(default=24, ge=1)
    eligibility: tuple[EligibilityRule, ...] = ()
    ask_team: bool = True
    organization_types: tuple[Option, ...] = ()
    organization_sizes: tuple[Option, ...] = ()
    regions: tuple[Option, ...] = ()
    sections: tuple[Section, ...] = ()
    sessions: tuple[Session, ...] = ()
    calls: tuple[Session, ...] = ()
    """Informational calls before the round closes."""
    tracks: tuple[Track, ...] = Field(min_length=1)
    """In the order in which an application interested in several is considered."""
    notices: dict[str, NoticeWords] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if problems := tuple(program_problems(self)):
            raise refusal("program", *problems)
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the program's dates are meant."""
        return ZoneInfo(self.timezone)

    @property
    def opens_at(self) -> datetime:
        """The instant from which applications are received (UTC)."""
        return self.at(self.opens)

    def at(self, local: datetime) -> datetime:
        """Return the UTC instant of a local time of this program."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """Return the UTC instant at which a local day is over (the next local midnight)."""
        return self.at(datetime.combine(day + timedelta(days=1), time()))

    def start_of(self, day: date) -> datetime:
        """Return the UTC instant at which a local day begins."""
        return self.at(datetime.combine(day, time()))

    def local_date(self, moment: datetime) -> date:
        """Return the calendar day of an instant in the program's zone."""
        return moment.astimezone(self.zone).date()

    def closes_at(self, track: Track) -> datetime:
        """Return the first instant (UTC) that is no longer in time for a track.

        A closing given as a date lasts to 23:59:59 of that day, so the limit is midnight.
        """
        if isinstance(track.closes, datetime):
            return self.at(track.closes)
        return self.end_of(track.closes)

    def waitlist_ends_at(self, track: Track) -> datetime:
        """Return the instant (UTC) at which a track's waitlist closes."""
        if track.waitlist_until is not None:
            return self.end_of(track.waitlist_until)
        return self.closes_at(track) + timedelta(days=365)

    def track(self, key: str) -> Track:
        """Return the track with this key; raises KeyError where there is none."""
        for track in self.tracks:
            if track.key == key:
                return track
        raise KeyError(key)

    def tracks_reached(self, track: str) -> tuple[Track, ...]:
        """Return a track and the one it falls back to: all that an application may be judged by.

        Raises KeyError for an unknown track. What these tracks ask is asked when filling in, as
        nothing is filled in when falling back (“Fees and How to Join”, step 3).
        """
        first = self.track(track)
        return (first, self.track(first.fallback.track)) if first.fallback else (first,)

    def questions_for(self, track: str) -> tuple[Question, ...]:
        """Return the questions asked of an application to a track, in the form's order."""
        return tuple(
            question
            for section in self.sections
            for question in section.questions
            if not question.tracks or track in question.tracks
        )

    def statements_of(self, requirement: AttestationRequirement) -> tuple[str, ...]:
        """Return every statement to affirm, with one per session where the program asks it."""
        of_sessions = tuple(
            requirement.each_session.format(title=session.title, when=self.say(session))
            for session in self.sessions
            if requirement.each_session
        )
        return requirement.statements + of_sessions

    def say(self, session: Session) -> str:
        """Return a session's time in words, with its zone."""
        zone = session.starts.replace(tzinfo=self.zone).tzname()
        return (
            f"{session.starts:%A, %B} {session.starts.day}, {session.starts.year}, "
            f"{_hour(session.starts)} to {_hour(session.ends)} {zone}"
        )


def _hour(moment: datetime) -> str:
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"  # noqa: PLR2004 (the noon)


FOLLOWS_NEWEST = ("opens", "upload_grace", "sessions", "calls", "notices")
"""Fields of a program in which an application follows the newest published version."""

TRACK_FOLLOWS_NEWEST = (
    "capacity",
    "closes",
    "promise",
    "review",
    "announcement",
    "offer",
    "corrections",
    "waitlist_until",
)
"""Fields of a track in which an application follows the newest published version."""


def effective(submitted: Program, newest: Program) -> Program:
    """Return the program that an application is treated by.

    It is judged by the version it was submitted under; dates, capacities and offers' and
    reviews' terms follow the newest published version, and so does the number of seats reserved
    for a fallback, which is a part of the capacity.

    The parts come from two valid programs and are not validated again as a whole: a rule between
    them (a session attested in the one, dropped in the other) must not stop an application.
    """
    newest_tracks = {track.key: track for track in newest.tracks}
    return submitted.model_copy(
        update={
            **{name: getattr(newest, name) for name in FOLLOWS_NEWEST},
            "tracks": tuple(
                _effective_track(track, newest_tracks[track.key])
                if track.key in newest_tracks
                else track
                for track in submitted.tracks
            ),
        }
    )


def _effective_track(submitted: Track, newest: Track) -> Track:
    changes: dict[str, object] = {name: getattr(newest, name) for name in TRACK_FOLLOWS_NEWEST}
    here, there = submitted.fallback, newest.fallback
    if here is not None and there is not None and here.track == there.track:
        changes["fallback"] = here.with_(reserve=there.reserve)
    return submitted.model_copy(update=changes)
