"""Statistics kept by the stream: what a change of an application adds and takes away."""

from roundtable.domain.application import Application
from roundtable.domain.stages import Stage


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
