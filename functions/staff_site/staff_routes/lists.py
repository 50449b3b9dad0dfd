"""Lists of applications, a page at a time, without identity data."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from roundtable.domain.model import Instant, Record
from roundtable.domain.stages import Stage
from roundtable.usecases.staff.overview import (
    ApplicationRow,
    DueRow,
    by_due,
    by_organization,
    by_stage,
    in_need,
)
from roundtable.web.api import ports_of
from staff_routes.bodies import Cursor, Limit

router = Router()
TAGS = ["Staff: applications"]


class ApplicationList(Record):
    """A page of applications; the cursor goes on where it ends."""

    items: tuple[ApplicationRow, ...]
    cursor: str | None


class DueList(Record):
    """A page of what is due, the longest due first."""

    items: tuple[DueRow, ...]
    cursor: str | None


@router.get(
    "/api/staff/programs/<program>/applications", summary="Applications of a stage", tags=TAGS
)
def list_by_stage(
    program: str,
    stage: Stage,
    track: Annotated[str | None, Query(max_length=63)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ApplicationList:
    """Return applications of a stage by receipt time."""
    page = by_stage(ports_of(router), program, stage, track=track, limit=limit, cursor=cursor)
    return ApplicationList(items=page.items, cursor=page.cursor)


@router.get("/api/staff/programs/<program>/due", summary="What is due", tags=TAGS)
def list_by_due(
    program: str,
    until: Annotated[Instant | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DueList:
    """Return what is due until an instant, or within the next seven days."""
    page = by_due(ports_of(router), program, until=until, limit=limit, cursor=cursor)
    return DueList(items=page.items, cursor=page.cursor)


@router.get("/api/staff/programs/<program>/organizations", summary="An organization's", tags=TAGS)
def list_by_organization(
    program: str, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> ApplicationList:
    """Return an organization's applications, however its name is written."""
    return ApplicationList(items=by_organization(ports_of(router), program, name), cursor=None)


@router.get("/api/staff/programs/<program>/attention", summary="What is stuck", tags=TAGS)
def list_in_need(program: str, limit: Limit = 50, cursor: Cursor = None) -> ApplicationList:
    """Return applications whose workflow asks for help, longest waiting first."""
    page = in_need(ports_of(router), program, limit=limit, cursor=cursor)
    return ApplicationList(items=page.items, cursor=page.cursor)
