"""The programs of staff, and where one of them stands now."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Decision
from roundtable.domain.model import Record
from roundtable.domain.stages import ClosedAs
from roundtable.usecases.staff.now import MOST_COUNTED, Now
from roundtable.usecases.staff.overview import ProgramRow, TrackCounts
from roundtable.web.pages.members import STAFF, Member, members_layout, members_page
from roundtable.web.pages.staff import charts, stage_words
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.texts import gettext as _

HOME = "/staff"


class Tile(Record):
    """One number that leads to its list."""

    number: str
    label: str
    href: str
    urgent: bool = False
    """Whether a person is to do something about it."""


class CountRow(Record):
    """One row of numbers, one for each track."""

    name: str
    counts: tuple[int, ...]
    total: int


def programs_page(present: Member, programs: Sequence[ProgramRow]) -> Response[str]:
    """Return the list of programs."""
    layout = members_layout(present, STAFF, _("Programs"), HOME)
    return members_page(present, "staff/programs.html", layout, programs=programs)


def now_page(at: AtProgram, standing: Now) -> Response[str]:
    """Return where the program stands."""
    tracks = standing.round.tracks
    return members_page(
        at.present,
        "staff/now.html",
        at.layout(_("Now"), wide=True),
        at=at,
        moment_now=at.present.ports.clock.now(),
        tiles=_tiles(at, standing),
        tracks=tracks,
        seats=[charts.seat_bars(track) for track in tracks],
        rows=charts.stage_rows(tracks),
        decided=_decided(tracks),
        ended=_ended(tracks),
        received=_row(_("Received in all"), [track.received for track in tracks]),
        alarms=standing.alarms,
        words=stage_words,
    )


def _tiles(at: AtProgram, standing: Now) -> tuple[Tile, ...]:
    due, alarms = standing.due, standing.alarms
    return (
        Tile(
            number=_number(due.late),
            label=_("Overdue"),
            href=at.path("/due?until=late"),
            urgent=due.late > 0,
        ),
        Tile(number=_number(due.today), label=_("Due today"), href=at.path("/due?until=today")),
        Tile(
            number=_number(due.week),
            label=_("Due within 7 days"),
            href=at.path("/due?until=week"),
        ),
        Tile(
            number=_number(standing.stuck),
            label=_("Stuck"),
            href=at.path("/attention"),
            urgent=standing.stuck > 0,
        ),
        Tile(
            number=_number(standing.undelivered),
            label=_("Undelivered messages"),
            href=at.path("/notices?status=undelivered"),
            urgent=standing.undelivered > 0,
        ),
        Tile(
            number="?" if alarms is None else _number(len(alarms)),
            label=_("Failing functions"),
            href="#failing",
            urgent=bool(alarms),
        ),
    )


def _number(count: int) -> str:
    return f"{count:,}" if count < MOST_COUNTED else f"{MOST_COUNTED:,}+"


def _decided(tracks: Sequence[TrackCounts]) -> tuple[CountRow, ...]:
    return tuple(
        _row(stage_words.decision(of), [track.outcomes.get(of.value, 0) for track in tracks])
        for of in Decision
    )


def _ended(tracks: Sequence[TrackCounts]) -> tuple[CountRow, ...]:
    rows = (
        _row(stage_words.ended(how), [track.closed.get(how.value, 0) for track in tracks])
        for how in ClosedAs
    )
    return tuple(row for row in rows if row.total)


def _row(name: str, counts: Sequence[int]) -> CountRow:
    return CountRow(name=name, counts=tuple(counts), total=sum(counts))
