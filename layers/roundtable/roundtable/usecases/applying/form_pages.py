"""The pages of a form, made of the program's file, and which of them can change now."""

from collections.abc import Iterable
from typing import Literal

from roundtable.domain.application import Application, Form
from roundtable.domain.model import Record
from roundtable.domain.program import (
    AttestationRequirement,
    Program,
    Question,
    Requirement,
    Section,
    TeamRequirement,
    Track,
)
from roundtable.usecases.applying.mending import mendable
from roundtable.usecases.applying.parts import Place
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.following.view import State

PageKind = Literal[
    "eligibility", "tracks", "contact", "organization", "team", "answers", "commitments"
]


class FormPage(Record):
    """One page of the form: which part of it the page holds."""

    kind: PageKind
    key: str = ""
    """Of its section or requirement, where the program has several pages of a kind."""
    places: tuple[Place, ...]
    """All that its part of the form may hold, also answers that are not asked at present."""
    asked: tuple[str, ...] = ()
    """Keys of the questions asked for the tracks chosen so far."""

    @property
    def path(self) -> str:
        """The page's own path below the application's: `contact`, `answers/equity-work`."""
        return f"{self.kind}/{self.key}" if self.key else self.kind


def form_pages(program: Program, application: Application) -> tuple[FormPage, ...]:
    """Return the pages of an application's form in their order."""
    return tuple(_pages(program, application))


def chosen_tracks(program: Program, form: Form) -> tuple[Track, ...]:
    """Return the tracks that a form is for, in the program's order."""
    return tuple(track for track in program.tracks if track.key in form.tracks)


def asked_by(program: Program, application: Application) -> tuple[Track, ...]:
    """Return the tracks whose requirements an application must fulfil, in the program's order.

    Those that were chosen; once it was received, the one that it is considered for, too.
    """
    keys = {*application.form.tracks, *((application.track,) if application.submitted else ())}
    return tuple(track for track in program.tracks if track.key in keys)


def requirements_of(program: Program, application: Application) -> tuple[Requirement, ...]:
    """Return what an application must bring, each requirement once.

    A requirement of several tracks is shown as the first of them words it.
    """
    found: dict[str, Requirement] = {}
    for track in asked_by(program, application):
        for requirement in track.requirements:
            found.setdefault(requirement.key, requirement)
    return tuple(found.values())


def questions_on(program: Program, page: FormPage) -> tuple[Question, ...]:
    """Return the questions that a page asks."""
    return tuple(
        question
        for section in program.sections
        for question in section.questions
        if section.key == page.key and question.key in page.asked
    )


def _asked(program: Program, section: Section, form: Form) -> tuple[Question, ...]:
    tracks = {track.key for track in chosen_tracks(program, form)}
    return tuple(
        question
        for question in section.questions
        if not question.tracks or not tracks.isdisjoint(question.tracks)
    )


def open_pages(view: Standing) -> frozenset[str]:
    """Return the paths of the pages that can change now.

    All of a draft in time; after the submission only those of what was returned.
    """
    pages = form_pages(view.program, view.application)
    if view.state is State.DRAFT:
        return frozenset(page.path for page in pages)
    if "edit" not in view.can():
        return frozenset()
    returned = mendable(view.application, view.program.track(view.application.track))
    team = {
        item.key
        for item in requirements_of(view.program, view.application)
        if isinstance(item, TeamRequirement)
    }
    return frozenset(
        page.path
        for page in pages
        if page.key in returned or (page.kind == "team" and not team.isdisjoint(returned))
    )


def _pages(program: Program, application: Application) -> Iterable[FormPage]:
    form = application.form
    requirements = requirements_of(program, application)
    if program.eligibility:
        rules = tuple(("eligibility", rule.key) for rule in program.eligibility)
        yield FormPage(kind="eligibility", places=rules)
    yield FormPage(kind="tracks", places=(("tracks",),))
    yield FormPage(kind="contact", places=(("contact",), ("second_contact",)))
    yield FormPage(kind="organization", places=(("organization",),))
    if program.ask_team or any(isinstance(item, TeamRequirement) for item in requirements):
        yield FormPage(kind="team", places=(("team",),))
    for section in program.sections:
        if asked := _asked(program, section, form):
            places = tuple(("answers", question.key) for question in section.questions)
            keys = tuple(question.key for question in asked)
            yield FormPage(kind="answers", key=section.key, places=places, asked=keys)
    for item in requirements:
        if isinstance(item, AttestationRequirement):
            places = (("attestations", item.key),)
            yield FormPage(kind="commitments", key=item.key, places=places)
