"""Reviewers and staff as the gateway's authorizer tells them, and who may come in at all."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.domain.audit import Actor
from roundtable.domain.model import Record
from roundtable.ports import Ports
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.errors import NotAllowed, Refused
from roundtable.web.api import HEADERS, Answer, answer
from roundtable.web.problems import CONTENT_TYPE, problem_for
from roundtable.web.reading import Event, claims, groups

IDENTITY_GROUP = "identity"
"""Staff who may see restricted answers."""

_WHO = {"reviewers": "a reviewer", "staff": "a member of staff"}


class Caller(Record):
    """Who calls: the sign-in's subject, and the groups it belongs to."""

    subject: str
    groups: frozenset[str]

    @property
    def as_reviewer(self) -> Actor:
        """The caller as the audit names a reviewer."""
        return Actor(kind="reviewer", id=self.subject)

    @property
    def as_staff(self) -> Actor:
        """The caller as the audit names staff."""
        return Actor(kind="staff", id=self.subject)

    @property
    def sees_identity(self) -> bool:
        """Whether the caller may see restricted answers."""
        return IDENTITY_GROUP in self.groups


def caller_of(event: Event) -> Caller:
    """Return who calls; raises NotSignedIn where the authorizer vouched for nobody."""
    verified = claims(event)
    subject = verified.get("sub", "")
    if not subject:
        raise NotSignedIn("not-signed-in", "Sign in first, then send the token with the request.")
    return Caller(subject=subject, groups=_groups(verified))


def answer_member(
    app: APIGatewayHttpResolver, event: Event, context: LambdaContext, ports: Ports, *, group: str
) -> Answer:
    """Answer a request of somebody in a group; all others are refused before anything is read."""
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


def _groups(verified: dict[str, str]) -> frozenset[str]:
    """Return the groups, whether the gateway wrote `[a b]` or passed a list on."""
    return frozenset(name.strip("'\"") for name in groups(verified))
