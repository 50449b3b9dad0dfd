from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Form
from roundtable.domain.reference import reference_number
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict, Session
from roundtable.usecases.applying.drafts import (
    MOST_APPLICATIONS,
    is_application_id,
    own,
    save,
    start,
)
from roundtable.usecases.errors import Invalid, NotNow, Stale, TooMany, Unknown
from tests.factories import (
    APPLICATION,
    ATTESTATION,
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    TEAM,
    make_application,
    make_form,
    make_id,
    make_program,
    make_track,
)
from tests.fakes import FakePorts

ADA = Session(program=PROGRAM, email="ada@stmary.example", expires_at=NOW + timedelta(hours=12))
EVE = ADA.with_(email="eve@stmary.example")
LAST_CLOSE = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def form(**overrides: Any) -> Form:
    return Form.model_validate(make_form(**overrides))


def test_draft_is_begun_by_its_owner_for_the_first_track_of_interest(ports: FakePorts) -> None:
    application, new = start(ports, ADA, Form(tracks=(SEMINAR,)))
    assert new
    assert (application.stage, application.track) == (Stage.DRAFT, SEMINAR)
    assert application.owner == ADA.email
    events = ports.applications.events(application.id)
    assert [event.kind for event in events] == ["application_started"]
    assert ADA.email not in events[0].model_dump_json()


def test_second_start_returns_the_open_draft(ports: FakePorts) -> None:
    first, _ = start(ports, ADA, form())
    second, new = start(ports, ADA, Form(tracks=(SEMINAR,)))
    assert (second, new) == (first, False)


def test_empty_draft_takes_the_form_of_a_second_start(ports: FakePorts) -> None:
    first, _ = start(ports, ADA, Form())
    second, new = start(ports, ADA, form())
    assert (second.id, second.form, new) == (first.id, form(), False)


def test_two_starts_at_once_make_one_draft(ports: FakePorts) -> None:
    def meanwhile() -> None:
        start(ports, ADA, Form())

    ports.applications.interleave.append(meanwhile)
    application, new = start(ports, ADA, form())
    assert not new
    assert len(ports.applications.of_owner(PROGRAM, ADA.email)) == 1
    assert application.id == ports.applications.of_owner(PROGRAM, ADA.email)[0].id


def test_another_application_can_be_begun_after_the_first_was_submitted(ports: FakePorts) -> None:
    ports.applications.given(make_application(Stage.REVIEW, number=9))
    _, new = start(ports, ADA, Form())
    assert new


def test_reference_number_taken_by_chance_is_tried_again(ports: FakePorts) -> None:
    chance = FakePorts().randomness
    chance.ulid(NOW)
    taken = reference_number("FW", chance.bits(48))
    ports.applications.given(make_application(Stage.REVIEW, number=9, reference=taken))
    with pytest.raises(Conflict):
        start(ports, EVE, Form())


def test_one_address_cannot_begin_without_end(ports: FakePorts) -> None:
    for number in range(MOST_APPLICATIONS):
        ports.applications.given(make_application(Stage.REVIEW, number=number + 1))
    with pytest.raises(TooMany):
        start(ports, ADA, Form())


def test_nothing_begins_before_the_opening_which_is_named(ports: FakePorts) -> None:
    ports.clock.set(datetime(2022, 9, 6, 12, 59, 59, tzinfo=UTC))
    with pytest.raises(NotNow, match=r"September 6, 2022, 9:00 AM EDT") as caught:
        start(ports, ADA, Form())
    assert caught.value.code == "not-open-yet"
    ports.clock.advance(seconds=1)
    assert start(ports, ADA, Form())[1]


def test_nothing_begins_after_the_last_close(ports: FakePorts) -> None:
    ports.clock.set(LAST_CLOSE)
    with pytest.raises(NotNow) as caught:
        start(ports, ADA, Form())
    assert caught.value.code == "closed"


@pytest.mark.parametrize("application", [APPLICATION, make_id(9), "x", "", "01/..", "7" * 400])
def test_anothers_and_a_missing_application_are_equally_unknown(
    ports: FakePorts, application: str
) -> None:
    ports.applications.given(make_application())
    with pytest.raises(Unknown) as caught:
        own(ports, EVE, application)
    assert caught.value.code == "unknown-application"


def test_own_application_of_another_program_is_unknown(ports: FakePorts) -> None:
    ports.applications.given(make_application())
    with pytest.raises(Unknown):
        own(ports, ADA.with_(program="other"), APPLICATION)


def test_ids_are_told_from_nonsense() -> None:
    assert is_application_id(APPLICATION)
    assert not is_application_id(APPLICATION.lower())
    assert not is_application_id("Z" * 26)


def test_saving_counts_revisions_and_follows_the_tracks(ports: FakePorts) -> None:
    ports.applications.given(make_application(form=Form()))
    saved = save(ports, ADA, APPLICATION, form(tracks=(SEMINAR,)), revision=0)
    assert (saved.form_revision, saved.track) == (1, SEMINAR)
    assert ports.applications.events(APPLICATION) == ()


def test_closed_track_gives_way_to_one_that_is_open(ports: FakePorts) -> None:
    open_longer = make_track(SEMINAR, closes=datetime(2022, 11, 1).date())  # noqa: DTZ001
    ports.rounds.given(make_program(tracks=(make_track(RESIDENCY), open_longer)))
    ports.applications.given(make_application(form=Form(), program_version=2))
    ports.clock.set(LAST_CLOSE)
    assert save(ports, ADA, APPLICATION, form(), revision=0).track == SEMINAR


