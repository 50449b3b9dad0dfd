"""One-time codes, sessions and attempts in memory."""

from collections import Counter
from datetime import datetime, timedelta

from roundtable.ports import MemberSession, Session, SignInCode, SignIns


class FakeSignIns(SignIns):
    """Sign-ins in dictionaries."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], SignInCode] = {}
        self.sessions: dict[str, Session] = {}
        self.members: dict[str, MemberSession] = {}
        self._attempts: Counter[tuple[str, str, int, float]] = Counter()

    def keep_code(self, program: str, email: str, code: SignInCode) -> None:
        self.codes[program, email.lower()] = code

    def spend_code(self, program: str, email: str, code_hash: str, now: datetime) -> bool:
        key = (program, email.lower())
        code = self.codes.get(key)
        if code is None or code.expires_at <= now or code.attempts_left < 1:
            return False
        if code.code_hash == code_hash:
            del self.codes[key]
            return True
        self.codes[key] = code.with_(attempts_left=code.attempts_left - 1)
        return False

    def keep_session(self, token_hash: str, session: Session) -> None:
        self.sessions[token_hash] = session

    def session(self, token_hash: str, now: datetime) -> Session | None:
        session = self.sessions.get(token_hash)
        return session if session and session.expires_at > now else None

    def end_session(self, token_hash: str) -> None:
        self.sessions.pop(token_hash, None)

    def keep_member(self, token_hash: str, session: MemberSession) -> None:
        self.members[token_hash] = session

    def renew_member(self, token_hash: str, session: MemberSession) -> None:
        if token_hash in self.members:
            self.members[token_hash] = session

    def member(self, token_hash: str, now: datetime) -> MemberSession | None:
        session = self.members.get(token_hash)
        return session if session and session.expires_at > now else None

    def end_member(self, token_hash: str) -> None:
        self.members.pop(token_hash, None)

    def allow(
        self, action: str, subject: str, limit: int, window: timedelta, now: datetime
    ) -> bool:
        seconds = window.total_seconds()
        key = (action, subject, int(now.timestamp() // seconds), seconds)
        self._attempts[key] += 1
        return self._attempts[key] <= limit
