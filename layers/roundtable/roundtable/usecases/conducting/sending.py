"""The outbox: each notice leaves once, and what became of it is known."""

from pydantic import ValidationError

from roundtable.domain.application import Application
from roundtable.domain.notices import Notice, NoticeKind, NoticeStatus, SentWords, fitting
from roundtable.domain.program import Program
from roundtable.messages.facts import StaffAlertFacts
from roundtable.messages.render import RenderedNotice, render
from roundtable.ports import Conflict, Message, NotFound, Ports, Unavailable
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, confirm_due, program_of, system

MOST_ATTEMPTS = 20
"""After so many refusals of the mail service, about five hours, staff are asked."""


def send(ports: Ports, application_id: str, key: str, *, release: bool = False) -> NoticeStatus:
    """Send one notice unless it was sent; return where it stands afterwards.

    A held notice leaves only with `release`, and not while a person holds it. The row says
    `sending` before the mail service is asked, so that a crash in between is found by the clock
    and never doubles a message.
    Raises Unavailable when the mail service throttles; the notice then waits to be sent again,
    until it was refused so often that staff must know.
    """
    notice = ports.applications.notice(application_id, key)
    waiting = {NoticeStatus.QUEUED, NoticeStatus.HELD} if release else {NoticeStatus.QUEUED}
    if notice.status not in waiting or notice.held_by:
        return notice.status
    now = ports.clock.now()
    sending = _next(
        notice,
        status=NoticeStatus.SENDING,
        sending_since=now,
        attempts=notice.attempts + 1,
        due=confirm_due(now),
    )
    try:
        ports.applications.keep_notice(sending)
    except Conflict:
        return ports.applications.notice(application_id, key).status
    application = ports.applications.get(application_id)
    program = program_of(ports, application)
    try:
        rendered = render(sending, application, program, site_url=ports.site_url, now=now)
        message = _message(ports, sending, application, program, rendered)
        message_id = ports.mailer.send(message)
    except Unavailable:
        if sending.attempts >= MOST_ATTEMPTS:
            undelivered(ports, sending, "The mail service refused it for hours.")
            return NoticeStatus.UNDELIVERED
        # One that was held waits for the workflow to come again, not for the clock.
        again = None if notice.status is NoticeStatus.HELD else confirm_due(now)
        ports.applications.keep_notice(_next(sending, status=notice.status, due=again))
        raise
    except ValidationError:  # its words would quote what is in the facts
        undelivered(ports, sending, "It could not be written: its facts do not fit its kind.")
        return NoticeStatus.UNDELIVERED
    except (ValueError, NotFound) as error:
        undelivered(ports, sending, f"It could not be sent: {error}")
        return NoticeStatus.UNDELIVERED
    words = SentWords(
        to=message.to[0],
        language=rendered.language,
        subject=rendered.subject,
        text=rendered.text,
    )
    ports.applications.keep_notice(
        _next(
            sending,
            status=NoticeStatus.SENT,
            sent_at=now,
            words=words,
            message_id=message_id,
            due=None,
        )
    )
    return NoticeStatus.SENT


def undelivered(ports: Ports, notice: Notice, problem: str) -> None:
    """Mark a notice as undelivered and give staff the task to reach the applicant otherwise.

    Both are written at once. The second contact gets the notice instead, if there is one. An
    alert that cannot be delivered itself raises no further alert.
    """

    def attempt() -> None:
        now_stored = ports.applications.notice(notice.application, notice.key)
        if now_stored.status is NoticeStatus.UNDELIVERED:
            return
        if now_stored.version != notice.version:
            raise Conflict(notice.key)
        step = Step(ports, ports.applications.get(notice.application), system("send_notice"))
        step.put_notice(notice.with_(status=NoticeStatus.UNDELIVERED, problem=problem, due=None))
        step.record("notice_undelivered", notice=notice.key)
        if notice.kind is not NoticeKind.STAFF_ALERT:
            _reach_otherwise(step, notice, problem)
        step.commit()

    again_on_conflict(attempt)


def _reach_otherwise(step: Step, notice: Notice, problem: str) -> None:
    step.notify(
        NoticeKind.STAFF_ALERT,
        StaffAlertFacts(reason="A notice was not delivered", detail=f"{notice.key}: {problem}"),
        number=fitting(f"undelivered:{notice.kind}:{notice.number}"),
        to="staff",
    )
    if notice.to == "applicant" and step.after.form.second_contact is not None:
        step.put_notice(
            Notice(
                application=notice.application,
                program=notice.program,
                kind=notice.kind,
                number=fitting(f"{notice.number}:second"),
                to="second_contact",
                facts=notice.facts,
                created_at=step.now,
                due=confirm_due(step.now),
            )
        )


def confirm(ports: Ports, application_id: str, key: str) -> NoticeStatus:
    """Look after a notice that should have left by now (called by the clock).

    A queued one is queued anew: its event was lost, or sending failed for a while. One that was
    being sent is never sent again without a person: whether it left is not known. One that is
    not due is left alone: the index is behind, and it may be on its way right now.
    """
    notice = ports.applications.notice(application_id, key)
    now = ports.clock.now()
    if notice.due is None or notice.due.at > now:
        return notice.status
    if notice.status is NoticeStatus.QUEUED:
        ports.applications.keep_notice(_next(notice, due=confirm_due(now)))
    if notice.status is NoticeStatus.SENDING:
        undelivered(ports, notice, "It may have been sent: the service's answer was lost.")
        return NoticeStatus.UNDELIVERED
    return notice.status


def record_delivery(
    ports: Ports, application_id: str, key: str, *, delivered: bool, problem: str = ""
) -> None:
    """Record what the mail service said about a notice after it left."""
    notice = ports.applications.notice(application_id, key)
    if notice.status in {NoticeStatus.UNDELIVERED, NoticeStatus.CANCELLED}:
        return
    if delivered:
        if notice.status is not NoticeStatus.DELIVERED:
            ports.applications.keep_notice(
                _next(
                    notice,
                    status=NoticeStatus.DELIVERED,
                    sent_at=notice.sent_at or ports.clock.now(),
                    due=None,
                )
            )
        return
    undelivered(ports, notice, problem)


def _next(notice: Notice, **changes: object) -> Notice:
    return notice.with_(version=notice.version + 1, **changes)


def _message(
    ports: Ports,
    notice: Notice,
    application: Application,
    program: Program,
    rendered: RenderedNotice,
) -> Message:
    return Message(
        to=_addresses(ports, notice, application, program),
        sender_name=program.organizer.name,
        reply_to=program.organizer.email,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        attachments=rendered.attachments,
        tags={"application": notice.application, "notice": notice.key},
    )


def _addresses(
    ports: Ports, notice: Notice, application: Application, program: Program
) -> tuple[str, ...]:
    match notice.to:
        case "applicant" | "second_contact" if address := applicants_address(notice, application):
            return (address,)
        case "reviewer":
            return (ports.rounds.reviewer(notice.reviewer).email,)
        case "staff":
            return (program.organizer.email,)
        case _:
            raise ValueError("there is nobody to send it to")


def applicants_address(notice: Notice, application: Application) -> str:
    """Return the address that a notice to an applicant goes to; empty where there is none."""
    contact, second = application.form.contact, application.form.second_contact
    if notice.to == "applicant":
        return contact.email if contact else application.owner
    return second.email if second and notice.to == "second_contact" else ""
