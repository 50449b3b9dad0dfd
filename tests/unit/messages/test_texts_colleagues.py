"""What reviewers and staff read, word for word."""

import pytest
from inline_snapshot import snapshot

from roundtable.domain.notices import NoticeKind
from tests.factories import make_program
from tests.unit.messages.samples import SESSIONS, show, words

KINDS = (
    NoticeKind.REVIEW_ASKED,
    NoticeKind.REVIEW_REMINDER,
    NoticeKind.STAFF_ALERT,
)

TEXTS: dict[str, str] = snapshot(
    {
        "review_asked": """\
Subject: Please review application FW-TEST-0001

Dear reviewer,

An application was assigned to you for review.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Please review by: Friday, October 21, 2022, 11:59 PM EDT

Please send your review by Friday, October 21, 2022, 11:59 PM EDT (18 days left).

If you know the people or the organization, or if anything else could sway you, please recuse
yourself on the same page. Nobody will ask you why.

Open the review: https://apply.example.org/reviewer/applications/01GEF2AYR00000000000000001

Thank you for your time and care.

Fellowship Office""",
        "review_reminder": """\
Subject: Reminder: please review application FW-TEST-0001

Dear reviewer,

We have not received your review of this application yet.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Please review by: Friday, October 21, 2022, 11:59 PM EDT

It is due by Friday, October 21, 2022, 11:59 PM EDT (18 days left). If it stays open, somebody
else will be asked, so that the applicants hear in time.

If you cannot do it, please recuse yourself on the same page.

Open the review: https://apply.example.org/reviewer/applications/01GEF2AYR00000000000000001

Thank you for your time and care.

Fellowship Office""",
        "staff_alert": """\
Subject: FW-TEST-0001 needs a person: Every reviewer has a conflict

Hello,

An application needs a person: Every reviewer has a conflict

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Stage: review
Noticed: Monday, October 3, 2022, 10:00 AM EDT

Assign somebody, or add a reviewer.

Open the application: https://apply.example.org/staff/applications/01GEF2AYR00000000000000001
Reviewers: https://apply.example.org/staff/reviewers

Please look at it soon.

Fellowship Office""",
    }
)


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_a_kind(kind: NoticeKind) -> None:
    shown = show(kind, program=make_program(sessions=SESSIONS))

    assert words(shown) == TEXTS[kind.value]
