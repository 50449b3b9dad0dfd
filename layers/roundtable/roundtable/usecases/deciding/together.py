"""Deciding about several applications at once: one person proposes, another one confirms.

Each decision is a transaction of its own with its seat, so that the last seat goes to exactly
one, and what became of each is told one by one.
"""

from collections.abc import Sequence
from datetime import timedelta

from roundtable.domain.application import Application, Decision
from roundtable.domain.audit import Actor
from roundtable.domain.proposals import (
    MOST_AT_ONCE,
    DecisionResult,
    Proposal,
    ProposalResult,
    ProposalStatus,
    ProposedApplication,
)
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, NotFound, Ports
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.errors import Invalid, NotAllowed, NotNow, Unknown
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.staff.lookups import find_application, find_program

ULID_LENGTH = 26
CUT_OFF_AFTER = timedelta(minutes=2)
"""Longer than any request lasts: what is not decided by then was cut off."""

_RESULTS = {
    "track-full": DecisionResult.FULL,
    "already-decided": DecisionResult.DECIDED_BEFORE,
    "not-yet": DecisionResult.MOVED,
}
"""What a refusal of one decision means."""


def chosen_applications(
    ports: Ports, program_key: str, track: str, names: Sequence[str]
) -> tuple[Application, ...]:
    """Return applications that can be decided together, in the order they are decided in.

    The higher score first, then the earlier receipt. Raises Unknown, and Invalid with what is
    wrong about the choice.
    """
    _, program = find_program(ports, program_key)
    if track not in {item.key for item in program.tracks}:
        raise Unknown("unknown-track", "This program has no such track.")
    wanted = tuple(dict.fromkeys(names))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        reason = f"Choose at least one application, and at most {MOST_AT_ONCE}."
        raise _invalid(reason)
    found = [find_application(ports, name) for name in wanted]
    strangers = [
        item.reference
        for item in found
        if (item.program, item.track, item.stage) != (program_key, track, Stage.WITH_STAFF)
    ]
    if strangers:
        reason = f"These do not wait for a decision in this track: {', '.join(strangers)}."
        raise _invalid(reason)
    found.sort(key=lambda item: (-(item.score or 0), item.received_at or item.created_at, item.id))
    return tuple(found)


def _invalid(reason: str) -> Invalid:
    return Invalid("invalid-choice", reason, [FieldProblem(path="/applications", reason=reason)])


def propose(
    ports: Ports,
    program_key: str,
    actor: Actor,
    *,
    track: str,
    names: Sequence[str],
    decision: Decision,
    reason: str,
) -> Proposal:
    """Keep a proposal for another member of staff to confirm. Nothing is decided by it.

    Raises Unknown, and Invalid as for `chosen_applications` and where the seats do not suffice.
    """
    chosen = chosen_applications(ports, program_key, track, names)
    seats = ports.rounds.seats(program_key, track)
    free = seats.open + seats.reserved
    if decision is Decision.ACCEPTED and len(chosen) > free:
        why = f"You chose {len(chosen)} applications, and seats are free for {free}. Choose fewer."
        raise _invalid(why)
    now = ports.clock.now()
    proposal = Proposal(
        id=ports.randomness.ulid(now),
        program=program_key,
        track=track,
        decision=decision,
        applications=tuple(
            ProposedApplication(
                application=item.id,
                reference=item.reference,
                review_round=item.review_round,
                form_revision=item.form_revision,
            )
            for item in chosen
        ),
        reason=reason,
        proposed_by=str(actor),
        proposed_at=now,
    )
    ports.rounds.keep_proposal(proposal)
    return proposal


def find_proposal(ports: Ports, program_key: str, name: str) -> Proposal:
    """Return a proposal; raises Unknown."""
    find_program(ports, program_key)
    unknown = Unknown("unknown-proposal", "There is no such proposal.")
    if len(name) != ULID_LENGTH or not name.isalnum() or not name.isascii():
        raise unknown
    try:
        return ports.rounds.proposal(program_key, name)
    except NotFound:
        raise unknown from None


