"""The mail with a one-time code."""

from datetime import timedelta

from inline_snapshot import snapshot

from roundtable.messages.sign_in import render_sign_in
from tests.factories import make_program
from tests.unit.messages.samples import SITE, words


def test_code_is_told_in_the_body_alone() -> None:
    shown = render_sign_in(
        "48151623", make_program(), site_url=SITE, valid_for=timedelta(minutes=10)
    )

    assert "48151623" not in shown.subject
    assert "<strong>48151623</strong>" in shown.html
    assert words(shown) == snapshot("""\
Subject: Your code to sign in to Fellowship 2022

Hello,

Here is your code to sign in to Fellowship 2022:

48151623

Type it on the page where you asked for it (https://apply.example.org/programs/fellowship). It
can be used once, within 10 minutes.

If you did not ask for a code, you can ignore this message. Please do not pass the code on:
nobody from Fellowship Office will ask you for it.

Fellowship Office\
""")
