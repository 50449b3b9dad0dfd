"""The application's time: shown, set, moved on, and what is due done now."""

from __future__ import annotations

from datetime import timedelta

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from local.clock import ZONE, parse_local_time
from local.desk.desk import Desk
from local.desk.frame import desk_of, desk_page, form_of
from local.problem import CannotGoOnError
from roundtable.web.pages.fields import Field, summary
from roundtable.web.pages.page import see_other

router = Router()
PATH = "/time"
STEPS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


@router.get(PATH, include_in_schema=False, enable_validation=False)
def get_time() -> Response[str]:
    """Show the time."""
    return _page(desk_of(router))


@router.post(PATH, include_in_schema=False, enable_validation=False)
def post_time() -> Response[str]:
    """Set the time."""
    form = form_of(router)
    given = form.one("at")
    try:
        at = parse_local_time(given)
    except CannotGoOnError:
        error = "Write it like 2022-10-21 23:50"
        return _page(desk_of(router), given=given, error=error, status=422)
    desk_of(router).move_to(at)
    return see_other(PATH)


@router.post(f"{PATH}/on", include_in_schema=False, enable_validation=False)
def post_on() -> Response[str]:
    """Move the time on by a step."""
    step = STEPS.get(form_of(router).one("by"))
    if step:
        desk_of(router).move_on(step)
    return see_other(PATH)


@router.post(f"{PATH}/due", include_in_schema=False, enable_validation=False)
def post_due() -> Response[str]:
    """Have done what is due now."""
    form_of(router)
    desk_of(router).catch_up()
    return see_other(PATH)


def _page(desk: Desk, *, given: str = "", error: str = "", status: int = 200) -> Response[str]:
    now = desk.time.now()
    field = Field(
        name="at",
        label="Set it to",
        hint="On the clocks of New York, such as 2022-10-21 23:50",
        values=(given or f"{now.astimezone(ZONE):%Y-%m-%d %H:%M}",),
        error=error,
        width="20",
    )
    return desk_page(
        router,
        "time.html",
        "Time",
        PATH,
        status=status,
        errors=summary([field]),
        now=now,
        zone=ZONE,
        field=field,
        steps=list(STEPS),
    )
