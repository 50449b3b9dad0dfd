"""A program in a few lines, for the person who wrote its file to compare with what was meant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    Program,
    Requirement,
    Session,
    TeamRequirement,
    Track,
    VideoRequirement,
)

_LABEL = 14
_MINUTE = 60


def summarize(program: Program) -> str:
    """Return a program's dates (in its zone and in UTC), seats, requirements and rules as text."""
    return "\n".join(_program(program))


def _program(program: Program) -> Iterator[str]:
    yield f"{program.name} ({program.key})"
    yield _line("offered by", f"{program.organizer.name} <{program.organizer.email}>")
    yield _line("zone", f"{program.timezone}, holidays of {program.holidays}")
    yield _line("references", f"{program.reference_prefix}-….-….")
    yield _line("opens", _moment(program, program.opens_at))
    for name, sessions in (("call", program.calls), ("session", program.sessions)):
        for session in sessions:
            yield _line(name, _session(program, session))
    for rule in program.eligibility:
        yield _line("eligible", f"{rule.question} {' / '.join(rule.accepts)}")
    for track in program.tracks:
        yield ""
        yield from _track(program, track)


def _track(program: Program, track: Track) -> Iterator[str]:
    yield f"{track.name} ({track.key})"
    yield _line("seats", str(track.capacity))
    yield _line("closes", _closes(program, track))
    yield _line("promise", _promise(track))
    questions = program.questions_for(track.key)
    asked = sum(question.required for question in questions)
    yield _line("questions", f"{len(questions)}, {asked} of them required")
    for item in track.requirements:
        yield _line("requires", f"{item.title} ({item.key}): {_requirement(program, item)}")
    yield _line("reviews", _reviews(track))
    told = f"all on {_day(track.announcement.on)}" if track.announcement.on else "each when decided"
    yield _line("told", told + (", after a preview" if track.announcement.preview else ""))
    yield _line(
        "offer",
        f"answer within {track.offer.answer_within_days} days" if track.offer else "none is made",
    )
    if track.fallback is not None:
        rule = track.fallback
        extra = "; the incomplete, too" if rule.also_incomplete else ""
        yield _line("falls back", f"to {rule.track}, {rule.reserve} seats kept{extra}")
    if track.waitlist_until is not None:
        yield _line("waitlist", f"to the end of {_day(track.waitlist_until)}")
    else:
        yield _line("waitlist", f"until {_moment(program, program.waitlist_ends_at(track))}")


def _requirement(program: Program, item: Requirement) -> str:
    match item:
        case LetterRequirement():
            return "letter signed by " + " and ".join(role.title for role in item.signed_by)
        case VideoRequirement():
            return f"video of {_length(item.min_length)} to {_length(item.max_length)} minutes"
        case TeamRequirement():
            return f"{item.min_members} to {item.max_members} people"
        case AttestationRequirement():
            return f"{len(program.statements_of(item))} statements"


def _reviews(track: Track) -> str:
    rule = track.review
    if not rule.needed:
        return f"none; decided by {track.decided_by}"
    days = f"{rule.remind_after_days}, {rule.replace_after_days}, {rule.due_after_days}"
    return (
        f"{rule.needed}; reminded, replaced and due after {days} days; "
        f"decided by {track.decided_by}"
    )


def _closes(program: Program, track: Track) -> str:
    """Say a closing the way it is meant: a day lasts to its end, an hour is already too late."""
    limit = program.closes_at(track)
    utc = f"{limit:%Y-%m-%d %H:%M} UTC"
    if isinstance(track.closes, datetime):
        return f"{_local(program, limit)} ({utc} is too late)"
    last = (limit - timedelta(seconds=1)).astimezone(program.zone)
    return f"{last:%a %Y-%m-%d %H:%M:%S %Z} ({utc} is too late)"


def _promise(track: Track) -> str:
    if track.promise.by is not None:
        return f"by {_day(track.promise.by)}"
    return f"within {track.promise.days_from_receipt} days of receipt"


def _session(program: Program, session: Session) -> str:
    starts, ends = program.at(session.starts), program.at(session.ends)
    place = f", {session.location}" if session.location else ""
    return f"{session.title}: {program.say(session)} ({starts:%H:%M} to {ends:%H:%M} UTC){place}"


def _moment(program: Program, moment: datetime) -> str:
    return f"{_local(program, moment)} ({moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def _local(program: Program, moment: datetime) -> str:
    return f"{moment.astimezone(program.zone):%a %Y-%m-%d %H:%M %Z}"


def _day(day: date) -> str:
    return f"{day:%a %Y-%m-%d}"


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), _MINUTE)
    return f"{minutes}:{seconds:02}" if seconds else str(minutes)


def _line(label: str, text: str) -> str:
    return f"  {label:<{_LABEL}}{text}"
