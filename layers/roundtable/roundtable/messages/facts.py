"""What each kind of notice needs beside the application and the program.

Build a notice's `facts` with the model that `facts_for` names; `render` validates them. They
hold dates, keys and findings, never names or addresses. Feedback, the promise and the offer
are not among them: they are read from the application when the notice is rendered.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from roundtable.domain.model import Instant, Key, LongText, Record, ShortText
from roundtable.domain.notices import NoticeKind


class Facts(Record):
    """The base of all facts."""


class Item(Record):
    """One thing that is missing or to be mended, in words that the applicant can act on."""

    title: ShortText
    """The requirement's title, such as “Letter of commitment”."""
    reason: LongText


class ReceiptFacts(Facts):
    """What was still missing at the receipt, and until when it may follow."""

    missing: tuple[Item, ...] = ()
    until: Instant | None = None
    """The first instant that is too late."""

    @model_validator(mode="after")
    def _until_when(self) -> Self:
        if self.missing and self.until is None:
            raise ValueError("say until when what is missing may follow")
        return self


class CorrectionsFacts(Facts):
    """What was returned or is missing."""

    until: Instant
    """The first instant that is too late."""
    items: tuple[Item, ...] = Field(min_length=1)


class ReminderFacts(Facts):
    """Of what an applicant is reminded. The days left are counted when it is rendered."""

    about: Literal["draft", "corrections"]
    until: Instant
    """The close of the track, or the end of the corrections: the first instant too late."""
    items: tuple[Item, ...] = ()


class NotSubmittedFacts(Facts):
    """A draft that was not submitted in time."""

    deadline: Instant
    """The close of the last track it could have entered: the first instant too late."""


class ClosedIncompleteFacts(Facts):
    """What was missing when the time for it was over."""

    deadline: Instant
    """The first instant that was too late."""
    items: tuple[Item, ...] = ()


class MovedFacts(Facts):
    """From which track to which, and why."""

    from_track: Key
    to_track: Key
    because: Literal["incomplete", "request"]
    """Incomplete at the close of the first, or asked for."""


class ReviewFacts(Facts):
    """What a reviewer is asked for."""

    track: Key
    due_at: Instant


class DecisionFacts(Facts):
    """The track that the decision is about; its outcome must stand in the application.

    Earlier tracks that did not select the application are told in the same notice.
    """

    track: Key


class OfferFacts(Facts):
    """Nothing: the track and the date to answer by are those of `application.offer`."""


class WithdrawnFacts(Facts):
    """Whether an application was taken back or a place declined, and who asked for it."""

    what: Literal["application", "place"] = "application"
    asked_by: Literal["applicant", "staff"] = "applicant"


class EnrolledFacts(Facts):
    """The track that the team takes part in."""

    track: Key


class Link(Record):
    """Where staff look next."""

    label: ShortText
    address: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\"<>]+|/[^\s\"<>]*)$")]
    """A whole address, or a path of the site."""


class StaffAlertFacts(Facts):
    """Why staff are needed. Name the application by its reference, nobody by name."""

    reason: ShortText
    detail: LongText = ""
    links: tuple[Link, ...] = ()
    """Beside the application's own page, which is always linked."""


facts_for: dict[NoticeKind, type[Facts]] = {
    NoticeKind.RECEIPT: ReceiptFacts,
    NoticeKind.CORRECTIONS: CorrectionsFacts,
    NoticeKind.REMINDER: ReminderFacts,
    NoticeKind.NOT_SUBMITTED: NotSubmittedFacts,
    NoticeKind.CLOSED_INCOMPLETE: ClosedIncompleteFacts,
    NoticeKind.MOVED: MovedFacts,
    NoticeKind.REVIEW_ASKED: ReviewFacts,
    NoticeKind.REVIEW_REMINDER: ReviewFacts,
    NoticeKind.INVITATION: DecisionFacts,
    NoticeKind.FALLBACK_OFFER: DecisionFacts,
    NoticeKind.WAITLISTED: DecisionFacts,
    NoticeKind.NOT_SELECTED: DecisionFacts,
    NoticeKind.OFFER_REMINDER: OfferFacts,
    NoticeKind.LAPSED: OfferFacts,
    NoticeKind.WITHDRAWN: WithdrawnFacts,
    NoticeKind.ENROLLED: EnrolledFacts,
    NoticeKind.STAFF_ALERT: StaffAlertFacts,
}
"""The model of each kind's facts."""
