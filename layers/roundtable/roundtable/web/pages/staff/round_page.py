"""The round of a program: its dates and seats, what a move would change, who moved what."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.program import Track
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.staff.overview import RoundCounts, TrackCounts
from roundtable.usecases.staff.rounds import Moved, RoundMove
from roundtable.web.pages.fields import Field, summary, with_errors
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import members_page
from roundtable.web.pages.staff import round_fields
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.round_fields import Values
from roundtable.web.pages.staff.round_words import change_in_words, move_in_words
from roundtable.web.pages.texts import gettext as _

ROUND = "/round"
OPENING, OPENING_NOW = f"{ROUND}/opening", f"{ROUND}/opening-now"


def track_path(key: str) -> str:
    """Return where a track is moved, below the program's own path."""
    return f"{ROUND}/tracks/{key}"


def round_page(
    at: AtProgram, counts: RoundCounts, moves: Sequence[Moved], *, moved: bool = False
) -> Response[str]:
    """Return the round's dates and seats, and who moved what."""
    subject = at.present.session.subject
    said = _("The round was moved. Whoever is concerned is treated by the new dates from now on.")
    banner = Banner(text=said, success=True) if moved else None
    return members_page(
        at.present,
        "staff/round.html",
        at.layout(_("Round"), ROUND, banner=banner),
        at=at,
        now=at.present.ports.clock.now(),
        tracks=list(zip(at.program.tracks, counts.tracks, strict=True)),
        moves=[move_in_words(item, at.program, subject) for item in moves],
        paths={track.key: at.path(track_path(track.key)) for track in at.program.tracks},
        opening=at.path(OPENING),
        opening_now=at.path(OPENING_NOW),
    )


def opening_page(
    at: AtProgram, values: Values, problems: Sequence[FieldProblem] = ()
) -> Response[str]:
    """Return the form about when the round opens."""
    fields = round_fields.opening_fields(values)
    return _form_page(at, None, _("When the round opens"), OPENING, fields, problems)


def track_page(
    at: AtProgram, track: Track, values: Values, problems: Sequence[FieldProblem] = ()
) -> Response[str]:
    """Return the form about a track's dates and seats."""
    fields = round_fields.track_fields(track, values)
    title = _("%(track)s: dates and seats") % {"track": track.name}
    return _form_page(at, track, title, track_path(track.key), fields, problems)


def preview_page(
    at: AtProgram,
    move: RoundMove,
    values: Values,
    below: str,
    *,
    counts: TrackCounts | None = None,
    under_way: int = 0,
    reason: str = "",
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return what a move would change, and ask whether to do it.

    `under_way` is how many applications are treated by it that were begun already.
    """
    (field,) = with_errors([round_fields.reason_field(reason)], problems)
    return members_page(
        at.present,
        "staff/round_preview.html",
        at.layout(
            _("Move the round?"),
            below,
            back=at.path(below),
            errors=summary([field], problems),
        ),
        status=422 if problems else 200,
        at=at,
        move=move,
        changes=[change_in_words(item, at.program) for item in move.changes],
        counts=counts,
        under_way=under_way,
        field=field,
        values=values,
        action=at.path(below),
    )


def at_once_page(
    at: AtProgram,
    track: Track | None,
    *,
    reason: str = "",
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return the question whether to open the round, or to close a track, this minute."""
    (field,) = with_errors([round_fields.reason_field(reason)], problems)
    below = f"{track_path(track.key)}/closing" if track else OPENING_NOW
    title = _("Close %(track)s now?") % {"track": track.name} if track else _("Open the round now?")
    return members_page(
        at.present,
        "staff/round_at_once.html",
        at.layout(title, below, back=at.path(ROUND), errors=summary([field], problems)),
        status=422 if problems else 200,
        at=at,
        track=track,
        field=field,
        action=at.path(below),
    )


def outrun_page(at: AtProgram, sentence: str, moves: Sequence[Moved]) -> Response[str]:
    """Return that somebody else moved the round meanwhile or that it is too late, and what it is.

    `sentence` is the use case's own, in English.
    """
    subject = at.present.session.subject
    return members_page(
        at.present,
        "staff/round_outrun.html",
        at.layout(_("Nothing was moved"), ROUND, back=at.path(ROUND)),
        status=412,
        at=at,
        sentence=sentence,
        moves=[move_in_words(item, at.program, subject) for item in moves[:1]],
    )


def _form_page(
    at: AtProgram,
    track: Track | None,
    title: str,
    below: str,
    fields: Sequence[Field],
    problems: Sequence[FieldProblem],
) -> Response[str]:
    shown = with_errors(fields, round_fields.placed(problems, track))
    return members_page(
        at.present,
        "staff/round_form.html",
        at.layout(
            title,
            below,
            back=at.path(ROUND),
            errors=summary(shown, round_fields.placed(problems, track)),
        ),
        status=422 if problems else 200,
        at=at,
        fields=shown,
        types=round_fields.input_types(track),
        action=at.path(f"{below}/preview"),
    )
