"""One application on the desk of staff: its whole story, and what can be done."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.documents import DocumentStatus
from roundtable.domain.model import Record
from roundtable.domain.program import (
    LetterRequirement,
    Option,
    Program,
    Requirement,
    VideoRequirement,
)
from roundtable.usecases.reviewing.documents import ReadCheck, ReadDocument
from roundtable.usecases.staff.desk import Desk
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.layout import Banner, Link
from roundtable.web.pages.members import STAFF, Member, members_layout, members_page
from roundtable.web.pages.reviewer import letter_words
from roundtable.web.pages.reviewer import words as reading
from roundtable.web.pages.staff import addresses, history_words, stage_words, story_words
from roundtable.web.pages.staff.addresses import application_path, applications_path
from roundtable.web.pages.staff.history_words import HistoryWords

_NEVER_ARRIVED = frozenset({DocumentStatus.EXPECTED})


class Versions(Record):
    """One requirement with every version that was sent in for it, the newest first."""

    key: str
    title: str
    check: ReadCheck | None
    admitted: bool
    documents: tuple[ReadDocument, ...]


def application_page(present: Member, desk: Desk, *, done: str = "") -> Response[str]:
    """Return the page of an application; `done` names what was just done to it."""
    told = desk.story
    reference = told.summary.reference
    happened = story_words.done(done)
    layout = members_layout(
        present,
        STAFF,
        told.summary.organization or reference,
        application_path(reference),
        program=desk.program,
        current=applications_path(told.program),
        back=applications_path(told.program),
        banner=Banner(text=happened, success=True) if happened else None,
        wide=True,
    )
    history = HistoryWords(desk.program, desk.reviewers, str(present.caller.as_staff))
    return members_page(
        present,
        "staff/application.html",
        layout,
        bucket=present.ports.documents.origin,
        desk=desk,
        told=told,
        zone=desk.program.zone,
        actions=_links(reference, desk.actions),
        requirements=_requirements(desk),
        course=[event for event in told.history if event.kind in history_words.MILESTONES],
        history=history,
        reason_of=history_words.reason,
        tracks={track.key: track.name for track in desk.program.tracks},
        labels=_Labels(desk.program),
        rubric={track.key: track.rubric for track in desk.program.tracks},
        words=story_words,
        stages=stage_words,
        reading=reading,
        letter_words=letter_words,
        addresses=addresses,
        asked=_Asked(application=reference),
    )


def _links(reference: str, actions: Sequence[StaffAction]) -> tuple[Link, ...]:
    return tuple(
        Link(text=story_words.action(item), href=application_path(reference, f"/{item}"))
        for item in actions
    )


def _requirements(desk: Desk) -> tuple[Versions, ...]:
    """Return each requirement of the present track, then what was sent in for other tracks."""
    checks = {check.requirement: check for check in desk.story.checks}
    told = checks.keys() | set(desk.story.admitted)
    asked: list[Requirement] = [
        item
        for item in desk.track.requirements
        if isinstance(item, LetterRequirement | VideoRequirement) or item.key in told
    ]
    known = {item.key for item in asked}
    sent = [item for item in desk.story.documents if item.status not in _NEVER_ARRIVED]
    for track in desk.program.tracks:
        asked += [
            item
            for item in track.requirements
            if item.key not in known and any(one.requirement == item.key for one in sent)
        ]
        known |= {item.key for item in asked}
    return tuple(
        Versions(
            key=item.key,
            title=item.title,
            check=checks.get(item.key),
            admitted=item.key in desk.story.admitted,
            documents=tuple(reversed([one for one in sent if one.requirement == item.key])),
        )
        for item in asked
    )


class _Asked(Record):
    """Of which application a document is asked for."""

    application: str


class _Labels:
    """The program's own words for what an organization chose."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def type(self, value: str) -> str:
        """Return the kind of an organization."""
        return label_of(self._program.organization_types, value)

    def size(self, value: str) -> str:
        """Return the size of an organization."""
        return label_of(self._program.organization_sizes, value)

    def region(self, value: str) -> str:
        """Return the region of an organization."""
        return label_of(self._program.regions, value)

    def eligibility(self, key: str, value: str) -> tuple[str, str]:
        """Return a question asked before the form, and the answer given."""
        for rule in self._program.eligibility:
            if rule.key == key:
                return rule.question, label_of(rule.options, value)
        return key, value


def label_of(options: Sequence[Option], value: str) -> str:
    """Return the label of an option; of one that is no more, what was kept."""
    return next((option.label for option in options if option.value == value), value)
