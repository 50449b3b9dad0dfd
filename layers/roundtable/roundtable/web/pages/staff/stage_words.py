"""Where applications stand and what is due, in the words of staff."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from roundtable.domain.application import Decision
from roundtable.domain.due import DueAction
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.staff.now import ROUTINE
from roundtable.web.pages.texts import gettext as _

_PLAIN_WITHIN = timedelta(days=183)


def stage(of: Stage | str) -> str:
    """Return a stage as staff say it."""
    return {
        Stage.DRAFT: _("Draft"),
        Stage.CHECKING: _("Being checked"),
        Stage.CORRECTIONS: _("With the team, to mend"),
        Stage.REVIEW: _("In review"),
        Stage.DECIDING: _("Being decided"),
        Stage.WITH_STAFF: _("With staff, to decide"),
        Stage.FALLBACK: _("Moving to another track"),
        Stage.ANNOUNCING: _("Waiting to be announced"),
        Stage.NOTIFYING: _("Being told"),
        Stage.WAITLIST: _("On the waitlist"),
        Stage.OFFER: _("Offer made"),
        Stage.ENROLLING: _("Enrolling"),
        Stage.RELEASING: _("Giving a seat back"),
        Stage.CLOSED: _("Closed"),
    }[Stage(of)]


def decision(of: Decision | str) -> str:
    """Return a decision as staff say it."""
    return {
        Decision.ACCEPTED: _("Accepted"),
        Decision.WAITLISTED: _("Waitlisted"),
        Decision.NOT_SELECTED: _("Not selected"),
    }[Decision(of)]


def ended(how: ClosedAs | str) -> str:
    """Return how an application ended."""
    return {
        ClosedAs.ENROLLED: _("Enrolled"),
        ClosedAs.NOT_SELECTED: _("Not selected"),
        ClosedAs.DECLINED: _("Offer declined"),
        ClosedAs.LAPSED: _("Offer lapsed"),
        ClosedAs.WITHDRAWN: _("Withdrawn"),
        ClosedAs.INCOMPLETE: _("Incomplete"),
        ClosedAs.NOT_SUBMITTED: _("Not submitted"),
    }[ClosedAs(how)]


def due(action: DueAction | str) -> str:
    """Return what happens when the time has come."""
    return {
        DueAction.REMIND_DRAFT: _("Remind the team of its draft"),
        DueAction.CLOSE_DRAFT: _("Close the draft"),
        DueAction.CONFIRM_START: _("Look whether it goes on"),
        DueAction.REMIND_CORRECTIONS: _("Remind the team to mend"),
        DueAction.END_CORRECTIONS: _("End the time to mend"),
        DueAction.REMIND_REVIEWERS: _("Remind a reviewer"),
        DueAction.REPLACE_REVIEWERS: _("Replace a silent reviewer"),
        DueAction.ESCALATE_REVIEW: _("A review is due"),
        DueAction.WARN_PROMISE: _("The promised answer is near"),
        DueAction.ANNOUNCE: _("Announce the decision"),
        DueAction.REMIND_OFFER: _("Remind the team of its offer"),
        DueAction.LAPSE_OFFER: _("End the offer"),
        DueAction.END_WAITLIST: _("End the waitlist"),
        DueAction.RELOOK: _("Routine look"),
        DueAction.CONFIRM_NOTICE: _("Look whether the message left"),
    }[DueAction(action)]


def is_routine(action: DueAction | str) -> bool:
    """Return whether the clock alone cares for it."""
    return DueAction(action) in ROUTINE


def flag(kind: str) -> str:
    """Return what staff should know of an application."""
    return {
        "duplicate_organization": _("Same organization twice"),
        "team_size": _("Size of the team"),
        "second_address": _("Second address"),
        "look": _("To be looked at"),
    }.get(kind, kind)


def brief(at: datetime, zone: ZoneInfo, now: datetime | None = None) -> Markup:
    """Return an instant for a table, on the wall clock of a zone: Oct 3, 2022, 10:00 AM.

    The year is left out where it is plain from `now`.
    """
    local = at.astimezone(zone)
    plain = now is not None and abs(at - now) < _PLAIN_WITHIN
    pattern = (
        _("%(month)s %(day)s, %(time)s") if plain else _("%(month)s %(day)s, %(year)s, %(time)s")
    )
    words = pattern % {
        "month": _months()[local.month - 1],
        "day": local.day,
        "year": local.year,
        "time": local.strftime(_("%-I:%M %p")),
    }
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), words)


def _months() -> tuple[str, ...]:
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
