"""What a rehearsal found: a file for machines and the same as a table for people."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from local.rehearsal.invariants import Evidence, check_invariants, count_promises
from roundtable.domain.application import Application, Decision
from roundtable.domain.notices import NoticeStatus


def make_report(
    seen: Evidence, *, applicants: int, seed: int, wall_seconds: float
) -> dict[str, Any]:
    """Return the report of a rehearsal."""
    promises = count_promises(seen)
    sent = {NoticeStatus.SENT, NoticeStatus.DELIVERED}
    return {
        "applicants": applicants,
        "seed": seed,
        "submitted": sum(item.submitted for item in seen.applications),
        "decided": sum(bool(item.outcomes) for item in seen.applications),
        "notices_sent": sum(notice.status in sent for notice in seen.notices),
        "ended": dict(sorted(Counter(_ending(item) for item in seen.applications).items())),
        "tracks": {track.key: _track(seen, track.key) for track in seen.program.tracks},
        "promises": {"due": promises.due, "kept": promises.kept, "broken": promises.broken},
        "stuck": sum(item.help is not None for item in seen.applications),
        "invariants": check_invariants(seen),
        "wall_seconds": round(wall_seconds, 1),
    }


def passed(report: dict[str, Any]) -> bool:
    """Return whether every invariant held and every promise was kept."""
    return all(report["invariants"].values()) and not report["promises"]["broken"]


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write the report as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def print_report(report: dict[str, Any], console: Console) -> None:
    """Print the report as tables."""
    summary = Table(title="Rehearsal", show_header=False)
    for name in ("applicants", "submitted", "decided", "notices_sent", "stuck", "wall_seconds"):
        summary.add_row(name, str(report[name]))
    for name, count in report["ended"].items():
        summary.add_row(f"ended: {name}", str(count))
    for name, count in report["promises"].items():
        summary.add_row(f"promises {name}", str(count))
    console.print(summary)
    names = ["capacity", "accepted", "waitlisted", "not_selected", "fallback_in"]
    tracks = Table("track", *names, title="Tracks")
    for key, counts in report["tracks"].items():
        tracks.add_row(key, *(str(counts[name]) for name in names))
    console.print(tracks)
    invariants = Table("invariant", "holds", title="Invariants")
    for name, holds in report["invariants"].items():
        invariants.add_row(name.replace("_", " "), "yes" if holds else "NO")
    console.print(invariants)


def _track(seen: Evidence, key: str) -> dict[str, int]:
    decisions = Counter(
        outcome.decision
        for item in seen.applications
        for outcome in item.outcomes
        if outcome.track == key
    )
    return {
        "capacity": next(seats.capacity for seats in seen.seats if seats.track == key),
        "taken": next(seats.taken for seats in seen.seats if seats.track == key),
        "accepted": decisions[Decision.ACCEPTED],
        "waitlisted": decisions[Decision.WAITLISTED],
        "not_selected": decisions[Decision.NOT_SELECTED],
        "fallback_in": sum(_fell_in(item, key) for item in seen.applications),
    }


def _fell_in(application: Application, track: str) -> bool:
    return application.track == track and any(
        outcome.track != track for outcome in application.outcomes
    )


def _ending(application: Application) -> str:
    return application.closed_as.value if application.closed_as else f"open: {application.stage}"
