import pytest

from roundtable.web.pages.cookies import LANGUAGE, SESSION, cookie, forgotten


def test_cookie_is_for_this_host_alone() -> None:
    assert str(cookie(SESSION, "abc", seconds=60)) == (
        "__Host-session=abc; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax"
    )


def test_cookie_without_a_time_ends_with_the_browser() -> None:
    assert str(cookie(LANGUAGE, "es")) == (
        "__Host-language=es; Path=/; HttpOnly; Secure; SameSite=Lax"
    )


def test_forgotten_cookie_ends_at_once() -> None:
    assert str(forgotten(SESSION)) == (
        "__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"
    )


def test_cookie_without_the_prefix_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with __Host-"):
        cookie("session", "abc")


@pytest.mark.parametrize("value", ["a;b", "a b", "a\r\nSet-Cookie: b", "a,b", '"a"', "ä"])
def test_cookie_whose_value_breaks_out_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="made of letters"):
        cookie(SESSION, value)
