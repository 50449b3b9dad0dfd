"""What happened to an application, in the words of staff: a line for each change of the audit."""

from collections.abc import Callable, Mapping
from typing import cast

from pydantic import JsonValue

from roundtable.domain.application import Decision
from roundtable.domain.program import Program
from roundtable.domain.reviews import Recommendation
from roundtable.usecases.staff.story import HistoryEvent
from roundtable.web.pages.staff import stage_words
from roundtable.web.pages.texts import gettext as _

Detail = Mapping[str, JsonValue]


class HistoryWords:
    """Tells changes in the names of a program and its reviewers."""

    def __init__(self, program: Program, reviewers: Mapping[str, str], reader: str) -> None:
        self._tracks = {track.key: track.name for track in program.tracks}
        self._requirements = {
            item.key: item.title for track in program.tracks for item in track.requirements
        }
        self._reviewers = reviewers
        self._reader = reader

    def what(self, event: HistoryEvent) -> str:
        """Return what was changed; a kind that no line is written for is told by its name."""
        said = _SAID.get(event.kind)
        return said(self, event.detail) if said else event.kind.replace("_", " ").capitalize()

    def who(self, actor: str) -> str:
        """Return who made a change: people by name or part, what happens by itself as such."""
        kind, _colon, identity = actor.partition(":")
        if actor == self._reader:
            return _("You")
        match kind:
            case "applicant":
                return _("The team")
            case "reviewer":
                return self.reviewer(identity)
            case "staff":
                return _("Staff (%(id)s)") % {"id": short(identity)}
            case "form":
                return _("Web form")
            case _:
                return _("Roundtable")

    def reviewer(self, identity: str) -> str:
        """Return a reviewer's name, or part of the id of one who left the register."""
        return self._reviewers.get(identity) or _("Reviewer %(id)s") % {"id": short(identity)}

    def track(self, detail: Detail, name: str = "track") -> str:
        """Return the name of a track."""
        key = str(detail.get(name, ""))
        return self._tracks.get(key, key)

    def requirement(self, detail: Detail) -> str:
        """Return the title of a requirement."""
        key = str(detail.get("requirement", ""))
        return self._requirements.get(key, key)

    def requirements(self, detail: Detail) -> str:
        """Return the titles of several requirements."""
        keys = cast("list[JsonValue]", detail.get("requirements") or [])
        return ", ".join(self._requirements.get(str(key), str(key)) for key in keys)


def short(identity: str) -> str:
    """Return enough of a sign-in's subject to tell two apart."""
    return identity[:8]


MILESTONES = frozenset(
    {
        "application_started",
        "application_submitted",
        "application_withdrawn",
        "application_returned",
        "closed_incomplete",
        "corrections_asked",
        "corrections_made",
        "decision_corrected",
        "decision_made",
        "decision_told",
        "draft_not_submitted",
        "extension_granted",
        "help_asked",
        "late_yes_waitlisted",
        "moved_to_fallback",
        "offer_answered",
        "offer_lapsed",
        "requirement_admitted",
        "restarted",
        "review_completed",
        "reviewer_assigned",
        "reviewer_recused",
        "reviewer_replaced",
        "seat_offered",
        "seat_released",
        "staff_asked_to_decide",
        "team_enrolled",
        "track_switched",
        "waitlist_ended",
    }
)
"""What the course of an application is told by; the audit has the rest, too."""


def reason(event: HistoryEvent) -> str:
    """Return why a person made a change, where it was said."""
    return str(event.detail.get("reason") or "")


def _decided(words: HistoryWords, detail: Detail) -> str:
    decision = stage_words.decision(Decision(str(detail["decision"])))
    said = (
        _("Decided for %(track)s together with others: %(decision)s")
        if detail.get("proposal")
        else _("Decided for %(track)s: %(decision)s")
    )
    return said % {"track": words.track(detail), "decision": decision}


def _corrected(words: HistoryWords, detail: Detail) -> str:
    return _("Decision for %(track)s corrected: from “%(left)s” to “%(decision)s”") % {
        "track": words.track(detail),
        "left": stage_words.decision(Decision(str(detail["left"]))),
        "decision": stage_words.decision(Decision(str(detail["decision"]))),
    }


def _reviewed(_words: HistoryWords, detail: Detail) -> str:
    said = {
        Recommendation.APPROVE: _("Review given: approve"),
        Recommendation.DECLINE: _("Review given: decline"),
        Recommendation.RETURN: _("Review given: return"),
    }
    found = detail.get("recommendation")
    known = {item.value for item in Recommendation}
    return said[Recommendation(str(found))] if found in known else _("Review given")


def _checked(words: HistoryWords, detail: Detail) -> str:
    said = {
        "pass": _("%(what)s: checked, passed"),
        "fail": _("%(what)s: checked, to be mended"),
        "look": _("%(what)s: checked, a person must look"),
    }
    wanted = said.get(str(detail.get("verdict")), _("%(what)s: checked"))
    return wanted % {"what": words.requirement(detail)}


def _scanned(words: HistoryWords, detail: Detail) -> str:
    said = {
        "clean": _("%(what)s: searched for malware, clean"),
        "infected": _("%(what)s: malware found, kept closed"),
    }
    wanted = said.get(str(detail.get("status")), _("%(what)s: the search for malware did not end"))
    return wanted % {"what": words.requirement(detail)}


def _moved(words: HistoryWords, detail: Detail) -> str:
    return _("Moved from %(left)s to %(track)s") % {
        "left": words.track(detail, "left"),
        "track": words.track(detail),
    }


