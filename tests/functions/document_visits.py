"""Visits of Ada to the pages of her letters and her video."""

from datetime import UTC, datetime
from typing import Any

from roundtable.domain.documents import Document
from roundtable.domain.stages import Stage
from tests.factories import (
    APPLICATION,
    LETTER,
    PROGRAM,
    VIDEO,
    make_application,
    make_document,
    make_letter_evidence,
    make_video_evidence,
)
from tests.functions.applicant_visits import Shown, Visit, ada
from tests.functions.applicant_world import World

HOME = f"/programs/{PROGRAM}/applications/FW-TEST-0001"
LETTERS, VIDEOS = f"{HOME}/documents/{LETTER}", f"{HOME}/documents/{VIDEO}"
CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
PDF = {"/file_name": "letter.pdf", "/content_type": "application/pdf", "/size": "12000"}
OVER = ("Too late", "Removed", "Replaced")
HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
    "x" * 5_000,
]


def given(world: World, *documents: Document, stage: Stage = Stage.DRAFT, **changes: Any) -> Visit:
    """Store Ada's application with documents, and let her come."""
    application = make_application(stage, **changes)
    world.ports.applications.given(application, documents=documents)
    return ada(world)


def kept(world: World, requirement: str = LETTER) -> dict[int, str]:
    """Return what became of each version."""
    documents = world.ports.applications.documents(APPLICATION)
    return {it.number: it.status.value for it in documents if it.requirement == requirement}


def checked(**changes: Any) -> Document:
    return make_document(**({"status": "checked", "evidence": make_letter_evidence()} | changes))


def linked(**changes: Any) -> Document:
    found = {"kind": "video", "status": "checked", "evidence": make_video_evidence(host="Vimeo")}
    return make_document(**(found | changes))


def token(shown: Shown) -> dict[str, str | list[str]]:
    return {"csrf": shown.forms()[0].fields["csrf"]}


def answered(shown: Shown) -> dict[str, Any]:
    assert shown.answered.headers["Content-Type"] == "application/json"
    return shown.answered.body
