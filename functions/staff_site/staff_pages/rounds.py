"""The round: its dates and seats, moving them, who moved what."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.form_keys import create_form_key
from roundtable.usecases.staff.overview import counts
from roundtable.usecases.staff.rounds import moves
from roundtable.web.pages.staff import round_fields
from roundtable.web.pages.staff.form_key_page import (
    LABEL,
    form_key_page,
    label_problems,
    made_page,
)
from roundtable.web.pages.staff.frame import at_program, form_at_program
from roundtable.web.pages.staff.round_moving import (
    closed_at_once,
    moved,
    opened_at_once,
    previewed,
    track_of,
)
from roundtable.web.pages.staff.round_page import (
    at_once_page,
    opening_page,
    round_page,
    track_page,
)

router = Router()
ROUND = "/staff/programs/<program>/round"
TRACK = f"{ROUND}/tracks/<track>"


@router.get(ROUND, include_in_schema=False, enable_validation=False)
def get_round(program: str) -> Response[str]:
    """Show the round."""
    at = at_program(router, program)
    done = router.current_event.query_string_parameters.get("moved") == str(at.version)
    ports = at.present.ports
    return round_page(at, counts(ports, program), moves(ports, program), moved=done)


@router.get(f"{ROUND}/opening", include_in_schema=False, enable_validation=False)
def get_opening(program: str) -> Response[str]:
    """Ask when the round opens."""
    at = at_program(router, program)
    return opening_page(at, round_fields.present_opening(at.program))


@router.get(f"{ROUND}/opening/preview", include_in_schema=False, enable_validation=False)
def get_opening_preview(program: str) -> Response[str]:
    """Show what another opening would change."""
    at = at_program(router, program)
    return previewed(at, None, router.current_event.query_string_parameters)


@router.post(f"{ROUND}/opening", include_in_schema=False, enable_validation=False)
def post_opening(program: str) -> Response[str]:
    """Move the opening."""
    at, form = form_at_program(router, program)
    return moved(at, None, form)


@router.get(f"{ROUND}/opening-now", include_in_schema=False, enable_validation=False)
def get_opening_now(program: str) -> Response[str]:
    """Ask whether to open the round now."""
    return at_once_page(at_program(router, program), None)


@router.post(f"{ROUND}/opening-now", include_in_schema=False, enable_validation=False)
def post_opening_now(program: str) -> Response[str]:
    """Open the round now."""
    at, form = form_at_program(router, program)
    return opened_at_once(at, form)


@router.get(TRACK, include_in_schema=False, enable_validation=False)
def get_track(program: str, track: str) -> Response[str]:
    """Ask for a track's dates and seats."""
    at = at_program(router, program)
    found = track_of(at, track)
    return track_page(at, found, round_fields.present_track(found))


@router.get(f"{TRACK}/preview", include_in_schema=False, enable_validation=False)
def get_track_preview(program: str, track: str) -> Response[str]:
    """Show what other dates and seats would change."""
    at = at_program(router, program)
    return previewed(at, track_of(at, track), router.current_event.query_string_parameters)


@router.post(TRACK, include_in_schema=False, enable_validation=False)
def post_track(program: str, track: str) -> Response[str]:
    """Move a track's dates and seats."""
    at, form = form_at_program(router, program)
    return moved(at, track_of(at, track), form)


@router.get(f"{TRACK}/closing", include_in_schema=False, enable_validation=False)
def get_closing(program: str, track: str) -> Response[str]:
    """Ask whether to close a track now."""
    at = at_program(router, program)
    return at_once_page(at, track_of(at, track))


@router.post(f"{TRACK}/closing", include_in_schema=False, enable_validation=False)
def post_closing(program: str, track: str) -> Response[str]:
    """Close a track now."""
    at, form = form_at_program(router, program)
    return closed_at_once(at, track_of(at, track), form)


@router.get(f"{ROUND}/form-keys", include_in_schema=False, enable_validation=False)
def get_form_key(program: str) -> Response[str]:
    """Ask for which form a key is made."""
    return form_key_page(at_program(router, program))


@router.post(f"{ROUND}/form-keys", include_in_schema=False, enable_validation=False)
def post_form_key(program: str) -> Response[str]:
    """Make a key and tell it, this once."""
    at, form = form_at_program(router, program)
    label = form.one(LABEL)
    if problems := label_problems(form):
        return form_key_page(at, label, problems)
    ports, actor = at.present.ports, at.present.caller.as_staff
    return made_page(at, create_form_key(ports, program, actor, label=label))
