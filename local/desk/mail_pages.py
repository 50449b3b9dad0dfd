"""The kept mail: a list, each mail with its code large, and its files."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote, unquote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from local.desk.desk import code_in
from local.desk.frame import desk_of, desk_page
from local.mailbox import Mail
from roundtable.usecases.errors import Unknown
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.page import HTML

router = Router()
_IN_A_FRAME = {
    **page_headers(),
    # Whatever a mail says, it runs no code, sends no form and loads nothing.
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@router.get("/", include_in_schema=False, enable_validation=False)
def get_mails() -> Response[str]:
    """List the mail, newest first."""
    to = router.current_event.query_string_parameters.get("to", "")
    mails = [(mail, address_of(mail), code_in(mail)) for mail in desk_of(router).mails(to)]
    return desk_page(router, "mails.html", "Mail", "/", mails=mails, to=to)


@router.get("/mails/<message_id>", include_in_schema=False, enable_validation=False)
def get_mail(message_id: str) -> Response[str]:
    """Show one mail."""
    mail = _found(message_id)
    path = address_of(mail)
    return desk_page(
        router, "mail.html", mail.subject, path, mail=mail, code=code_in(mail), address=path
    )


@router.get("/mails/<message_id>/html", include_in_schema=False, enable_validation=False)
def get_html(message_id: str) -> Response[str]:
    """Show a mail's HTML by itself, for the frame of its page."""
    return Response(
        status_code=HTTPStatus.OK,
        content_type=HTML,
        body=_found(message_id).html,
        headers=dict(_IN_A_FRAME),
    )


@router.get("/mails/<message_id>/files/<number>", include_in_schema=False, enable_validation=False)
def get_file(message_id: str, number: str) -> Response[str | bytes]:
    """Hand out a file that came with a mail, for keeping, never for showing."""
    files = _found(message_id).attachments
    if not number.isdecimal() or int(number) >= len(files):
        raise Unknown("unknown-file", "This mail has no such file.")
    file = files[int(number)]
    return Response(
        status_code=HTTPStatus.OK,
        content_type="application/octet-stream",
        body=file.content,
        headers={
            **page_headers(),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        },
    )


def address_of(mail: Mail) -> str:
    """Return the path of a mail's page."""
    return f"/mails/{quote(mail.message_id, safe='')}"


def _found(message_id: str) -> Mail:
    mail = desk_of(router).mail_of(unquote(message_id))
    if mail is None:
        raise Unknown("unknown-mail", "There is no such mail.")
    return mail
