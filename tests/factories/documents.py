"""Documents and what is found in them."""

from typing import Any

from roundtable.domain.documents import Document, LetterEvidence, VideoEvidence
from roundtable.domain.program import Role
from tests.factories.moment import APPLICATION, LETTER, NOW, VIDEO


def make_document(**overrides: Any) -> Document:
    """Return an uploaded letter that waits for its check; `kind="video"` for a linked video."""
    document: dict[str, Any] = {
        "application": APPLICATION,
        "requirement": LETTER,
        "number": 1,
        "status": "received",
        "kind": "letter",
        "source": "upload",
        "file_name": "letter.pdf",
        "content_type": "application/pdf",
        "size": 12_000,
        "object_key": f"documents/{APPLICATION}/{LETTER}/1/{APPLICATION}",
        "object_version": "v1",
        "sha256": "1" * 64,
        "intent_at": NOW,
        "received_at": NOW,
    }
    if overrides.get("kind") == "video":
        document |= {
            "requirement": VIDEO,
            "source": "link",
            "file_name": "https://vimeo.com/1234567",
            "content_type": "",
            "size": 0,
            "object_key": "",
            "object_version": "",
            "sha256": "2" * 64,
            "stated_seconds": 600,
        }
    return Document.model_validate(document | overrides)


def make_letter_evidence(**overrides: Any) -> LetterEvidence:
    """Return what is found in a letter signed by both roles."""
    evidence: dict[str, Any] = {
        "readable": True,
        "pages": 1,
        "characters": 1200,
        "roles": (Role.CEO, Role.BOARD_CHAIR),
        "signed": (Role.CEO, Role.BOARD_CHAIR),
        "organization": "matched",
        "tool": "test",
    }
    return LetterEvidence.model_validate(evidence | overrides)


def make_video_evidence(**overrides: Any) -> VideoEvidence:
    """Return what is found about a video of ten minutes."""
    evidence: dict[str, Any] = {"readable": True, "host": "vimeo", "seconds": 600, "tool": "test"}
    return VideoEvidence.model_validate(evidence | overrides)
