"""The kept document is what the sites' routes say (`python -m local.openapi` writes it)."""

import json

from local.openapi import KEPT, SERVED, document, text

CURRENT = text()
"""Made here: the sites' tracer opens a socket when it is imported, and a test may open none."""


def test_kept_and_served_documents_are_up_to_date() -> None:
    assert KEPT.read_text() == CURRENT, "run: uv run --no-sync python -m local.openapi"
    assert SERVED.read_text() == CURRENT


def test_every_operation_is_described_and_may_answer_with_a_problem() -> None:
    for path, operations in json.loads(CURRENT)["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], f"{method} {path} needs a docstring"
            assert operation["tags"], f"{method} {path} needs a tag"
            content = operation["responses"]["default"]["content"]
            assert "application/problem+json" in content


def test_what_is_public_and_what_needs_a_key_is_said() -> None:
    paths = document()["paths"]
    assert paths["/api/programs"]["get"]["security"] == [{}]
    assert "security" not in paths["/api/applications/{application}"]["get"]
    web_form = paths["/api/programs/{program}/applications"]["post"]
    assert web_form["security"] == [{"form_key": []}]
    assert "application/x-www-form-urlencoded" in web_form["requestBody"]["content"]
