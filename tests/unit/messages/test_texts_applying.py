"""What applicants read until a decision, word for word."""

import pytest
from inline_snapshot import snapshot

from roundtable.domain.notices import NoticeKind
from tests.factories import make_program
from tests.unit.messages.samples import SESSIONS, show, words

KINDS = (
    NoticeKind.RECEIPT,
    NoticeKind.CORRECTIONS,
    NoticeKind.REMINDER,
    NoticeKind.NOT_SUBMITTED,
    NoticeKind.CLOSED_INCOMPLETE,
    NoticeKind.MOVED,
    NoticeKind.WITHDRAWN,
)

TEXTS: dict[str, str] = snapshot(
    {
        "receipt": """\
Subject: Fellowship 2022: we received your application (FW-TEST-0001)

Dear Ada Brook,

Thank you for applying. Your application has arrived. Please keep the reference number.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Received: Sunday, October 2, 2022, 10:00 AM EDT
You will hear from us by: Monday, December 5, 2022

Still missing:

* Letter of commitment
  The letter is not signed by the Board Chair.

  Please sign it.

You can add this until Friday, October 21, 2022, 11:59 PM EDT. Your application counts from the
time it was received; you do not need to submit it again.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

You will hear from us by the end of Monday, December 5, 2022. Until then you can see at any time
where your application stands.

Fellowship Office""",
        "corrections": """\
Subject: Fellowship 2022: your application needs something (FW-TEST-0001)

Dear Ada Brook,

We looked at your application and need something more from you. It is not a rejection: once this
is mended, your application goes on.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
To be done by: Friday, October 21, 2022, 11:59 PM EDT

What to mend:

* Letter of commitment
  The letter is not signed by the Board Chair.

  Please sign it.

Please do this by Friday, October 21, 2022, 11:59 PM EDT (18 days left).

Only what is listed here can be changed; everything else stays as you submitted it. The time at
which we received your application stays the same.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If something is not clear, reply to this message and we will help.

Fellowship Office""",
        "reminder": """\
Subject: Fellowship 2022: 18 days left for your application (FW-TEST-0001)

Dear Ada Brook,

You have begun an application that is not submitted yet.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
To be done by: Friday, October 21, 2022, 11:59 PM EDT

It must be submitted by Friday, October 21, 2022, 11:59 PM EDT (18 days left). After that it
cannot be submitted any more.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If something is not clear, reply to this message and we will help.

Fellowship Office""",
        "not_submitted": """\
Subject: Fellowship 2022: your draft was not submitted (FW-TEST-0001)

Dear Ada Brook,

You had begun an application, and it was not submitted by the deadline. So it cannot be
considered.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Deadline: Friday, October 21, 2022, 11:59 PM EDT

The deadline was Friday, October 21, 2022, 11:59 PM EDT. We keep your draft: you can still read
it, and it can no longer be changed or submitted.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

Thank you for your interest. If you believe this is a mistake, reply to this message.

Fellowship Office""",
        "closed_incomplete": """\
Subject: Fellowship 2022: your application is closed (FW-TEST-0001)

Dear Ada Brook,

Your application was not complete when the time for it ended. So it cannot be considered
further.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital
Deadline: Friday, October 21, 2022, 11:59 PM EDT

It had to be complete by Friday, October 21, 2022, 11:59 PM EDT.

What was missing:

* Letter of commitment
  The letter is not signed by the Board Chair.

  Please sign it.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

Thank you for your interest and your work. If you believe this is a mistake, reply to this
message.

Fellowship Office""",
        "moved": """\
Subject: Fellowship 2022: you are now considered for Seminar (FW-TEST-0001)

Dear Ada Brook,

Your application was not complete for Residency when it closed. It is now considered for Seminar
automatically.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Seminar
Organization: St. Mary's Hospital
You will hear from us by: Monday, December 5, 2022

You do not need to apply again. The time at which we received your application stays the same.
If anything more is needed for Seminar, we will write to you.

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If you have a question, reply to this message.

Fellowship Office""",
        "withdrawn": """\
Subject: Fellowship 2022: your application is withdrawn (FW-TEST-0001)

Dear Ada Brook,

As you asked, your application is withdrawn. It will not be considered further.

Reference number: FW-TEST-0001
Program: Fellowship 2022
Track: Residency
Organization: St. Mary's Hospital

See your application: https://apply.example.org/programs/fellowship/applications/FW-TEST-0001

If this is not what you wanted, reply to this message soon.

Fellowship Office""",
    }
)


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_a_kind(kind: NoticeKind) -> None:
    shown = show(kind, program=make_program(sessions=SESSIONS))

    assert words(shown) == TEXTS[kind.value]
