"""Applications from a web form that exists elsewhere, with the program's key."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast
from urllib.parse import urlencode

import pytest

from local.rehearsal.applicants import expect
from roundtable.domain.application import Form
from roundtable.domain.program import Program
from tests.e2e.scene import Scene, send_web_form
from tests.e2e.waiting import problem

FORM = "application/x-www-form-urlencoded"


@pytest.mark.scenario(15)
def test_json_form_is_received_once_however_often_it_is_sent(scene: Scene) -> None:
    program = scene.program
    key = scene.form_key(program)
    performer = scene.performer(program)
    team = scene.teams[-1]
    announced = {
        "requirement": "commitment-letter",
        "file_name": "letter.pdf",
        "content_type": "application/pdf",
        "size": 20_000,
    }
    form = performer.form(whole=True) | {"documents": [announced]}

    first, again = (
        expect("send", send_web_form(team, key, json.dumps(form), idempotency_key="one"), 201)
        for _ in range(2)
    )
    performer.application = first["application"]
    performer.receipts += [first["reference"], again["reference"]]
    assert again["application"] == first["application"]
    assert [slot["problem"] for slot in first["uploads"]] == [""]
    assert [item["requirement"] for item in first["missing"]] == ["commitment-letter"]

    other = json.dumps(performer.form(whole=True))
    reused = send_web_form(team, key, other, idempotency_key="one")
    problem(reused, 422, "idempotency-key-reused")
    scene.waits_in(team, "corrections")
    assert scene.broken_invariants(program) == []


def test_url_encoded_form_is_received(scene: Scene, staff_round: Program) -> None:
    performer = scene.performer(staff_round)
    team = scene.teams[-1]
    body = urlencode(list(fields_of(performer.form(whole=True))))
    reply = send_web_form(team, scene.form_key(staff_round), body, content_type=FORM)

    acknowledged = expect("send", reply, 201)
    performer.application = acknowledged["application"]
    assert acknowledged["missing"] == []
    assert acknowledged["track"] == "learning-network"
    form = scene.waits_in(team, "with_staff").form
    assert form == Form.model_validate(performer.form(whole=True))


def test_wrong_form_key_is_refused_and_nothing_is_kept(scene: Scene, staff_round: Program) -> None:
    performer = scene.performer(staff_round)
    for key in ("", "rtk_guessed"):
        reply = send_web_form(scene.teams[-1], key, json.dumps(performer.form(whole=True)))
        problem(reply, 401, "form-key-refused")
    other = scene.form_key(scene.program)
    reply = send_web_form(scene.teams[-1], other, json.dumps(performer.form(whole=True)))
    problem(reply, 401, "form-key-refused")
    path = f"/api/staff/programs/{staff_round.key}/organizations"
    found = expect("look", scene.desk.get(path, name=performer.applicant.organization), 200)
    assert found["items"] == []


def fields_of(form: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, str]]:
    """Write a nested form as flat fields, as a page sends them."""
    for key, value in form.items():
        path = f"{name}.{key}" if name else key
        match value:
            case dict():
                yield from fields_of(cast("dict[str, Any]", value), path)
            case [dict(), *_]:
                numbered = {str(at): item for at, item in enumerate(cast("list[Any]", value))}
                yield from fields_of(numbered, path)
            case [*texts]:
                yield from ((path, str(text)) for text in cast("list[object]", texts))
            case bool():
                yield path, "yes" if value else "no"
            case _:
                yield path, str(value)
