"""A page as an answer."""

from collections.abc import Mapping, Sequence

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.web.pages import texts
from roundtable.web.pages.environment import environment
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.layout import Layout

HTML = "text/html; charset=utf-8"
SEE_OTHER = 303


def render(template: str, layout: Layout, **facts: object) -> str:
    """Return a page in the language spoken now (see `texts.speaking`).

    Raises UndefinedError where the template names a fact that was not given.
    """
    return environment().get_template(template).render(layout=layout, **_frame(), **facts)


def page(
    template: str,
    layout: Layout,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    cookies: Sequence[Cookie] = (),
    **facts: object,
) -> Response[str]:
    """Return a page as an answer, compressed where the browser takes that.

    `headers` are those of `page_headers` with its arguments; without them, those of a personal
    page that uploads nothing.
    """
    return Response(
        status_code=status,
        content_type=HTML,
        body=render(template, layout, **facts),
        headers={**(headers or page_headers()), "Content-Language": texts.language()},
        cookies=list(cookies),
        compress=True,
    )


def see_other(path: str, *, cookies: Sequence[Cookie] = ()) -> Response[str]:
    """Send the browser to a page after a form was taken, so that loading again sends nothing.

    Raises ValueError for anything but a path of this site.
    """
    if not is_own_path(path):
        raise ValueError("only paths of this site")
    return Response(
        status_code=SEE_OTHER,
        content_type=HTML,
        body="",
        headers={**page_headers(), "Location": path},
        cookies=list(cookies),
    )


def is_own_path(path: str) -> bool:
    """Return whether a text is a path of this site, and cannot be read as another site's address.

    Browsers read a second slash or backslash as the beginning of a host and drop control
    characters.
    """
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.isprintable()
        and path.isascii()
    )


def _frame() -> dict[str, object]:
    spoken = texts.language()
    return {
        "language": spoken,
        "direction": texts.direction(spoken),
        "languages": texts.LANGUAGES,
    }
