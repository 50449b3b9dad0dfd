"""Proposals to decide about several applications at once."""

import pytest

from roundtable.domain.proposals import Proposal, ProposalStatus, ProposedApplication
from roundtable.ports import Conflict, NotFound
from tests.contract.conftest import Store
from tests.factories import APPLICATION, NOW, PROGRAM, RESIDENCY, make_id


def make_proposal(number: int = 1, **overrides: object) -> Proposal:
    proposal: dict[str, object] = {
        "id": make_id(number),
        "program": PROGRAM,
        "track": RESIDENCY,
        "decision": "accepted",
        "applications": (
            ProposedApplication(
                application=APPLICATION, reference="FW-TEST-0001", review_round=1, form_revision=3
            ),
        ),
        "reason": "The panel agrees",
        "proposed_by": "staff:staff-1",
        "proposed_at": NOW,
    }
    return Proposal.model_validate(proposal | overrides)


def test_proposals_are_kept_and_returned_newest_first(store: Store) -> None:
    assert store.rounds.proposals(PROGRAM) == ()
    for number in (2, 1, 3):
        store.rounds.keep_proposal(make_proposal(number))
    store.rounds.keep_proposal(make_proposal(4, program="other"))
    assert store.rounds.proposals(PROGRAM) == tuple(map(make_proposal, (3, 2, 1)))
    assert store.rounds.proposal(PROGRAM, make_id(2)) == make_proposal(2)


def test_proposal_that_is_not_kept_raises_not_found(store: Store) -> None:
    store.rounds.keep_proposal(make_proposal())
    for program, identity in ((PROGRAM, make_id(2)), ("other", make_id(1))):
        with pytest.raises(NotFound):
            store.rounds.proposal(program, identity)


def test_proposal_is_fenced_by_its_version(store: Store) -> None:
    store.rounds.keep_proposal(make_proposal())
    confirmed = make_proposal(status=ProposalStatus.CONFIRMED, version=2)
    for refused in (make_proposal(reason="Another"), make_proposal(version=3)):
        with pytest.raises(Conflict):
            store.rounds.keep_proposal(refused)
    store.rounds.keep_proposal(confirmed)
    with pytest.raises(Conflict):
        store.rounds.keep_proposal(confirmed.with_(status=ProposalStatus.DROPPED))
    assert store.rounds.proposal(PROGRAM, make_id(1)) == confirmed
