"""A list as a file to keep."""

from datetime import datetime

from aws_lambda_powertools.event_handler import Response

from roundtable.usecases.staff.exporting import Export
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.staff import spreadsheets
from roundtable.web.pages.staff.frame import AtProgram


def csv_file(at: AtProgram, exported: Export) -> Response[bytes]:
    """Return applications as a CSV file."""
    content = spreadsheets.as_csv(at.program, exported.rows)
    return _file(at, exported, content, spreadsheets.CSV, "csv")


def xlsx_file(at: AtProgram, exported: Export) -> Response[bytes]:
    """Return applications as an Excel workbook."""
    content = spreadsheets.as_xlsx(at.program, exported.rows)
    return _file(at, exported, content, spreadsheets.XLSX, "xlsx")


def file_name(program: str, now: datetime, exported: Export, suffix: str) -> str:
    """Return what the file is called; it says where not all fitted in."""
    part = "" if exported.whole else f"-first-{len(exported.rows)}"
    return f"{program}-applications-{now:%Y-%m-%d}{part}.{suffix}"


def _file(
    at: AtProgram, exported: Export, content: bytes, content_type: str, suffix: str
) -> Response[bytes]:
    today = at.present.ports.clock.now().astimezone(at.program.zone)
    name = file_name(at.program.key, today, exported, suffix)
    return Response(
        status_code=200,
        content_type=content_type,
        body=content,
        headers={**page_headers(), "Content-Disposition": f'attachment; filename="{name}"'},
    )
