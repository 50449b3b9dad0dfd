"""The staff's site: where a round stands, and everything that a person may do about it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from staff_pages import actions, application, exports, now, signing_in
from staff_pages import decisions as decision_pages
from staff_pages import lists as list_pages
from staff_pages import notices as notice_pages
from staff_pages import reviewers as reviewer_pages
from staff_pages import rounds as round_pages
from staff_routes import applications, decisions, lists, mending, notices, reviewers, rounds

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.web.api import make_site
from roundtable.web.members_site import answer_member
from roundtable.web.pages import language_routes
from roundtable.web.pages.members import STAFF, members_only

app = make_site(
    "Roundtable: staff",
    rounds.router,
    lists.router,
    applications.router,
    mending.router,
    decisions.router,
    notices.router,
    reviewers.router,
    signing_in.router,
    now.router,
    list_pages.router,
    exports.router,
    application.router,
    actions.router,
    notice_pages.router,
    decision_pages.router,
    round_pages.router,
    reviewer_pages.router,
)
app.use([language_routes.in_the_visitors_language, members_only(STAFF)])  # pyright: ignore[reportUnknownMemberType]


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a request of staff; others are refused."""
    return answer_member(app, event, context, composition.ports(), group=STAFF)
