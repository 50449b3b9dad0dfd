"""Drafts: begun, saved as often as one likes, read at any time, and lost to nothing."""

import hashlib
import re
from datetime import datetime, timedelta

from roundtable.domain.application import Application, Form
from roundtable.domain.deadlines import enterable_tracks, last_close
from roundtable.domain.program import Program
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import AlreadyThere, Conflict, IdempotencyRecord, NotFound, Ports, Session
from roundtable.texts.languages import SOURCE_LANGUAGE
from roundtable.usecases.applying.description import published
from roundtable.usecases.applying.mending import mend
from roundtable.usecases.applying.sign_in import applicant
from roundtable.usecases.applying.submission import new_application
from roundtable.usecases.errors import NotNow, Stale, TooMany, Unknown
from roundtable.usecases.following.moments import deadline, moment
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, program_of

MOST_APPLICATIONS = 20
"""Of one address in one program."""
_START_ONCE_WITHIN = timedelta(hours=1)
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def is_application_id(text: str) -> bool:
    """Return whether a text can be the id of an application at all."""
    return _ULID.fullmatch(text) is not None


def own(ports: Ports, session: Session, application_id: str) -> Application:
    """Return the caller's application; another's is Unknown, just as one that does not exist."""
    if is_application_id(application_id):
        try:
            application = ports.applications.get(application_id)
        except NotFound:
            pass
        else:
            mine = application.owner.lower() == session.email.lower()
            if mine and application.program == session.program:
                return application
    raise Unknown("unknown-application", "There is no such application of yours.")


def mine(ports: Ports, session: Session) -> tuple[Application, ...]:
    """Return the caller's applications to the program signed in for, newest first."""
    return ports.applications.of_owner(session.program, session.email)


def refuse_other_program(session: Session, program_key: str) -> None:
    """Raise Unknown for a program other than the one signed in for."""
    if session.program != program_key:
        raise Unknown("unknown-program", "You are not signed in for such a program.")


def start(
    ports: Ports, session: Session, form: Form, *, language: str = SOURCE_LANGUAGE
) -> tuple[Application, bool]:
    """Begin an application, or return the draft that is open already; whether it is new.

    An open draft that is still empty takes the form given. `language` is the one in which the
    applicant reads; notices are written in it. Raises NotNow before the opening (saying when it
    is) and after the last close.
    """
    number, program = published(ports, session.program)
    now = ports.clock.now()
    before = mine(ports, session)
    for application in before:
        if application.stage is Stage.DRAFT and now < last_close(
            program_of(ports, application), application
        ):
            if application.form == Form() and form != Form():
                revision = application.form_revision
                saved = save(
                    ports, session, application.id, form, revision=revision, language=language
                )
                return saved, False
            return application, False
    refuse_unless_open(program, now)
    if len(before) >= MOST_APPLICATIONS:
        raise TooMany("too-many-applications", "This address has begun too many applications.")
    application = new_application(ports, program, number, session.email, form, now)
    application = application.with_(language=language)
    step = Step(ports, application, applicant(application), now)
    step.set(track=_track(program, form, application, now))
    step.record("application_started", program=program.key)
    key = f"start/{program.key}/{session.email}/{len(before)}"
    once = hashlib.sha256(key.encode()).hexdigest()
    step.remember(
        IdempotencyRecord(
            key=once, body_hash="", application=application.id, expires_at=now + _START_ONCE_WITHIN
        )
    )
    try:
        return step.commit(), True
    except AlreadyThere:
        answered = ports.applications.answered(once)
        if answered is None:
            # Then it was the reference number, by chance: another one will do.
            raise Conflict("this reference number is taken") from None
        return own(ports, session, answered.application), False


def save(
    ports: Ports,
    session: Session,
    application_id: str,
    form: Form,
    *,
    revision: int,
    language: str = "",
) -> Application:
    """Replace the form of a draft, or mend what was returned; the same form again is no change.

    `language` is the one in which the applicant reads now; without it the former stays. Raises
    Stale with the newest revision if somebody saved since `revision` was read, NotNow once it was
    submitted or the last track has closed.
    """

    def attempt() -> Application:
        application = own(ports, session, application_id)
        if application.form == form:
            return application
        if revision != application.form_revision:
            newest = f"Revision {application.form_revision} is the newest; read it again."
            raise Stale(
                "stale-revision",
                f"This application was changed meanwhile, and nothing was overwritten. {newest}",
                [FieldProblem(path="/revision", reason=newest)],
            )
        step = Step(ports, application, applicant(application))
        if application.stage is Stage.CORRECTIONS:
            return mend(step, form)
        _refuse_unless_draft(step)
        step.set(
            form=form,
            form_revision=application.form_revision + 1,
            language=language or application.language,
            track=_track(step.program, form, application, step.now),
        )
        return step.commit()

    return again_on_conflict(attempt)


def not_submitted(program: Program, application: Application, now: datetime) -> bool:
    """Return whether an application is a draft that missed its last deadline."""
    if application.stage is Stage.DRAFT:
        return now >= last_close(program, application)
    return application.closed_as is ClosedAs.NOT_SUBMITTED


def refuse_unless_open(program: Program, now: datetime) -> None:
    """Raise NotNow before the opening and after the last close of a program."""
    if now < program.opens_at:
        opens = moment(program, program.opens_at).local
        raise NotNow("not-open-yet", f"Applications are received from {opens}.")
    if not enterable_tracks(program, now):
        closed = deadline(program, max(program.closes_at(track) for track in program.tracks))
        raise NotNow("closed", f"This round closed: {closed.local}.")


def _refuse_unless_draft(step: Step) -> None:
    if step.after.submitted:
        raise NotNow(
            "already-submitted",
            "This application was received and its form cannot change any more.",
        )
    if not_submitted(step.program, step.after, step.now):
        closed = deadline(step.program, last_close(step.program, step.after)).local
        raise NotNow("closed", f"This round closed: {closed}. Your draft is kept as it is.")
    if step.after.stage is not Stage.DRAFT:
        raise NotNow("not-a-draft", "This application was closed.")


def _track(program: Program, form: Form, application: Application, now: datetime) -> str:
    """Return the first track of interest that can still be entered, in the program's order."""
    wanted = [track.key for track in program.tracks if track.key in form.tracks]
    enterable = [track.key for track in enterable_tracks(program, now, application)]
    return next((key for key in wanted if key in enterable), wanted[0] if wanted else "") or (
        application.track
    )
