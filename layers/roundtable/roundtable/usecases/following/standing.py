"""One application as its applicant may see it at one moment."""

from datetime import datetime
from functools import cached_property

from roundtable.domain.application import Application, Finding, Outcome
from roundtable.domain.audit import AuditEvent
from roundtable.domain.deadlines import close_for, enterable_tracks
from roundtable.domain.documents import Document
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Key
from roundtable.domain.program import Program, Requirement, Track
from roundtable.domain.requirements import present_findings
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Ports
from roundtable.usecases.applying.changeable import CHANGEABLE
from roundtable.usecases.applying.mending import mendable
from roundtable.usecases.applying.switching import SWITCHABLE
from roundtable.usecases.following.moments import Moment, deadline
from roundtable.usecases.following.records import Can, Missing, RequirementStatus
from roundtable.usecases.following.view import State, shown_track, state_of, told_outcomes
from roundtable.usecases.step import program_of

_WITHDRAWABLE = frozenset(
    {
        State.DRAFT,
        State.CHECKING,
        State.INCOMPLETE,
        State.IN_REVIEW,
        State.WAITLISTED,
        State.OFFERED,
        State.ACCEPTED,
        State.ENROLLED,
    }
)


class Standing:
    """One application as its applicant may see it now."""

    def __init__(self, ports: Ports, application: Application) -> None:
        self._ports = ports
        self.application = application
        self.now: datetime = ports.clock.now()
        self.program: Program = program_of(ports, application)
        # Only where something was decided does it matter what was told.
        decided = bool(application.outcomes)
        self.told: tuple[Outcome, ...] = told_outcomes(application, self.events) if decided else ()
        self.untold = decided and not self.told
        self.state = state_of(application, self.program, self.told, self.now)
        self.track: Track = self.program.track(shown_track(application, self.told))

    @cached_property
    def events(self) -> tuple[AuditEvent, ...]:
        """The audit trail."""
        return self._ports.applications.events(self.application.id)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All versions of all documents."""
        return self._ports.applications.documents(self.application.id)

    def findings(self) -> tuple[Finding, ...]:
        """Return the verdicts that may be shown: of the track that the applicant knows of.

        While corrections are asked, what was asked for; of a track not known of, only that.
        """
        corrections = self.application.corrections
        if self.application.stage is Stage.CORRECTIONS and corrections is not None:
            asked = {item.requirement for item in corrections.items}
            others = () if self.untold else self.application.findings
            return (*corrections.items, *(it for it in others if it.requirement not in asked))
        if self.untold:
            # What was decided about had been checked; checks for another track would tell it.
            return tuple(
                Finding(requirement=item.key, verdict=Verdict.PASS, reason="")
                for item in self.track.requirements
            )
        if self.application.stage in {Stage.DRAFT, Stage.CHECKING}:
            return present_findings(self.program, self.track, self.application, self.documents)
        if any(outcome.track == self.track.key for outcome in self.told):
            return tuple(_looked_at(finding) for finding in self.application.findings)
        return self.application.findings

    def missing(self) -> tuple[Missing, ...]:
        """Return what the applicant must bring; nothing once it is with others, or over."""
        if self.state not in {State.DRAFT, State.CHECKING, State.INCOMPLETE}:
            return ()
        return tuple(
            Missing(
                requirement=item.requirement,
                title=self._title(item.requirement),
                reason=item.reason,
            )
            for item in self.findings()
            if item.verdict is Verdict.FAIL
        )

    def missing_until(self) -> Moment | None:
        """Return until when what is missing can be brought."""
        application, program = self.application, self.program
        if not self.missing():
            return None
        if application.stage is Stage.CORRECTIONS and application.corrections is not None:
            return deadline(program, correction_end(application, program))
        return deadline(program, close_for(program, self.track, application))

    def requirements(self) -> tuple[RequirementStatus, ...]:
        """Return every requirement of the track with its verdict so far."""
        found = {item.requirement: item for item in self.findings()}
        shown = list(self.track.requirements)
        shown += [
            requirement
            for key in found
            if key not in {item.key for item in shown}
            and (requirement := self._requirement(key)) is not None
        ]
        return tuple(_requirement_status(item, found.get(item.key)) for item in shown)

    def tracks_open(self) -> tuple[Key, ...]:
        """Return the tracks that a submitted application could change to now."""
        if self.application.stage not in SWITCHABLE or self.application.outcomes:
            return ()
        return tuple(
            track.key
            for track in enterable_tracks(self.program, self.now, self.application)
            if track.key != self.application.track
        )

    def can(self) -> tuple[Can, ...]:
        """Return what the applicant may do now."""
        application, now = self.application, self.now
        draft = self.state is State.DRAFT
        correcting = (
            application.stage is Stage.CORRECTIONS
            and application.corrections is not None
            and now < correction_end(application, self.program)
        )
        in_time = now < close_for(self.program, self.track, application)
        allowed: dict[Can, bool] = {
            "edit": draft
            or (correcting and bool(mendable(application, self.program.track(application.track)))),
            "submit": draft,
            "upload": draft
            or correcting
            or (application.stage in CHANGEABLE and in_time and not self.untold),
            "switch_track": bool(self.tracks_open()),
            "withdraw": self.state in _WITHDRAWABLE,
            "answer": self._can_answer(),
        }
        return tuple(name for name, yes in allowed.items() if yes)

    def _can_answer(self) -> bool:
        offer = self.application.offer
        if offer is None or not self.told:
            return False
        late = self.application.closed_as is ClosedAs.LAPSED
        return self.application.stage is Stage.OFFER or late

    def _requirement(self, key: str) -> Requirement | None:
        return next(
            (item for track in self.program.tracks if (item := track.requirement(key))), None
        )

    def _title(self, key: str) -> str:
        requirement = self._requirement(key)
        return requirement.title if requirement else key


def _looked_at(finding: Finding) -> Finding:
    """Return a finding after the decision: who was to look at it has looked."""
    if finding.verdict is not Verdict.LOOK:
        return finding
    return finding.with_(verdict=Verdict.PASS, reason="")


def _requirement_status(requirement: Requirement, finding: Finding | None) -> RequirementStatus:
    return RequirementStatus(
        requirement=requirement.key,
        title=requirement.title,
        kind=requirement.kind,
        verdict=finding.verdict if finding else "open",
        reason=finding.reason if finding else "",
    )
