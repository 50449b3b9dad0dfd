"""Rules between the parts of a program: each problem found, with the place it belongs to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING

from roundtable.domain.notices import NoticeKind
from roundtable.domain.program_values import Loc, unusual_local_time

if TYPE_CHECKING:
    from roundtable.domain.program import Program, Track

Problem = tuple[Loc, str]


def repeated(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that come more than once, in the order of their first place."""
    return tuple(name for name, times in Counter(names).items() if times > 1)


def placeholders(template: str) -> frozenset[str] | None:
    """Return the names in braces of a template, or None where the braces are not in order."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)
    except ValueError:
        return None


def program_problems(program: "Program") -> Iterator[Problem]:
    """Find what is wrong between the parts of a program whose parts are right by themselves."""
    yield from _names(program)
    yield from _local_times(program)
    for number, track in enumerate(program.tracks):
        for loc, reason in _track(program, track):
            yield ("tracks", number, *loc), reason
    yield from _reserves(program)
    yield from _questions(program)


def _names(program: "Program") -> Iterator[Problem]:
    for name in repeated(track.key for track in program.tracks):
        yield ("tracks",), f"two tracks have the key '{name}'"
    for name in repeated(section.key for section in program.sections):
        yield ("sections",), f"two sections have the key '{name}'"
    for name in repeated(session.title for session in program.sessions):
        yield ("sessions",), f"two sessions have the title '{name}'"
    for name in repeated(rule.key for rule in program.eligibility):
        yield ("eligibility",), f"two eligibility questions have the key '{name}'"
    kinds = [kind.value for kind in NoticeKind]
    for name in program.notices:
        if name not in kinds:
            yield ("notices", name), f"is no kind of notice; there are: {', '.join(kinds)}"


def _local_times(program: "Program") -> Iterator[Problem]:
    times: list[tuple[Loc, datetime]] = [(("opens",), program.opens)]
    for field, sessions in (("sessions", program.sessions), ("calls", program.calls)):
        for number, session in enumerate(sessions):
            times += [
                ((field, number, "starts"), session.starts),
                ((field, number, "ends"), session.ends),
            ]
    times += [
        (("tracks", number, "closes"), track.closes)
        for number, track in enumerate(program.tracks)
        if isinstance(track.closes, datetime)
    ]
    for loc, local in times:
        if reason := unusual_local_time(local, program.zone):
            yield loc, reason


def _track(program: "Program", track: "Track") -> Iterator[Problem]:
    closes = program.closes_at(track)
    if closes <= program.opens_at:
        yield ("closes",), "the track closes before the round opens"
    for loc, day in (
        (("promise", "by"), track.promise.by),
        (("announcement", "on"), track.announcement.on),
        (("waitlist_until",), track.waitlist_until),
    ):
        if day is not None and program.end_of(day) < closes:
            yield loc, "is before the track closes"
    told, promised = track.announcement.on, track.promise.by
    if told is not None and promised is not None and told > promised:
        yield ("announcement", "on"), f"is after the promise of {promised}"
    if track.fallback is not None:
        for loc, reason in _fallback(program, track, track.fallback.track):
            yield ("fallback", *loc), reason
    for number, item in enumerate(track.requirements):
        if item.kind == "attestation" and item.each_session and not program.sessions:
            yield (
                ("requirements", number, "each_session"),
                "asks about sessions, and the program has none",
            )


def _fallback(program: "Program", track: "Track", to: str) -> Iterator[Problem]:
    target = next((other for other in program.tracks if other.key == to), None)
    if target is None or target is track:
        yield ("track",), f"'{to}' is no other track of this program"
        return
    if target.fallback is not None:
        yield ("track",), f"'{to}' falls back itself; a fallback has one step"
    asked = {question.key for question in program.questions_for(track.key)}
    for question in program.questions_for(to):
        if question.required and question.key not in asked:
            yield (
                ("track",),
                f"'{to}' requires an answer to '{question.key}', which applicants to "
                f"'{track.key}' are not asked; nobody fills in anything when falling back",
            )
    for item in track.requirements:
        other = target.requirement(item.key)
        if other is not None and other.kind != item.kind:
            yield (
                ("track",),
                f"requirement '{item.key}' is of kind {other.kind} in '{to}' and of kind "
                f"{item.kind} here; one key means one thing",
            )


def _reserves(program: "Program") -> Iterator[Problem]:
    for target in program.tracks:
        rules = [
            (number, track.fallback)
            for number, track in enumerate(program.tracks)
            if track.fallback is not None and track.fallback.track == target.key
        ]
        total = sum(rule.reserve for _, rule in rules)
        if total > target.capacity:
            yield (
                ("tracks", rules[-1][0], "fallback", "reserve"),
                f"{total} seats are reserved in '{target.key}', which has {target.capacity}",
            )


def _questions(program: "Program") -> Iterator[Problem]:
    tracks = {track.key for track in program.tracks}
    seen: set[str] = set()
    for place, section in enumerate(program.sections):
        for number, question in enumerate(section.questions):
            loc = ("sections", place, "questions", number)
            if question.key in seen:
                yield (*loc, "key"), f"two questions have the key '{question.key}'"
            seen.add(question.key)
            for index, name in enumerate(question.tracks):
                if name not in tracks:
                    yield (*loc, "tracks", index), f"'{name}' is no track of this program"
