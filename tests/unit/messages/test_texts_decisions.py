"""What applicants read of decisions and offers, word for word."""

import pytest
from inline_snapshot import snapshot

from roundtable.domain.notices import NoticeKind
from tests.factories import make_program
from tests.unit.messages.samples import SESSIONS, show, words

KINDS = (
    NoticeKind.INVITATION,
    NoticeKind.FALLBACK_OFFER,
    NoticeKind.WAITLISTED,
    NoticeKind.NOT_SELECTED,
    NoticeKind.OFFER_REMINDER,
    NoticeKind.LAPSED,
    NoticeKind.ENROLLED,
)

TEXTS: dict[str, str] = snapshot(
    {
        "invitation": """\
Subject: Fellowship 2022: your invitation to Residency (FW-TEST-0001)

Dear Ada Brook,

Congratulations. We are glad to invite your team to take part in Residency.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Decision for Residency: Invited to take part
Please answer by: Monday, October 17, 2022, 11:59 PM EDT

What to do now:

Please tell us by Monday, October 17, 2022, 11:59 PM EDT whether your team takes the place. You
can answer yes or no on the page of your application. Without an answer by then, the place goes
to another team.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you have a question, reply to this message.

Fellowship Office""",
        "fallback_offer": """\
Subject: Fellowship 2022: our decision, and your invitation to Seminar (FW-TEST-0001)

Dear Ada Brook,

Thank you for the care you put into your application to Residency. After reviewing it, we are
not able to offer your team a place there.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Seminar
Organization: St. Mary's Hospital
Decision for Residency: Not selected
Decision for Seminar: Invited to take part

You are invited to Seminar:

We have considered your application for Seminar as well, and we are glad to invite your team to
take part. This happened automatically: you do not need to apply again, and there is nothing to
fill in.

Your place is reserved. You do not need to do anything for now.

Feedback on your application to Residency:

Your aims are clear.

Tell us more about
how you use data.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you have a question about the decision or the invitation, reply to this message.

Fellowship Office""",
        "waitlisted": """\
Subject: Fellowship 2022: you are on the waitlist (FW-TEST-0001)

Dear Ada Brook,

We would like your team to take part in Residency. All places are taken for now, so your team is
on the waitlist.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Decision for Residency: On the waitlist

What happens next:

If a place becomes free, we will write to you and ask whether you take it. The waitlist ends on
Saturday, October 21, 2023, 11:59 PM EDT. You do not need to do anything; if you no longer wish
to wait, you can withdraw on the page of your application.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you have a question, reply to this message.

Fellowship Office""",
        "not_selected": """\
Subject: Fellowship 2022: our decision on your application (FW-TEST-0001)

Dear Ada Brook,

Thank you for the care you put into your application. After reviewing it, we are not able to
offer your team a place in Residency.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Decision for Residency: Not selected

Feedback on your application to Residency:

Your aims are clear.

Tell us more about
how you use data.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

We know how much work an application is, and we thank you for it. If you have a question about
the decision, reply to this message.

Fellowship Office""",
        "offer_reminder": """\
Subject: Fellowship 2022: please answer your invitation, 14 days left (FW-TEST-0001)

Dear Ada Brook,

Your team is invited to take part in Residency, and we have not heard from you yet.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Answer by: Monday, October 17, 2022, 10:00 AM EDT

Please tell us by Monday, October 17, 2022, 10:00 AM EDT (14 days left) whether your team takes
the place. You can answer yes or no on the page of your application. Without an answer by then,
the place goes to another team.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you need help with the answer, reply to this message.

Fellowship Office""",
        "lapsed": """\
Subject: Fellowship 2022: your invitation has ended (FW-TEST-0001)

Dear Ada Brook,

We invited your team to take part in Residency and did not receive an answer in time. So the
place goes to another team.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Answer was due by: Monday, October 17, 2022, 10:00 AM EDT

If your team still wishes to take part, you can say so on the page of your application: it will
then join the waitlist.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you believe this is a mistake, reply to this message.

Fellowship Office""",
        "enrolled": """\
Subject: Fellowship 2022: your team is enrolled (FW-TEST-0001)

Dear Ada Brook,

Welcome. Your team is enrolled in Residency.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital

Sessions:

* Kick-off: Tuesday, January 10, 2023, 1:00 PM to 2:30 PM EST (Online)
* Measuring: Tuesday, April 11, 2023, 12:00 PM to 1:30 PM EDT

The attached file adds the sessions to your calendar.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

We look forward to working with you. If your plans change, please tell us on the page of your
application or reply to this message.

Fellowship Office""",
    }
)


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_a_kind(kind: NoticeKind) -> None:
    shown = show(kind, program=make_program(sessions=SESSIONS))

    assert words(shown) == TEXTS[kind.value]
