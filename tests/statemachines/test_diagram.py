"""The drawing of the machine in docs/architecture.md."""

import pytest

from local.diagram import DOCUMENT, mermaid, read_definition, with_drawing
from local.problem import CannotGoOnError


def test_document_shows_the_machine_as_it_is() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_drawing(document, mermaid(read_definition())) == document, (
        "run `python -m local.diagram`"
    )


def test_drawing_shows_ways_by_their_stage() -> None:
    drawing = mermaid(
        {
            "StartAt": "Look",
            "States": {
                "Look": {
                    "Type": "Choice",
                    "Choices": [{"Condition": "{% $states.input.stage = 'offer' %}",
                                 "Next": "Wait for answer"}],
                    "Default": "Close",
                },
                "Wait for answer": {"Type": "Task", "Resource": "x.waitForTaskToken",
                                    "Next": "Close"},
                "Close": {"Type": "Task", "End": True},
            },
        }
    )  # fmt: skip
    assert drawing.split("\n") == [
        "flowchart TD",
        '  look{"Look"}',
        '  wait_for_answer("Wait for answer")',
        '  close["Close"]',
        "  begin([submitted]) --> look",
        "  look -- offer --> wait_for_answer",
        "  look -. any other .-> close",
        "  wait_for_answer --> close",
        "  close --> done([closed])",
        "  classDef wait stroke-dasharray: 4 3",
        "  class wait_for_answer wait",
    ]


def test_document_without_markers_is_refused() -> None:
    with pytest.raises(CannotGoOnError):
        with_drawing("# Architecture", "flowchart TD")