def _answered(_words: HistoryWords, detail: Detail) -> str:
    return (
        _("The team said yes to the offer")
        if detail.get("answer") == "yes"
        else _("The team said no to the offer")
    )


def _fixed(text: Callable[[], str]) -> Callable[[HistoryWords, Detail], str]:
    return lambda _words, _detail: text()


_SAID: dict[str, Callable[[HistoryWords, Detail], str]] = {
    "application_started": _fixed(lambda: _("Draft begun")),
    "application_submitted": _fixed(lambda: _("Application received")),
    "application_withdrawn": _fixed(lambda: _("Withdrawn")),
    "application_tidied": _fixed(lambda: _("Open reviews and notices tidied up")),
    "application_returned": lambda words, detail: (
        _("Returned to the team: %(what)s") % {"what": words.requirements(detail)}
    ),
    "closed_incomplete": _fixed(lambda: _("Closed as incomplete")),
    "contact_corrected": _fixed(lambda: _("Address of a contact corrected")),
    "corrections_asked": lambda words, detail: (
        _("Asked the team to mend: %(what)s") % {"what": words.requirements(detail)}
    ),
    "corrections_made": _fixed(lambda: _("Everything asked for was mended")),
    "dates_moved": _fixed(lambda: _("Dates of the round moved")),
    "decision_announced": _fixed(lambda: _("Decision announced")),
    "decision_corrected": _corrected,
    "decision_made": _decided,
    "decision_told": _fixed(lambda: _("Decision sent to the team")),
    "document_received": lambda words, detail: (
        _("Received: %(what)s, version %(number)s")
        % {"what": words.requirement(detail), "number": detail.get("number", "")}
    ),
    "document_removed": lambda words, detail: (
        _("Removed: %(what)s, version %(number)s")
        % {"what": words.requirement(detail), "number": detail.get("number", "")}
    ),
    "document_scanned": _scanned,
    "draft_not_submitted": _fixed(lambda: _("Not submitted by the deadline")),
    "duplicate_organization_flagged": _fixed(
        lambda: _("The same organization applied more than once")
    ),
    "execution_replaced": _fixed(lambda: _("The workflow was lost and begun anew")),
    "execution_wanted": _fixed(lambda: _("Workflow begun")),
    "extension_granted": _fixed(lambda: _("Extension granted")),
    "form_mended": _fixed(lambda: _("Form mended")),
    "help_asked": lambda _words, detail: (
        _("The workflow asked for help at “%(state)s”") % {"state": detail.get("state", "")}
    ),
    "incomplete_at_close": _fixed(lambda: _("Incomplete at the close")),
    "late_yes_waitlisted": _fixed(lambda: _("A late yes: joined the waitlist")),
    "moved_to_fallback": _moved,
    "notice_held": _fixed(lambda: _("Notice held")),
    "notice_regenerated": _fixed(lambda: _("Notice made anew")),
    "notice_released": _fixed(lambda: _("Notice released")),
    "notice_sent_again": _fixed(lambda: _("Notice sent once more")),
    "notice_undelivered": _fixed(lambda: _("A notice was not delivered")),
    "offer_answered": _answered,
    "offer_lapsed": _fixed(lambda: _("The offer lapsed")),
    "reminded": _fixed(lambda: _("Reminder sent to the team")),
    "requirement_admitted": lambda words, detail: (
        _("Admitted as it is: %(what)s") % {"what": words.requirement(detail)}
    ),
    "requirement_checked": _checked,
    "restarted": _fixed(lambda: _("Workflow restarted")),
    "review_completed": _reviewed,
    "review_noted": _fixed(lambda: _("Notes kept by a reviewer")),
    "reviewer_assigned": lambda words, detail: (
        _("Assigned to %(who)s") % {"who": words.reviewer(str(detail.get("reviewer", "")))}
    ),
    "reviewer_kept": lambda words, detail: (
        _("%(who)s stays, as nobody else is left")
        % {"who": words.reviewer(str(detail.get("reviewer", "")))}
    ),
    "reviewer_recused": lambda words, detail: (
        _("%(who)s stepped back") % {"who": words.reviewer(str(detail.get("reviewer", "")))}
    ),
    "reviewer_reminded": lambda words, detail: (
        _("%(who)s was reminded") % {"who": words.reviewer(str(detail.get("reviewer", "")))}
    ),
    "reviewer_replaced": lambda words, detail: (
        _("Review taken back from %(who)s")
        % {"who": words.reviewer(str(detail.get("reviewer", "")))}
    ),
    "reviewers_requested": _fixed(lambda: _("Asked to fill the panel")),
    "reviews_asked_again": _fixed(lambda: _("Reviews asked for again: a document changed")),
    "seat_offered": lambda words, detail: (
        _("A free seat of %(track)s was offered") % {"track": words.track(detail)}
    ),
    "seat_released": lambda words, detail: (
        _("The seat of %(track)s was given back") % {"track": words.track(detail)}
    ),
    "staff_alerted": _fixed(lambda: _("Staff were alerted")),
    "staff_asked_to_decide": _fixed(lambda: _("Handed to staff to decide")),
    "team_enrolled": lambda words, detail: (
        _("Enrolled in %(track)s") % {"track": words.track(detail)}
    ),
    "track_switched": _moved,
    "upload_asked": lambda words, detail: (
        _("Upload begun: %(what)s") % {"what": words.requirement(detail)}
    ),
    "upload_refused": lambda words, detail: (
        _("Refused, as it came too late: %(what)s") % {"what": words.requirement(detail)}
    ),
    "waitlist_ended": _fixed(lambda: _("The waitlist ended")),
}
TOLD = frozenset(_SAID)
"""Kinds of changes that have words of their own."""
