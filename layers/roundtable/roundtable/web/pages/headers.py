"""The security headers of pages."""

from collections.abc import Sequence

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null` with our own forms, and the check of
    # the origin (see `csrf`) would refuse them. Other sites learn nothing either way.
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PERSONAL = "no-store"
"""Cache-Control of what is meant for one person."""
FOR_A_MINUTE = "public, max-age=60"
"""Cache-Control of what is the same for everybody who reads the same language."""


def page_headers(
    *, bucket: str = "", sends_to: Sequence[str] = (), cache_control: str = PERSONAL
) -> dict[str, str]:
    """Return the headers of a page.

    `bucket` is the origin of the documents' bucket (`https://….amazonaws.com`) on pages that
    upload to it or show images from it. `sends_to` are further origins at which a form of the
    page may end, by itself or by a redirect, such as the hosted sign-in.
    """
    return {
        **_FIXED,
        "Content-Security-Policy": content_policy(bucket=bucket, sends_to=sends_to),
        "Cache-Control": cache_control,
    }


def public_headers() -> dict[str, str]:
    """Return the headers of a page that is the same for everybody who reads the same language.

    It is kept for a minute, and asked for anew when the visitor chooses another language (a
    cookie) or their browser wants one.
    """
    return {
        **page_headers(cache_control=FOR_A_MINUTE),
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }


def content_policy(*, bucket: str = "", sends_to: Sequence[str] = ()) -> str:
    """Return the content security policy: only our own files, nothing written into the page."""
    ours = ["'self'", *([bucket] if bucket else [])]
    rules = {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": [*ours, "data:"],
        "connect-src": ours,
        "form-action": [*ours, *sends_to],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
