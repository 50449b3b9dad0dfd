"""Statistics kept by the stream: what a change of an application adds and takes away."""

from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from roundtable.domain.application import Application
from roundtable.domain.stages import Stage

GIVEN = "given"
"""The kind of counter that tells how long reviewers took."""


def places(application: Application | None) -> dict[str, int]:
    """Return the counters that an application stands in.

    `stage/<track>/<stage>`, `closed/<track>/<how>`, `outcome/<track>/<decision>`,
    `received/<track>` and `help` — each with 1.
    """
    if application is None:
        return {}
    track = application.track
    counters = {f"stage/{track}/{application.stage.value}": 1}
    if application.stage is Stage.CLOSED and application.closed_as is not None:
        counters[f"closed/{track}/{application.closed_as.value}"] = 1
    for outcome in application.outcomes:
        counters[f"outcome/{outcome.track}/{outcome.decision.value}"] = 1
    if application.submitted:
        counters[f"received/{track}"] = 1
    if application.help is not None:
        counters["help"] = 1
    return counters


def changes(before: Application | None, after: Application | None) -> dict[str, int]:
    """Return what to add to the counters when an application changes; zeros are left out."""
    old, new = places(before), places(after)
    moved = {name: new.get(name, 0) - old.get(name, 0) for name in {*old, *new}}
    return {name: amount for name, amount in sorted(moved.items()) if amount}


def reviews_given(before: Application | None, after: Application | None) -> dict[str, int]:
    """Return what to add for reviews that a change brought: `given/<reviewer>/<whole days>`.

    The days are those from being asked to having answered; of them the pace of a reviewer is told.
    """
    if before is None or after is None:
        return {}
    waiting = {(seat.reviewer, seat.assigned_at) for seat in before.panel if not seat.done}
    return {
        f"{GIVEN}/{seat.reviewer}/{(after.updated_at - seat.assigned_at).days}": 1
        for seat in after.panel
        if seat.done and (seat.reviewer, seat.assigned_at) in waiting
    }


def days_to_review(counters: Mapping[str, int]) -> dict[str, float]:
    """Return the median of the days that each reviewer took, of those who gave a review."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for name, times in counters.items():
        if name.startswith(f"{GIVEN}/"):
            reviewer, _, taken = name.removeprefix(f"{GIVEN}/").rpartition("/")
            days[reviewer] += [int(taken)] * times
    return {reviewer: median(taken) for reviewer, taken in days.items() if taken}


def track_of(counter: str) -> str:
    """Return the track that a counter is about; empty where it is about none."""
    kind, _, rest = counter.partition("/")
    return "" if kind == GIVEN else rest.partition("/")[0]
