"""Lists as files. Nothing changes, so that a GET does; who took a list stands in the log."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.exporting import Export, export
from roundtable.web.pages.staff.exports import csv_file, xlsx_file
from roundtable.web.pages.staff.filters import wanted_in
from roundtable.web.pages.staff.frame import AtProgram, at_program

router = Router()
logger = Logger(service="roundtable", child=True)


@router.get(
    "/staff/programs/<program>/exports/applications.csv",
    include_in_schema=False,
    enable_validation=False,
)
def get_csv(program: str) -> Response[bytes]:
    """Give the applications that are wanted as CSV."""
    return csv_file(*_exported(program))


@router.get(
    "/staff/programs/<program>/exports/applications.xlsx",
    include_in_schema=False,
    enable_validation=False,
)
def get_xlsx(program: str) -> Response[bytes]:
    """Give the applications that are wanted as an Excel workbook."""
    return xlsx_file(*_exported(program))


def _exported(program: str) -> tuple[AtProgram, Export]:
    at = at_program(router, program)
    wanted = wanted_in(router.current_event.query_string_parameters, at.program)
    exported = export(at.present.ports, program, wanted)
    logger.info(
        "list exported",
        extra={
            "program": at.program.key,
            "by": str(at.present.caller.as_staff),
            "rows": len(exported.rows),
        },
    )
    return at, exported
