import re
from urllib.parse import parse_qs, urlsplit

import pytest

from roundtable.ports import Identified
from roundtable.usecases.hosted_sign_in import (
    Attempt,
    SignInFailed,
    begin_sign_in,
    challenge_of,
    finish_sign_in,
)
from tests.fakes import FakePorts

BACK = "https://apply.example.org/staff/signed-in"
STATE, VERIFIER = "s" * 43, "v" * 43
SAM = Identified(subject="subject-1", email="sam@roundtable.example")


@pytest.fixture
def ports() -> FakePorts:
    made = FakePorts()
    made.directory.invite(SAM.email, "Sam", "staff")
    return made


def finish(ports: FakePorts, attempt: Attempt, state: str, code: str) -> str:
    return finish_sign_in(ports, attempt, state=state, code=code, back_to=BACK, before="")


def test_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_attempt_is_new_each_time_and_its_verifier_is_not_told(ports: FakePorts) -> None:
    attempt, address = begin_sign_in(ports, back_to=BACK)
    other, _ = begin_sign_in(ports, back_to=BACK)
    secrets = [attempt.state, attempt.verifier, other.state, other.verifier]
    assert len(set(secrets)) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in secrets)
    asked = parse_qs(urlsplit(address).query)
    assert asked["state"] == [attempt.state]
    assert asked["code_challenge"] == [challenge_of(attempt.verifier)]
    assert attempt.verifier not in address


@pytest.mark.parametrize(
    ("state", "verifier", "given"),
    [
        ("", "", ""),
        (STATE, "", STATE),
        ("", VERIFIER, ""),
        (STATE, VERIFIER, ""),
        (STATE, VERIFIER, VERIFIER),
        (STATE, VERIFIER, "é" * 43),
        (STATE, "v", STATE),
        (STATE, VERIFIER + "\n", STATE),
        ("s", VERIFIER, "s"),
    ],
)
def test_only_who_was_sent_comes_back(
    ports: FakePorts, state: str, verifier: str, given: str
) -> None:
    code = ports.hosted_sign_in.signs_in(SAM, challenge=challenge_of(verifier), back_to=BACK)
    with pytest.raises(SignInFailed):
        finish(ports, Attempt(state=state, verifier=verifier), given, code)
    assert ports.sign_ins.members == {}
