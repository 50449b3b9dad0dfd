"""Answers of Textract in the shape that AWS documents; botocore's stub checks them against it."""

import json
from pathlib import Path
from typing import Any

_ANSWERS = Path(__file__).parent / "responses" / "textract"


def answer(name: str) -> dict[str, Any]:
    """Return what `AnalyzeDocument` answers: `signed_page`, `blank_page`, `cut_off_page`."""
    return json.loads((_ANSWERS / f"{name}.json").read_text())
