from datetime import timedelta

import pytest

from roundtable.ports import Identified, Unavailable
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.members import end_session, member_of, open_session, token_hash
from tests.factories import NOW
from tests.fakes import FakePorts

ADDRESS = "robin@roundtable.example"
REVIEWER = frozenset({"reviewers"})


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


@pytest.fixture
def token(ports: FakePorts) -> str:
    """The token of somebody who reviews."""
    subject = ports.directory.invite(ADDRESS, "Robin", "reviewers")
    return open_session(ports, Identified(subject=subject, email=ADDRESS))


def test_session_is_kept_under_the_hash_of_a_long_token(ports: FakePorts, token: str) -> None:
    assert len(token) == 64
    assert list(ports.sign_ins.members) == [token_hash(token)]
    session = member_of(ports, token)
    assert (session.email, session.groups) == (ADDRESS, REVIEWER)
    assert session.expires_at == NOW + timedelta(hours=8)


def test_tokens_differ(ports: FakePorts, token: str) -> None:
    who = Identified(subject="subject-1", email=ADDRESS)
    assert open_session(ports, who) != token


def test_nobody_is_found_without_the_right_token(ports: FakePorts, token: str) -> None:
    for other in ("", token[:-1], token_hash(token)):
        with pytest.raises(NotSignedIn):
            member_of(ports, other)


def test_session_is_over_after_eight_hours(ports: FakePorts, token: str) -> None:
    ports.clock.advance(hours=8)
    with pytest.raises(NotSignedIn):
        member_of(ports, token)


def test_pool_is_asked_again_after_ten_minutes_only(ports: FakePorts, token: str) -> None:
    ports.directory.asked.clear()
    ports.clock.advance(minutes=9, seconds=59)
    member_of(ports, token)
    assert ports.directory.asked == []
    ports.clock.advance(seconds=1)
    assert member_of(ports, token).checked_at == ports.clock.now()
    member_of(ports, token)
    assert ports.directory.asked == ["subject-1"]


def test_who_leaves_a_group_is_out_of_it_within_ten_minutes(ports: FakePorts, token: str) -> None:
    ports.directory.groups = {"reviewers": set(), "staff": {"subject-1"}}
    ports.clock.advance(minutes=10)
    assert member_of(ports, token).groups == frozenset({"staff"})
    ports.directory.groups = {}
    ports.clock.advance(minutes=10)
    assert member_of(ports, token).groups == frozenset()


def test_who_is_removed_is_signed_out_within_ten_minutes(ports: FakePorts, token: str) -> None:
    ports.directory.barred.add("subject-1")
    ports.clock.advance(minutes=10)
    with pytest.raises(NotSignedIn):
        member_of(ports, token)
    assert ports.sign_ins.members == {}


def test_session_holds_for_an_hour_without_word_of_the_pool(ports: FakePorts, token: str) -> None:
    ports.directory.is_down = True
    ports.clock.advance(minutes=59, seconds=59)
    assert member_of(ports, token).groups == REVIEWER
    ports.clock.advance(seconds=1)
    with pytest.raises(Unavailable):
        member_of(ports, token)
    ports.directory.is_down = False
    assert member_of(ports, token).groups == REVIEWER


def test_session_ends(ports: FakePorts, token: str) -> None:
    end_session(ports, token)
    end_session(ports, token)
    end_session(ports, "")
    assert ports.sign_ins.members == {}


def test_nobody_unknown_to_the_pool_gets_a_session(ports: FakePorts) -> None:
    with pytest.raises(NotSignedIn):
        open_session(ports, Identified(subject="gone", email=ADDRESS))
    assert ports.sign_ins.members == {}
