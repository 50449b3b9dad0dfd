"""The table: applications, rounds, sign-ins and the virtual clock, on one DynamoDB table."""

from roundtable.adapters.table.applications import TableApplications
from roundtable.adapters.table.clock import SystemClock, VirtualClock
from roundtable.adapters.table.rounds import TableRounds
from roundtable.adapters.table.sign_ins import TableSignIns
from roundtable.adapters.table.table import Table

__all__ = [
    "SystemClock",
    "Table",
    "TableApplications",
    "TableRounds",
    "TableSignIns",
    "VirtualClock",
]
