"""The staff's site: where a round stands, and everything that a person may do about it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from staff_routes import applications, decisions, lists, mending, notices, reviewers, rounds

from roundtable.runtime import composition
from roundtable.runtime.observability import observed
from roundtable.web.api import make_site
from roundtable.web.callers import answer_member

app = make_site(
    "Roundtable: staff",
    rounds.router,
    lists.router,
    applications.router,
    mending.router,
    decisions.router,
    notices.router,
    reviewers.router,
)


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a request of staff; others are refused."""
    return answer_member(app, event, context, composition.ports(), group="staff")
