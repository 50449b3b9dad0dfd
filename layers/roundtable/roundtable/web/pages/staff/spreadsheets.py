"""Applications as CSV and as an Excel workbook.

A cell that a spreadsheet program would take for a formula is told to be a text: in CSV by an
apostrophe before it (OWASP, “CSV Injection”), in a workbook by its type.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, cast

from roundtable.domain.application import Decision
from roundtable.domain.due import DueAction
from roundtable.domain.program import Program
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.staff.overview import ApplicationRow
from roundtable.web.pages.staff import stage_words
from roundtable.web.pages.texts import gettext as _

Cell = str | Decimal | datetime | None
"""Instants without their zone: on the wall clock of the program."""

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARKUP = "<r>"
"""How texts begin that the workbook's writer would pass on as markup of its own."""
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_WIDTHS = (16, 40, 24, 24, 18, 18, 28, 16, 18, 10, 28, 40)


def as_csv(program: Program, rows: Sequence[ApplicationRow]) -> bytes:
    """Return a list as CSV in UTF-8, with the mark by which spreadsheet programs know that."""
    text = StringIO()
    text.write(_BYTE_ORDER_MARK)
    # Every cell in quotes: a semicolon inside one begins no other cell in any country's Excel.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_headings(program))
    writer.writerows([_written(cell) for cell in cells] for cells in _cells(program, rows))
    return text.getvalue().encode()


def as_xlsx(program: Program, rows: Sequence[ApplicationRow]) -> bytes:
    """Return a list as an Excel workbook, written row by row."""
    # Imported by who asks for a workbook: all other pages are quicker without it.
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] (it ships none)

    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with cast("Any", xlsxwriter.Workbook(file, options)) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, _headings(program), bold)
        for number, cells in enumerate(_cells(program, rows), 1):
            for column, cell in enumerate(cells):
                match cell:
                    case None | "":
                        continue
                    case str():
                        sheet.write_string(number, column, _unmarked(cell))
                    case Decimal():
                        sheet.write_number(number, column, float(cell))
                    case datetime():
                        sheet.write_datetime(number, column, cell, moment)
    return file.getvalue()


def safe_cell(text: str) -> str:
    """Return a text as no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def _unmarked(text: str) -> str:
    return f" {text}" if text.startswith(_MARKUP) else text


def _headings(program: Program) -> tuple[str, ...]:
    zone = program.timezone.replace("_", " ")
    return (
        _("Reference"),
        _("Organization"),
        _("Track"),
        _("Stage"),
        _("Received (%(zone)s)") % {"zone": zone},
        _("Next (%(zone)s)") % {"zone": zone},
        _("What is next"),
        _("Decision"),
        _("Closed as"),
        _("Score"),
        _("To know"),
        _("Why it is stuck"),
    )


def _cells(program: Program, rows: Sequence[ApplicationRow]) -> Iterator[tuple[Cell, ...]]:
    # Words are looked up once, as there may be thousands of rows.
    tracks = {track.key: track.name for track in program.tracks}
    stages = {stage: stage_words.stage(stage) for stage in Stage}
    actions = {action: stage_words.due(action) for action in DueAction}
    decisions = {decision: stage_words.decision(decision) for decision in Decision}
    endings = {how: stage_words.ended(how) for how in ClosedAs}
    for row in rows:
        yield (
            row.reference,
            row.organization,
            tracks.get(row.track, row.track),
            stages[row.stage],
            _local(program, row.received_at),
            _local(program, row.due_at),
            actions[row.due_action] if row.due_action else "",
            decisions[row.decision] if row.decision else "",
            endings[row.closed_as] if row.closed_as else "",
            row.score,
            ", ".join(stage_words.flag(flag) for flag in dict.fromkeys(row.flags)),
            row.help,
        )


def _local(program: Program, at: datetime | None) -> datetime | None:
    return at.astimezone(program.zone).replace(tzinfo=None, microsecond=0) if at else None


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return safe_cell(cell)
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case Decimal():
            return str(cell)
