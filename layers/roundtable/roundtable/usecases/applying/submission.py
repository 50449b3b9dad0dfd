"""Submitting: the receipt is durable before the answer, and there is only one."""

import hashlib
from datetime import date, datetime, timedelta

from roundtable.domain.application import Application, Finding, Flag, Form
from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import close_for, in_time, promised_day
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.notices import NoticeKind
from roundtable.domain.organizations import organization_key
from roundtable.domain.program import Program, TeamRequirement, Track
from roundtable.domain.reference import reference_number
from roundtable.domain.requirements import form_problems, present_findings
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.messages.facts import ReceiptFacts, StaffAlertFacts
from roundtable.ports import AlreadyThere, Conflict, IdempotencyRecord, NotFound, Ports
from roundtable.usecases.errors import Invalid, KeyReused, NotNow, Unknown
from roundtable.usecases.findings import failing, items
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step

KEEP_ANSWERS = timedelta(days=7)
"""How long the answer to an idempotency key is kept."""


class Receipt(Record):
    """The acknowledgement: what was received, when, and what is still missing."""

    application: str
    reference: str
    received_at: Instant
    track: Key
    missing: tuple[Finding, ...]
    promise: date | None
    """Local day by whose end the applicant hears."""


def submit(ports: Ports, application_id: str, actor: Actor, *, idempotency_key: str) -> Receipt:
    """Receive a draft; the same application always gives the same receipt.

    Raises Invalid with every problem of the form (the draft is kept), NotNow when no track
    it is for takes applications any more, KeyReused when the key was used for another one.
    The receipt time is the moment of the call, however often the writing has to be repeated.
    """
    key = _key(f"{actor}/{idempotency_key}")
    now = ports.clock.now()

    def attempt() -> Receipt:
        application = ports.applications.get(application_id)
        answered = ports.applications.answered(key)
        if answered is not None and answered.application != application_id:
            raise KeyReused(
                "idempotency-key-reused",
                "This Idempotency-Key was used for another application. Send a new key.",
            )
        if application.submitted:
            return _receipt(application)
        if application.stage is not Stage.DRAFT:
            raise NotNow("not-a-draft", "This application was closed and cannot be submitted.")
        step = Step(ports, application, actor, now)
        return _submit(ports, step, key, _key(application_id))

    try:
        return again_on_conflict(attempt)
    except AlreadyThere:
        return attempt()


def receive(
    ports: Ports,
    program_key: str,
    form: Form,
    actor: Actor,
    *,
    idempotency_key: str,
    body_hash: str,
) -> Receipt:
    """Receive a complete application that a web form sends in one request.

    Without a key of its own, the same body within a week counts as the same request.
    Raises Unknown, Invalid, NotNow or KeyReused as `submit` does.
    """
    key = _key(f"{actor}/{program_key}/{idempotency_key or body_hash}")
    now = ports.clock.now()

    def attempt() -> Receipt:
        answered = ports.applications.answered(key)
        if answered is not None:
            if answered.body_hash != body_hash:
                raise KeyReused(
                    "idempotency-key-reused",
                    "This Idempotency-Key was sent before with another body. Send a new key.",
                )
            return _receipt(ports.applications.get(answered.application))
        try:
            number, program = ports.rounds.newest(program_key)
        except NotFound:
            raise Unknown("unknown-program", f"There is no program '{program_key}'.") from None
        if form.contact is None:
            raise Invalid("invalid-form", "The form is not complete.", form_problems(program, form))
        application = new_application(ports, program, number, form.contact.email, form, now)
        return _submit(ports, Step(ports, application, actor, now), key, body_hash)

    try:
        return again_on_conflict(attempt)
    except AlreadyThere:
        return attempt()


def new_application(
    ports: Ports, program: Program, number: int, owner: str, form: Form, now: datetime
) -> Application:
    """Return a draft that was not written yet, with its id and reference number."""
    first = next((track.key for track in program.tracks if track.key in form.tracks), None)
    return Application(
        id=ports.randomness.ulid(now),
        reference=reference_number(program.reference_prefix, ports.randomness.bits(48)),
        program=program.key,
        program_version=number,
        owner=owner.lower(),
        form=form,
        track=first or program.tracks[0].key,
        created_at=now,
        updated_at=now,
    )


