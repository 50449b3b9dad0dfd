"""The outbox in staff's hands: look, hold, release, and make anew what was not sent."""

import re
from collections.abc import Iterable

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.decisions import announced_at, decision_notice
from roundtable.domain.model import Instant, Record
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.stages import Stage
from roundtable.messages.render import render
from roundtable.ports import NotFound, Page, Ports
from roundtable.usecases.deciding.telling import announce
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.following.moments import moment
from roundtable.usecases.paging import check_cursor
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.staff.lookups import find_application, find_program
from roundtable.usecases.staff.story import NoticeRow, notice_row
from roundtable.usecases.step import Step, confirm_due, program_of

MOST_COUNTED = 100
WAITING = frozenset({NoticeStatus.HELD, NoticeStatus.QUEUED})
LISTED = tuple(
    status
    for status in NoticeStatus
    if status not in {NoticeStatus.SENT, NoticeStatus.DELIVERED, NoticeStatus.CANCELLED}
)
"""Statuses that the outbox is listed by; the others are told by each application's story."""


_KEY = re.compile(r"[a-z_]{1,40}#[a-z0-9:_-]{1,80}")


class Preview(Record):
    """A notice in words, as it would be sent now."""

    notice: NoticeRow
    subject: str
    text: str
    html: str
    attachments: tuple[str, ...]
    """File names."""
    rendered_at: Instant


def outbox(
    ports: Ports,
    program_key: str,
    status: NoticeStatus,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[NoticeRow]:
    """Return a program's notices in a status, oldest first.

    Raises Unknown, and Invalid for a status that is not listed.
    """
    find_program(ports, program_key)
    if status not in LISTED:
        problem = FieldProblem(path="/status", reason=f"Choose one of: {', '.join(LISTED)}.")
        raise Invalid("not-listed", "Notices of this status are not listed.", [problem])
    with check_cursor():
        page = ports.applications.outbox(program_key, status, limit=limit, cursor=cursor)
    return Page(tuple(notice_row(item) for item in page.items), page.cursor)


def outbox_counts(ports: Ports, program_key: str) -> dict[NoticeStatus, int]:
    """Return how many notices wait in each listed status, counted no further than MOST_COUNTED.

    Raises Unknown.
    """
    find_program(ports, program_key)
    return {
        status: len(ports.applications.outbox(program_key, status, limit=MOST_COUNTED).items)
        for status in LISTED
    }


def references_of(ports: Ports, applications: Iterable[str]) -> dict[str, str]:
    """Return the reference numbers of applications, by id."""
    return {
        identity: ports.applications.get(identity).reference
        for identity in dict.fromkeys(applications)
    }


def preview(ports: Ports, name: str, key: str) -> Preview:
    """Return a notice in the words it would have now; one already sent may have had others.

    Raises Unknown, NotNow where the application lacks what the notice tells.
    """
    application = find_application(ports, name)
    return _preview(ports, application, find_notice(ports, application, key))


def hold(ports: Ports, name: str, key: str, actor: Actor, *, reason: str) -> NoticeRow:
    """Keep a waiting notice from being sent until somebody releases it.

    Raises Unknown, and NotNow for one that left already.
    """

    def attempt() -> NoticeRow:
        step, notice = _waiting(ports, name, key, actor)
        if notice.held_by:
            return notice_row(notice)
        held = notice.with_(status=NoticeStatus.HELD, held_by=str(actor), due=None)
        step.put_notice(held)
        step.record("notice_held", notice=key, reason=reason)
        step.commit()
        return _row(ports, step.after, key)

    return again_on_conflict(attempt)


def release(ports: Ports, name: str, key: str, actor: Actor, *, reason: str) -> NoticeRow:
    """Let a held notice be sent.

    The notice of a decision goes out at its announcement: before the day, a person's hold is
    lifted; from the day on, or where a person's preview is asked for, it is told now. Raises
    Unknown, and NotNow for one that is not held or not yet to be told.
    """

    def attempt() -> NoticeRow:
        step, notice = _waiting(ports, name, key, actor)
        if notice.status is not NoticeStatus.HELD:
            raise NotNow("not-held", "This notice is not held; it is on its way.")
        if _tells_the_decision(step.after, key):
            _release_decision(step, notice, reason)
        else:
            step.put_notice(
                notice.with_(status=NoticeStatus.QUEUED, held_by="", due=confirm_due(step.now))
            )
            step.record("notice_released", notice=key, reason=reason)
            step.commit()
        return _row(ports, step.after, key)

    return again_on_conflict(attempt)


def _tells_the_decision(application: Application, key: str) -> bool:
    """Return whether a notice is the one of the present decision, and no copy of it."""
    if application.present_outcome is None:
        return False
    kind, number = decision_notice(application)
    return key == f"{kind}#{number}"


def _release_decision(step: Step, notice: Notice, reason: str) -> None:
    day = announced_at(step.after, step.program)
    waits = day is not None and step.now < day
    if step.after.stage is Stage.ANNOUNCING and not waits:
        if notice.held_by:
            _lift(step, notice, reason)
        announce(step.ports, step.after.id, step.actor)
        return
    if not notice.held_by:
        raise NotNow(
            "not-held",
            f"This decision is told on {moment(step.program, day).local}. "
            "Announce the application to tell it now."
            if day is not None
            else "The workflow tells this decision by itself.",
        )
    _lift(step, notice, reason)


def _lift(step: Step, notice: Notice, reason: str) -> None:
    step.put_notice(notice.with_(held_by=""))
    step.record("notice_released", notice=notice.key, reason=reason)
    step.commit()


def regenerate(ports: Ports, name: str, key: str, actor: Actor, *, reason: str) -> Preview:
    """Make a waiting notice anew with the present words, and show them; sent ones stay.

    Raises Unknown, NotNow for one that left already.
    """

    def attempt() -> Preview:
        step, notice = _waiting(ports, name, key, actor)
        step.put_notice(notice.with_(template=notice.template + 1))
        step.record("notice_regenerated", notice=key, reason=reason)
        application = step.commit()
        return _preview(ports, application, find_notice(ports, application, key))

    return again_on_conflict(attempt)


def _waiting(ports: Ports, name: str, key: str, actor: Actor) -> tuple[Step, Notice]:
    application = find_application(ports, name)
    notice = find_notice(ports, application, key)
    if notice.status not in WAITING:
        raise NotNow(
            "not-waiting",
            f"This notice does not wait any more: it is '{notice.status.value}'.",
        )
    return Step(ports, application, actor), notice


def find_notice(ports: Ports, application: Application, key: str) -> Notice:
    """Return a notice of an application by its key; raises Unknown."""
    unknown = Unknown("unknown-notice", "This application has no such notice.")
    if not _KEY.fullmatch(key):
        raise unknown
    try:
        return ports.applications.notice(application.id, key)
    except NotFound:
        raise unknown from None


def _row(ports: Ports, application: Application, key: str) -> NoticeRow:
    return notice_row(find_notice(ports, application, key))


def _preview(ports: Ports, application: Application, notice: Notice) -> Preview:
    now = ports.clock.now()
    try:
        rendered = render(
            notice,
            application,
            program_of(ports, application),
            site_url=ports.site_url,
            now=now,
        )
    except ValueError:
        raise NotNow(
            "not-renderable",
            "This notice cannot be written: the application no longer has what it tells.",
        ) from None
    return Preview(
        notice=notice_row(notice),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        attachments=tuple(item.file_name for item in rendered.attachments),
        rendered_at=now,
    )
