"""Where in the site a document is: whose application, and which of its requirements."""

from dataclasses import dataclass
from functools import cached_property

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.ports import Ports
from roundtable.usecases.applying.sign_in import applicant
from roundtable.usecases.following.documents import RequirementShown, requirement_shown
from roundtable.web.pages.applicant.visitors import (
    Visitor,
    application_path,
    visitor,
    visitors_form,
)
from roundtable.web.pages.posted import Posted


@dataclass(frozen=True)
class Place:
    """A requirement of somebody's own application."""

    visitor: Visitor
    application: Application
    requirement: str

    @property
    def ports(self) -> Ports:
        """What the use cases need."""
        return self.visitor.ports

    @property
    def own(self) -> tuple[Ports, str, Actor]:
        """What use cases that change something begin with."""
        return self.ports, self.application.id, applicant(self.application)

    @property
    def home(self) -> str:
        """The path of the application's own page."""
        return application_path(self.application)

    @property
    def path(self) -> str:
        """The path of the requirement's page."""
        return documents_path(self.application, self.requirement)

    @cached_property
    def shown(self) -> RequirementShown:
        """What the page shows; Unknown where the application has no such requirement."""
        return requirement_shown(self.ports, self.application, self.requirement)


def documents_path(application: Application, requirement: str) -> str:
    """Return the path of the page of a requirement for documents."""
    return f"{application_path(application)}/documents/{requirement}"


def place(router: Router, program: str, reference: str, requirement: str) -> Place:
    """Return what the visitor asks for; raises NotSignedIn, and Unknown for another's."""
    present = visitor(router, program)
    return Place(present, present.application(reference), requirement)


def place_of_form(
    router: Router, program: str, reference: str, requirement: str
) -> tuple[Place, Posted]:
    """Return what a form of ours is about, and the form; raises as `visitors_form` does."""
    present, form = visitors_form(router, program)
    return Place(present, present.application(reference), requirement), form
