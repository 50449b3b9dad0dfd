"""The dates of an application as a calendar file."""

from collections.abc import Iterator
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.deadlines import close_for
from roundtable.messages.session_calendar import DateToKeep, calendar_of_dates
from roundtable.usecases.applying.form_pages import chosen_tracks
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.texts import gettext as _


def dates_file(view: Standing) -> Response[str]:
    """Return what is due, the promise and the sessions, for a calendar."""
    file = calendar_of_dates(view.program, view.now, tuple(_dates(view)))
    headers = {
        **page_headers(),
        "Content-Disposition": f'attachment; filename="{file.file_name}"',
    }
    return Response(HTTPStatus.OK, file.content_type, file.content.decode(), dict(headers))


def _dates(view: Standing) -> Iterator[DateToKeep]:
    application, program = view.application, view.program
    until = view.missing_until()
    if not application.submitted:
        for track in chosen_tracks(program, application.form):
            yield DateToKeep(
                name=f"close/{track.key}",
                title=_("Last moment to submit: %(track)s") % {"track": track.name},
                at=close_for(program, track, application),
            )
    elif until is not None:
        yield DateToKeep(
            name=f"missing/{application.reference}",
            title=_("Last moment for what is missing"),
            at=until.at,
        )
    if application.promise is not None:
        yield DateToKeep(
            name=f"promise/{application.reference}",
            title=_("You hear from us by the end of this day"),
            at=application.promise,
        )
