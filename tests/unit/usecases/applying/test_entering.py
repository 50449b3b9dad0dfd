from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, Session, Unavailable
from roundtable.usecases.applying.entering import (
    Beginning,
    after_sign_in,
    begin,
    enter,
    entrance,
    my_list,
)
from roundtable.usecases.applying.offering import Intake
from roundtable.usecases.applying.sign_in import (
    NotSignedIn,
    ask_for_code,
    typed_address,
    typed_code,
    who,
)
from roundtable.usecases.errors import Invalid, NotNow, TooMany, Unknown
from tests.factories import NOW, PROGRAM, make_application, make_id, make_program
from tests.fakes import FakePorts
from tests.functions.applicant_visits import HOSPITAL

ADA = "ada@stmary.example"
SESSION = Session(program=PROGRAM, email=ADA, expires_at=NOW + timedelta(days=60))
CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
"""The instant from which no track of the program takes applications."""


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program(eligibility=(HOSPITAL,)))
    return ports


def given(ports: FakePorts, stage: Stage = Stage.DRAFT, number: int = 1, **more: object) -> str:
    reference = f"FW-{number:04}-0000"
    return ports.applications.given(
        make_application(stage, id=make_id(number), reference=reference, **more)
    ).reference


@pytest.mark.parametrize(
    ("now", "intake"),
    [
        (datetime(2022, 9, 1, tzinfo=UTC), Intake.NOT_YET),
        (NOW, Intake.OPEN),
        (CLOSE, Intake.CLOSED),
    ],
)
def test_entrance_says_whether_applications_are_taken(
    ports: FakePorts, now: datetime, intake: Intake
) -> None:
    ports.clock.set(now)
    assert entrance(ports, PROGRAM).intake is intake
    with pytest.raises(Unknown):
        entrance(ports, "nowhere")


def test_entering_ends_the_former_session(ports: FakePorts) -> None:
    tokens = [""]
    for _ in range(2):
        ask_for_code(ports, PROGRAM, ADA, source="192.0.2.1")
        code = next(
            word for word in ports.mailer.sent[-1].text.split() if word.isdigit() and len(word) == 8
        )
        token, session = enter(ports, PROGRAM, ADA, code, source="192.0.2.1", former=tokens[-1])
        assert session.email == ADA
        tokens.append(token)
    assert who(ports, tokens[2]).email == ADA
    with pytest.raises(NotSignedIn):
        who(ports, tokens[1])


def test_draft_takes_over_answers_that_are_accepted(ports: FakePorts) -> None:
    begun = begin(
        ports, SESSION, Beginning(language="es", eligibility={"hospital": "yes", "age": "7"})
    )
    assert (begun.form.eligibility, begun.language) == ({"hospital": "yes"}, "es")


@pytest.mark.parametrize("eligibility", [{}, {"hospital": "no"}, {"hospital": "perhaps"}])
def test_draft_takes_over_no_other_answers(ports: FakePorts, eligibility: dict[str, str]) -> None:
    begun = begin(ports, SESSION, Beginning(language="en", eligibility=eligibility))
    assert begun.form.eligibility == {}


def test_beginning_is_refused_at_another_time(ports: FakePorts) -> None:
    ports.clock.set(CLOSE)
    with pytest.raises(NotNow):
        begin(ports, SESSION, Beginning(language="en"))


def test_after_sign_in_somebody_goes_to_the_only_application(ports: FakePorts) -> None:
    assert after_sign_in(ports, SESSION) is None
    reference = given(ports, Stage.REVIEW)
    for beginning in (None, Beginning(language="en")):
        found = after_sign_in(ports, SESSION, beginning)
        assert found is not None
        assert found.reference == reference
    given(ports, Stage.REVIEW, number=2)
    assert after_sign_in(ports, SESSION) is None


def test_after_sign_in_a_draft_is_begun_or_gone_on_with(ports: FakePorts) -> None:
    beginning = Beginning(language="en", eligibility={"hospital": "yes"})
    begun = after_sign_in(ports, SESSION, beginning)
    again = after_sign_in(ports, SESSION, beginning)
    assert begun is not None
    assert again is not None
    assert begun.id == again.id
    assert again.form.eligibility == {"hospital": "yes"}


@pytest.mark.parametrize("failure", [Conflict("x"), Unavailable("x")])
def test_after_sign_in_nothing_fails_because_no_draft_was_begun(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(ports.applications, "commit", broken)
    assert after_sign_in(ports, SESSION, Beginning(language="en")) is None


def test_list_says_until_when_something_is_to_be_done(ports: FakePorts) -> None:
    given(ports, form={})
    given(ports, Stage.REVIEW, number=2)
    given(ports, Stage.OFFER, number=3)
    given(ports, Stage.CORRECTIONS, number=4)
    lines = {line.reference[3:7]: line for line in my_list(ports, SESSION).lines}
    assert (lines["0001"].track_name, lines["0001"].organization) == ("", "")
    assert lines["0001"].until == CLOSE
    assert (lines["0002"].track_name, lines["0002"].until) == ("Residency", None)
    offer = ports.applications.get(make_id(3)).offer
    assert offer is not None
    assert lines["0003"].until == offer.answer_by


def test_draft_is_due_when_the_first_of_its_tracks_closes(ports: FakePorts) -> None:
    program = make_program()
    late = program.tracks[1].with_(closes=program.tracks[1].closes + timedelta(days=10))
    ports.rounds.given(program.with_(tracks=(program.tracks[0], late)))
    given(ports, form={"tracks": ("seminar",)})
    (line,) = my_list(ports, SESSION).lines
    assert line.until == CLOSE + timedelta(days=10)
    given(ports, form={})
    (line,) = my_list(ports, SESSION).lines
    assert line.until == CLOSE
    ports.clock.set(CLOSE)
    (line,) = my_list(ports, SESSION).lines
    assert line.until == CLOSE + timedelta(days=10)


def test_another_one_can_be_begun_where_no_draft_is_open(ports: FakePorts) -> None:
    assert my_list(ports, SESSION).can_begin
    given(ports, Stage.REVIEW)
    assert my_list(ports, SESSION).can_begin
    given(ports, number=2)
    assert not my_list(ports, SESSION).can_begin
    ports.clock.set(CLOSE)
    assert not my_list(ports, SESSION).can_begin


def test_so_many_and_no_more(ports: FakePorts) -> None:
    for number in range(20):
        given(ports, Stage.CLOSED, number=number)
    assert not my_list(ports, SESSION).can_begin
    with pytest.raises(TooMany):
        begin(ports, SESSION, Beginning(language="en"))


@pytest.mark.parametrize("text", ["ada@stmary.example", "  ada@stmary.example\n"])
def test_address_is_read_as_it_was_typed(text: str) -> None:
    assert typed_address(text) == ADA


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "address-missing"), (" ", "address-missing"), ("ada", "no-address"),
     ("ada@stmary.example\r\nBcc: x@y.example", "no-address")],
)  # fmt: skip
def test_address_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        typed_address(text)
    assert refused.value.code == code
    assert [problem.path for problem in refused.value.problems] == ["/email"]


def test_code_that_was_not_typed_is_refused() -> None:
    assert typed_code(" 1234 5678 ") == "1234 5678"
    with pytest.raises(Invalid) as refused:
        typed_code(" ")
    assert [problem.path for problem in refused.value.problems] == ["/code"]
