"""Applications for a spreadsheet: what the lists show, without anything about a person."""

from roundtable.domain.model import Record
from roundtable.ports import Ports
from roundtable.usecases.staff.finding import Wanted, every
from roundtable.usecases.staff.overview import ApplicationRow

MOST_ROWS = 5_000
MOST_BYTES = 3_000_000
"""Of what was written by people. An answer of the gateway holds 6 MB after it was encoded."""


class Export(Record):
    """Rows of a list."""

    rows: tuple[ApplicationRow, ...]
    whole: bool
    """Whether these are all that were wanted."""


def export(ports: Ports, program_key: str, wanted: Wanted) -> Export:
    """Return all applications that are wanted, up to what fits; raises Unknown."""
    rows: list[ApplicationRow] = []
    left = MOST_BYTES
    for item in every(ports, program_key, wanted):
        left -= len(item.organization.encode()) + len(item.help.encode())
        if len(rows) == MOST_ROWS or left < 0:
            return Export(rows=tuple(rows), whole=False)
        rows.append(item)
    return Export(rows=tuple(rows), whole=True)
