"""Who is at an applicant's page: the session of the cookie, and the application it shows."""

from dataclasses import dataclass

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.application import Application
from roundtable.ports import Ports, Session
from roundtable.usecases.applying.drafts import mine
from roundtable.usecases.applying.sign_in import NotSignedIn, who
from roundtable.usecases.errors import Unknown
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages.applicant.addresses import applications_path
from roundtable.web.pages.cookies import SESSION
from roundtable.web.pages.guards import form_of_session
from roundtable.web.pages.posted import Posted
from roundtable.web.reading import cookies


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in for a program."""

    ports: Ports
    session: Session
    token: str
    """The session's secret, with which the tokens of forms are made."""

    def application(self, reference: str) -> Application:
        """Return their application of a reference number; another's is Unknown."""
        for application in mine(self.ports, self.session):
            if application.reference == reference:
                return application
        raise Unknown("unknown-application", "There is no such application of yours.")


def visitor(router: Router, program: str) -> Visitor:
    """Return who is signed in for a program; raises NotSignedIn."""
    ports = ports_of(router)
    token = cookies(event_of(router)).get(SESSION, "")
    session = who(ports, token)
    if session.program != program:
        raise NotSignedIn("not-signed-in", "Sign in for this program.")
    return Visitor(ports, session, token)


def visitors_form(router: Router, program: str) -> tuple[Visitor, Posted]:
    """Return who sent a form of ours, and the form; raises NotSignedIn, NotAllowed, SentBefore."""
    present = visitor(router, program)
    return present, form_of_session(router, present.token)


def application_path(application: Application) -> str:
    """Return the path of an application's own page; its other pages are below it."""
    return f"{applications_path(application.program)}/{application.reference}"
