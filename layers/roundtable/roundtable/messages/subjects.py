"""The standard subject of each kind of notice: what happened, then the reference number.

Those to reviewers name the reference alone: a subject shows on locked screens.
"""

from collections.abc import Mapping

from roundtable.domain.notices import NoticeKind
from roundtable.messages.texts import N_
from roundtable.messages.texts import gettext as _

SUBJECTS: dict[NoticeKind, str] = {
    NoticeKind.RECEIPT: N_("%(program)s: we received your application (%(reference)s)"),
    NoticeKind.CORRECTIONS: N_("%(program)s: your application needs something (%(reference)s)"),
    NoticeKind.REMINDER: N_("%(program)s: %(left)s for your application (%(reference)s)"),
    NoticeKind.NOT_SUBMITTED: N_("%(program)s: your draft was not submitted (%(reference)s)"),
    NoticeKind.CLOSED_INCOMPLETE: N_("%(program)s: your application is closed (%(reference)s)"),
    NoticeKind.MOVED: N_("%(program)s: you are now considered for %(track)s (%(reference)s)"),
    NoticeKind.REVIEW_ASKED: "Please review application %(reference)s",
    NoticeKind.REVIEW_REMINDER: "Reminder: please review application %(reference)s",
    NoticeKind.INVITATION: N_("%(program)s: your invitation to %(track)s (%(reference)s)"),
    NoticeKind.FALLBACK_OFFER: N_(
        "%(program)s: our decision, and your invitation to %(track)s (%(reference)s)"
    ),
    NoticeKind.WAITLISTED: N_("%(program)s: you are on the waitlist (%(reference)s)"),
    NoticeKind.NOT_SELECTED: N_("%(program)s: our decision on your application (%(reference)s)"),
    NoticeKind.OFFER_REMINDER: N_(
        "%(program)s: please answer your invitation, %(left)s (%(reference)s)"
    ),
    NoticeKind.LAPSED: N_("%(program)s: your invitation has ended (%(reference)s)"),
    NoticeKind.WITHDRAWN: N_("%(program)s: your application is withdrawn (%(reference)s)"),
    NoticeKind.ENROLLED: N_("%(program)s: your team is enrolled (%(reference)s)"),
    NoticeKind.STAFF_ALERT: "%(reference)s needs a person: %(reason)s",
}
_PLACE_GIVEN_BACK = N_("%(program)s: your place is given back (%(reference)s)")


def subject_of(kind: NoticeKind, words: Mapping[str, object]) -> str:
    """Return the subject of a notice in the language spoken now, filled with its words."""
    place = kind is NoticeKind.WITHDRAWN and words["what"] == "place"
    return _(_PLACE_GIVEN_BACK if place else SUBJECTS[kind]) % words
