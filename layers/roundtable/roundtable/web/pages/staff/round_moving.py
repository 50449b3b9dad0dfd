"""Moving a round from its pages: look at the consequence first, then do it with a reason."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.program import Track
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.staff.overview import TrackCounts, counts
from roundtable.usecases.staff.rounds import (
    RoundMove,
    RoundPatch,
    close_now,
    move_round,
    moves,
    open_now,
    preview_move,
)
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.staff import round_fields
from roundtable.web.pages.staff.actions_pages import version_in
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.round_fields import REASON, Values
from roundtable.web.pages.staff.round_page import (
    OPENING,
    ROUND,
    at_once_page,
    opening_page,
    outrun_page,
    preview_page,
    track_page,
    track_path,
)
from roundtable.web.pages.texts import gettext as _

_LONGEST_REASON = 200


def track_of(at: AtProgram, key: str) -> Track:
    """Return a track of the program; raises Unknown."""
    try:
        return at.program.track(key)
    except KeyError:
        raise Unknown("unknown-track", "This program has no such track.") from None


def previewed(
    at: AtProgram,
    track: Track | None,
    values: Values,
    *,
    reason: str = "",
    problems: tuple[FieldProblem, ...] = (),
) -> Response[str]:
    """Return what a move would change, or the form with what is wrong with it."""
    values = {name: values[name].strip() for name in round_fields.NAMES if values.get(name)}
    try:
        move = preview_move(at.present.ports, at.program.key, _patch(track, values))
    except Invalid as refusal:
        if track:
            return track_page(at, track, values, refusal.problems)
        return opening_page(at, values, refusal.problems)
    tracks = counts(at.present.ports, at.program.key).tracks
    concerned = [item for item in tracks if track is None or item.track == track.key]
    return preview_page(
        at,
        move,
        values,
        track_path(track.key) if track else OPENING,
        counts=concerned[0] if track else None,
        under_way=sum(map(_under_way, concerned)),
        reason=reason,
        problems=problems,
    )


def moved(at: AtProgram, track: Track | None, form: Posted) -> Response[str]:
    """Move what a form says, and show the round; or say why not."""
    values = round_fields.given(form)
    if problems := _reason_problems(form):
        return previewed(at, track, values, reason=form.one(REASON), problems=problems)
    try:
        patch = _patch(track, values)
        return _done(
            at,
            form,
            lambda version: move_round(
                at.present.ports,
                at.program.key,
                patch,
                at.present.caller.as_staff,
                version=version,
                reason=form.one(REASON),
            ),
        )
    except Invalid as refusal:
        if track:
            return track_page(at, track, values, refusal.problems)
        return opening_page(at, values, refusal.problems)


def opened_at_once(at: AtProgram, form: Posted) -> Response[str]:
    """Open the round, and show it; or say why not."""
    if problems := _reason_problems(form):
        return at_once_page(at, None, reason=form.one(REASON), problems=problems)
    return _done(
        at,
        form,
        lambda version: open_now(
            at.present.ports,
            at.program.key,
            at.present.caller.as_staff,
            version=version,
            reason=form.one(REASON),
        ),
    )


def closed_at_once(at: AtProgram, track: Track, form: Posted) -> Response[str]:
    """Close a track, and show the round; or say why not."""
    if problems := _reason_problems(form):
        return at_once_page(at, track, reason=form.one(REASON), problems=problems)
    return _done(
        at,
        form,
        lambda version: close_now(
            at.present.ports,
            at.program.key,
            track.key,
            at.present.caller.as_staff,
            version=version,
            reason=form.one(REASON),
        ),
    )


def _done(at: AtProgram, form: Posted, move: Callable[[int], RoundMove]) -> Response[str]:
    known = version_in(form)
    try:
        done = move(known)
    except (Stale, NotNow) as refusal:
        latest = moves(at.present.ports, at.program.key)
        if _is_mine_already(at, known, form.one(REASON)):
            return see_other(at.path(f"{ROUND}?moved={at.version}"))
        return outrun_page(at, refusal.sentence, latest)
    return see_other(at.path(f"{ROUND}?moved={done.version}"))


def _is_mine_already(at: AtProgram, known: int, reason: str) -> bool:
    """Return whether the very next version is this move of the same person: a second click."""
    last = moves(at.present.ports, at.program.key)[0]
    mine = (known + 1, str(at.present.caller.as_staff), reason)
    return (last.version, last.by, last.reason) == mine


def _patch(track: Track | None, values: Values) -> RoundPatch:
    if track is None:
        return round_fields.opening_patch(values)
    return round_fields.track_patch(track, values)


def _reason_problems(form: Posted) -> tuple[FieldProblem, ...]:
    reason = form.one(REASON)
    if not reason:
        return (FieldProblem(path=REASON, reason=_("Say in a sentence why it moves.")),)
    if len(reason) > _LONGEST_REASON:
        said = _("Say it in %(most)s characters or fewer.") % {"most": _LONGEST_REASON}
        return (FieldProblem(path=REASON, reason=said),)
    return ()


def _under_way(track: TrackCounts) -> int:
    return sum(count for stage, count in track.stages.items() if stage != Stage.CLOSED.value)
