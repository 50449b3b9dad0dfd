"""Who calls: the session of the bearer token, and the application that is theirs."""

from typing import NamedTuple

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.audit import Actor
from roundtable.ports import Ports, Session
from roundtable.usecases.applying.drafts import own
from roundtable.usecases.applying.sign_in import applicant, who
from roundtable.web.api import event_of, ports_of
from roundtable.web.reading import bearer_token


class Own(NamedTuple):
    """An application that the caller may touch, and as whom."""

    ports: Ports
    application: str
    actor: Actor


def signed_in(router: Router) -> tuple[Ports, Session]:
    """Return the caller's session; raises NotSignedIn."""
    ports = ports_of(router)
    return ports, who(ports, bearer_token(event_of(router)))


def own_application(router: Router, application_id: str) -> Own:
    """Return the caller's own application; raises NotSignedIn or Unknown."""
    ports, session = signed_in(router)
    application = own(ports, session, application_id)
    return Own(ports, application.id, applicant(application))
