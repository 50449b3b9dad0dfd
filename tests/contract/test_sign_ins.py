"""One-time codes, sessions, and how often one may ask."""

from datetime import timedelta

from roundtable.ports import MemberSession, Session, SignInCode
from tests.contract.conftest import Store
from tests.factories import NOW, PROGRAM

EMAIL = "ada@stmary.example"
CODE = SignInCode(code_hash="c" * 64, expires_at=NOW + timedelta(minutes=10), attempts_left=3)
SESSION = Session(program=PROGRAM, email=EMAIL, expires_at=NOW + timedelta(hours=1))
HOUR = timedelta(hours=1)


def spend(store: Store, code: str, *, after: timedelta = timedelta(), email: str = EMAIL) -> bool:
    return store.sign_ins.spend_code(PROGRAM, email, code * 64, NOW + after)


def test_spend_code_is_true_once(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE)
    assert spend(store, "c", email=EMAIL.upper())
    assert not spend(store, "c")


def test_spend_code_knows_program_and_address(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE)
    assert not store.sign_ins.spend_code("other", EMAIL, CODE.code_hash, NOW)
    assert not spend(store, "c", email="ben@stmary.example")
    assert spend(store, "c")


def test_spend_code_takes_the_right_code_at_the_last_attempt(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE)
    assert [spend(store, wrong) for wrong in "abc"] == [False, False, True]


def test_spend_code_refuses_the_right_code_after_all_attempts(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE)
    assert [spend(store, code) for code in "abdc"] == [False, False, False, False]


def test_spend_code_refuses_a_code_that_is_over(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE)
    assert not spend(store, "c", after=timedelta(minutes=10))
    assert spend(store, "c", after=timedelta(minutes=10) - timedelta(microseconds=1))


def test_keep_code_voids_the_older_one(store: Store) -> None:
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE.with_(attempts_left=1))
    store.sign_ins.keep_code(PROGRAM, EMAIL, CODE.with_(code_hash="d" * 64))
    assert [spend(store, code) for code in "cd"] == [False, True]


def test_session_lasts_until_it_is_over(store: Store) -> None:
    store.sign_ins.keep_session("t" * 64, SESSION)
    assert store.sign_ins.session("t" * 64, NOW) == SESSION
    assert store.sign_ins.session("u" * 64, NOW) is None
    assert store.sign_ins.session("t" * 64, SESSION.expires_at) is None


def test_session_ends(store: Store) -> None:
    store.sign_ins.keep_session("t" * 64, SESSION)
    store.sign_ins.end_session("t" * 64)
    store.sign_ins.end_session("t" * 64)
    assert store.sign_ins.session("t" * 64, NOW) is None


def test_allow_counts_within_its_window(store: Store) -> None:
    allowed = [store.sign_ins.allow("code", EMAIL, 2, HOUR, NOW) for _ in range(3)]
    assert allowed == [True, True, False]
    assert store.sign_ins.allow("code", "ben@stmary.example", 2, HOUR, NOW)
    assert store.sign_ins.allow("submit", EMAIL, 2, HOUR, NOW)
    last = NOW + HOUR - timedelta(microseconds=1)
    assert not store.sign_ins.allow("code", EMAIL, 2, HOUR, last)
    assert store.sign_ins.allow("code", EMAIL, 2, HOUR, NOW + HOUR)


MEMBER = MemberSession(
    subject="robin",
    email="robin@roundtable.example",
    groups=frozenset({"reviewers", "staff"}),
    checked_at=NOW,
    expires_at=NOW + timedelta(hours=1),
)


def test_member_lasts_until_it_is_over(store: Store) -> None:
    store.sign_ins.keep_member("t" * 64, MEMBER)
    assert store.sign_ins.member("t" * 64, NOW) == MEMBER
    assert store.sign_ins.member("u" * 64, NOW) is None
    assert store.sign_ins.member("t" * 64, MEMBER.expires_at) is None


def test_member_is_no_applicant(store: Store) -> None:
    store.sign_ins.keep_member("t" * 64, MEMBER)
    store.sign_ins.keep_session("u" * 64, SESSION)
    assert store.sign_ins.session("t" * 64, NOW) is None
    assert store.sign_ins.member("u" * 64, NOW) is None


def test_renewed_member_is_the_newest(store: Store) -> None:
    store.sign_ins.keep_member("t" * 64, MEMBER)
    later = MEMBER.with_(groups=frozenset({"reviewers"}), checked_at=NOW + timedelta(minutes=10))
    store.sign_ins.renew_member("t" * 64, later)
    assert store.sign_ins.member("t" * 64, NOW) == later


def test_renewing_does_not_bring_back_who_signed_out(store: Store) -> None:
    store.sign_ins.keep_member("t" * 64, MEMBER)
    store.sign_ins.end_member("t" * 64)
    store.sign_ins.renew_member("t" * 64, MEMBER)
    assert store.sign_ins.member("t" * 64, NOW) is None


def test_end_member_forgets_it(store: Store) -> None:
    store.sign_ins.keep_member("t" * 64, MEMBER)
    store.sign_ins.end_member("t" * 64)
    store.sign_ins.end_member("t" * 64)
    assert store.sign_ins.member("t" * 64, NOW) is None
