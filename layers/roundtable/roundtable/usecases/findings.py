"""Findings as notices tell them."""

from roundtable.domain.application import Finding
from roundtable.domain.evidence import Verdict
from roundtable.domain.program import Track
from roundtable.messages.facts import Item


def failing(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what the applicant must mend."""
    return tuple(item for item in findings if item.verdict is Verdict.FAIL)


def items(track: Track, findings: tuple[Finding, ...]) -> tuple[Item, ...]:
    """Return findings with the titles of their requirements."""
    titles = {requirement.key: requirement.title for requirement in track.requirements}
    return tuple(
        Item(title=titles.get(item.requirement, item.requirement), reason=item.reason)
        for item in findings
    )
