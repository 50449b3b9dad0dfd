from datetime import UTC, date, datetime, timedelta

import pytest

from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import UploadForm
from roundtable.usecases.applying.uploads import ask_for_upload
from roundtable.usecases.checking.correcting import ask_for_corrections, end_corrections
from roundtable.usecases.errors import ApplicationMoved
from roundtable.usecases.reviewing.giving import ReturnedDocument
from roundtable.usecases.staff.actions import return_by_staff
from roundtable.usecases.staff.extensions import extend
from tests.factories import LETTER, RESIDENCY, SEMINAR, VIDEO, make_program, make_track
from tests.unit.usecases.rounds import APPLICANT, PDF, STAFF, Round, check_invariants

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
GRACE = timedelta(minutes=30)


def incomplete(
    letter: str = "", *, video: bool = True, round_: Round | None = None
) -> tuple[Round, str]:
    round_ = round_ or Round()
    application = round_.submit(letter=letter, video=video)
    round_.settle()
    return round_, application


@pytest.mark.scenario(8)
def test_incomplete_application_is_told_reminded_and_completed_by_the_last_file() -> None:
    round_, application = incomplete()
    assert round_.stage(application) is Stage.CORRECTIONS
    round_.go_to(CLOSE - timedelta(hours=12))
    told = round_.told(application)
    assert [key.partition("#")[0] for key in told] == [
        "receipt",
        "corrections",
        "reminder",
        "reminder",
        "reminder",
    ]
    assert told[2:] == [f"reminder#corrections:202210{day}0400" for day in (15, 19, 21)]
    round_.upload(application)
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW
    check_invariants(round_)


@pytest.mark.scenario(9)
def test_letter_with_one_signature_is_returned_and_not_rejected() -> None:
    round_, application = incomplete("ceo.pdf")
    stored = round_.get(application)
    assert stored.stage is Stage.CORRECTIONS
    assert stored.corrections is not None
    assert [item.requirement for item in stored.corrections.items] == [LETTER]
    assert "Board Chair" in stored.corrections.items[0].reason
    assert stored.outcomes == ()
    round_.upload(application, file_name="chair.pdf")
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW


def test_ask_for_corrections_again_changes_nothing() -> None:
    round_, application = incomplete()
    before = round_.get(application)
    assert ask_for_corrections(round_.ports, application) == before
    round_.upload(application)
    with pytest.raises(ApplicationMoved):
        ask_for_corrections(round_.ports, application)


@pytest.mark.scenario(10)
def test_document_returned_after_the_close_has_a_window_of_its_own() -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    received_at = round_.get(application).received_at
    round_.ports.clock.set(CLOSE + timedelta(hours=10))
    returned = ReturnedDocument(requirement=LETTER, documents=(1,), reason="Of last year.")
    return_by_staff(round_.ports, application, STAFF, returns=(returned,))
    round_.settle()
    stored = round_.get(application)
    assert stored.corrections is not None
    assert stored.corrections.until == datetime(2022, 10, 30, 4, tzinfo=UTC)
    round_.pass_days(6)
    round_.upload(application, file_name="signed.pdf", replaces=1)
    round_.settle()
    again = round_.get(application)
    assert (again.stage, again.received_at) == (Stage.CORRECTIONS, received_at)
    assert round_.ports.applications.documents(application)[1].rejected == "Of last year."
    check_invariants(round_)


def test_returned_reviews_do_not_count_and_are_asked_again() -> None:
    round_ = Round()
    application = round_.submit()
    round_.settle()
    round_.give(application, "reviewer-1")
    returned = ReturnedDocument(requirement=LETTER, documents=(1,), reason="Of last year.")
    return_by_staff(round_.ports, application, STAFF, returns=(returned,))
    round_.settle()
    assert {item.status.value for item in round_.ports.applications.reviews(application)} == {
        "released"
    }
    round_.upload(application, file_name="ceo.pdf", replaces=1)
    round_.upload(application, file_name="chair.pdf")
    round_.settle()
    assert round_.stage(application) is Stage.REVIEW
    assert [seat.done for seat in round_.get(application).panel] == [False, False]


def test_corrections_end_after_the_grace_and_close_the_application() -> None:
    round_, application = incomplete()
    round_.go_to(CLOSE + GRACE - timedelta(seconds=1))
    assert round_.stage(application) is Stage.CORRECTIONS
    round_.go_to(CLOSE + GRACE)
    stored = round_.get(application)
    assert (stored.stage, stored.closed_as) == (Stage.CLOSED, ClosedAs.INCOMPLETE)
    assert stored.answered_on == CLOSE + GRACE
    assert round_.told(application)[-1].startswith("closed_incomplete#residency:20221022")
    check_invariants(round_)


@pytest.mark.scenario(6)
def test_corrections_do_not_end_while_an_upload_is_on_its_way() -> None:
    round_, application = incomplete()
    round_.ports.clock.set(CLOSE - timedelta(minutes=1))
    slot = ask_for_upload(
        round_.ports,
        application,
        APPLICANT,
        requirement=LETTER,
        file_name="signed.pdf",
        content_type=PDF,
        size=100,
    )
    assert isinstance(slot.form, UploadForm)
    round_.ports.clock.set(CLOSE + timedelta(minutes=20))
    round_.ports.documents.put(
        slot.document.object_key, b"a letter", stored_at=round_.ports.clock.now()
    )  # its event is lost
    round_.go_to(CLOSE + GRACE)
    assert round_.stage(application) is Stage.REVIEW
    found = round_.ports.applications.documents(application)[0]
    assert (found.in_grace, found.status.value) == (True, "checked")


def test_corrections_that_end_incomplete_fall_back_where_the_program_says_so() -> None:
    tracks = (
        make_track(RESIDENCY, fallback={"track": SEMINAR, "reserve": 1, "also_incomplete": True}),
        make_track(SEMINAR, closes=date(2022, 11, 1)),
    )
    round_, application = incomplete(round_=Round(make_program(tracks=tracks)))
    round_.go_to(CLOSE + GRACE)
    stored = round_.get(application)
    assert (stored.track, stored.closed_as) == (SEMINAR, ClosedAs.ENROLLED)
    assert [(item.track, item.seat) for item in stored.outcomes] == [(SEMINAR, "open")]
    assert "moved#seminar" in round_.told(application)


def test_end_corrections_of_what_is_complete_by_now_goes_on() -> None:
    round_, application = incomplete()
    stored = round_.get(application).with_(admitted=(LETTER,))
    round_.ports.applications.given(stored)
    assert end_corrections(round_.ports, stored).stage is Stage.CHECKING


@pytest.mark.scenario(5)
def test_corrections_extended_twice_close_and_are_told_twice() -> None:
    round_, application = incomplete(video=False)
    other = round_.submit(2, letter="", video=False)
    round_.settle()
    round_.go_to(CLOSE + GRACE)
    until = CLOSE + timedelta(days=3)
    extend(round_.ports, application, STAFF, until=until, reason="A flood.")
    round_.settle()
    assert round_.stage(application) is Stage.CORRECTIONS
    assert round_.stage(other) is Stage.CLOSED
    round_.upload(application, VIDEO, file_name="team.mp4", content_type="video/mp4")
    round_.go_to(until + GRACE)
    assert round_.get(application).closed_as is ClosedAs.INCOMPLETE
    closings = [key for key in round_.told(application) if key.startswith("closed_incomplete")]
    assert len(closings) == 2
    assert "extension_granted" in round_.kinds(application)
    check_invariants(round_)
