"""What differs between two versions of a program, and what must not while its round is open."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from roundtable.domain.model import Key, Record
from roundtable.domain.program import (
    FOLLOWS_NEWEST,
    TRACK_FOLLOWS_NEWEST,
    Program,
    Question,
)
from roundtable.domain.program_checks import repeated

_DATES = (
    "timezone",
    "opens",
    "upload_grace",
    "sessions.starts",
    "sessions.ends",
    "calls.starts",
    "calls.ends",
    "tracks.closes",
    "tracks.promise",
    "tracks.review.remind_after_days",
    "tracks.review.replace_after_days",
    "tracks.review.due_after_days",
    "tracks.announcement.on",
    "tracks.offer",
    "tracks.corrections",
    "tracks.waitlist_until",
)
"""Fields that say when something happens, without the names of list items."""

_NAMES = ("key", "value", "title")
"""Fields by which an item of a list is known, the first that all items have."""


class Change(Record):
    """One difference between two versions of a program."""

    path: str
    """Items of lists by their name: `tracks[action-community].closes`."""
    before: JsonValue
    """None where there was nothing."""
    after: JsonValue
    """None where there is nothing any more."""
    moves_date: bool
    """Whether something happens at another time than before."""
    track: Key | None
    """The only track concerned; None: the whole program."""
    reaches_open: bool
    """Whether applications already submitted are treated by it; others keep their version's."""


class UnsafeChangeError(ValueError):
    """A version cannot be published while the round is open. `reasons` has one sentence each.

    Nothing is retried: a person changes the file.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def describe_changes(old: Program, new: Program) -> tuple[Change, ...]:
    """Return every difference between two versions, in the order of the fields.

    Empty where both are equal. A closing that is written in another way but stays the same
    instant is a change that moves no date.
    """
    return tuple(
        Change(
            path=_text(path),
            before=before,
            after=after,
            moves_date=_moves_date(path, old, new),
            track=path[0][1] if path and path[0][0] == "tracks" else None,
            reaches_open=_reaches_open(path, old, new),
        )
        for path, before, after in _differences(
            old.model_dump(mode="json"), new.model_dump(mode="json"), ()
        )
    )


Step = tuple[str, str | None]
"""A field, and the name of the item in it where it is a list of named items."""
Steps = tuple[Step, ...]
Difference = tuple[Steps, JsonValue, JsonValue]


def _differences(old: JsonValue, new: JsonValue, path: Steps) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _differences(old.get(name), new.get(name), (*path, (name, None)))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, path)
    else:
        yield path, old, new


def _list_differences(
    old: list[JsonValue], new: list[JsonValue], path: Steps
) -> Iterator[Difference]:
    olds, news = _by_name(old), _by_name(new)
    if olds is None or news is None:
        yield path, old, new
        return
    (field, _) = path[-1]
    for name in dict.fromkeys((*olds, *news)):
        step: Step = (field, name)
        yield from _differences(olds.get(name), news.get(name), (*path[:-1], step))
    before = [name for name in olds if name in news]
    after = [name for name in news if name in olds]
    if before != after:
        yield path, list[JsonValue](before), list[JsonValue](after)


def _by_name(items: list[JsonValue]) -> dict[str, JsonValue] | None:
    """Return a list's items by their name, or None where they have none of their own."""
    for field in _NAMES:
        names = [item.get(field) if isinstance(item, dict) else None for item in items]
        if all(isinstance(name, str) for name in names):
            told = cast("list[str]", names)
            return None if repeated(told) else dict(zip(told, items, strict=True))
    return None


def _text(path: Steps) -> str:
    return ".".join(field if name is None else f"{field}[{name}]" for field, name in path)


def _fields(path: Steps) -> str:
    return ".".join(field for field, _ in path)


def _moves_date(path: Steps, old: Program, new: Program) -> bool:
    fields = _fields(path)
    if fields == "tracks.closes":
        key = str(path[0][1])
        return old.closes_at(old.track(key)) != new.closes_at(new.track(key))
    if fields in {"sessions", "calls"}:
        return path[-1][1] is not None  # a meeting more or less, not another order of them
    return any(fields == date or fields.startswith(f"{date}.") for date in _DATES)


def _reaches_open(path: Steps, old: Program, new: Program) -> bool:
    """Return whether a difference is one that `effective` takes from the newest version."""
    field = path[0][0]
    if field != "tracks":
        return field in FOLLOWS_NEWEST
    if len(path) == 1:
        return False
    if _fields(path) == "tracks.fallback.reserve":
        here, there = (program.track(str(path[0][1])).fallback for program in (old, new))
        return here is not None and there is not None and here.track == there.track
    return path[1][0] in TRACK_FOLLOWS_NEWEST


def unsafe_changes(old: Program, new: Program) -> tuple[str, ...]:
    """Return why a version must not follow another while the round is open; empty if it may.

    Applications already received carry the program's key, references and answers, and their dates
    were told in the program's zone: what these are understood by cannot change beneath them.
    """
    return (
        *_identity(old, new),
        *_removed_tracks(old, new),
        *_requirement_kinds(old, new),
        *_question_kinds(old, new),
    )


def refuse_unsafe(old: Program, new: Program) -> None:
    """Raise UnsafeChangeError if a version must not follow another while the round is open."""
    if reasons := unsafe_changes(old, new):
        raise UnsafeChangeError(reasons)


def _identity(old: Program, new: Program) -> Iterator[str]:
    if old.key != new.key:
        yield (
            f"key: '{old.key}' cannot become '{new.key}': applications are kept under the key; "
            "a new key is a new program"
        )
    if old.timezone != new.timezone:
        yield (
            f"timezone: {old.timezone} cannot become {new.timezone}: every date already told to "
            "applicants would move"
        )
    if old.reference_prefix != new.reference_prefix:
        yield (
            f"reference_prefix: {old.reference_prefix} cannot become {new.reference_prefix}: "
            "applicants hold numbers that begin with the old one"
        )


def _removed_tracks(old: Program, new: Program) -> Iterator[str]:
    kept = {track.key for track in new.tracks}
    for track in old.tracks:
        if track.key not in kept:
            yield (
                f"tracks[{track.key}]: cannot be removed: teams may have applied to it; to take "
                "no more applications, move its close"
            )


def _requirement_kinds(old: Program, new: Program) -> Iterator[str]:
    """Compare over all tracks: by its key, one document serves a track and its fallback."""
    kinds = {item.key: item.kind for track in old.tracks for item in track.requirements}
    for track in new.tracks:
        for item in track.requirements:
            before = kinds.get(item.key, item.kind)
            if before != item.kind:
                yield (
                    f"tracks[{track.key}].requirements[{item.key}].kind: {before} cannot become "
                    f"{item.kind}: what teams have sent in would not fit; use another key"
                )


def _question_kinds(old: Program, new: Program) -> Iterator[str]:
    questions = _by_key(old)
    for key, question in _by_key(new).items():
        before = questions.get(key, question)
        if before.kind != question.kind:
            yield (
                f"question '{key}': kind {before.kind} cannot become {question.kind}: answers "
                "already given would not fit; use another key"
            )
        if before.restricted and not question.restricted:
            yield (
                f"question '{key}': restricted cannot be lifted: answers were given in the "
                "confidence that few see them; use another key"
            )


def _by_key(program: Program) -> dict[str, Question]:
    return {item.key: item for section in program.sections for item in section.questions}
