"""The lists of applications, notices and reviews that the indexes of the table keep."""

from collections.abc import Sequence
from datetime import datetime

from roundtable.domain.application import Application
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.organizations import organization_key
from roundtable.domain.reviews import Review, ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.ports import DueItem, Page
from tests.fakes.pages import page

NOT_LISTED = frozenset({NoticeStatus.SENT, NoticeStatus.DELIVERED})


class FakeLists:
    """The part of `FakeApplications` that finds records by something else than their key."""

    def __init__(self) -> None:
        self._applications: dict[str, Application] = {}
        self._reviews: dict[tuple[str, str, int, str], Review] = {}
        self._notices: dict[tuple[str, str], Notice] = {}

    def in_stage(
        self,
        program: str,
        stage: Stage,
        *,
        track: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Application]:
        found = (
            ((_iso(item.received_at or item.created_at), item.id), item)
            for item in self._applications.values()
            if item.program == program and item.stage is stage and track in {None, item.track}
        )
        return page(f"stage/{program}/{stage}/{track}", found, limit, cursor)

    def of_organization(self, program: str, organization_key: str) -> tuple[Application, ...]:
        return tuple(
            item
            for _, item in sorted(self._applications.items())
            if item.program == program and _organization(item) == organization_key
        )

    def due(
        self,
        until: datetime,
        *,
        program: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Page[DueItem]:
        owners = [
            *((item.id, "", item) for item in self._applications.values()),
            *((item.application, item.key, item) for item in self._notices.values()),
        ]
        found = (
            ((_iso(item.due.at), key, notice), DueItem(key, item.due.at, item.due.action, notice))
            for key, notice, item in owners
            if item.due and item.due.at <= until and program in {None, item.program}
        )
        return page(f"due/{program}", found, limit, cursor)

    def in_need(
        self, program: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Application]:
        found = (
            ((_iso(item.help.since), item.id), item)
            for item in self._applications.values()
            if item.help and item.program == program
        )
        return page(f"help/{program}", found, limit, cursor)

    def outbox(
        self, program: str, status: NoticeStatus, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Notice]:
        if status in NOT_LISTED:
            raise ValueError("notices sent or delivered are not listed")
        found = (
            ((_iso(item.created_at), item.application, item.key), item)
            for item in self._notices.values()
            if item.program == program and item.status is status
        )
        return page(f"outbox/{program}/{status}", found, limit, cursor)

    def queue(self, reviewer: str, *, limit: int = 50, cursor: str | None = None) -> Page[Review]:
        found = (
            ((_iso(item.due_at), item.application, item.track, f"{item.round:03}"), item)
            for item in self._reviews.values()
            if item.reviewer == reviewer and item.status is ReviewStatus.ASSIGNED
        )
        return page(f"queue/{reviewer}", found, limit, cursor)

    def given_reviews(
        self, reviewer: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Review]:
        found = (
            (
                (_newest_first(item.submitted_at), item.application, item.track, str(item.round)),
                item,
            )
            for item in self._reviews.values()
            if item.reviewer == reviewer and item.given and item.submitted_at
        )
        return page(f"given/{reviewer}", found, limit, cursor)

    def open_reviews(self, reviewers: Sequence[str]) -> dict[str, int]:
        assigned = [
            item.reviewer for item in self._reviews.values() if item.status is ReviewStatus.ASSIGNED
        ]
        return {reviewer: assigned.count(reviewer) for reviewer in reviewers}


def _organization(application: Application) -> str | None:
    organization = application.form.organization
    return organization_key(organization.name) if application.submitted and organization else None


def _iso(moment: datetime) -> str:
    return f"{moment.timestamp():020.6f}"


def _newest_first(moment: datetime) -> str:
    return f"{10**12 - moment.timestamp():020.6f}"
