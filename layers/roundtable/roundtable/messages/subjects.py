"""The standard subject of each kind of notice: what happened, then the reference number.

Those to reviewers name the reference alone: a subject shows on locked screens.
"""

from roundtable.domain.notices import NoticeKind

SUBJECTS: dict[NoticeKind, str] = {
    NoticeKind.RECEIPT: "{{ program }}: we received your application ({{ reference }})",
    NoticeKind.CORRECTIONS: "{{ program }}: your application needs something ({{ reference }})",
    NoticeKind.REMINDER: "{{ program }}: {{ left }} for your application ({{ reference }})",
    NoticeKind.NOT_SUBMITTED: "{{ program }}: your draft was not submitted ({{ reference }})",
    NoticeKind.CLOSED_INCOMPLETE: "{{ program }}: your application is closed ({{ reference }})",
    NoticeKind.MOVED: "{{ program }}: you are now considered for {{ track }} ({{ reference }})",
    NoticeKind.REVIEW_ASKED: "Please review application {{ reference }}",
    NoticeKind.REVIEW_REMINDER: "Reminder: please review application {{ reference }}",
    NoticeKind.INVITATION: "{{ program }}: your invitation to {{ track }} ({{ reference }})",
    NoticeKind.FALLBACK_OFFER: (
        "{{ program }}: our decision, and your invitation to {{ track }} ({{ reference }})"
    ),
    NoticeKind.WAITLISTED: "{{ program }}: you are on the waitlist ({{ reference }})",
    NoticeKind.NOT_SELECTED: "{{ program }}: our decision on your application ({{ reference }})",
    NoticeKind.OFFER_REMINDER: (
        "{{ program }}: please answer your invitation, {{ left }} ({{ reference }})"
    ),
    NoticeKind.LAPSED: "{{ program }}: your invitation has ended ({{ reference }})",
    NoticeKind.WITHDRAWN: (
        "{{ program }}: {% if what == 'place' %}your place is given back"
        "{% else %}your application is withdrawn{% endif %} ({{ reference }})"
    ),
    NoticeKind.ENROLLED: "{{ program }}: your team is enrolled ({{ reference }})",
    NoticeKind.STAFF_ALERT: "{{ reference }} needs a person: {{ reason }}",
}
