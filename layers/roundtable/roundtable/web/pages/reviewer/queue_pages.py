"""What waits for a reviewer."""

from aws_lambda_powertools.event_handler import Response

from roundtable.ports import Page
from roundtable.usecases.reviewing.queue import QueueRow
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import REVIEWERS, Member, members_layout, members_page
from roundtable.web.pages.reviewer import addresses, words
from roundtable.web.pages.texts import gettext as _


def queue_page(
    present: Member, rows: Page[QueueRow], *, done: str = "", later: bool = False
) -> Response[str]:
    """Return the queue, or a later page of it; `done` names what was done just now."""
    return members_page(
        present,
        "reviewer/queue.html",
        members_layout(present, REVIEWERS, _("Your queue"), addresses.HOME, banner=_done(done)),
        rows=rows.items,
        cursor=rows.cursor,
        later=later,
        words=words,
        addresses=addresses,
    )


def _done(done: str) -> Banner | None:
    if done != "stepped-back":
        return None
    text = _(
        "You stepped back. The application is gone from your queue, and another reviewer is asked."
    )
    return Banner(text=text, success=True)
