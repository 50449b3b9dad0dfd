"""Signing in by a one-time code sent by e-mail: no passwords, and no account to be found out."""

import hashlib
import hmac
from datetime import timedelta

from pydantic import EmailStr, TypeAdapter, ValidationError

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.model import Instant, Record
from roundtable.domain.requirements import FieldProblem
from roundtable.messages.sign_in import render_sign_in
from roundtable.ports import Message, Ports, Session, SignInCode
from roundtable.texts.languages import SOURCE_LANGUAGE
from roundtable.usecases.applying.description import published
from roundtable.usecases.errors import Invalid, Refused, TooMany

CODE_DIGITS = 8
CODE_VALID_FOR = timedelta(minutes=10)
CODE_ATTEMPTS = 5
SESSION_LASTS = timedelta(hours=12)
TOKEN_BITS = 256

WINDOW = timedelta(minutes=15)
CODES_PER_EMAIL = 5
CODES_PER_ADDRESS = 300
TRIES_PER_EMAIL = 15
TRIES_PER_ADDRESS = 300
"""Attempts within a window. Many applicants of one institution share one network address."""

_ADDRESS: TypeAdapter[str] = TypeAdapter(EmailStr)


class NotSignedIn(Refused):
    """The caller is not signed in, or no longer."""


class CodeSent(Record):
    """The answer to everybody who asks for a code, whether the address is known or not."""

    expires_at: Instant
    digits: int = CODE_DIGITS


class SignedIn(Record):
    """A bearer token, shown once, and until when it is good."""

    token: str
    expires_at: Instant


def typed_address(text: str) -> str:
    """Return an e-mail address as somebody typed it; raises Invalid where it is none."""
    if not text.strip():
        raise _invalid("address-missing", "/email", "Give your e-mail address.")
    try:
        return _ADDRESS.validate_python(text.strip())
    except ValidationError:
        raise _invalid("no-address", "/email", "This is no e-mail address.") from None


def typed_code(text: str) -> str:
    """Return a code as somebody typed it; raises Invalid where nothing was typed."""
    if not text.strip():
        raise _invalid("code-missing", "/code", "Give the code that was sent to you.")
    return text.strip()


def ask_for_code(
    ports: Ports, program_key: str, email: str, *, source: str, language: str = SOURCE_LANGUAGE
) -> CodeSent:
    """Send a code to an address; known and unknown ones get the same answer and the same mail.

    `source` is the caller's network address, `language` the one of the mail. An older code is
    void. Raises Unknown for the program, TooMany, or Invalid where no mail can be sent to the
    address.
    """
    _, program = published(ports, program_key)
    email = email.strip().lower()
    now = ports.clock.now()
    _limit(ports, "ask-address", source, CODES_PER_ADDRESS)
    _limit(ports, "ask-email", f"{program.key}/{email}", CODES_PER_EMAIL)
    code = f"{ports.randomness.bits(64) % 10**CODE_DIGITS:0{CODE_DIGITS}}"
    expires_at = now + CODE_VALID_FOR
    ports.sign_ins.keep_code(
        program.key,
        email,
        SignInCode(
            code_hash=_code_hash(program.key, email, code),
            expires_at=expires_at,
            attempts_left=CODE_ATTEMPTS,
        ),
    )
    mail = render_sign_in(
        code, program, site_url=ports.site_url, valid_for=CODE_VALID_FOR, language=language
    )
    try:
        ports.mailer.send(
            Message(
                to=(email,),
                sender_name=program.organizer.name,
                reply_to=program.organizer.email,
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                tags={},
            )
        )
    except ValueError:
        raise _invalid("no-mail", "/email", "No mail can be sent to this address.") from None
    return CodeSent(expires_at=expires_at)


def confirm_code(ports: Ports, program_key: str, email: str, code: str, *, source: str) -> SignedIn:
    """Use a code up and open a session of 12 hours.

    Raises Invalid for a code that is wrong, expired or used; which of them is not told.
    """
    _, program = published(ports, program_key)
    email = email.strip().lower()
    now = ports.clock.now()
    _limit(ports, "confirm-address", source, TRIES_PER_ADDRESS)
    _limit(ports, "confirm-email", f"{program.key}/{email}", TRIES_PER_EMAIL)
    typed = "".join(sign for sign in code if sign.isalnum())
    given = _code_hash(program.key, email, typed)
    if not ports.sign_ins.spend_code(program.key, email, given, now):
        reason = (
            f"This code is wrong, was used, or is older than {CODE_VALID_FOR.seconds // 60} "
            "minutes. Ask for a new one."
        )
        raise _invalid("code-refused", "/code", reason)
    token = f"{ports.randomness.bits(TOKEN_BITS):0{TOKEN_BITS // 4}x}"
    expires_at = now + SESSION_LASTS
    session = Session(program=program.key, email=email, expires_at=expires_at)
    ports.sign_ins.keep_session(_token_hash(token), session)
    return SignedIn(token=token, expires_at=expires_at)


def who(ports: Ports, token: str) -> Session:
    """Return the session of a bearer token; raises NotSignedIn."""
    session = ports.sign_ins.session(_token_hash(token), ports.clock.now()) if token else None
    if session is None:
        raise NotSignedIn("not-signed-in", "Sign in with a code sent to your e-mail address.")
    return session


def sign_out(ports: Ports, token: str) -> None:
    """End a session; ending it again changes nothing."""
    if token:
        ports.sign_ins.end_session(_token_hash(token))


def applicant(application: Application) -> Actor:
    """Return the applicant as the audit names them: by their application, never by address."""
    return Actor(kind="applicant", id=application.id)


def _invalid(code: str, path: str, reason: str) -> Invalid:
    return Invalid(code, reason, [FieldProblem(path=path, reason=reason)])


def _limit(ports: Ports, action: str, subject: str, limit: int) -> None:
    subject_hash = hashlib.sha256(subject.encode()).hexdigest()
    if not ports.sign_ins.allow(action, subject_hash, limit, WINDOW, ports.clock.now()):
        raise TooMany(
            "too-many-attempts",
            f"Too many attempts. Try again in {WINDOW.seconds // 60} minutes.",
        )


def _code_hash(program: str, email: str, code: str) -> str:
    return hmac.new(f"{program}/{email}".encode(), code.encode(), hashlib.sha256).hexdigest()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