def drop(ports: Ports, program_key: str, name: str, actor: Actor) -> Proposal:
    """Take a proposal off the list; raises Unknown, and NotNow once it was confirmed."""

    def attempt() -> Proposal:
        proposal = find_proposal(ports, program_key, name)
        if proposal.status is ProposalStatus.CONFIRMED:
            raise NotNow("confirmed", "This proposal was confirmed, and is carried out.")
        if proposal.status is ProposalStatus.DROPPED:
            return proposal
        return _keep_closed(ports, proposal, actor, ProposalStatus.DROPPED)

    return again_on_conflict(attempt)


def confirm(ports: Ports, program_key: str, name: str, actor: Actor) -> Proposal:
    """Carry a proposal out, by another person than who proposed it; return it with its results.

    Confirming what was carried out changes nothing; what was cut off goes on where it ended.
    Raises Unknown, NotAllowed for who proposed it, NotNow for one dropped or in hand elsewhere.
    """
    proposal = again_on_conflict(lambda: _confirmed(ports, program_key, name, actor))
    if proposal.results:
        return proposal
    results = tuple(
        ProposalResult(application=item.application, result=_decided(ports, proposal, item, actor))
        for item in proposal.applications
    )

    def keep() -> Proposal:
        present = ports.rounds.proposal(program_key, proposal.id)
        if present.results:
            return present
        told = present.with_(results=results, version=present.version + 1)
        ports.rounds.keep_proposal(told)
        return told

    return again_on_conflict(keep)


def _confirmed(ports: Ports, program_key: str, name: str, actor: Actor) -> Proposal:
    proposal = find_proposal(ports, program_key, name)
    if proposal.proposed_by == str(actor):
        raise NotAllowed(
            "second-person",
            "You proposed this. Decisions about several applications need a second person to "
            "confirm them.",
        )
    match proposal.status:
        case ProposalStatus.DROPPED:
            raise NotNow("dropped", "This proposal was dropped; nothing is decided by it.")
        case ProposalStatus.OPEN:
            return _keep_closed(ports, proposal, actor, ProposalStatus.CONFIRMED)
        case ProposalStatus.CONFIRMED:
            if not proposal.results and not was_cut_off(ports, proposal):
                raise NotNow("being-decided", "This proposal is being carried out right now.")
            return proposal


def was_cut_off(ports: Ports, proposal: Proposal) -> bool:
    """Return whether a proposal was confirmed and its results never came."""
    return (
        proposal.status is ProposalStatus.CONFIRMED
        and not proposal.results
        and proposal.closed_at is not None
        and ports.clock.now() > proposal.closed_at + CUT_OFF_AFTER
    )


def _keep_closed(
    ports: Ports, proposal: Proposal, actor: Actor, status: ProposalStatus
) -> Proposal:
    closed = proposal.with_(
        status=status,
        closed_by=str(actor),
        closed_at=ports.clock.now(),
        version=proposal.version + 1,
    )
    ports.rounds.keep_proposal(closed)
    return closed


def _decided(
    ports: Ports, proposal: Proposal, item: ProposedApplication, actor: Actor
) -> DecisionResult:
    application = ports.applications.get(item.application)
    if application.outcome(proposal.track) is not None:
        by_this = _decided_by(ports, proposal, application)
        return DecisionResult.DECIDED if by_this else DecisionResult.DECIDED_BEFORE
    if not item.is_still(application, proposal.track):
        return DecisionResult.CHANGED
    try:
        decide_by_staff(
            ports,
            item.application,
            actor,
            decision=proposal.decision,
            feedback="",
            reason=proposal.reason,
            proposal=proposal.id,
        )
    except NotNow as refusal:
        return _RESULTS[refusal.code]
    except Conflict:
        return DecisionResult.BUSY
    return DecisionResult.DECIDED


def _decided_by(ports: Ports, proposal: Proposal, application: Application) -> bool:
    """Return whether a decision was made by this proposal, before it was cut off."""
    return any(
        event.kind == "decision_made" and event.detail.get("proposal") == proposal.id
        for event in ports.applications.events(application.id)
    )
