"""Reviews: conflicts of interest, assignment, scores, and what a panel says together."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import EmailStr, Field

from roundtable.domain.application import Application
from roundtable.domain.checklists import VideoTicks
from roundtable.domain.documents import DocumentBinding
from roundtable.domain.model import Instant, Key, LongText, Record, ShortText
from roundtable.domain.organizations import organization_key
from roundtable.domain.program import Track


class Reviewer(Record):
    """A person who reviews. `id` is the sign-in's subject; it names nobody."""

    id: str
    name: ShortText
    email: EmailStr
    organization: str = ""
    programs: tuple[Key, ...] = ()
    """Programs reviewed for; empty: all."""
    tracks: tuple[Key, ...] = ()
    """Tracks reviewed; empty: all."""
    active: bool = True
    lead: bool = False
    conflicts: tuple[str, ...] = ()
    """Organizations declared as conflicts, by name."""


class ReviewStatus(StrEnum):
    """Where one review stands."""

    ASSIGNED = "assigned"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    RELEASED = "released"
    """Taken back: the reviewer was silent, or the application left the stage."""


class Recommendation(StrEnum):
    """What a reviewer says."""

    APPROVE = "approve"
    DECLINE = "decline"
    RETURN = "return"


class ReturnedDocument(Record):
    """A requirement whose documents the applicant must mend, and why."""

    requirement: Key
    documents: tuple[int, ...] = ()
    """Numbers of the documents meant; empty: all present ones."""
    reason: LongText = ""
    """Words for the applicant."""


class Review(Record):
    """One reviewer's work on one application for one track."""

    application: str
    reference: str
    program: Key
    track: Key
    reviewer: str
    round: int
    status: ReviewStatus = ReviewStatus.ASSIGNED
    assigned_at: Instant
    due_at: Instant
    scores: dict[Key, int] = Field(default_factory=dict)
    recommendation: Recommendation | None = None
    comment: LongText = ""
    """For colleagues."""
    feedback: LongText = ""
    """For the applicant, if not selected or returned."""
    checklist: tuple[VideoTicks, ...] = ()
    """What was seen in the videos."""
    returns: tuple[ReturnedDocument, ...] = ()
    """What the applicant is to mend, where that is recommended."""
    unticked: tuple[str, ...] = ()
    """Of a review that approves: what a video must include and was not ticked off, for staff."""
    documents: tuple[DocumentBinding, ...] = ()
    submitted_at: Instant | None = None
    closed_reason: str = ""
    version: int = 0

    @property
    def begun(self) -> bool:
        """Whether anything was noted."""
        ticked = any(ticks.included or ticks.chosen for ticks in self.checklist)
        words = self.comment or self.feedback or any(item.reason for item in self.returns)
        return bool(self.scores or self.recommendation or words or ticked)

    @property
    def given(self) -> bool:
        """Whether it was given and its reviewer did not recuse: sent in, or returned."""
        ended = self.status in {ReviewStatus.SUBMITTED, ReviewStatus.RELEASED}
        return ended and self.submitted_at is not None


def in_conflict(
    reviewer: Reviewer, application: Application, recused: frozenset[str] = frozenset()
) -> Literal["", "recused", "same organization", "same mail domain", "declared"]:
    """Return why a reviewer must not see an application, or an empty string.

    Public mail domains do not make a conflict; the same private domain does.
    """
    if reviewer.id in recused:
        return "recused"
    organization = application.form.organization
    name = organization_key(organization.name) if organization else ""
    if name and reviewer.organization and organization_key(reviewer.organization) == name:
        return "same organization"
    if name and any(organization_key(declared) == name for declared in reviewer.conflicts):
        return "declared"
    addresses = [application.owner]
    addresses += [
        contact.email
        for contact in (application.form.contact, application.form.second_contact)
        if contact
    ]
    addresses += [member.email for member in application.form.team if member.email]
    domains = {_domain(address) for address in addresses} - PUBLIC_MAIL_DOMAINS
    if _domain(reviewer.email) in domains:
        return "same mail domain"
    return ""


PUBLIC_MAIL_DOMAINS = frozenset(
    {
        "aol.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com",
        "icloud.com", "live.com", "mail.com", "me.com", "msn.com", "outlook.com",
        "proton.me", "protonmail.com", "yahoo.com", "zoho.com",
    }
)  # fmt: skip


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def choose_reviewers(
    application: Application,
    needed: int,
    reviewers: tuple[Reviewer, ...],
    load: Mapping[str, int],
    excluded: frozenset[str],
    preferred: tuple[str, ...] = (),
) -> tuple[Reviewer, ...]:
    """Return up to `needed` reviewers without conflict, those with the fewest open reviews first.

    `preferred` (who knows the application already) come before all others. Fewer than
    `needed` are returned where there are no more; nobody is ever assigned against a conflict.
    """
    able = [
        reviewer
        for reviewer in reviewers
        if reviewer.active
        and (not reviewer.programs or application.program in reviewer.programs)
        and (not reviewer.tracks or application.track in reviewer.tracks)
        and not in_conflict(reviewer, application, excluded)
    ]
    able.sort(key=lambda item: (item.id not in preferred, load.get(item.id, 0), item.id))
    return tuple(able[:needed])


def score(review: Review, track: Track) -> Decimal | None:
    """Return the weighted mean of a review's scores on a scale of 0 to 100; None if unscored."""
    total = Decimal()
    weights = Decimal()
    for criterion in track.rubric:
        points = review.scores.get(criterion.key)
        if points is None:
            continue
        total += criterion.weight * Decimal(points - 1) / Decimal(criterion.scale - 1)
        weights += criterion.weight
    if not weights:
        return None
    return (total / weights * 100).quantize(Decimal("0.1"))


def panel_score(reviews: tuple[Review, ...], track: Track) -> Decimal | None:
    """Return the mean score of the submitted reviews of a track; None where there is none."""
    scores = [
        value
        for review in counted(reviews, track.key)
        if (value := score(review, track)) is not None
    ]
    if not scores:
        return None
    return (sum(scores, Decimal()) / len(scores)).quantize(Decimal("0.1"))


def counted(reviews: tuple[Review, ...], track: str) -> tuple[Review, ...]:
    """Return the reviews of a track that count: submitted, and of nobody who recused later."""
    return tuple(
        review
        for review in reviews
        if review.track == track and review.status is ReviewStatus.SUBMITTED
    )


def agreement(reviews: tuple[Review, ...], track: str) -> Recommendation | None:
    """Return what the panel says as one, or None where it differs and a lead must decide."""
    said = {review.recommendation for review in counted(reviews, track)}
    if len(said) == 1:
        return said.pop()
    return None
