"""Answering a request of reviewers or staff: a program's with a token, or a person's page."""

from functools import partial

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.ports import Ports
from roundtable.usecases.errors import NotAllowed, Refused
from roundtable.web.api import API, HEADERS, Answer, answer
from roundtable.web.callers import caller_of
from roundtable.web.pages.members_errors import members_error_page
from roundtable.web.problems import CONTENT_TYPE, problem_for
from roundtable.web.reading import Event

_WHO = {"reviewers": "a reviewer", "staff": "a member of staff"}


def answer_member(
    app: APIGatewayHttpResolver, event: Event, context: LambdaContext, ports: Ports, *, group: str
) -> Answer:
    """Answer a request: of the API, from somebody in a group; of a page, as its session says.

    Callers of the API who are not in the group are refused before anything is read. Pages ask
    for their visitor themselves (see `pages.members`).
    """
    if not str(event.get("rawPath", "")).startswith(API):
        error_page = partial(members_error_page, ports, group)
        return answer(app, event, context, ports, error_page=error_page)
    try:
        if group not in caller_of(event).groups:
            raise NotAllowed("wrong-group", f"You are not signed in as {_WHO.get(group, group)}.")
    except Refused as refusal:
        problem, headers = problem_for(refusal)
        return {
            "statusCode": problem.status,
            "headers": {**HEADERS, "Content-Type": CONTENT_TYPE, **headers},
            "body": problem.model_dump_json(exclude_none=True),
            "isBase64Encoded": False,
        }
    return answer(app, event, context, ports)
