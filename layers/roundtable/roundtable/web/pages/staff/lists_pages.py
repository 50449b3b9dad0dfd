"""Lists of applications: all of them by filters, what is due, what is stuck."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Decision
from roundtable.ports import Page
from roundtable.usecases.staff.exporting import MOST_ROWS
from roundtable.usecases.staff.finding import IN_ORDER, Wanted
from roundtable.usecases.staff.now import DueUntil
from roundtable.usecases.staff.overview import ApplicationRow, DueRow
from roundtable.web.pages.layout import Link
from roundtable.web.pages.members import members_page
from roundtable.web.pages.staff import stage_words
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.texts import gettext as _

Choice = tuple[str, str]
"""The value of an option, and what it says."""


def applications_page(
    at: AtProgram, wanted: Wanted, rows: Page[ApplicationRow], *, first: bool
) -> Response[str]:
    """Return a page of the applications that are wanted; `first` where the list begins with it."""
    query = query_of(wanted)
    here = at.path("/applications")
    return members_page(
        at.present,
        "staff/applications.html",
        at.layout(_("Applications"), "/applications", wide=True),
        at=at,
        rows=rows.items,
        now=at.present.ports.clock.now(),
        wanted=wanted,
        stages=[(stage.value, stage_words.stage(stage)) for stage in IN_ORDER],
        tracks=_tracks(at),
        decisions=[(item.value, stage_words.decision(item)) for item in Decision],
        is_filtered=bool(query),
        begin="" if first else _address(here, query),
        following=_address(here, {**query, "cursor": rows.cursor}) if rows.cursor else "",
        exports=_exports(at, query),
        most_rows=MOST_ROWS,
        track_names=_names(at),
        words=stage_words,
    )


def search_page(at: AtProgram, name: str, rows: Sequence[ApplicationRow]) -> Response[str]:
    """Return what was found by a name or reference number."""
    return members_page(
        at.present,
        "staff/found.html",
        at.layout(_("Search"), "/applications", back=at.path("/applications"), wide=True),
        at=at,
        rows=rows,
        now=at.present.ports.clock.now(),
        searched=name,
        track_names=_names(at),
        words=stage_words,
    )


def due_page(at: AtProgram, until: DueUntil, rows: Page[DueRow], *, first: bool) -> Response[str]:
    """Return a page of what is due."""
    here = at.path("/due")
    return members_page(
        at.present,
        "staff/due.html",
        at.layout(_("What is due"), "/due", back=at.path(), wide=True),
        at=at,
        rows=rows.items,
        now=at.present.ports.clock.now(),
        choices=[
            Link(text=text, href=_address(here, {"until": value}), current=value == until)
            for value, text in (
                (DueUntil.LATE, _("Overdue")),
                (DueUntil.TODAY, _("By the end of today")),
                (DueUntil.WEEK, _("Within 7 days")),
            )
        ],
        begin="" if first else _address(here, {"until": until}),
        following=_address(here, {"until": until, "cursor": rows.cursor}) if rows.cursor else "",
        track_names=_names(at),
        words=stage_words,
    )


def attention_page(at: AtProgram, rows: Page[ApplicationRow], *, first: bool) -> Response[str]:
    """Return a page of what is stuck."""
    here = at.path("/attention")
    return members_page(
        at.present,
        "staff/attention.html",
        at.layout(_("Stuck"), "/attention", back=at.path(), wide=True),
        at=at,
        rows=rows.items,
        now=at.present.ports.clock.now(),
        begin="" if first else here,
        following=_address(here, {"cursor": rows.cursor}) if rows.cursor else "",
        track_names=_names(at),
        words=stage_words,
    )


def query_of(wanted: Wanted) -> dict[str, str]:
    """Return filters as the query of an address; what narrows nothing is left out."""
    return {name: str(value) for name, value in wanted if value is not None}


def _exports(at: AtProgram, query: Mapping[str, str]) -> tuple[Link, ...]:
    return (
        Link(text=_("CSV"), href=_address(at.path("/exports/applications.csv"), query)),
        Link(text=_("Excel"), href=_address(at.path("/exports/applications.xlsx"), query)),
    )


def _tracks(at: AtProgram) -> list[Choice]:
    return [(track.key, track.name) for track in at.program.tracks]


def _names(at: AtProgram) -> dict[str, str]:
    return dict(_tracks(at))


def _address(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
