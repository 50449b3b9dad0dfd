"""The story of one application on the desk of staff, as the site shows it."""

import pytest

from roundtable.domain.stages import Stage
from roundtable.usecases.members import token_hash
from tests.factories import APPLICATION, LETTER, NOW
from tests.functions.staff_forms import at_desk, do, links, words_of
from tests.functions.staff_world import (
    HOSTILE,
    PAGE,
    QUESTIONS,
    help_needed,
    make_desk,
    reference,
    staff_form,
)
from tests.unit.web.pages.markup import parsed


def test_story_tells_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk(
        help=help_needed(),
        flags=({"kind": "team_size", "detail": "A team of 8", "raised_at": NOW},),
    )
    shown = at_desk(monkeypatch, ports).get(PAGE)
    said = words_of(shown)
    for part in (
        reference(),
        "St. Mary's Hospital",
        "In review",
        "Size of the team",
        "The workflow is stuck since Monday, October 3, 2022, 10:00 AM EDT: The step failed.",
        "Remind a reviewer",
        "Answer promised by Monday, December 5, 2022, 11:59 PM EST",
        "Application received",
        "Populations served Rural families, farm workers",
        "Up to 500 employees",
        "ben@stmary.example",
        "Version 2 Checked",
        "in place of version 1",
        "A strong team.",
        "Asked Monday, October 3, 2022, 10:00 AM EDT, due Tuesday, October 11, 2022",
        "nothing was altered, left out or put in",
        "The workflow is running. Run 1.",
    ):
        assert part in said, part
    assert shown.headers["Cache-Control"] == "no-store"
    policy = shown.headers["Content-Security-Policy"]
    assert f"img-src 'self' {ports.documents.origin} data:" in policy
    markup = parsed(shown.body)
    (console,) = [e for e in markup.all("a") if "console.example.org" in str(e.attributes["href"])]
    assert console.attributes["rel"] == "noreferrer"
    ids = [e.attributes["id"] for e in markup.elements if e.attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_story_is_found_by_the_id_too(monkeypatch: pytest.MonkeyPatch) -> None:
    staff = at_desk(monkeypatch, make_desk())
    assert words_of(staff.get(f"/staff/applications/{APPLICATION}")) == words_of(staff.get(PAGE))
    for name in ("nonsense", reference(2), "x" * 3000):
        assert staff.get(f"/staff/applications/{name}").status == 404


@pytest.mark.scenario(32)
def test_restricted_answers_are_shown_to_the_group_identity_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    assert QUESTIONS["pronouns"] not in staff.get(PAGE).body
    assert "she/her" not in staff.get(PAGE).body
    hashed = token_hash("token-of-robin")
    session = ports.sign_ins.members[hashed]
    ports.sign_ins.keep_member(hashed, session.with_(groups=frozenset({"staff", "identity"})))
    shown = words_of(staff.get(PAGE))
    assert f"{QUESTIONS['pronouns']} she/her" in shown


def test_broken_audit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    ports.applications.given(ports.applications.get(APPLICATION).with_(audit_head="0" * 64))
    assert "The chain of this audit is broken" in words_of(at_desk(monkeypatch, ports).get(PAGE))


@pytest.mark.parametrize("stage", Stage)
def test_story_has_only_what_is_possible(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    staff = at_desk(monkeypatch, make_desk(stage, track={"announcement": {"preview": True}}))
    shown = parsed(staff.get(PAGE).body)
    offered = [
        text
        for text in links(shown, f"{PAGE}/")
        if text not in {"Receipt", "Download letter.pdf", "first.pdf"}
    ]
    ending = ["Withdraw for the team"]
    checking = [
        "Give more time",
        "Return to the team",
        "Admit a requirement as it is",
        "Move to another track",
    ]
    expected = {
        Stage.DRAFT: ["Give more time", "Admit a requirement as it is"],
        Stage.CHECKING: checking,
        Stage.CORRECTIONS: [item for item in checking if item != "Return to the team"],
        Stage.REVIEW: [
            "Return to the team",
            "Admit a requirement as it is",
            "Replace a reviewer",
            "Move to another track",
        ],
        Stage.DECIDING: ["Admit a requirement as it is"],
        Stage.WITH_STAFF: ["Decide", "Admit a requirement as it is"],
        Stage.FALLBACK: ["Admit a requirement as it is"],
        Stage.ANNOUNCING: ["Correct the decision", "Announce the decision now"],
    }.get(stage, [])
    assert offered == expected + ([] if stage is Stage.RELEASING else ending)


def test_document_is_led_to(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    staff = at_desk(monkeypatch, ports)
    shown = staff.get(f"{PAGE}/documents/{LETTER}/2")
    assert shown.status == 303
    assert shown.location.startswith("https://")
    for place in (f"{LETTER}/9", "other/1", f"{LETTER}/x"):
        assert staff.get(f"{PAGE}/documents/{place}").status == 404


def test_hostile_text_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    long = HOSTILE * 60
    form = staff_form()
    form["organization"] |= {"name": HOSTILE, "population": long[:500]}
    form["answers"] = {"why-now": long}
    form["contact"]["name"] = HOSTILE[:200]
    staff = at_desk(monkeypatch, make_desk(form=form))
    for path in (PAGE, f"{PAGE}/withdraw", f"{PAGE}/return", f"{PAGE}/notices/receipt/1"):
        shown = staff.get(path)
        assert shown.status == 200
        assert "<script>alert" not in shown.body
        assert "49" not in words_of(shown).replace("{{7*7}}", "")[:400]
    assert all(e.attributes.get("src") for e in parsed(staff.get(PAGE).body).all("script"))
    refused = do(staff, "admit", requirement=HOSTILE, reason=HOSTILE)
    assert refused.status == 422
    assert "<script>alert" not in refused.body