def _submit(ports: Ports, step: Step, key: str, body_hash: str) -> Receipt:
    program = step.program
    form = step.after.form
    problems = form_problems(program, form)
    if problems:
        raise Invalid("invalid-form", "The application cannot be received yet.", problems)
    track = _track_to_enter(step)
    documents = ports.applications.documents(step.after.id) if step.before.version else ()
    if step.before.version == 0:
        step.record("application_started", program=program.key)
    step.move(
        Stage.CHECKING,
        track=track.key,
        received_at=step.now,
        promise=promised_day(program, track, step.now),
        run=step.after.run + 1,
        program_version=ports.rounds.newest(program.key)[0],
    )
    step.set(findings=present_findings(program, track, step.after, documents))
    _raise_flags(ports, step, track)
    step.record("application_submitted", track=track.key, received_at=step.now.isoformat())
    missing = failing(step.after.findings)
    step.notify(
        NoticeKind.RECEIPT,
        ReceiptFacts(missing=items(track, missing), until=close_for(program, track, step.after)),
    )
    step.remember(
        IdempotencyRecord(
            key=key,
            body_hash=body_hash,
            application=step.after.id,
            expires_at=step.now + KEEP_ANSWERS,
        )
    )
    return _receipt(step.commit())


def _track_to_enter(step: Step) -> Track:
    """Return the first track of interest, in the program's order, that is open now."""
    program, now = step.program, step.now
    wanted = [track for track in program.tracks if track.key in step.after.form.tracks]
    for track in wanted:
        if in_time(program, track, now, step.after):
            return track
    if now < program.opens_at:
        raise NotNow(
            "not-open-yet",
            f"Applications are received from {_say(program, program.opens_at)}. "
            "Your draft is kept.",
        )
    closed = ", ".join(
        f"{track.name} closed {_say(program, close_for(program, track, step.after), last=True)}"
        for track in wanted
    )
    still = [track.name for track in program.tracks if in_time(program, track, now, step.after)]
    hint = f" {' and '.join(still)} is still open: choose it to apply." if still else ""
    raise NotNow("closed", f"{closed}. Your draft is kept.{hint}")


def _say(program: Program, moment: datetime, *, last: bool = False) -> str:
    shown = (moment - timedelta(seconds=1) if last else moment).astimezone(program.zone)
    return f"{shown:%B} {shown.day}, {shown.year} at {shown:%H:%M:%S %Z}"


def _raise_flags(ports: Ports, step: Step, track: Track) -> None:
    """Tell staff about a second application of an organization and a team of unusual size."""
    flags = list(step.after.flags)
    organization = step.after.form.organization
    if organization is not None:
        others = [
            other
            for other in ports.applications.of_organization(
                step.after.program, organization_key(organization.name)
            )
            if other.id != step.after.id and other.closed_as is not ClosedAs.WITHDRAWN
        ]
        if others:
            references = ", ".join(sorted(other.reference for other in others))
            detail = f"The same organization applied as {references}."
            flags.append(
                Flag(kind="duplicate_organization", detail=detail[:200], raised_at=step.now)
            )
            step.record("duplicate_organization_flagged", others=[item.id for item in others])
            step.notify(
                NoticeKind.STAFF_ALERT,
                StaffAlertFacts(reason="Possibly the same organization twice", detail=detail),
                number="duplicate",
                to="staff",
            )
    for finding in step.after.findings:
        requirement = track.requirement(finding.requirement)
        if isinstance(requirement, TeamRequirement) and finding.verdict is Verdict.FAIL:
            flags.append(Flag(kind="team_size", detail=finding.reason[:200], raised_at=step.now))
    step.set(flags=tuple(flags))


def _receipt(application: Application) -> Receipt:
    if application.received_at is None:
        raise Conflict(application.id)
    return Receipt(
        application=application.id,
        reference=application.reference,
        received_at=application.received_at,
        track=application.track,
        missing=failing(application.findings),
        promise=application.promise,
    )


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
