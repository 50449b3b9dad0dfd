"""Applications from a web form that exists elsewhere, with the program's key."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from local.rehearsal.applicants import expect
from tests.e2e.scene import Scene, send_web_form
from tests.e2e.waiting import problem

FORM = "application/x-www-form-urlencoded"


@pytest.mark.scenario(15)
def test_json_form_is_received_once_however_often_it_is_sent(scene: Scene) -> None:
    program = scene.small_round("json-form-e2e", letter=True)
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
    invariants = scene.invariants(program)
    assert all(invariants.values()), invariants


def test_url_encoded_form_is_received(scene: Scene) -> None:
    program = scene.small_round("encoded-form-e2e")
    performer = scene.performer(program)
    team = scene.teams[-1]
    body = urlencode(list(fields_of(performer.form(whole=True))))
    reply = send_web_form(team, scene.form_key(program), body, content_type=FORM)

    acknowledged = expect("send", reply, 201)
    performer.application = acknowledged["application"]
    assert acknowledged["missing"] == []
    assert acknowledged["track"] == "learning-network"
    form = scene.waits_in(team, "with_staff").form
    assert form.model_dump(mode="json", exclude_defaults=True) == performer.form(whole=True)


def test_wrong_form_key_is_refused_and_nothing_is_kept(scene: Scene) -> None:
    program = scene.small_round("wrong-key-e2e")
    performer = scene.performer(program)
    for key in ("", "rtk_guessed"):
        reply = send_web_form(scene.teams[-1], key, json.dumps(performer.form(whole=True)))
        problem(reply, 401, "form-key-refused")
    other = scene.form_key(scene.program)
    reply = send_web_form(scene.teams[-1], other, json.dumps(performer.form(whole=True)))
    problem(reply, 401, "form-key-refused")
    counts = expect("counts", scene.desk.get(f"/api/staff/programs/{program.key}/counts"), 200)
    assert counts["submitted"] == 0


def fields_of(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Write a nested form as flat fields, as a page sends them."""
    match value:
        case dict():
            for key, item in value.items():
                yield from fields_of(item, f"{name}.{key}" if name else str(key))
        case list() | tuple():
            for place, item in enumerate(value):
                yield from fields_of(item, f"{name}.{place}" if isinstance(item, dict) else name)
        case bool():
            yield name, "yes" if value else "no"
        case _:
            yield name, str(value)
