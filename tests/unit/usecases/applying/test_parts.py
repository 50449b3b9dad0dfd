"""Parts of a form, saved one by one."""

from datetime import timedelta

import pytest

from roundtable.domain.application import Contact, Form
from roundtable.ports import Session
from roundtable.usecases.applying.parts import (
    ChangedMeanwhile,
    Place,
    pointer,
    revision_of,
    save_part,
    values_at,
    with_values,
)
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from tests.factories import (
    APPLICATION,
    NOW,
    PROGRAM,
    make_application,
    make_form,
    make_program,
)
from tests.fakes import FakePorts

WHY: tuple[Place, ...] = (("answers", "why"),)
CONTACT: tuple[Place, ...] = (("contact",), ("second_contact",))
ADA = Session(program=PROGRAM, email="ada@stmary.example", expires_at=NOW + timedelta(days=1))


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.applications.given(make_application(form=Form()))
    return ports


def test_values_are_taken_away_and_put() -> None:
    form = Form.model_validate(make_form(answers={"why": "Because", "part": "one"}))
    assert values_at(form, WHY) == {("answers", "why"): "Because"}
    assert with_values(form, {("answers", "why"): None}).answers == {"part": "one"}
    assert with_values(form, {("contact",): None}).contact is None
    assert with_values(form, {("answers", "why"): "Now"}).answers == {"part": "one", "why": "Now"}
    assert with_values(form, {}) == form


def test_no_is_an_answer() -> None:
    form = Form(answers={"before": False})
    assert values_at(form, [("answers", "before"), ("answers", "why")]) == {
        ("answers", "before"): False
    }


def test_revision_tells_contents_apart_and_not_the_rest_of_the_form() -> None:
    form = Form(answers={"why": "Because"})
    other = form.with_(answers={"why": "Because", "part": "one"}, tracks=("residency",))
    assert revision_of(form, WHY) == revision_of(other, WHY)
    assert revision_of(form, WHY) != revision_of(Form(), WHY)


def test_pointer_names_a_place() -> None:
    assert [pointer(place) for place in (*WHY, *CONTACT)] == [
        "/answers/why",
        "/contact",
        "/second_contact",
    ]


def test_part_is_saved_onto_what_was_saved_meanwhile(ports: FakePorts) -> None:
    why, contact = (revision_of(Form(), places) for places in (WHY, CONTACT))
    ada = Contact(name="Ada", email="ada@stmary.example")
    save_part(ports, ADA, APPLICATION, {("contact",): ada}, places=CONTACT, revision=contact)
    saved = save_part(ports, ADA, APPLICATION, {WHY[0]: "Because"}, places=WHY, revision=why)
    assert saved.form == Form(contact=ada, answers={"why": "Because"})
    assert saved.form_revision == 2


def test_part_that_was_changed_meanwhile_is_told_with_the_newest(ports: FakePorts) -> None:
    revision = revision_of(Form(), WHY)
    save_part(ports, ADA, APPLICATION, {WHY[0]: "Here"}, places=WHY, revision=revision)
    with pytest.raises(ChangedMeanwhile) as refused:
        save_part(ports, ADA, APPLICATION, {WHY[0]: "There"}, places=WHY, revision=revision)
    assert refused.value.newest.form.answers == {"why": "Here"}
    again = save_part(ports, ADA, APPLICATION, {WHY[0]: "Here"}, places=WHY, revision="any")
    assert again.form_revision == 1


def test_save_of_another_part_in_between_is_no_disagreement(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = ports.applications.get
    asked: list[str] = []

    def overtaken(application: str) -> object:
        asked.append(application)
        if len(asked) == 2:
            other = get(application)
            newer = {"form": other.form.with_(tracks=("seminar",)), "form_revision": 1}
            ports.applications.given(other.with_(**newer))
        return get(application)

    monkeypatch.setattr(ports.applications, "get", overtaken)
    revision = revision_of(Form(), WHY)
    saved = save_part(ports, ADA, APPLICATION, {WHY[0]: "Because"}, places=WHY, revision=revision)
    assert (saved.form.tracks, saved.form.answers) == (("seminar",), {"why": "Because"})


def test_form_never_gets_larger_than_can_be_kept(ports: FakePorts) -> None:
    with pytest.raises(Invalid) as refused:
        save_part(
            ports,
            ADA,
            APPLICATION,
            {WHY[0]: "x" * 200_000},
            places=WHY,
            revision=revision_of(Form(), WHY),
        )
    assert refused.value.code == "too-large"


def test_part_of_anothers_form_is_unknown(ports: FakePorts) -> None:
    mallory = ADA.model_copy(update={"email": "mallory@elsewhere.example"})
    with pytest.raises(Unknown):
        save_part(ports, mallory, APPLICATION, {WHY[0]: "x"}, places=WHY, revision="")


def test_nothing_is_saved_after_the_close(ports: FakePorts) -> None:
    ports.clock.advance(days=60)
    with pytest.raises(NotNow):
        save_part(
            ports, ADA, APPLICATION, {WHY[0]: "x"}, places=WHY, revision=revision_of(Form(), WHY)
        )
