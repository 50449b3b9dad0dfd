"""Bars as facts: widths for the attributes of inline SVG; the words stand beside them."""

from collections.abc import Sequence

from roundtable.domain.model import Record
from roundtable.domain.stages import Stage
from roundtable.usecases.staff.finding import IN_ORDER
from roundtable.usecases.staff.overview import TrackCounts

_WHOLE = 100
_SEEN = 1.0
"""The narrowest bar in percent: one application among hundreds can still be seen."""


class Bar(Record):
    """One bar, from its beginning and as wide as these, in percent."""

    x: str = "0%"
    width: str


class StageRow(Record):
    """How many applications of each track stand in a stage."""

    stage: Stage
    counts: tuple[int, ...]
    """In the order of the tracks."""
    bars: tuple[Bar, ...]
    total: int


class SeatBars(Record):
    """The seats of a track, side by side."""

    taken: Bar
    reserved: Bar
    open: Bar


def stage_rows(tracks: Sequence[TrackCounts]) -> tuple[StageRow, ...]:
    """Return each stage in which anything stands; all bars have the same scale."""
    most = max((count for track in tracks for count in track.stages.values()), default=0)
    rows: list[StageRow] = []
    for stage in IN_ORDER:
        counts = tuple(max(track.stages.get(stage.value, 0), 0) for track in tracks)
        if any(counts):
            bars = tuple(Bar(width=_percent(count, most)) for count in counts)
            rows.append(StageRow(stage=stage, counts=counts, bars=bars, total=sum(counts)))
    return tuple(rows)


def seat_bars(track: TrackCounts) -> SeatBars:
    """Return what part of a track's seats is taken, reserved, and open."""
    whole = max(track.capacity, 1)
    taken, reserved = track.taken / whole * _WHOLE, track.reserved / whole * _WHOLE
    return SeatBars(
        taken=Bar(width=f"{taken:.2f}%"),
        reserved=Bar(x=f"{taken:.2f}%", width=f"{reserved:.2f}%"),
        open=Bar(x=f"{taken + reserved:.2f}%", width=f"{max(_WHOLE - taken - reserved, 0):.2f}%"),
    )


def _percent(count: int, most: int) -> str:
    return f"{max(count / most * _WHOLE, _SEEN):.2f}%" if count else "0%"
