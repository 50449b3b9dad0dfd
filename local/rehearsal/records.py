"""What the table holds at one moment, read as an administrator."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from local.cloud import Cloud
from local.rehearsal.invariants import Evidence
from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.notices import Notice
from roundtable.domain.program import Program
from roundtable.domain.seats import Seats


class Records:
    """The items of the table, by kind."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._table = cloud.physical_name("Table")
        self._dynamodb = cloud.client("dynamodb")
        self._busy = ""

    def items(self) -> list[dict[str, Any]]:
        """Return every item of the table."""
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True
        )
        return [item for page in pages for item in page["Items"]]

    def earliest_due(self) -> datetime | None:
        """Return the first due time in the index, or None if nothing is due at all."""
        found: list[str] = []
        for shard in range(4):
            answer = self._dynamodb.query(
                TableName=self._table,
                IndexName="due",
                KeyConditionExpression="due_pk = :shard",
                ExpressionAttributeValues={":shard": {"S": f"DUE#{shard}"}},
                Limit=1,
            )
            found += [item["due_sk"]["S"].partition("#")[0] for item in answer["Items"]]
        return datetime.fromisoformat(min(found)) if found else None

    def notices_on_their_way(self, program: str) -> int:
        """Return how many notices are queued or being sent."""
        return sum(
            self._dynamodb.query(
                TableName=self._table,
                IndexName="attention",
                KeyConditionExpression="attention_pk = :list",
                ExpressionAttributeValues={":list": {"S": f"{program}#notice#{status}"}},
                Select="COUNT",
            )["Count"]
            for status in ("queued", "sending")
        )

    def first_at_work(self, program: str, stages: frozenset[str]) -> str | None:
        """Return an application that stands in one of these stages, or None.

        Looks first where the last one was found, and stops at the first: each look is a request
        that the emulator has to answer beside its work.
        """
        partitions = [
            f"{program}#{stage}#{shard}" for stage in sorted(stages) for shard in range(4)
        ]
        partitions.sort(key=lambda partition: partition != self._busy)
        for partition in partitions:
            found = self._dynamodb.query(
                TableName=self._table,
                IndexName="stage",
                KeyConditionExpression="stage_pk = :list",
                ExpressionAttributeValues={":list": {"S": partition}},
                ProjectionExpression="pk",
                Limit=1,
            )["Items"]
            if found:
                self._busy = partition
                return str(found[0]["pk"]["S"]).removeprefix("APP#")
        return None

    def evidence(
        self,
        *,
        now: datetime,
        program: Program,
        holidays: frozenset[date],
        receipts: tuple[str, ...],
        mails: tuple[tuple[str, str], ...],
    ) -> Evidence:
        """Return all that the invariants look at."""
        applications: list[Application] = []
        events: dict[str, list[AuditEvent]] = defaultdict(list)
        notices: list[Notice] = []
        seats: list[Seats] = []
        for item in self.items():
            kind = item["sk"]["S"].partition("#")[0]
            if kind == "META":
                applications.append(Application.model_validate_json(item["record"]["S"]))
            elif kind == "EVENT":
                event = AuditEvent.model_validate_json(item["record"]["S"])
                events[event.application].append(event)
            elif kind == "NOTICE":
                notices.append(Notice.model_validate_json(item["record"]["S"]))
            elif kind == "SEATS" and item["pk"]["S"] == f"ROUND#{program.key}":
                seats.append(_seats(program.key, item))
        of_program = [item for item in applications if item.program == program.key]
        return Evidence(
            now=now,
            program=program,
            holidays=holidays,
            receipts=receipts,
            applications=tuple(of_program),
            events={key: tuple(value) for key, value in events.items()},
            notices=tuple(notices),
            mails=mails,
            running=self.running(),
            seats=tuple(seats),
        )

    def running(self) -> tuple[str, ...]:
        """Return the names of the executions that run."""
        machine = self._cloud.outputs["StateMachineArn"]
        pages = (
            self._cloud.client("stepfunctions")
            .get_paginator("list_executions")
            .paginate(stateMachineArn=machine, statusFilter="RUNNING")
        )
        return tuple(one["name"] for page in pages for one in page["executions"])


def _seats(program: str, item: dict[str, Any]) -> Seats:
    numbers = {name: int(item[name]["N"]) for name in ("capacity", "taken", "open", "reserved")}
    return Seats(program=program, track=item["sk"]["S"].removeprefix("SEATS#"), **numbers)
