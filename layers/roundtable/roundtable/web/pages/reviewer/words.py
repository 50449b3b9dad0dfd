"""What reviewers read, in words of the language spoken now."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from roundtable.domain.application import Answer, Decision
from roundtable.domain.documents import ScanStatus
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Record
from roundtable.domain.program import Criterion
from roundtable.domain.reviews import Recommendation
from roundtable.domain.stages import ClosedAs
from roundtable.usecases.reviewing.documents import DocumentChange, ReadCheck, ReadDocument
from roundtable.usecases.reviewing.past import Became, PastReview
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

_KILOBYTE = 1_000
_MEGABYTE = 1_000_000
_MINUTE = 60


class Tag(Record):
    """A word or two on a coloured ground; the colour says nothing that the words do not."""

    text: str
    look: str = ""
    """The modifier of GOV.UK's tag."""

    @property
    def classes(self) -> str:
        """The classes of the element."""
        return f"govuk-tag--{self.look}" if self.look else ""


def due(days_left: int, days_late: int) -> Tag:
    """Return how many days are left for a review, or how late it is."""
    if days_late:
        late = ngettext("%(num)s day late", "%(num)s days late", days_late)
        return Tag(text=late % {"num": days_late}, look="red")
    if days_left == 0:
        return Tag(text=_("Due today"), look="yellow")
    left = ngettext("%(num)s day left", "%(num)s days left", days_left)
    return Tag(text=left % {"num": days_left}, look="grey")


def verdict(of: Verdict) -> Tag:
    """Return what a check says."""
    return {
        Verdict.PASS: Tag(text=_("Passed"), look="green"),
        Verdict.LOOK: Tag(text=_("Please look"), look="yellow"),
        Verdict.FAIL: Tag(text=_("Failed"), look="red"),
    }[of]


def checks(found: Sequence[ReadCheck]) -> tuple[Tag, ...]:
    """Return how many checks say what, the worst first; nothing of those that none says."""
    number = Counter(check.verdict for check in found)
    passed, look, failed = number[Verdict.PASS], number[Verdict.LOOK], number[Verdict.FAIL]
    said = (
        (failed, ngettext("%(num)s check failed", "%(num)s checks failed", failed), "red"),
        (look, ngettext("%(num)s to look at", "%(num)s to look at", look), "yellow"),
        (passed, ngettext("%(num)s check passed", "%(num)s checks passed", passed), "green"),
    )
    return tuple(Tag(text=text % {"num": count}, look=how) for count, text, how in said if count)


def recommendation(of: Recommendation | None) -> Tag:
    """Return what somebody recommends."""
    match of:
        case Recommendation.APPROVE:
            return Tag(text=_("Approve"), look="green")
        case Recommendation.DECLINE:
            return Tag(text=_("Decline"), look="purple")
        case Recommendation.RETURN:
            return Tag(text=_("Return"), look="yellow")
        case None:
            return Tag(text=_("No recommendation"), look="grey")


def became(past: PastReview) -> Tag:
    """Return what happened to an application that was reviewed."""
    if past.decision is not None:
        return {
            Decision.ACCEPTED: Tag(text=_("Accepted"), look="green"),
            Decision.WAITLISTED: Tag(text=_("On the waitlist")),
            Decision.NOT_SELECTED: Tag(text=_("Not selected"), look="purple"),
        }[past.decision]
    return {
        Became.OPEN: Tag(text=_("Not decided yet"), look="grey"),
        Became.DECIDED: Tag(text=_("Decided, not told yet"), look="yellow"),
    }.get(past.became, Tag(text=_("Ended"), look="grey"))


def became_in_full(past: PastReview) -> str:
    """Return what happened to an application, and what that means, in a sentence or two."""
    decided = {
        Decision.ACCEPTED: _("The team was accepted for this track."),
        Decision.WAITLISTED: _("The team is on the waitlist of this track."),
        Decision.NOT_SELECTED: _("The team was not selected for this track."),
    }
    undecided = {
        Became.OPEN: _("Nothing is decided yet. You find the outcome here once the team knows it."),
        Became.DECIDED: _(
            "It is decided. You find the outcome here once the team has been told, so that the "
            "team hears it first."
        ),
        Became.ENDED: _("The application ended without a decision about this track."),
    }
    said = [decided[past.decision] if past.decision else undecided.get(past.became, "")]
    ended = {
        ClosedAs.ENROLLED: _("It takes part."),
        ClosedAs.DECLINED: _("It declined its place."),
        ClosedAs.LAPSED: _("It did not answer in time, so its place went on to others."),
        ClosedAs.WITHDRAWN: _("The applicant withdrew."),
        ClosedAs.INCOMPLETE: _("It was still incomplete when the time was over."),
    }
    if past.closed_as is not None:
        said.append(ended.get(past.closed_as, ""))
    return " ".join(filter(None, said))


def weight(criterion: Criterion, rubric: Sequence[Criterion]) -> str:
    """Return which part of the whole score a criterion makes up."""
    whole = sum((item.weight for item in rubric), Decimal())
    share = f"{criterion.weight / whole * 100:.0f} %".replace(" ", "\N{NO-BREAK SPACE}")
    return _("Counts for %(share)s of the score.") % {"share": share}


def points(scored: int | None, criterion: Criterion) -> str:
    """Return a score with the most that can be given."""
    if scored is None:
        return _("Not scored")
    return _("%(points)s of %(most)s") % {"points": scored, "most": criterion.scale}


def answer(given: Answer) -> tuple[str, ...]:
    """Return an answer as paragraphs or lines."""
    if isinstance(given, bool):
        return (_("Yes") if given else _("No"),)
    if isinstance(given, str):
        return tuple(line for line in given.splitlines() if line.strip())
    return given


def size(document: ReadDocument) -> str:
    """Return the size of a file."""
    if document.size >= _MEGABYTE:
        return f"{document.size / _MEGABYTE:.1f} MB"
    return f"{max(document.size // _KILOBYTE, 1)} KB"


def length(seconds: int) -> str:
    """Return how long a video is: 10:05 minutes."""
    return _("%(clock)s minutes") % {"clock": f"{seconds // _MINUTE}:{seconds % _MINUTE:02}"}


def not_open(document: ReadDocument) -> str:
    """Return why a document cannot be opened, for one that has no address."""
    match document.scan:
        case ScanStatus.PENDING:
            return _("This file is still searched for malware. Come back in a few minutes.")
        case ScanStatus.INFECTED:
            return _("Malware was found in this file. Nobody can open it.")
        case ScanStatus.UNSUPPORTED:
            return _("This file could not be searched for malware, so it is kept closed.")
        case ScanStatus.FAILED:
            return _("The search of this file for malware failed, so it is kept closed.")
        case _:
            pass
    if document.evidence is None:
        return _("This document has not been checked yet. Come back in a few minutes.")
    return _("This document cannot be opened.")


def change(of: DocumentChange) -> str:
    """Return what is other than it was shown before."""
    said = {
        "new": _("%(title)s: document %(number)s is new."),
        "gone": _("%(title)s: document %(number)s does not count any more."),
        "other": _("%(title)s: document %(number)s has other content now."),
    }
    return said[of.change] % {"title": of.title, "number": of.number}
