"""What a program asks of a video, as its reviewers tick it off while they watch."""

from roundtable.domain.model import Key, LongText, Record, ShortText
from roundtable.domain.program import Track, VideoRequirement
from roundtable.domain.requirements import FieldProblem


class VideoTicks(Record):
    """What a reviewer saw in one video, in the program's words.

    The words themselves are kept, not their places: a review can be read for itself.
    """

    requirement: Key
    included: tuple[ShortText, ...] = ()
    """Of what the video must include."""
    chosen: tuple[LongText, ...] = ()
    """Of the questions to choose from, those that the video addresses."""


def checklist_problems(track: Track, checklist: tuple[VideoTicks, ...]) -> list[FieldProblem]:
    """Return every tick that the track's videos do not have, or that stands there twice.

    Nothing need be ticked. A team may address more or fewer questions than asked for, and the
    ticks say so.
    """
    problems: list[FieldProblem] = []
    seen: set[str] = set()
    for place, ticks in enumerate(checklist):
        path = f"/checklist/{place}"
        requirement = track.requirement(ticks.requirement)
        if not isinstance(requirement, VideoRequirement):
            reason = "The track asks for no such video."
            problems.append(FieldProblem(path=f"{path}/requirement", reason=reason))
            continue
        if ticks.requirement in seen:
            reason = "Tick off each video once."
            problems.append(FieldProblem(path=f"{path}/requirement", reason=reason))
        seen.add(ticks.requirement)
        problems += _unknown(f"{path}/included", ticks.included, requirement.must_include)
        problems += _unknown(f"{path}/chosen", ticks.chosen, requirement.choose_from)
    return problems


def _unknown(path: str, ticked: tuple[str, ...], known: tuple[str, ...]) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    for place, item in enumerate(ticked):
        if item not in known:
            reason = "The checklist has no such item."
            problems.append(FieldProblem(path=f"{path}/{place}", reason=reason))
        elif item in ticked[:place]:
            reason = "Tick this off once."
            problems.append(FieldProblem(path=f"{path}/{place}", reason=reason))
    return problems


def left_unticked(track: Track, checklist: tuple[VideoTicks, ...]) -> tuple[str, ...]:
    """Return in sentences what the track's videos must include and was not ticked off.

    A recommendation is its reviewer's judgement, so this blocks nothing: it tells staff where an
    approval and the program's list differ (request for applications, “Action Community
    Application: Team Video”).
    """
    ticked = {ticks.requirement: ticks for ticks in checklist}
    missing: list[str] = []
    for requirement in track.requirements:
        if not isinstance(requirement, VideoRequirement):
            continue
        ticks = ticked.get(requirement.key, VideoTicks(requirement=requirement.key))
        missing += [
            f"{requirement.title}: not ticked off: {item}"
            for item in requirement.must_include
            if item not in ticks.included
        ]
        least, most = requirement.choose_at_least, requirement.choose_at_most
        if most and not least <= len(ticks.chosen) <= most:
            asked = f"{least} to {most}" if least != most else str(least)
            missing.append(
                f"{requirement.title}: {len(ticks.chosen)} of the questions ticked off, "
                f"{asked} were to be chosen"
            )
    return tuple(missing)
