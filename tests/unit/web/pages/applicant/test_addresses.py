import pytest

from roundtable.web.pages.applicant.addresses import code_path, led_on_to, sign_in_path


def test_addresses_carry_where_to_go_on() -> None:
    assert sign_in_path("fellowship") == "/programs/fellowship/sign-in"
    assert sign_in_path("fellowship", "/a?b=c&d") == (
        "/programs/fellowship/sign-in?next=%2Fa%3Fb%3Dc%26d"
    )
    assert sign_in_path("fellowship", signed_out=True) == (
        "/programs/fellowship/sign-in?signed-out=yes"
    )
    assert code_path("fellowship", "/a", sent_again=True) == (
        "/programs/fellowship/sign-in/code?next=%2Fa&again=yes"
    )


@pytest.mark.parametrize(
    ("given", "led"),
    [
        ("/programs/fellowship/applications", True),
        ("/programs/fellowship/applications/FW-1/status?a=b", True),
        ("/programs/fellowship", False),
        ("/programs/fellowship/", False),
        ("/programs/fellowship-2/applications", False),
        ("//programs/fellowship/applications", False),
        ("/programs/fellowship/\nSet-Cookie:", False),
        ("https://evil.example/programs/fellowship/", False),
        ("", False),
    ],
)
def test_led_on_to_pages_of_the_program_alone(given: str, led: bool) -> None:
    assert led_on_to(given, "fellowship") == (given if led else "")
