"""The reviewers' site: what waits for a review, and the work on it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from reviewer_pages import conflicts as conflict_pages
from reviewer_pages import past, review, signing_in
from reviewer_pages import queue as queue_pages
from reviewer_routes import conflicts, queue, reviews

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.web.api import make_site
from roundtable.web.members_site import answer_member
from roundtable.web.pages import language_routes
from roundtable.web.pages.members import REVIEWERS, members_only

app = make_site(
    "Roundtable: reviewers",
    queue.router,
    reviews.router,
    conflicts.router,
    signing_in.router,
    queue_pages.router,
    review.router,
    conflict_pages.router,
    past.router,
)
app.use([language_routes.in_the_visitors_language, members_only(REVIEWERS)])  # pyright: ignore[reportUnknownMemberType]


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a request of a reviewer; others are refused."""
    return answer_member(app, event, context, composition.ports(), group=REVIEWERS)
