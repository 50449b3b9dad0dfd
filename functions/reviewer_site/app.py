"""The reviewers' site: what waits for a review, and the work on it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from reviewer_routes import conflicts, queue, reviews

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.web.api import make_site
from roundtable.web.callers import answer_member

app = make_site("Roundtable: reviewers", queue.router, reviews.router, conflicts.router)


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a reviewer's request; others are refused."""
    return answer_member(app, event, context, composition.ports(), group="reviewers")
