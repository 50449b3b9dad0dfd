import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.web.pages.csrf import SALT_BYTES, comes_from_us, csrf_token, is_csrf_token

SALT, OTHER_SALT = bytes(SALT_BYTES), b"x" * SALT_BYTES
ORIGIN = "https://apply.example.org"


def test_token_of_a_session_is_taken() -> None:
    assert is_csrf_token(csrf_token("session", SALT), "session")
    assert is_csrf_token(csrf_token("session", OTHER_SALT), "session")


def test_token_with_another_salt_looks_different() -> None:
    assert csrf_token("session", SALT) != csrf_token("session", OTHER_SALT)


def test_token_does_not_hold_the_session() -> None:
    assert "session" not in csrf_token("session", SALT)


def test_token_of_another_session_is_refused() -> None:
    assert not is_csrf_token(csrf_token("mallory", SALT), "ada")


def test_token_without_a_session_is_refused() -> None:
    assert not is_csrf_token("", "")
    assert not is_csrf_token(csrf_token("ada", SALT), "")
    with pytest.raises(ValueError, match="a token is made for a session"):
        csrf_token("", SALT)


def test_token_that_was_changed_is_refused() -> None:
    token = csrf_token("ada", SALT)
    for place, letter in enumerate(token[:-1]):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        assert not is_csrf_token(changed, "ada")


@given(st.text(max_size=100))
def test_token_from_elsewhere_is_refused(token: str) -> None:
    assert not is_csrf_token(token, "ada")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN},
        {"sec-fetch-site": "none", "origin": ORIGIN},
        {"sec-fetch-site": "same-origin"},
        {"origin": ORIGIN},
        {"origin": "https://APPLY.example.org"},
    ],
)
def test_request_of_our_own_page_is_taken(headers: dict[str, str]) -> None:
    assert comes_from_us(headers, origin=ORIGIN)
    assert comes_from_us(headers, origin=f"{ORIGIN}/")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"referer": f"{ORIGIN}/"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://apply.example.org"},
        {"origin": "https://apply.example.org.evil.example"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site", "origin": ORIGIN},
        {"sec-fetch-site": "same-site", "origin": ORIGIN},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": ""},
    ],
)
def test_request_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    assert not comes_from_us(headers, origin=ORIGIN)
