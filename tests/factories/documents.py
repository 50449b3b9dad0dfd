"""Documents and what is found in them."""

import re
from typing import Any

from roundtable.domain.documents import Document
from roundtable.domain.evidence import (
    Box,
    LetterEvidence,
    RoleFound,
    SignatureKind,
    VideoEvidence,
)
from roundtable.domain.program import Role
from roundtable.domain.reading import Cell, LetterReading, Row
from tests.factories.moment import APPLICATION, LETTER, NOW, VIDEO

TYPED = SignatureKind.TYPED


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
        "scan": "clean",
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
            "scan": None,
            "sha256": "2" * 64,
            "stated_seconds": 600,
        }
    return Document.model_validate(document | overrides)


def role_found(role: Role, signature: SignatureKind | None = TYPED, **overrides: Any) -> RoleFound:
    """Return a role's title with a typed signature; `None` for one without any."""
    found: dict[str, Any] = {
        "role": role,
        "name": "Jane Doe",
        "line": role.title,
        "place": {"page": 1, "box": {"left": 0.12, "top": 0.6, "right": 0.32, "bottom": 0.615}},
        "signature": signature,
    }
    return RoleFound.model_validate(found | overrides)


def make_letter_evidence(**overrides: Any) -> LetterEvidence:
    """Return what is found in a letter signed by both roles."""
    evidence: dict[str, Any] = {
        "readable": True,
        "format": "pdf",
        "pages": 1,
        "text": "We are committed to this program, and our team will have the time for it.",
        "characters": 1200,
        "roles": (role_found(Role.CEO), role_found(Role.BOARD_CHAIR)),
        "organization": "matched",
        "program": "matched",
        "tool": "test",
    }
    return LetterEvidence.model_validate(evidence | overrides)


def make_scan_evidence(**overrides: Any) -> LetterEvidence:
    """Return what is found in a scan that nobody read."""
    scan: dict[str, Any] = {
        "readable": True, "format": "pdf", "pages": 1, "scanned": (1,), "unread": (1,),
        "tool": "test",
    }  # fmt: skip
    return LetterEvidence.model_validate(scan | overrides)


def make_reading(text: str, *, font: str = "", **overrides: Any) -> LetterReading:
    """Return a letter of one page as a PDF is read: a line of text for each row, `|` for columns.

    The first line stands 8 % below the upper edge, each further one 2 % below the one before; a
    line begins 12 % from the left, a column 40 % to the right of the one before, and each
    character takes 1 %. All is set in `font` but what another stands before: `{Vivaldi} Jane Doe`.
    """
    rows: list[Row] = []
    for number, line in enumerate(text.strip("\n").splitlines()):
        top = 0.08 + 0.02 * number
        cells: list[Cell] = []
        for column, piece in enumerate(line.split("|")):
            own, words = re.fullmatch(r"\s*(?:\{(.*)\}\s*)?(.*?)\s*", piece).groups()  # type: ignore[union-attr]
            if words:
                left = 0.12 + 0.4 * column
                right = min(left + 0.01 * len(words), 1)
                box = Box(left=left, top=min(top, 1), right=right, bottom=min(top + 0.015, 1))
                x = (left + right) / 2
                cells.append(Cell(text=words, x=x, box=box, font=own or font))
        rows.append(Row(cells=tuple(cells)))
    reading: dict[str, Any] = {
        "format": "pdf", "pages": 1, "rows": tuple(rows), "previews": 1, "tool": "test",
    }  # fmt: skip
    return LetterReading.model_validate(reading | overrides)


def make_video_evidence(**overrides: Any) -> VideoEvidence:
    """Return what is found about a video of ten minutes."""
    evidence: dict[str, Any] = {"readable": True, "host": "vimeo", "seconds": 600, "tool": "test"}
    return VideoEvidence.model_validate(evidence | overrides)