def test_unknown_tracks_in_a_draft_are_kept_until_they_are_mended(ports: FakePorts) -> None:
    ports.applications.given(make_application(form=Form()))
    saved = save(ports, ADA, APPLICATION, Form(tracks=("nowhere",)), revision=0)
    assert (saved.form.tracks, saved.track) == (("nowhere",), RESIDENCY)


def test_stale_revision_is_refused_and_overwrites_nothing(ports: FakePorts) -> None:
    ports.applications.given(make_application(form_revision=4))
    with pytest.raises(Stale, match="Revision 4"):
        save(ports, ADA, APPLICATION, Form(), revision=3)
    assert ports.applications.get(APPLICATION).form == form()


def test_same_form_again_is_no_change(ports: FakePorts) -> None:
    before = ports.applications.given(make_application(form_revision=4))
    assert save(ports, ADA, APPLICATION, form(), revision=3) == before


def test_save_that_is_overtaken_sees_the_newer_revision(ports: FakePorts) -> None:
    ports.applications.given(make_application())

    def meanwhile() -> None:
        save(ports, ADA, APPLICATION, Form(), revision=0)

    ports.applications.interleave.append(meanwhile)
    with pytest.raises(Stale):
        save(ports, ADA, APPLICATION, form(tracks=(SEMINAR,)), revision=0)


@pytest.mark.scenario(4)
def test_draft_survives_the_close_unchanged(ports: FakePorts) -> None:
    ports.applications.given(make_application())
    ports.clock.set(LAST_CLOSE)
    with pytest.raises(NotNow, match="Your draft is kept"):
        save(ports, ADA, APPLICATION, Form(), revision=0)
    assert own(ports, ADA, APPLICATION).form == form()


@pytest.mark.parametrize(
    ("stage", "overrides", "code"),
    [
        (Stage.CHECKING, {}, "already-submitted"),
        (Stage.REVIEW, {}, "already-submitted"),
        (Stage.OFFER, {}, "already-submitted"),
        (Stage.CLOSED, {"received_at": None, "closed_as": ClosedAs.NOT_SUBMITTED}, "closed"),
        (Stage.CLOSED, {"received_at": None, "closed_as": ClosedAs.WITHDRAWN}, "not-a-draft"),
    ],
)
def test_form_cannot_change_any_more(
    ports: FakePorts, stage: Stage, overrides: dict[str, Any], code: str
) -> None:
    ports.applications.given(make_application(stage, **overrides))
    with pytest.raises(NotNow) as caught:
        save(ports, ADA, APPLICATION, Form(), revision=0)
    assert caught.value.code == code


# --- mending what was returned ---------------------------------------------------------------


def _returned(ports: FakePorts, requirement: str, **overrides: Any) -> None:
    item = {"requirement": requirement, "verdict": "fail", "reason": "Please mend this."}
    corrections = {"asked_at": NOW, "until": NOW + timedelta(days=7), "items": (item,)}
    ports.applications.given(
        make_application(
            Stage.CORRECTIONS, track=SEMINAR, corrections=corrections, findings=(item,), **overrides
        )
    )


def test_returned_attestation_is_mended_and_sends_it_back_to_its_checks(ports: FakePorts) -> None:
    _returned(ports, ATTESTATION, form=make_form(attestations={}))
    mended = save(ports, ADA, APPLICATION, form(), revision=0)
    assert (mended.stage, mended.form_revision) == (Stage.CHECKING, 1)
    assert mended.received_at == NOW - timedelta(days=1)
    kinds = [event.kind for event in ports.applications.events(APPLICATION)]
    assert kinds == ["form_mended", "corrections_made"]


def test_mended_in_part_waits_for_the_rest(ports: FakePorts) -> None:
    _returned(ports, ATTESTATION, form=make_form(attestations={}))
    wrong = form(attestations={ATTESTATION: ("Something else.",)})
    assert save(ports, ADA, APPLICATION, wrong, revision=0).stage is Stage.CORRECTIONS


@pytest.mark.scenario(10)
def test_nothing_but_what_was_returned_can_change(ports: FakePorts) -> None:
    _returned(ports, ATTESTATION)
    changed = form(tracks=(SEMINAR,), team=(), attestations={"other": ("x",)})
    with pytest.raises(Invalid) as caught:
        save(ports, ADA, APPLICATION, changed, revision=0)
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {"/form/tracks", "/form/team", "/form/attestations/other"}


def test_returned_team_is_mended(ports: FakePorts) -> None:
    item = {"requirement": TEAM, "verdict": "fail", "reason": "A team of 2."}
    corrections = {"asked_at": NOW, "until": NOW + timedelta(days=7), "items": (item,)}
    team = make_form()["team"]
    ports.applications.given(
        make_application(Stage.CORRECTIONS, corrections=corrections, form=make_form(team=team[:2]))
    )
    mended = save(ports, ADA, APPLICATION, form(), revision=0)
    assert len(mended.form.team) == 3


def test_correction_window_ends(ports: FakePorts) -> None:
    _returned(ports, ATTESTATION, form=make_form(attestations={}))
    ports.clock.set(LAST_CLOSE)
    with pytest.raises(NotNow) as caught:
        save(ports, ADA, APPLICATION, form(), revision=0)
    assert caught.value.code == "closed"
