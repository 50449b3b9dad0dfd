"""One-time codes, sessions and attempts in the table."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from roundtable.adapters.table import keys
from roundtable.adapters.table.marshalling import (
    Item,
    expiry,
    iso,
    number,
    number_of,
    record,
    record_of,
    text,
)
from roundtable.adapters.table.table import Table
from roundtable.adapters.table.writes import PRESENT, Delete, Put, Update, key
from roundtable.ports import Conflict, MemberSession, Session, SignInCode, SignIns

_CODE = "CODE"
_SESSION = "SESSION"
_MEMBER = "MEMBER"


class TableSignIns(SignIns):
    """Sign-ins, under hashes only. Every method raises Unavailable while nothing answers."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep_code(self, program: str, email: str, code: SignInCode) -> None:
        """Keep a code; an older one for the same address and program is void."""
        self._table.write(
            Put(
                {
                    **key(keys.sign_in(program, email), _CODE),
                    "code_hash": text(code.code_hash),
                    "expires_at": text(iso(code.expires_at)),
                    "attempts_left": number(code.attempts_left),
                    "expires": expiry(code.expires_at),
                }
            )
        )

    def spend_code(self, program: str, email: str, code_hash: str, now: datetime) -> bool:
        """Use a code up: True once for the right code in time; a wrong one costs an attempt.

        The attempt is paid before the code is compared, so that guesses made at once are no
        more than the attempts allowed. The comparison is the condition of the deletion: of two
        that bring the right code one is told True. An answer lost on the way costs the code.
        """
        pk = keys.sign_in(program, email)
        pay = Update(
            pk,
            _CODE,
            "SET #attempts_left = #attempts_left - :one",
            {":one": number(1), ":none": number(0), ":now": text(iso(now))},
            "#attempts_left > :none AND #expires_at > :now",
            Conflict("there is no code to try"),
        )
        spend = Delete(
            pk,
            _CODE,
            "#code_hash = :code_hash",
            {":code_hash": text(code_hash)},
            Conflict("the code is another"),
        )
        try:
            self._table.write(pay)
            self._table.write(spend)
        except Conflict:
            return False
        return True

    def keep_session(self, token_hash: str, session: Session) -> None:
        """Keep a session."""
        item = {"record": record(session), "expires": expiry(session.expires_at)}
        self._table.write(Put(key(keys.session(token_hash), _SESSION) | item))

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """Return the session of a token, unless it is unknown or over."""
        item = self._table.get(keys.session(token_hash), _SESSION)
        session = record_of(item, Session) if item else None
        return session if session and session.expires_at > now else None

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        self._table.write(Delete(keys.session(token_hash), _SESSION))

    def keep_member(self, token_hash: str, session: MemberSession) -> None:
        """Keep the session of a reviewer or member of staff."""
        self._table.write(Put(_member(token_hash, session)))

    def renew_member(self, token_hash: str, session: MemberSession) -> None:
        """Keep what is newly known of a session; one that ended meanwhile stays ended."""
        ended = Conflict("the session has ended")
        with suppress(Conflict):
            self._table.write(Put(_member(token_hash, session), PRESENT, refused=ended))

    def member(self, token_hash: str, now: datetime) -> MemberSession | None:
        """Return the session of a token, unless it is unknown or over."""
        item = self._table.get(keys.session(token_hash), _MEMBER)
        session = record_of(item, MemberSession) if item else None
        return session if session and session.expires_at > now else None

    def end_member(self, token_hash: str) -> None:
        """Forget the session of a reviewer or member of staff."""
        self._table.write(Delete(keys.session(token_hash), _MEMBER))

    def allow(
        self, action: str, subject: str, limit: int, window: timedelta, now: datetime
    ) -> bool:
        """Count an attempt; return whether it is within the limit of its window.

        Windows follow one another from the start of 1970 (UTC); each length has its own.
        """
        seconds = int(window.total_seconds())
        begun = int(now.timestamp()) // seconds * seconds
        over_at = datetime.fromtimestamp(begun + seconds, UTC)
        counted = self._table.write(
            Update(
                keys.rate(action, subject),
                f"{seconds}#{begun}",
                "ADD #attempts :one SET #expires = :expires",
                {":one": number(1), ":expires": expiry(over_at)},
            )
        )
        return number_of(counted, "attempts") <= limit


def _member(token_hash: str, session: MemberSession) -> Item:
    item = {"record": record(session), "expires": expiry(session.expires_at)}
    return key(keys.session(token_hash), _MEMBER) | item
