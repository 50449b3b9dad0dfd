"""Uploads of tests: files put in place of others, and what people could open of them."""

from __future__ import annotations

from typing import Any

from local.rehearsal.applicants import expect
from local.visitor import Upload, Visitor
from tests.e2e.scene import Scene, Team

LETTER = "commitment-letter"
VIDEO = "team-video"
COUNTS = {"received", "checked"}


def upload(team: Team, requirement: str, file: Upload, replaces: int | None = None) -> int:
    """Upload a file in place of what is there; return the number of its version."""
    present = [it["number"] for it in versions(team, requirement) if it["status"] in COUNTS]
    asked = {
        "requirement": requirement,
        "file_name": file.name,
        "content_type": file.content_type,
        "size": len(file.content),
        "replaces": replaces or next(iter(present), None),
    }
    slot = expect("ask", team.visitor.post_json(f"{team.path}/uploads", asked), 201)
    form = slot["form"]
    stored = Visitor(team.visitor.home).post_file(form["url"], form["fields"], file)
    assert stored.status in {200, 201, 204}
    return int(slot["document"]["number"])


def versions(team: Team, requirement: str) -> list[dict[str, Any]]:
    """Return the versions of a requirement's documents, as the applicant sees them."""
    return [it for it in team.status()["documents"] if it["requirement"] == requirement]


def checked(team: Team, requirement: str, number: int) -> bool:
    """Tell whether a version was looked into."""
    return any(
        it["number"] == number and it["status"] == "checked" for it in versions(team, requirement)
    )


def shown(scene: Scene, team: Team, requirement: str, number: int) -> tuple[str, list[str]]:
    """Return what staff could open of a document: its address, and images of its pages."""
    story = expect("story", scene.desk.get(f"/api/staff/applications/{team.id}"), 200)
    (found,) = (
        it
        for it in story["documents"]
        if (it["requirement"], it["number"]) == (requirement, number)
    )
    return found["address"], found["pages"]
